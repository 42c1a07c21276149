"""Finding leads: filters, a search that forgives case and accents, and pages."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, case, func, or_, select
from sqlalchemy.orm import Session

from game.rules.person import fold
from game.store.tables import BriefRow, Lead, Recommendation, Workshop

PAGE = 50


@dataclass(frozen=True)
class Filter:
    """What the list is narrowed to; empty fields narrow nothing.

    `verdict` is pursue, nurture, pass or 'none' (not judged yet).
    """

    text: str = ""
    workshop: str = ""
    brief: str = ""
    channel: str = ""
    verdict: str = ""
    overdue: bool = False
    internal: bool = False


@dataclass(frozen=True)
class Found:
    """One page of leads, how many there are in all, and the briefs each was named for."""

    leads: Sequence[Lead]
    total: int
    briefs: dict[str, str]


def query(wanted: Filter, today: date) -> Select[Lead]:
    """The leads that a filter lets through, newest first; the search comes after."""
    found = select(Lead)
    said = select(Recommendation.lead_id)
    if wanted.workshop:
        found = found.where(Lead.id.in_(said.where(Recommendation.workshop_id == wanted.workshop)))
    if wanted.brief:
        titled = said.join(BriefRow, BriefRow.id == Recommendation.brief_id)
        found = found.where(Lead.id.in_(titled.where(BriefRow.title == wanted.brief)))
    if wanted.channel:
        found = found.where(Lead.channel == wanted.channel)
    if wanted.verdict:
        found = found.where(Lead.verdict == ("" if wanted.verdict == "none" else wanted.verdict))
    if wanted.overdue:
        found = found.where(Lead.informed_at.is_(None), Lead.inform_by < today)
    if wanted.internal:
        found = found.where(Lead.internal.is_(True))
    return found.order_by(Lead.created_at.desc(), Lead.id)


def holds(lead: Lead, text: str) -> bool:
    """Are all words of the search somewhere in the lead?"""
    everything = fold(" ".join((lead.name, lead.role, lead.company, *lead.skills)))
    return all(word in everything for word in fold(text).split())


def every(session: Session, wanted: Filter, today: date) -> list[Lead]:
    """All leads of a filter, for an export."""
    rows: Iterable[Lead] = session.scalars(query(wanted, today))
    return [lead for lead in rows if not wanted.text or holds(lead, wanted.text)]


def page(session: Session, wanted: Filter, today: date, number: int) -> Found:
    """One page of the list, from 1."""
    found = every(session, wanted, today)
    shown = found[(number - 1) * PAGE : number * PAGE]
    return Found(shown, len(found), briefs_of(session, [lead.id for lead in shown]))


def briefs_of(session: Session, ids: Sequence[str]) -> dict[str, str]:
    """For each lead, the titles of the briefs it was named for."""
    rows = session.execute(
        select(Recommendation.lead_id, BriefRow.title)
        .join(BriefRow, BriefRow.id == Recommendation.brief_id)
        .where(Recommendation.lead_id.in_(ids))
        .distinct()
    )
    titles: dict[str, list[str]] = {}
    for lead_id, title in rows:
        titles.setdefault(lead_id, []).append(title)
    return {lead_id: ", ".join(sorted(found)) for lead_id, found in titles.items()}


def choices(session: Session) -> dict[str, Any]:
    """What the filters can be set to: workshops, briefs, and how many leads have each verdict."""
    workshops = session.execute(
        select(Workshop.id, Workshop.name).order_by(Workshop.created_at.desc())
    ).all()
    briefs = session.scalars(select(BriefRow.title).distinct().order_by(BriefRow.title)).all()
    counts = session.execute(
        select(case((Lead.verdict == "", "none"), else_=Lead.verdict), func.count()).group_by(
            Lead.verdict
        )
    )
    return {
        "workshops": workshops,
        "briefs": [(title, title) for title in briefs],
        "counts": {r[0]: r[1] for r in counts},
    }


def like(session: Session, lead: Lead) -> list[Lead]:
    """Leads that may be the same person: the same name, written alike."""
    rows = session.scalars(
        select(Lead).where(
            or_(func.lower(Lead.name) == lead.name.lower(), Lead.name == lead.name),
            Lead.id != lead.id,
        )
    )
    return list(rows)
