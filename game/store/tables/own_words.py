"""The table of own words."""

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from game.store.base import Base


class OwnWords(Base):
    """What a player said of somebody who was erased, sealed: for that player's eyes alone.

    Without it, the gap in a player's own list would tell that the person was erased. It goes with
    the player's data, when the notice says. `keys` are keyed hashes of what recognises the person:
    two who name them earn what two earn who name anybody else.
    """

    __tablename__ = "own_words"
    player_id: Mapped[str] = mapped_column(
        ForeignKey("players.id", ondelete="CASCADE"), primary_key=True
    )
    round_id: Mapped[str] = mapped_column(
        ForeignKey("rounds.id", ondelete="CASCADE"), primary_key=True
    )
    slot: Mapped[str] = mapped_column(String(48), primary_key=True)
    sealed: Mapped[str] = mapped_column(Text)
    keys: Mapped[list[str]] = mapped_column(JSON, default=list, server_default="[]")
