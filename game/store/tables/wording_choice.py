"""The table of choices of a title."""

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from game.store.base import Base, Millis, new_id


class WordingChoice(Base):
    """The title that was chosen for an advert, among which, and why."""

    __tablename__ = "wording_choices"
    id: Mapped[str] = mapped_column(String(16), primary_key=True, default=new_id)
    among: Mapped[list[str]] = mapped_column(JSON, default=list)
    chosen: Mapped[str] = mapped_column(String(120))
    reason: Mapped[str] = mapped_column(String(300))
    user_id: Mapped[str | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    at: Mapped[int] = mapped_column(Millis)
