"""The table of places."""

from sqlalchemy import Index, String, false
from sqlalchemy.orm import Mapped, mapped_column

from game.store.base import Base, Millis, new_id
from game.store.tables.said_in import SaidIn


class Place(SaidIn, Base):
    """A place where people of the brief are found: a line of the channel directory.

    `knows` says that its player knows somebody there, and lets recruiters ask them.
    """

    __tablename__ = "places"
    id: Mapped[str] = mapped_column(String(16), primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(String(120))
    channel: Mapped[str] = mapped_column(String(40))
    note: Mapped[str] = mapped_column(String(140), default="")
    knows: Mapped[bool] = mapped_column(default=False, server_default=false())
    at: Mapped[int] = mapped_column(Millis)

    __table_args__ = (Index("ix_places_slot", "round_id", "player_id", "slot", unique=True),)
