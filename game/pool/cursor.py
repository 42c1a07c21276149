"""Where leads stand in the list, newest first: by a key, so that no page counts those before it.

One index holds all that the list is narrowed by, in the order of the list: the database reads it
from the newest on and stops when a page is full, whatever the filter.
"""

import re

from sqlalchemy import ColumnElement, select, tuple_
from sqlalchemy.orm import Session

from game.store.tables import Lead

CURSOR = re.compile(r"([0-9]{1,15})\.([0-9a-f]{16})")
Cursor = tuple[int, str]  # where a lead stands in the list: when it came, and its id
ORDER = (Lead.created_at.desc(), Lead.id.desc())
BACKWARDS = (Lead.created_at, Lead.id)
KEY = tuple_(Lead.created_at, Lead.id)


def cursor_of(text: str) -> Cursor | None:
    """What an address says; None for what is no cursor."""
    found = CURSOR.fullmatch(text)
    return (int(found[1]), found[2]) if found else None


def text_of(cursor: Cursor) -> str:
    """As an address has it."""
    return f"{cursor[0]}.{cursor[1]}"


def cursors(
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
