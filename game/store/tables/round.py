"""The table of rounds."""

from sqlalchemy import JSON, ForeignKey, Index, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column

from game.base.json_object import Json
from game.store.base import Base, Millis, new_id


class RoundRow(Base):
    """One round of an agenda.

    While open, `closes_at` says when it closes; while paused, `closes_at` is null and `left_ms`
    says how long is left. `result` is what it came to, set at the close. `page` is the page of
    the reveal, from 0. `timing` says when its clock ran, `hidden` holds the keys of texts that the
    facilitator keeps from the room. `notes` are the speaker's own; `after` marks the round that
    takes leads once the workshop is over, which no agenda has. A `warm_up` earns no points.
    Where the facilitator looks first, `passed` holds the keys of the texts that a room may see.
    """

    __tablename__ = "rounds"
    id: Mapped[str] = mapped_column(String(16), primary_key=True, default=new_id)
    workshop_id: Mapped[str] = mapped_column(
        ForeignKey("workshops.id", ondelete="CASCADE"), index=True
    )
    place: Mapped[int]
    kind: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String(80), default="")
    brief_id: Mapped[str | None] = mapped_column(ForeignKey("briefs.id", ondelete="SET NULL"))
    seconds: Mapped[int]
    options: Mapped[Json] = mapped_column(JSON, default=dict)
    phase: Mapped[str] = mapped_column(String(8), default="waiting")
    opened_at: Mapped[int | None] = mapped_column(Millis)
    closes_at: Mapped[int | None] = mapped_column(Millis)
    left_ms: Mapped[int | None] = mapped_column(Millis)
    page: Mapped[int] = mapped_column(default=0)
    timing: Mapped[Json | None] = mapped_column(JSON(none_as_null=True))
    hidden: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    passed: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    result: Mapped[Json | None] = mapped_column(JSON(none_as_null=True))
    notes: Mapped[str] = mapped_column(Text, default="", server_default="")
    after: Mapped[bool] = mapped_column(default=False, server_default=false())
    warm_up: Mapped[bool] = mapped_column(default=False, server_default=false())

    __table_args__ = (Index("ix_rounds_phase_closes_at", "phase", "closes_at"),)
