"""The table of players."""

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from game.store.base import Base, Millis, new_id


class Player(Base):
    """An employee who plays. `provisional` and `confirmed` are sums of the ledger, kept with it.

    `socket` is the one live connection ('worker/sid'); `key` is part of the signed cookie, so
    that a new key ends old cookies. `seen_at` is when the socket last came or went. `doubtful` asks
    the facilitator to look at the name. `handover` is the digest of what makes another phone this
    player once, until `handover_until`. `word` is what they come back with;
    `subject` is the keyed digest of who they are to the company's provider of identities, if known;
    `extra_percent` how much more time than the room they took, which is shown to nobody else;
    chosen once a round was closed, it holds after that round, and `extra_before` in it.
    Who is `waiting` gave no proof of presence: out, until the facilitator lets them in.
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
    doubtful: Mapped[bool] = mapped_column(default=False, server_default=false())
    waiting: Mapped[bool] = mapped_column(default=False, server_default=false())
    handover: Mapped[str | None] = mapped_column(String(64))
    handover_until: Mapped[int | None] = mapped_column(Millis)
    subject: Mapped[str | None] = mapped_column(String(64))
    word: Mapped[str | None] = mapped_column(String(4))
    extra_percent: Mapped[int] = mapped_column(server_default="0")
    extra_before: Mapped[int] = mapped_column(server_default="0")
    extra_after: Mapped[str | None] = mapped_column(String(16))  # the id of that round
    provisional: Mapped[int] = mapped_column(default=0)
    confirmed: Mapped[int] = mapped_column(default=0)

    __table_args__ = (
        UniqueConstraint("workshop_id", "folded"),
        Index("ix_players_word", "workshop_id", "word", unique=True),
    )
