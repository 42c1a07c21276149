"""The table of colleagues who talk with candidates."""

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from game.store.base import Base, Millis, new_id, new_key


class Colleague(Base):
    """Somebody of the house whom candidates may choose to meet, from `offered_at` on.

    `key` opens their own page, and is told by mail to them alone. `ways` are keys of how they like
    to meet, `topics` what they like to speak of, in their own words, `lang` the language they read.
    """

    __tablename__ = "colleagues"
    id: Mapped[str] = mapped_column(String(16), primary_key=True, default=new_id)
    key: Mapped[str] = mapped_column(String(32), unique=True, default=new_key)
    name: Mapped[str] = mapped_column(String(80))
    mail: Mapped[str] = mapped_column(String(254), unique=True)
    topics: Mapped[str] = mapped_column(String(300), default="")
    ways: Mapped[list[str]] = mapped_column(JSON, default=list)
    lang: Mapped[str] = mapped_column(String(2))
    offered_at: Mapped[int | None] = mapped_column(Millis)
    added_by: Mapped[str | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    created_at: Mapped[int] = mapped_column(Millis)
