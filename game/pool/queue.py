"""The review queue: who is to be judged, who came first first."""

from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from game.base.days import day_of
from game.pool import lead_filter, promise
from game.pool.cursor import BACKWARDS, KEY, ORDER
from game.pool.lead_filter import Filter
from game.store.tables import Lead, Recommendation, Workshop

AT_ONCE = 50  # in the list for judging many


@dataclass(frozen=True)
class Queue:
    """What is to be judged: in a workshop, for a brief, or `due`; `now` in milliseconds."""

    wanted: Filter
    now: int
    due: bool = False

    def _asked(self, session: Session) -> list[ColumnElement[bool]]:
        narrowed = replace(self.wanted, verdict="")
        asked = lead_filter.conditions(session, narrowed, day_of(self.now))
        waits = select(Recommendation.lead_id).where(promise.unanswered(self.now, due=self.due))
        waiting = Lead.id.in_(waits)
        return [*asked, waiting if self.due else or_(Lead.verdict == "", waiting)]

    def count(self, session: Session) -> int:
        """How many wait."""
        found = select(func.count()).select_from(Lead).where(*self._asked(session))
        return session.scalar(found) or 0

    def leads(self, session: Session) -> list[Lead]:
        """The first of the queue, at most AT_ONCE."""
        found = select(Lead).where(*self._asked(session)).order_by(*BACKWARDS)
        return list(session.scalars(found.limit(AT_ONCE)))

    def after(self, session: Session, lead: Lead | None) -> Lead | None:
        """Who comes after a lead, or the first; the queue goes round."""
        found = select(Lead).where(*self._asked(session)).order_by(*BACKWARDS).limit(1)
        if lead is None:
            return session.scalar(found)
        later = session.scalar(found.where((lead.created_at, lead.id) < KEY))
        return later or session.scalar(found.where(Lead.id != lead.id))

    def before(self, session: Session, lead: Lead) -> Lead | None:
        """Who comes before a lead, or the last."""
        found = select(Lead).where(*self._asked(session)).order_by(*ORDER).limit(1)
        earlier = session.scalar(found.where((lead.created_at, lead.id) > KEY))
        return earlier or session.scalar(found.where(Lead.id != lead.id))


def in_its_world(session: Session, wanted: Filter) -> Filter:
    """The same filter; for a demonstration or rehearsal, of the leads that only it knows."""
    workshop = session.get(Workshop, wanted.workshop) if wanted.workshop else None
    return replace(wanted, rehearsed=workshop is not None and workshop.sort != "real")
