"""The tables of webhooks: who is told what happens, and what became of each telling."""

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from game.base.json_object import Json
from game.store.base import Base, Millis, new_id


class Webhook(Base):
    """An address that is told of events.

    Its signing key is made of our secret and of `nonce`, and stands nowhere; `former_nonce` made
    the one before, which signs too for a day after `renewed_at`. `failures` counts tries in a row
    that failed, the first of them at `failing_since`.
    """

    __tablename__ = "webhooks"
    id: Mapped[str] = mapped_column(String(16), primary_key=True, default=new_id)
    url: Mapped[str] = mapped_column(String(500))
    events: Mapped[list[str]] = mapped_column(JSON, default=list)
    nonce: Mapped[str] = mapped_column(String(16), default=new_id)
    former_nonce: Mapped[str | None] = mapped_column(String(16))
    renewed_at: Mapped[int | None] = mapped_column(Millis)
    active: Mapped[bool] = mapped_column(default=True)
    failures: Mapped[int] = mapped_column(default=0)
    failing_since: Mapped[int | None] = mapped_column(Millis)
    created_by: Mapped[str | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    created_at: Mapped[int] = mapped_column(Millis)


class WebhookDelivery(Base):
    """One event for one address; `data` holds identifiers and states, nobody's data.

    `state` is waiting, sent, failed, or withheld: what must not leave by now. `status` is what the
    receiver answered last, `fault` why it could not be asked. `at` is when the event took place.
    """

    __tablename__ = "webhook_deliveries"
    id: Mapped[str] = mapped_column(String(16), primary_key=True, default=new_id)
    webhook_id: Mapped[str] = mapped_column(ForeignKey("webhooks.id", ondelete="CASCADE"))
    event: Mapped[str] = mapped_column(String(20))
    data: Mapped[Json] = mapped_column(JSON, default=dict)
    state: Mapped[str] = mapped_column(String(8), default="waiting")
    tries: Mapped[int] = mapped_column(default=0)
    status: Mapped[int | None]
    fault: Mapped[str] = mapped_column(String(20), default="")
    at: Mapped[int] = mapped_column(Millis, index=True)
    due_at: Mapped[int] = mapped_column(Millis)
    asked_at: Mapped[int] = mapped_column(Millis)
    ended_at: Mapped[int | None] = mapped_column(Millis)

    __table_args__ = (
        Index("ix_webhook_deliveries_waiting", "webhook_id", "state", "due_at"),
        Index("ix_webhook_deliveries_log", "webhook_id", "at"),
    )
