"""Whoever was not told in time is erased: their data may not be kept any longer.

They are not kept out: whoever is named again later is told then.
"""

from datetime import date, timedelta

from sqlalchemy import Connection, Select, select

from game.base.days import day_of
from game.jobs.expired import expire
from game.jobs.run import Run
from game.privacy.inform import overdue
from game.store.database_clock import clock
from game.store.scrub import scrub
from game.store.tables import Lead

AT_ONCE = 200
NEVER = -1  # days


def erase_uninformed(run: Run) -> dict[str, object]:
    """Erases leads that nobody told until so many days after the last one; returns how many."""
    days, erased = run.settings.erase_overdue_days, 0
    while days != NEVER:
        with run.transaction() as connection:
            ids = _some(connection, days)
            expire(connection, ids, "uninformed")
            erased += len(ids)
            run.step(connection, erased)
        if len(ids) < AT_ONCE:
            break
    if erased:
        scrub(run.store)
    return {"leads": erased}


def over(today: date, days: int) -> Select[str]:
    """The ids of leads whose last day was more than so many days ago, and who were not told."""
    return select(Lead.id).where(overdue(today - timedelta(days=days))).order_by(Lead.id)


def _some(connection: Connection, days: int) -> list[str]:
    today = day_of(clock(connection))
    return list(connection.scalars(over(today, days).limit(AT_ONCE)))
