"""The table of target companies."""

from datetime import date

from sqlalchemy import Date, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from game.store.base import Base, Millis, new_id


class TargetCompany(Base):
    """An employer that a recruiter kept or struck, for a position by its title, or for all ('').

    `key` is the employer however it is spelled, `state` kept or struck, `source` who named it
    first: room, pool, register, model or hand; `source_day` is the day of the register's file.
    """

    __tablename__ = "target_companies"
    id: Mapped[str] = mapped_column(String(16), primary_key=True, default=new_id)
    topic: Mapped[str] = mapped_column(String(160), default="")
    key: Mapped[str] = mapped_column(String(120))
    name: Mapped[str] = mapped_column(String(120))
    state: Mapped[str] = mapped_column(String(6))
    source: Mapped[str] = mapped_column(String(8))
    source_day: Mapped[date | None] = mapped_column(Date)
    user_id: Mapped[str | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    at: Mapped[int] = mapped_column(Millis)

    __table_args__ = (Index("ix_target_companies_topic", "topic", "key", unique=True),)
