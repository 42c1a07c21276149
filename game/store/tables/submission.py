"""The table of submissions."""

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from game.base.json_object import Json
from game.store.base import Base, Millis


class Submission(Base):
    """One acknowledged answer, under the id that the phone made; never changed afterwards.

    What stands in a slot is the submission of the highest `seq` there. `stored` holds no
    contact's data. `answer` is what was acknowledged, given again to a resend.
    """

    __tablename__ = "submissions"
    player_id: Mapped[str] = mapped_column(
        ForeignKey("players.id", ondelete="CASCADE"), primary_key=True
    )
    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    round_id: Mapped[str] = mapped_column(ForeignKey("rounds.id", ondelete="CASCADE"))
    slot: Mapped[str] = mapped_column(String(48))
    seq: Mapped[int]
    at: Mapped[int] = mapped_column(Millis)
    stored: Mapped[Json] = mapped_column(JSON)
    answer: Mapped[Json] = mapped_column(JSON)

    __table_args__ = (Index("ix_submissions_round_player", "round_id", "player_id"),)
