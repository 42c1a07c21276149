"""The tables of a workshop: itself, its teams, its briefs and the rounds of its agenda."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, Date, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from game.store.base import Base, Millis, new_id


class Workshop(Base):
    """One live event.

    `stage` is draft, lobby, round, board, podium or ended. `version` grows with every change that
    a screen shows. `asks` is 'nickname' or 'identity'; `teaming` is none, free, balanced or
    department. `points` holds only what differs from the content's values.
    """

    __tablename__ = "workshops"
    id: Mapped[str] = mapped_column(String(16), primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(String(120))
    lang: Mapped[str] = mapped_column(String(2), default="fr")
    held_on: Mapped[date | None] = mapped_column(Date)
    code: Mapped[str] = mapped_column(String(8), unique=True)
    code_expires_at: Mapped[int | None] = mapped_column(Millis)
    door_open: Mapped[bool] = mapped_column(default=True)
    asks: Mapped[str] = mapped_column(String(12), default="nickname")
    teaming: Mapped[str] = mapped_column(String(12), default="none")
    points: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    stage: Mapped[str] = mapped_column(String(8), default="draft")
    round_id: Mapped[str | None] = mapped_column(String(16))
    version: Mapped[int] = mapped_column(default=1)
    projector_key: Mapped[str] = mapped_column(String(16), default=new_id)
    created_by: Mapped[str | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    created_at: Mapped[int] = mapped_column(Millis)
    ended_at: Mapped[int | None] = mapped_column(Millis)


class Team(Base):
    """A team; its shape says what its colour says: drop, leaf, stone, flame, star or shell."""

    __tablename__ = "teams"
    id: Mapped[str] = mapped_column(String(16), primary_key=True, default=new_id)
    workshop_id: Mapped[str] = mapped_column(
        ForeignKey("workshops.id", ondelete="CASCADE"), index=True
    )
    name: Mapped[str] = mapped_column(String(40))
    shape: Mapped[str] = mapped_column(String(8))
    place: Mapped[int] = mapped_column(default=0)


class BriefRow(Base):
    """A workshop's own copy of a brief, edited in place; `key` says which content it came from."""

    __tablename__ = "briefs"
    id: Mapped[str] = mapped_column(String(16), primary_key=True, default=new_id)
    workshop_id: Mapped[str] = mapped_column(
        ForeignKey("workshops.id", ondelete="CASCADE"), index=True
    )
    key: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String(160))
    trade: Mapped[str] = mapped_column(String(160), default="")
    must_haves: Mapped[list[str]] = mapped_column(JSON, default=list)
    where: Mapped[str] = mapped_column(String(160), default="")
    why: Mapped[str] = mapped_column(Text, default="")
    requisition_ref: Mapped[str] = mapped_column(String(40), default="")


class RoundRow(Base):
    """One round of an agenda.

    While open, `closes_at` says when it closes; while paused, `closes_at` is null and `left_ms`
    says how long is left. `result` is what it came to, set at the close. `page` is the page of
    the reveal, from 0.
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
    options: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    phase: Mapped[str] = mapped_column(String(8), default="waiting")
    opened_at: Mapped[int | None] = mapped_column(Millis)
    closes_at: Mapped[int | None] = mapped_column(Millis)
    left_ms: Mapped[int | None] = mapped_column(Millis)
    page: Mapped[int] = mapped_column(default=0)
    result: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))

    __table_args__ = (Index("ix_rounds_phase_closes_at", "phase", "closes_at"),)
