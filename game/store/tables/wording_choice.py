"""The table of choices of a title."""

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from game.store.base import Base, Millis, new_id


class WordingChoice(Base):
    """The title that was chosen for an advert in a language, among which, and why.

    `topic` is the position by its title, or empty: then it is chosen for none. It stands for that
    position until `ended_at`: another was chosen, or it was taken back.
    """

    __tablename__ = "wording_choices"
    id: Mapped[str] = mapped_column(String(16), primary_key=True, default=new_id)
    topic: Mapped[str] = mapped_column(String(160), default="", server_default="")
    lang: Mapped[str] = mapped_column(String(2), default="", server_default="")
    among: Mapped[list[str]] = mapped_column(JSON, default=list)
    chosen: Mapped[str] = mapped_column(String(120))
    reason: Mapped[str] = mapped_column(String(300))
    user_id: Mapped[str | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    at: Mapped[int] = mapped_column(Millis)
    ended_at: Mapped[int | None] = mapped_column(Millis)
    ended_by: Mapped[str | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))

    __table_args__ = (Index("ix_wording_choices_topic", "topic"),)
