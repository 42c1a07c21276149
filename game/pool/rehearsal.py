"""Demonstrations and rehearsals: what they bring stays out of the pool, and goes with one click."""

from collections.abc import Iterable

from sqlalchemy import Connection, delete, or_, select
from sqlalchemy.orm import Session

from game.base.refusal import Refusal
from game.pool.composed import recompose
from game.privacy.audit import audit
from game.store.among import Among
from game.store.prepared import Prepared
from game.store.tables import Lead, Recommendation, Workshop

SORTS = ("real", "demo", "rehearsal")
REAL = Workshop.sort == "real"
FOR_REAL = or_(Workshop.id.is_(None), REAL)  # by an outer join: of one that is gone nobody knows
REHEARSALS = Prepared(
    select(Workshop.id).where(Among(Workshop.id, "workshops"), Workshop.sort != "real")
)
REHEARSED = Prepared(select(Lead.id).where(Among(Lead.id, "leads"), Lead.rehearsed.is_(True)))


def rehearsals_among(connection: Connection, workshops: Iterable[str]) -> set[str]:
    """Those of these workshops that are demonstrations or rehearsals."""
    return {row[0] for row in REHEARSALS.raw(connection, workshops=sorted(set(workshops)))}


def rehearsed_among(connection: Connection, leads: Iterable[str]) -> set[str]:
    """Those of these leads whom only demonstrations and rehearsals know."""
    wanted = sorted(set(leads))
    return {row[0] for row in REHEARSED.raw(connection, leads=wanted)} if wanted else set()


def set_sort(session: Session, workshop: Workshop, sort: str, by: str | None) -> None:
    """Says what a workshop is, also when it was played already: its leads follow.

    Raises Refusal('bad_input') for what is none of SORTS.
    """
    if sort not in SORTS:
        raise Refusal("bad_input", {"sort": "invalid"})
    if workshop.sort == sort:
        return
    audit(session, by, "workshop_sorted", {"workshop": workshop.id, "sort": sort})
    workshop.sort = sort
    session.flush()
    recompose(session.connection(), _named_in(session, workshop.id))
    session.expire_all()


def forget(session: Session, workshop_id: str, by: str | None) -> int:
    """Deletes what was said in a demonstration or rehearsal, and whom nothing else knows.

    They are not kept out: the next to be named may be for real. Returns how many leads went.
    Raises Refusal('not_allowed') for a workshop that is real.
    """
    if session.get_one(Workshop, workshop_id).sort == "real":
        raise Refusal("not_allowed")
    named = _named_in(session, workshop_id)
    session.execute(delete(Recommendation).where(Recommendation.workshop_id == workshop_id))
    gone = [lead for lead in named if _is_known_by_nothing(session, lead)]
    session.execute(delete(Lead).where(Lead.id.in_(gone)))
    recompose(session.connection(), set(named) - set(gone))
    session.expire_all()
    audit(session, by, "rehearsal_forgotten", {"workshop": workshop_id, "leads": len(gone)})
    return len(gone)


def _named_in(session: Session, workshop_id: str) -> list[str]:
    named = select(Recommendation.lead_id).where(Recommendation.workshop_id == workshop_id)
    return list(session.scalars(named.distinct()))


def _is_known_by_nothing(session: Session, lead_id: str) -> bool:
    said = select(Recommendation.id).where(Recommendation.lead_id == lead_id).limit(1)
    return session.get_one(Lead, lead_id).rehearsed and session.scalar(said) is None
