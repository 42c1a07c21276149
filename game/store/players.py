"""The tables of play: players, their submissions, and the ledger of points."""

from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from game.store.base import Base, Millis, new_id


class Player(Base):
    """An employee who plays. `provisional` and `confirmed` are sums of the ledger, kept with it.

    `socket` is the one live connection ('worker/sid'); `key` is part of the signed cookie, so
    that a new key ends old cookies. `seen_at` is when the socket last came or went.
    """

    __tablename__ = "players"
    id: Mapped[str] = mapped_column(String(16), primary_key=True, default=new_id)
    workshop_id: Mapped[str] = mapped_column(ForeignKey("workshops.id", ondelete="CASCADE"))
    team_id: Mapped[str | None] = mapped_column(ForeignKey("teams.id", ondelete="SET NULL"))
    nickname: Mapped[str] = mapped_column(String(24))
    folded: Mapped[str] = mapped_column(String(48))
    real_name: Mapped[str] = mapped_column(String(80), default="")
    work_mail: Mapped[str] = mapped_column(String(254), default="")
    department: Mapped[str] = mapped_column(String(80), default="")
    lang: Mapped[str] = mapped_column(String(2), default="fr")
    key: Mapped[str] = mapped_column(String(16), default=new_id)
    socket: Mapped[str | None] = mapped_column(String(60))
    seen_at: Mapped[int | None] = mapped_column(Millis)
    joined_at: Mapped[int] = mapped_column(Millis)
    removed_at: Mapped[int | None] = mapped_column(Millis)
    provisional: Mapped[int] = mapped_column(default=0)
    confirmed: Mapped[int] = mapped_column(default=0)

    __table_args__ = (UniqueConstraint("workshop_id", "folded"),)


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
    stored: Mapped[dict[str, Any]] = mapped_column(JSON)
    answer: Mapped[dict[str, Any]] = mapped_column(JSON)

    __table_args__ = (Index("ix_submissions_round_player", "round_id", "player_id"),)


class Point(Base):
    """A line of the ledger: who, how many, why, for which slot of which round.

    `status` is provisional, confirmed or revoked. `lead_id` is the lead that earned it, if any.
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
