"""The table of audit entries."""

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from game.base.json_object import Json
from game.store.base import Base, Millis, new_id


class AuditEntry(Base):
    """Who did what, when; `detail` holds counts, filters and identifiers, never personal data.

    `seal` is a hash over the entry and the seal of the one before it, whose `seq` is one less.
    """

    __tablename__ = "audit"
    id: Mapped[str] = mapped_column(String(16), primary_key=True, default=new_id)
    user_id: Mapped[str | None] = mapped_column(String(16))
    action: Mapped[str] = mapped_column(String(40))
    detail: Mapped[Json] = mapped_column(JSON, default=dict)
    at: Mapped[int] = mapped_column(Millis, index=True)
    seq: Mapped[int | None] = mapped_column(Millis, unique=True, index=True)
    seal: Mapped[str | None] = mapped_column(String(64))
