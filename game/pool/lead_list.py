"""The leads of a list: counted, read in batches, and the briefs they were named for."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from game.pool.cursor import Cursor, cursors
from game.pool.lead_filter import Filter, conditions
from game.pool.rehearsal import REAL
from game.store.tables import BriefRow, Lead, Recommendation, Workshop

Reading = Callable[[], AbstractContextManager[Session]]


def leads_of(session: Session, ids: Sequence[str]) -> list[Lead]:
    """The leads of these ids, in their order."""
    if not ids:
        return []
    found = {lead.id: lead for lead in session.scalars(select(Lead).where(Lead.id.in_(ids)))}
    return [found[id] for id in ids if id in found]


def count(
    session: Session,
    wanted: Filter,
    today: date,
    *also: ColumnElement[bool],
    most: int | None = None,
) -> int:
    """How many leads a filter, and further conditions, let through; no further than `most`."""
    found = select(Lead.id).where(*conditions(session, wanted, today), *also).limit(most)
    return session.scalar(select(func.count()).select_from(found.subquery())) or 0


def batches(
    reading: Reading, wanted: Filter, today: date, size: int, *also: ColumnElement[bool]
) -> Iterator[list[Lead]]:
    """All leads of a filter, and of further conditions, in the list's order, so many at a time.

    Each is read in a short reading of its own: a long one would keep the database from tidying up.
    """
    after: Cursor | None = None
    while True:
        with reading() as session:
            asked = [*conditions(session, wanted, today), *also]
            found = cursors(session, asked, size, after=after)
            leads = leads_of(session, [id for _, id in found])
        if leads:
            yield leads
        if len(found) < size:
            return
        after = found[-1]


def briefs_of(session: Session, ids: Sequence[str]) -> dict[str, str]:
    """For each lead, the titles of the briefs it was named for."""
    if not ids:
        return {}
    rows = session.execute(
        select(Recommendation.lead_id, BriefRow.title)
        .join(BriefRow, BriefRow.id == Recommendation.brief_id)
        .join(Workshop, Workshop.id == BriefRow.workshop_id)
        .join(Lead, Lead.id == Recommendation.lead_id)
        .where(Recommendation.lead_id.in_(ids), REAL | Lead.rehearsed)
        .distinct()
    )
    titles: dict[str, list[str]] = {}
    for lead_id, title in rows:
        titles.setdefault(lead_id, []).append(title)
    return {lead_id: ", ".join(sorted(found)) for lead_id, found in titles.items()}
