"""The tables of pushes: leads handed to another system, one after the other."""

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from game.store.base import Base, Millis, new_id


class Push(Base):
    """Leads that are handed to a target; `lang` is that of their notes, `job_id` what hands them.

    `untold` lets leads go who were not told yet. `fault` is why all of it came to a stand, or
    empty: key_refused, not_connected.
    """

    __tablename__ = "pushes"
    id: Mapped[str] = mapped_column(String(16), primary_key=True, default=new_id)
    target: Mapped[str] = mapped_column(String(24))
    lang: Mapped[str] = mapped_column(String(2))
    untold: Mapped[bool] = mapped_column(default=False)
    fault: Mapped[str] = mapped_column(String(20), default="")
    user_id: Mapped[str | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    job_id: Mapped[str | None] = mapped_column(ForeignKey("jobs.id", ondelete="SET NULL"))
    created_at: Mapped[int] = mapped_column(Millis, index=True)


class PushItem(Base):
    """One lead of a push; it goes when the lead goes.

    `state` is waiting, sending, sent, there, skipped, refused, unsure (nobody knows whether it
    arrived: it is not sent a second time by itself) or cancelled; `reason` is a code for what was
    not sent, or the status of HTTP that refused it.
    """

    __tablename__ = "push_items"
    id: Mapped[str] = mapped_column(String(16), primary_key=True, default=new_id)
    push_id: Mapped[str] = mapped_column(ForeignKey("pushes.id", ondelete="CASCADE"))
    lead_id: Mapped[str] = mapped_column(ForeignKey("leads.id", ondelete="CASCADE"), index=True)
    state: Mapped[str] = mapped_column(String(9), default="waiting")
    reason: Mapped[str] = mapped_column(String(40), default="")
    at: Mapped[int] = mapped_column(Millis)

    __table_args__ = (Index("ix_push_items_push_id", "push_id", "state"),)
