"""Finding leads: a search that forgives case and accents, and pages of what it found.

The list is read from the newest on (`cursor`). Words that few leads have are found by another
index (`sought_leads`).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from game.base.refusal import Refusal
from game.pool import facets
from game.pool.cursor import Cursor, cursor_of, cursors, text_of
from game.pool.lead_filter import Filter, conditions
from game.pool.lead_list import briefs_of, leads_of
from game.pool.sought_leads import narrowed, near
from game.privacy import inform
from game.store.tables import Lead

PAGE = 50
COUNTED = 1_000  # beyond, a list says only that there are more
PLACE = re.compile(r"[0-9]{1,7}")


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


def page(
    session: Session, wanted: Filter, today: date, *, after: str = "", before: str = ""
) -> Found:
    """The page that follows a cursor, or that leads to one; the first page without either.

    In another order than the newest first, places are counted instead.
    """
    asked = [*conditions(session, wanted, today), *narrowed(session, wanted.text)]
    first = cursors(session, asked, COUNTED + 1)
    if wanted.text and not first and (ids := near(session, wanted.text)):
        return _near(session, replace(wanted, text=""), today, ids)
    if wanted.sort in facets.SORTS:
        return _ordered(session, asked, first, wanted.sort, after or before, today)
    shown = _beside(session, asked, first, cursor_of(after), cursor_of(before))
    more, shown = len(shown) > PAGE, shown[:PAGE]
    ids = [id for _, id in shown]
    offered, barred = _offered(session, first, today)
    return Found(
        leads=leads_of(session, ids),
        total=min(len(first), COUNTED),
        uncounted=len(first) > COUNTED,
        briefs=briefs_of(session, ids),
        newer=text_of(shown[0]) if shown and shown[0] != first[0] else "",
        older=text_of(shown[-1]) if more else "",
        facets=offered,
        barred=barred,
    )


def _near(session: Session, wanted: Filter, today: date, ids: list[str]) -> Found:
    """The first page of those whose words are nearly those of a search that found nobody."""
    asked = [*conditions(session, wanted, today), Lead.id.in_(ids)]
    shown = [id for _, id in cursors(session, asked, PAGE)]
    leads, briefs = leads_of(session, shown), briefs_of(session, shown)
    barred = len(inform.barred(session, shown, "export", today))
    return Found(leads, len(shown), False, briefs, "", "", {}, near=bool(shown), barred=barred)


def some(
    session: Session, wanted: Filter, today: date, most: int, after: str, *also: ColumnElement[bool]
) -> tuple[list[Lead], str]:
    """So many leads after a cursor, newest first, and the last one's cursor. Raises Refusal."""
    start = cursor_of(after)
    if after and start is None:
        raise Refusal("bad_cursor")
    asked = [*conditions(session, wanted, today), *narrowed(session, wanted.text), *also]
    found = cursors(session, asked, most + 1, after=start)
    shown = found[:most]
    return leads_of(session, [id for _, id in shown]), text_of(shown[-1]) if len(
        found
    ) > most else ""


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
        leads=leads_of(session, ids[:PAGE]),
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
    if not first or len(first) > COUNTED:
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
            newer = cursors(session, asked, PAGE, before=before)
        return [*newer[-PAGE:], before]
    if after:
        older = [cursor for cursor in first if cursor < after]
        enough = whole or len(older) > PAGE
        return older if enough else cursors(session, asked, PAGE + 1, after=after)
    return first
