"""The table of nominations."""

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from game.store.base import Base, Millis, new_id


class Nomination(Base):
    """'My expert of …', seen by nobody until accepted through its `key`.

    The key is made when a recruiter hands the link over, at `handed_at`; there is none before.
    `status` is asked, accepted or anonymous; a declined nomination is deleted, without trace.
    """

    __tablename__ = "nominations"
    id: Mapped[str] = mapped_column(String(16), primary_key=True, default=new_id)
    key: Mapped[str | None] = mapped_column(String(32), unique=True)
    player_id: Mapped[str | None] = mapped_column(ForeignKey("players.id", ondelete="SET NULL"))
    round_id: Mapped[str] = mapped_column(ForeignKey("rounds.id", ondelete="CASCADE"))
    workshop_id: Mapped[str] = mapped_column(
        ForeignKey("workshops.id", ondelete="CASCADE"), index=True
    )
    slot: Mapped[str] = mapped_column(String(48))
    nominee: Mapped[str] = mapped_column(String(80))
    subject: Mapped[str] = mapped_column(String(80))
    why: Mapped[str] = mapped_column(String(140), default="")
    status: Mapped[str] = mapped_column(String(10), default="asked")
    handed_at: Mapped[int | None] = mapped_column(Millis)
    at: Mapped[int] = mapped_column(Millis)

    __table_args__ = (Index("ix_nominations_slot", "round_id", "player_id", "slot", unique=True),)
