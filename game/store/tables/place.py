"""The table of places."""

from sqlalchemy import ForeignKey, Index, String, false
from sqlalchemy.orm import Mapped, mapped_column

from game.store.base import Base, Millis, new_id


class Place(Base):
    """A place where people of the brief are found: a line of the channel directory.

    `knows` says that its player knows somebody there, and lets recruiters ask them.
    """

    __tablename__ = "places"
    id: Mapped[str] = mapped_column(String(16), primary_key=True, default=new_id)
    player_id: Mapped[str | None] = mapped_column(ForeignKey("players.id", ondelete="SET NULL"))
    round_id: Mapped[str | None] = mapped_column(ForeignKey("rounds.id", ondelete="SET NULL"))
    workshop_id: Mapped[str | None] = mapped_column(
        ForeignKey("workshops.id", ondelete="SET NULL"), index=True
    )
    slot: Mapped[str] = mapped_column(String(48))
    brief_id: Mapped[str | None] = mapped_column(ForeignKey("briefs.id", ondelete="SET NULL"))
    name: Mapped[str] = mapped_column(String(120))
    channel: Mapped[str] = mapped_column(String(40))
    note: Mapped[str] = mapped_column(String(140), default="")
    knows: Mapped[bool] = mapped_column(default=False, server_default=false())
    at: Mapped[int] = mapped_column(Millis)

    __table_args__ = (Index("ix_places_slot", "round_id", "player_id", "slot", unique=True),)
