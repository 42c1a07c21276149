"""The table of recommendations."""

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from game.base.json_object import Json
from game.store.base import Base, Millis, new_id
from game.store.tables.said_in import SaidIn


class Recommendation(SaidIn, Base):
    """What one player said of one lead for one brief, as typed; withdrawing deletes it.

    `held` are free texts that wait for a review: until then their own columns are empty, so that
    nobody but their author reads them.

    It outlives its workshop, its round and its player: the lead is the company's by then.
    `speaks` is who speaks to the lead first, and under which name: first, together, named,
    unnamed, or empty where the player did not say.
    """

    __tablename__ = "recommendations"
    id: Mapped[str] = mapped_column(String(16), primary_key=True, default=new_id)
    lead_id: Mapped[str] = mapped_column(ForeignKey("leads.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    relationship: Mapped[str] = mapped_column(String(40))
    channel: Mapped[str] = mapped_column(String(40))
    known: Mapped[bool]
    internal: Mapped[bool]
    aware: Mapped[bool]
    reach: Mapped[str] = mapped_column(String(10))
    mail: Mapped[str] = mapped_column(String(254), default="")
    phone: Mapped[str] = mapped_column(String(20), default="")
    link: Mapped[str] = mapped_column(String(300), default="")
    role: Mapped[str] = mapped_column(String(120), default="")
    company: Mapped[str] = mapped_column(String(120), default="")
    skills: Mapped[list[str]] = mapped_column(JSON, default=list)
    reasons: Mapped[list[str]] = mapped_column(JSON, default=list)
    reason: Mapped[str] = mapped_column(String(140), default="")
    speaks: Mapped[str] = mapped_column(String(8), default="", server_default="")
    held: Mapped[Json | None] = mapped_column(JSON(none_as_null=True))
    new_to_pool: Mapped[bool] = mapped_column(default=False)
    at: Mapped[int] = mapped_column(Millis)

    __table_args__ = (
        Index("ix_recommendations_slot", "round_id", "player_id", "slot", unique=True),
        Index("ix_recommendations_brief", "brief_id", "lead_id"),
        Index("ix_recommendations_at", "at"),
    )
