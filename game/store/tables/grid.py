"""The tables of interview grids, of interviews by them, and of what was said there."""

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from game.base.json_object import Json
from game.store.base import Base, Millis, new_id


class Grid(Base):
    """The questions of a post, by its title: each with key, must-have, theme, text and levels."""

    __tablename__ = "grids"
    id: Mapped[str] = mapped_column(String(16), primary_key=True, default=new_id)
    title: Mapped[str] = mapped_column(String(160), unique=True)
    lang: Mapped[str] = mapped_column(String(2))
    questions: Mapped[list[Json]] = mapped_column(JSON, default=list)
    user_id: Mapped[str | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    changed_at: Mapped[int] = mapped_column(Millis)


class GridInterview(Base):
    """An interview of one person by a grid, whose questions it keeps as they were.

    `taps` are (second, question) as the interviewer tapped them. `agreed_at` is when somebody noted
    that the person agrees to a transcript; without it there is none.
    """

    __tablename__ = "grid_interviews"
    id: Mapped[str] = mapped_column(String(16), primary_key=True, default=new_id)
    lead_id: Mapped[str] = mapped_column(ForeignKey("leads.id", ondelete="CASCADE"), index=True)
    user_id: Mapped[str | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    title: Mapped[str] = mapped_column(String(160))
    lang: Mapped[str] = mapped_column(String(2))
    questions: Mapped[list[Json]] = mapped_column(JSON, default=list)
    taps: Mapped[list[tuple[int, str]]] = mapped_column(JSON, default=list)
    agreed_at: Mapped[int | None] = mapped_column(Millis)
    began_at: Mapped[int] = mapped_column(Millis)
    ended_at: Mapped[int | None] = mapped_column(Millis)


class GridPassage(Base):
    """What was noted or said: `tapped` is the question that was tapped then, if one was.

    `filed` is the question under which a person confirmed it, empty until then. `second` is None
    where no time is known. `source` is note or transcript. `near` is how near in meaning it is to
    each question, in their order, where vectors were asked.
    """

    __tablename__ = "grid_passages"
    id: Mapped[str] = mapped_column(String(16), primary_key=True, default=new_id)
    interview_id: Mapped[str] = mapped_column(
        ForeignKey("grid_interviews.id", ondelete="CASCADE"), index=True
    )
    place: Mapped[int]
    second: Mapped[int | None]
    text: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(String(10))
    near: Mapped[list[float] | None] = mapped_column(JSON(none_as_null=True))
    tapped: Mapped[str] = mapped_column(String(8), default="")
    filed: Mapped[str] = mapped_column(String(8), default="")
    filed_by: Mapped[str | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
