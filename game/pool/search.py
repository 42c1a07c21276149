"""Finding leads: filters, a search that forgives case and accents, and pages.

One index holds all that the list is narrowed by, in the order of the list: the database reads it
from the newest on and stops when a page is full, whatever the filter. Words that few leads have
are found by another one (`sought_leads`).
"""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import ColumnElement, func, select, tuple_
from sqlalchemy.orm import Session

from game.base.refusal import Refusal
from game.pool import facets
from game.pool.sought_leads import narrowed, near
from game.privacy import inform
from game.rules.sought import words
from game.store.tables import BriefRow, Lead, Recommendation, Workshop

PAGE = 50
REAL = Workshop.sort == "real"
COUNTED = 1_000  # beyond, a list says only that there are more
PLACE = re.compile(r"[0-9]{1,7}")
CURSOR = re.compile(r"([0-9]{1,15})\.([0-9a-f]{16})")
Cursor = tuple[int, str]  # where a lead stands in the list: when it came, and its id
Reading = Callable[[], AbstractContextManager[Session]]


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


@dataclass(frozen=True)
class Found:
    """One page of leads, newest first.

    `total` counts the whole list up to COUNTED; `uncounted` says that there are more. `barred` is
    how many of a list that is counted an export leaves out, as the database can tell. `briefs` has
    the titles of those each was named for. `newer` and `older` are the cursors of the pages beside
    it, empty for none. `facets` has the values that the list has most, with counts; nothing of a
    list too long to be counted. `near`: nobody has the words of the search, these have nearly them.
    """

    leads: Sequence[Lead]
    total: int
    uncounted: bool
    briefs: dict[str, str]
    newer: str
    older: str
    facets: dict[str, list[tuple[str, int]]]
    near: bool = False
    barred: int = 0


def conditions(session: Session, wanted: Filter, today: date) -> list[ColumnElement[bool]]:
    """What a filter asks of a lead: what few have first, since SQLite asks in this order.

    The briefs of a title are looked up first: then a database knows how many leads they may have.
    """
    asked: list[ColumnElement[bool]] = []
    said = select(Recommendation.lead_id)
    if wanted.workshop:
        asked.append(Lead.id.in_(said.where(Recommendation.workshop_id == wanted.workshop)))
    if wanted.brief:
        titled = session.scalars(select(BriefRow.id).where(BriefRow.title == wanted.brief)).all()
        asked.append(Lead.id.in_(said.where(Recommendation.brief_id.in_(titled))))
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
    texts = (Lead.folded.contains(word, autoescape=True) for word in words(wanted.text))
    return [*asked, *_facets(wanted, today), *texts]  # what costs most is looked at last


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


def _cursor(text: str) -> Cursor | None:
    found = CURSOR.fullmatch(text)
    return (int(found[1]), found[2]) if found else None


def _text(cursor: Cursor) -> str:
    return f"{cursor[0]}.{cursor[1]}"


ORDER = (Lead.created_at.desc(), Lead.id.desc())
BACKWARDS = (Lead.created_at, Lead.id)
KEY = tuple_(Lead.created_at, Lead.id)


def _cursors(
    session: Session,
    asked: list[ColumnElement[bool]],
    most: int,
    *,
    after: Cursor | None = None,
    before: Cursor | None = None,
) -> list[Cursor]:
    """The cursors of at most so many leads, newest first: those next to a cursor, or the first."""
    found = select(Lead.created_at, Lead.id).where(*asked)
    if before:
        nearest = found.where(before < KEY).order_by(*BACKWARDS).limit(most)
        return [(row[0], row[1]) for row in session.execute(nearest)][::-1]
    if after:
        found = found.where(after > KEY)
    return [(row[0], row[1]) for row in session.execute(found.order_by(*ORDER).limit(most))]


def page(
    session: Session, wanted: Filter, today: date, *, after: str = "", before: str = ""
) -> Found:
    """The page that follows a cursor, or that leads to one; the first page without either.

    In another order than the newest first, places are counted instead.
    """
    asked = [*conditions(session, wanted, today), *narrowed(session, wanted.text)]
    first = _cursors(session, asked, COUNTED + 1)
    if wanted.text and not first and (ids := near(session, wanted.text)):
        return _near(session, replace(wanted, text=""), today, ids)
    if wanted.sort in facets.SORTS:
        return _ordered(session, asked, first, wanted.sort, after or before, today)
    shown = _beside(session, asked, first, _cursor(after), _cursor(before))
    more, shown = len(shown) > PAGE, shown[:PAGE]
    ids = [id for _, id in shown]
    offered, barred = _offered(session, first, today)
    return Found(
        leads=_leads(session, ids),
        total=min(len(first), COUNTED),
        uncounted=len(first) > COUNTED,
        briefs=briefs_of(session, ids),
        newer=_text(shown[0]) if shown and shown[0] != first[0] else "",
        older=_text(shown[-1]) if more else "",
        facets=offered,
        barred=barred,
    )


