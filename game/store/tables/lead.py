"""The table of leads."""

from datetime import date

from sqlalchemy import JSON, Date, String
from sqlalchemy.orm import Mapped, mapped_column

from game.store.base import Base, Millis, new_id


class Lead(Base):
    """A named person who has not applied.

    `inform_by` is the day by which they must be told; `origin` is workshop or import; `verdict`
    is the newest one, or empty.
    """

    __tablename__ = "leads"
    id: Mapped[str] = mapped_column(String(16), primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(String(80))
    role: Mapped[str] = mapped_column(String(120), default="")
    company: Mapped[str] = mapped_column(String(120), default="")
    skills: Mapped[list[str]] = mapped_column(JSON, default=list)
    mail: Mapped[str] = mapped_column(String(254), default="")
    phone: Mapped[str] = mapped_column(String(20), default="")
    link: Mapped[str] = mapped_column(String(300), default="")
    channel: Mapped[str] = mapped_column(String(40), default="")
    internal: Mapped[bool] = mapped_column(default=False)
    origin: Mapped[str] = mapped_column(String(8), default="workshop")
    verdict: Mapped[str] = mapped_column(String(8), default="")
    inform_by: Mapped[date] = mapped_column(Date)
    informed_at: Mapped[int | None] = mapped_column(Millis)
    created_at: Mapped[int] = mapped_column(Millis, index=True)
