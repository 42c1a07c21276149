"""The promise: a recruiter answers each recommendation within 72 hours.

Plain hours, which nothing pauses. The answer to a recommendation is the first verdict on its lead
that was given after it: an older one, which its player cannot know of, is none.
"""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from game.base.days import DAY_MS
from game.store.tables import Recommendation, Verdict

PROMISE_MS = 72 * 3_600_000
SOON_MS = DAY_MS  # what falls due within it is due
WINDOW_MS = 90 * DAY_MS  # players are gone by then, and nobody waits any more
ANSWERED_AT = (
    select(func.min(Verdict.at))
    .where(Verdict.lead_id == Recommendation.lead_id, Verdict.at >= Recommendation.at)
    .scalar_subquery()
)


class Kept(NamedTuple):
    """How many recommendations were answered in time, too late or not at all, and may still be."""

    kept: int = 0
    broken: int = 0
    waiting: int = 0

    @property
    def percent(self) -> int | None:
        """The share that was kept of what is decided, in whole percent; None before anything is."""
        decided = self.kept + self.broken
        return self.kept * 100 // decided if decided else None


def due_at(at: int) -> int:
    """When a recommendation of this moment is to be answered; milliseconds since the epoch."""
    return at + PROMISE_MS


def kept(moments: Sequence[tuple[int, int | None]], now: int) -> Kept:
    """What became of recommendations, given when each was made and when it was answered."""
    counts = [0, 0, 0]
    for at, answered in moments:
        in_time = answered is not None and answered <= due_at(at)
        over = answered is not None or now > due_at(at)
        counts[0 if in_time else 1 if over else 2] += 1
    return Kept(*counts)


def of_workshop(session: Session, workshop_id: str, now: int) -> Kept:
    """How the promise was kept to the players of a workshop."""
    rows = session.execute(
        select(Recommendation.at, ANSWERED_AT).where(Recommendation.workshop_id == workshop_id)
    )
    return kept([(row[0], row[1]) for row in rows], now)


def unanswered(now: int, *, due: bool = False) -> ColumnElement[bool]:
    """The condition on recommendations that wait; `due` leaves those due in a day, or overdue."""
    latest = now - PROMISE_MS + SOON_MS if due else now
    recent = Recommendation.at.between(now - WINDOW_MS, latest)
    return recent & Recommendation.workshop_id.is_not(None) & ANSWERED_AT.is_(None)


def due_of(session: Session, lead_ids: Sequence[str], now: int) -> dict[str, int]:
    """When each of these leads is to be judged, for those that somebody waits for."""
    rows = session.execute(
        select(Recommendation.lead_id, func.min(Recommendation.at))
        .where(Recommendation.lead_id.in_(lead_ids), unanswered(now))
        .group_by(Recommendation.lead_id)
    )
    return {row[0]: due_at(row[1]) for row in rows}
