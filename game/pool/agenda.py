"""What is to be done today: planned touchpoints, overdue first."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from game.base.days import days_after
from game.pool.touchpoint import WHO
from game.privacy.audit import audit
from game.privacy.objection import objected_among
from game.store.tables import Lead, Touchpoint, User

MOST = 300  # shown at once
AHEAD = 14  # days
Due = Row[Touchpoint, Lead, str | None]
IS_OPEN = (Touchpoint.done_at.is_(None), Touchpoint.cancelled_at.is_(None))


def due(session: Session, secret: str, until: date, user_id: str | None = None) -> Sequence[Due]:
    """(touchpoint, lead, who sees to it) planned up to a day, the longest overdue first.

    Those of one user, and those that are nobody's yet, where one is named. Who objected as another
    lead is not told of: nothing else would say so before they are rung.
    """
    rows = (
        select(Touchpoint, Lead, WHO)
        .join(Lead, Lead.id == Touchpoint.lead_id)
        .outerjoin(User, User.id == Touchpoint.user_id)
        .where(*IS_OPEN, Touchpoint.due_on <= until, Lead.rehearsed.is_(False))
        .order_by(Touchpoint.due_on, Lead.folded, Touchpoint.id)
    )
    if user_id:
        rows = rows.where((Touchpoint.user_id == user_id) | Touchpoint.user_id.is_(None))
    found = session.execute(rows.limit(MOST)).all()
    objected = objected_among(session, secret, {lead.id for _one, lead, _who in found})
    return [row for row in found if row[1].id not in objected]


def by_day(rows: Sequence[Due], today: date) -> dict[str, list[Due]]:
    """The rows as 'late', 'today', 'week' and 'later', each in its order; empty ones left out."""
    found: dict[str, list[Due]] = {"late": [], "today": [], "week": [], "later": []}
    for row in rows:
        found[_when(row[0].due_on or today, today)].append(row)
    return {name: part for name, part in found.items() if part}


def _when(day: date, today: date) -> str:
    if day < today:
        return "late"
    if day == today:
        return "today"
    return "week" if day <= days_after(today, 7) else "later"


def note_shown(session: Session, count: int, by: str) -> None:
    """So many people of the agenda are about to be shown."""
    audit(session, by, "agenda_shown", {"count": count})
