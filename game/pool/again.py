"""The pool used again: people who agreed to be kept, and which words of a brief are in their files.

Found in alphabetical order: nobody is scored or ranked.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Row, or_, select
from sqlalchemy.orm import Session

from game.base.refusal import Refusal
from game.pool import touchpoint
from game.pool.rehearsal import REAL
from game.pool.standing import agrees
from game.pool.touchpoint import Plan
from game.privacy.audit import audit
from game.rules.quotes import Segments, hits, stem
from game.store.tables import BriefRow, Lead, Workshop

MOST = 200  # people shown at once


@dataclass(frozen=True)
class Quoted:
    """A person, and the fields of their file in which words were found."""

    lead: Lead
    fields: dict[str, Segments]


def briefs(session: Session) -> Sequence[Row[BriefRow, str]]:
    """(brief, name of its workshop), the newest workshop first; no rehearsal's."""
    rows = select(BriefRow, Workshop.name).join(Workshop, Workshop.id == BriefRow.workshop_id)
    newest = Workshop.created_at.desc(), BriefRow.title, BriefRow.id
    return session.execute(rows.where(REAL).order_by(*newest).limit(200)).all()


def find(session: Session, words: Sequence[str], today: date) -> list[Quoted]:
    """Who agreed to be kept and has one of these words in their file, by name."""
    if not words:
        return []
    has_one = or_(*(Lead.folded.contains(stem(word), autoescape=True) for word in words))
    kept = agrees(today), Lead.rehearsed.is_(False), Lead.hired_at.is_(None)
    rows = select(Lead).where(has_one, *kept).order_by(Lead.folded, Lead.id)
    found: list[Quoted] = []
    for lead in session.scalars(rows).yield_per(MOST):
        fields = hits(_fields(lead), words)
        if fields:
            found.append(Quoted(lead, fields))
        if len(found) == MOST:
            break
    return found


def _fields(lead: Lead) -> dict[str, str]:
    """What is looked into: never the name, the place or the way to reach somebody."""
    return {"role": lead.role, "company": lead.company, "skills": ", ".join(lead.skills)}


def plan_for(
    session: Session, secret: str, lead_ids: Sequence[str], wanted: Plan, by: str, today: date
) -> int:
    """Plans the same touchpoint for each of those who agree to be kept; returns for how many.

    Raises Refusal where the touchpoint is none, or nobody was chosen.
    """
    kept = select(Lead.id).where(Lead.id.in_(lead_ids[:MOST]), agrees(today))
    ids = list(session.scalars(kept.order_by(Lead.id)))
    if not ids:
        raise Refusal("bad_input", {"leads": "missing"})
    planned = 0
    for id in ids:
        try:
            touchpoint.plan(session, secret, id, replace(wanted, user_id=by), by)
        except Refusal as refusal:
            if refusal.code != "objected":
                raise
        else:
            planned += 1
    return planned


def note_shown(session: Session, brief_id: str, count: int, by: str) -> None:
    """So many people are about to be shown for a brief."""
    audit(session, by, "pool_searched", {"brief": brief_id, "count": count})
