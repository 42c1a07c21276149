"""The table of calendar feeds."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from game.store.base import Base, Millis


class Feed(Base):
    """A recruiter's private calendar address, by the hash of its key; revoking it deletes it.

    `shows` says how much a calendar is told: count, kind or name.
    """

    __tablename__ = "feeds"
    user_id: Mapped[str] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    shows: Mapped[str] = mapped_column(String(5), default="kind")
    created_at: Mapped[int] = mapped_column(Millis)
