"""The table of told origins."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from game.store.base import Base


class ToldOrigin(Base):
    """What a file said of where a recommendation comes from: it has no player, round or brief here.

    Each field is a text as the file has it, or empty.
    """

    __tablename__ = "told_origins"
    recommendation_id: Mapped[str] = mapped_column(
        ForeignKey("recommendations.id", ondelete="CASCADE"), primary_key=True
    )
    brief: Mapped[str] = mapped_column(String(160), default="")
    requisition_ref: Mapped[str] = mapped_column(String(40), default="")
    workshop: Mapped[str] = mapped_column(String(120), default="")
    round: Mapped[str] = mapped_column(String(120), default="")
    recommender: Mapped[str] = mapped_column(String(80), default="")
