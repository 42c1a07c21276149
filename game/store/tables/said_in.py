"""Where something was said: what tables of it have in common."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column


class SaidIn:
    """By which player, in which round and workshop, for which brief; it outlives all four."""

    player_id: Mapped[str | None] = mapped_column(ForeignKey("players.id", ondelete="SET NULL"))
    round_id: Mapped[str | None] = mapped_column(ForeignKey("rounds.id", ondelete="SET NULL"))
    workshop_id: Mapped[str | None] = mapped_column(
        ForeignKey("workshops.id", ondelete="SET NULL"), index=True
    )
    slot: Mapped[str] = mapped_column(String(48))
    brief_id: Mapped[str | None] = mapped_column(ForeignKey("briefs.id", ondelete="SET NULL"))