def _near(session: Session, wanted: Filter, today: date, ids: list[str]) -> Found:
    """The first page of those whose words are nearly those of a search that found nobody."""
    asked = [*conditions(session, wanted, today), Lead.id.in_(ids)]
    shown = [id for _, id in _cursors(session, asked, PAGE)]
    leads, briefs = _leads(session, shown), briefs_of(session, shown)
    barred = len(inform.barred(session, shown, "export", today))
    return Found(leads, len(shown), False, briefs, "", "", {}, near=bool(shown), barred=barred)


def some(
    session: Session, wanted: Filter, today: date, most: int, after: str, *also: ColumnElement[bool]
) -> tuple[list[Lead], str]:
    """So many leads after a cursor, newest first, and the last one's cursor. Raises Refusal."""
    start = _cursor(after)
    if after and start is None:
        raise Refusal("bad_cursor")
    asked = [*conditions(session, wanted, today), *narrowed(session, wanted.text), *also]
    found = _cursors(session, asked, most + 1, after=start)
    shown = found[:most]
    return _leads(session, [id for _, id in shown]), _text(shown[-1]) if len(found) > most else ""


def _ordered(
    session: Session,
    asked: list[ColumnElement[bool]],
    first: list[Cursor],
    sort: str,
    place: str,
    today: date,
) -> Found:
    """A page in another order; `place` is how many leads stand before it."""
    start = int(place) if PLACE.fullmatch(place) else 0
    rows = select(Lead.id).where(*asked).order_by(*facets.SORTS[sort])
    ids = list(session.scalars(rows.offset(start).limit(PAGE + 1)))
    offered, barred = _offered(session, first, today)
    return Found(
        leads=_leads(session, ids[:PAGE]),
        total=min(len(first), COUNTED),
        uncounted=len(first) > COUNTED,
        briefs=briefs_of(session, ids[:PAGE]),
        newer=str(max(0, start - PAGE)) if start else "",
        older=str(start + PAGE) if len(ids) > PAGE else "",
        facets=offered,
        barred=barred,
    )


def _offered(
    session: Session, first: list[Cursor], today: date
) -> tuple[dict[str, list[tuple[str, int]]], int]:
    """What the list can be narrowed to, and how many are barred, where it is short enough."""
    if len(first) > COUNTED:
        return {}, 0
    return facets.offered(session, [id for _, id in first], inform.bar(session, "export", today))


def _beside(
    session: Session,
    asked: list[ColumnElement[bool]],
    first: list[Cursor],
    after: Cursor | None,
    before: Cursor | None,
) -> list[Cursor]:
    """The cursors of a page, and one more if there is one: from the first ones where they reach."""
    whole = len(first) <= COUNTED
    if before:
        newer = [cursor for cursor in first if cursor > before]
        if not whole and before < first[-1]:
            newer = _cursors(session, asked, PAGE, before=before)
        return [*newer[-PAGE:], before]
    if after:
        older = [cursor for cursor in first if cursor < after]
        enough = whole or len(older) > PAGE
        return older if enough else _cursors(session, asked, PAGE + 1, after=after)
    return first


def _leads(session: Session, ids: Sequence[str]) -> list[Lead]:
    """The leads of these ids, in their order."""
    found = {lead.id: lead for lead in session.scalars(select(Lead).where(Lead.id.in_(ids)))}
    return [found[id] for id in ids if id in found]


def count(session: Session, wanted: Filter, today: date, *also: ColumnElement[bool]) -> int:
    """How many leads a filter, and further conditions, let through, exactly."""
    found = select(func.count()).select_from(Lead).where(*conditions(session, wanted, today), *also)
    return session.scalar(found) or 0


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
            cursors = _cursors(session, asked, size, after=after)
            leads = _leads(session, [id for _, id in cursors])
        if leads:
            yield leads
        if len(cursors) < size:
            return
        after = cursors[-1]


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


def choices(session: Session) -> dict[str, object]:
    """What the filters can be set to: workshops, the newest first, and titles of briefs."""
    workshops = session.execute(
        select(Workshop.id, Workshop.name).where(REAL).order_by(Workshop.created_at.desc())
    ).all()
    titles = select(BriefRow.title).join(Workshop, Workshop.id == BriefRow.workshop_id)
    briefs = session.scalars(titles.where(REAL).distinct().order_by(BriefRow.title)).all()
    return {"workshops": workshops, "briefs": [(title, title) for title in briefs]}
