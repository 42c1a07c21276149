"""The table of points: the ledger."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from game.store.base import Base, Millis


class Point(Base):
    """A line of the ledger: who, how many, why, for which slot of which round.

    `status` is provisional, confirmed or revoked. `settled` entries came with the round's end and
    go when it is opened again. `lead_id` is the lead whose verdict sealed the entry, or the
    conversation that it was earned by, if one did: its player's later answers do not touch it.
    """

    __tablename__ = "points"
    player_id: Mapped[str] = mapped_column(
        ForeignKey("players.id", ondelete="CASCADE"), primary_key=True
    )
    round_id: Mapped[str] = mapped_column(
        ForeignKey("rounds.id", ondelete="CASCADE"), primary_key=True
    )
    slot: Mapped[str] = mapped_column(String(48), primary_key=True)
    reason: Mapped[str] = mapped_column(String(24), primary_key=True)
    amount: Mapped[int]
    status: Mapped[str] = mapped_column(String(12), default="provisional")
    at: Mapped[int] = mapped_column(Millis)
    settled: Mapped[bool] = mapped_column(default=False)
    lead_id: Mapped[str | None] = mapped_column(String(16))
