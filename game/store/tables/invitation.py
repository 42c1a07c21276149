"""The table of invitations."""

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from game.store.base import Base, Millis, new_id, new_key


class Invitation(Base):
    """A player's personal link for one person, who enters themselves; nothing is known of them.

    `lead_id` is who came of it, at `used_at`. It ends with its player's data.
    """

    __tablename__ = "invitations"
    id: Mapped[str] = mapped_column(String(16), primary_key=True, default=new_id)
    key: Mapped[str] = mapped_column(String(32), unique=True, default=new_key)
    player_id: Mapped[str | None] = mapped_column(ForeignKey("players.id", ondelete="CASCADE"))
    round_id: Mapped[str] = mapped_column(ForeignKey("rounds.id", ondelete="CASCADE"))
    workshop_id: Mapped[str] = mapped_column(ForeignKey("workshops.id", ondelete="CASCADE"))
    lead_id: Mapped[str | None] = mapped_column(ForeignKey("leads.id", ondelete="SET NULL"))
    at: Mapped[int] = mapped_column(Millis)
    used_at: Mapped[int | None] = mapped_column(Millis)

    __table_args__ = (Index("ix_invitations_player_id", "player_id", "round_id"),)
