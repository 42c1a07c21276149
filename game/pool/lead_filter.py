"""What a list of leads is narrowed to: by whom, from when, with which words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from game.pool import facets
from game.pool.rehearsal import REAL
from game.privacy import inform
from game.rules.sought import words
from game.store.tables import BriefRow, Lead, Recommendation, Workshop


@dataclass(frozen=True)
class Filter:
    """What the list is narrowed to; empty fields narrow nothing.

    `verdict` is pursue, nurture, pass or 'none' (not judged yet). `rehearsed` asks for the leads of
    demonstrations and rehearsals, which no list, count or file of the pool has. `since` and `until`
    are days as 2026-11-30; `kept` asks for those who agreed to stay. `sort` is one of
    `facets.SORTS`, or empty for the newest first.
    """

    text: str = ""
    workshop: str = ""
    brief: str = ""
    channel: str = ""
    verdict: str = ""
    overdue: bool = False
    soon: bool = False
    internal: bool = False
    rehearsed: bool = False
    tag: str = ""
    company: str = ""
    skill: str = ""
    since: str = ""
    until: str = ""
    kept: bool = False
    sort: str = ""


def conditions(session: Session, wanted: Filter, today: date) -> list[ColumnElement[bool]]:
    """What a filter asks of a lead: what few have first, since SQLite asks in this order.

    The briefs of a title are looked up first: then a database knows how many leads they may have.
    """
    asked: list[ColumnElement[bool]] = []
    if wanted.channel:
        asked.append(Lead.channel == wanted.channel)
    if wanted.verdict:
        asked.append(Lead.verdict == ("" if wanted.verdict == "none" else wanted.verdict))
    if wanted.internal:
        asked.append(Lead.internal.is_(True))
    if wanted.overdue:
        asked.append(inform.overdue(today))
    if wanted.soon:
        asked.append(inform.due_within(inform.SOON, today))
    asked.append(Lead.rehearsed.is_(wanted.rehearsed))  # all but a few are not
    said = select(Recommendation.lead_id)
    if wanted.workshop:
        asked.append(Lead.id.in_(said.where(Recommendation.workshop_id == wanted.workshop)))
    if wanted.brief:
        titled = session.scalars(_titled(wanted.brief, rehearsed=wanted.rehearsed)).all()
        asked.append(Lead.id.in_(said.where(Recommendation.brief_id.in_(titled))))
    texts = (Lead.folded.contains(word, autoescape=True) for word in words(wanted.text))
    return [*asked, *_facets(wanted, today), *texts]  # what costs most is looked at last


def _titled(title: str, *, rehearsed: bool) -> Select[str]:
    """The briefs of a title: those of workshops for real, or else of the others."""
    own = select(BriefRow.id).join(Workshop, Workshop.id == BriefRow.workshop_id)
    return own.where(BriefRow.title == title, REAL.is_not(rehearsed))


def _facets(wanted: Filter, today: date) -> Iterator[ColumnElement[bool]]:
    if wanted.tag:
        yield facets.tagged(wanted.tag)
    if wanted.company:
        yield from facets.employed(wanted.company)
    if wanted.skill:
        yield from facets.skilled(wanted.skill)
    yield from facets.came(wanted.since, wanted.until)
    if wanted.kept:
        yield facets.kept(today)


def choices(session: Session) -> dict[str, object]:
    """What the filters can be set to: workshops, the newest first, and titles of briefs."""
    workshops = session.execute(
        select(Workshop.id, Workshop.name).where(REAL).order_by(Workshop.created_at.desc())
    ).all()
    titles = select(BriefRow.title).join(Workshop, Workshop.id == BriefRow.workshop_id)
    briefs = session.scalars(titles.where(REAL).distinct().order_by(BriefRow.title)).all()
    return {"workshops": workshops, "briefs": [(title, title) for title in briefs]}
