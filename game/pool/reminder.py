"""Reminders for a day: one touchpoint, planned for several of those who are kept in mind."""

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, Row, select
from sqlalchemy.orm import Session

from game.pool import touchpoint
from game.pool.touchpoint import Plan
from game.privacy.objection import objected_among
from game.store.tables import Lead, Touchpoint

MOST = 100  # people at once


def _in_mind() -> tuple[ColumnElement[bool], ...]:
    return (
        Lead.verdict == "nurture",
        Lead.hired_at.is_(None),
        Lead.objected_at.is_(None),
        Lead.rehearsed.is_(False),
    )


def in_mind(session: Session) -> Sequence[Row[str, str, str, str]]:
    """(id, name, role, company) of those to be kept in mind, the longest known first."""
    rows = select(Lead.id, Lead.name, Lead.role, Lead.company).where(*_in_mind())
    return session.execute(rows.order_by(Lead.created_at, Lead.id).limit(MOST)).all()


def plan(session: Session, secret: str, ids: Iterable[str], wanted: Plan, by: str) -> int:
    """Plans a touchpoint for each of them; returns for how many. Raises Refusal (bad_input).

    Left out is who objected, is no longer to be kept in mind, or has one of this kind on that day.
    """
    rows = select(Lead.id).where(Lead.id.in_(list(ids)[:MOST]), *_in_mind())
    there = list(session.scalars(rows.order_by(Lead.id)))
    skipped = objected_among(session, secret, there) | _planned(session, there, wanted)
    kept = [id for id in there if id not in skipped]
    for id in kept:
        touchpoint.plan(session, secret, id, wanted, by)
    return len(kept)


def _planned(session: Session, ids: Sequence[str], wanted: Plan) -> set[str]:
    rows = select(Touchpoint.lead_id).where(
        Touchpoint.lead_id.in_(ids),
        *(Touchpoint.kind == wanted.kind, Touchpoint.due_on == wanted.due_on),
        Touchpoint.done_at.is_(None),
        Touchpoint.cancelled_at.is_(None),
    )
    return set(session.scalars(rows))
