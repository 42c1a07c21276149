"""The table of offered ways."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from game.store.base import Base, Millis, new_id


class OfferedWay(Base):
    """A mail, phone or profile that somebody typed under a known person's name.

    They did at a stand, by a card or by a player's link. Nothing proves that it is that person's:
    it is no key and nothing is sent there, until a recruiter takes it. `way` is mail, phone or
    link; `occasion` is what the stand or workshop was called.
    """

    __tablename__ = "offered_ways"
    id: Mapped[str] = mapped_column(String(16), primary_key=True, default=new_id)
    lead_id: Mapped[str] = mapped_column(ForeignKey("leads.id", ondelete="CASCADE"), index=True)
    way: Mapped[str] = mapped_column(String(5))
    value: Mapped[str] = mapped_column(String(300))
    occasion: Mapped[str] = mapped_column(String(120), default="")
    at: Mapped[int] = mapped_column(Millis)
