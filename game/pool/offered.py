"""Ways to reach somebody that were typed under their name, and that nobody has confirmed.

Whoever types a known name may be a stranger who would have the person's letters sent to themselves:
what they give is seen by recruiters, who take it or leave it; until then it recognises nobody.
"""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from game.base.refusal import Refusal
from game.pool import keys
from game.pool.incoming import reached_by
from game.pool.lead import know_anew
from game.privacy.audit import audit
from game.rules.person import Known, match_keys
from game.store.tables import Lead, OfferedWay, Recommendation

REACH = ("mail", "phone")
WAYS = (*REACH, "link")
MOST = 6  # of one person: whoever types more at a stand crowds out what was typed first


def leave_out(said: Recommendation, lead: Known) -> dict[str, str]:
    """A stranger who types a known name must not have that person's letter sent to themselves.

    Empties what `said` has and the lead has not; returns it, for a recruiter to take or leave.
    """
    other = {way: str(getattr(said, way)) for way in WAYS if getattr(said, way)}
    other = {way: value for way, value in other.items() if value != getattr(lead, way)}
    for way in other:
        setattr(said, way, "")
    said.reach = next((way for way in REACH if getattr(said, way)), "")
    return other


def offer(session: Session, lead_id: str, ways: Mapping[str, str], where: str, at: int) -> None:
    """Keeps ways by what they are (mail, phone, link), each once; the audit names no value.

    `where` is what the stand or workshop is called, `at` is when they were typed, in milliseconds.
    """
    there = {(one.way, one.value): one for one in of_lead(session, lead_id)}
    for way, value in ways.items():
        if (way, value) in there:
            there[way, value].at = max(there[way, value].at, at)
            continue
        session.add(OfferedWay(lead_id=lead_id, way=way, value=value, occasion=where, at=at))
    session.flush()
    older = [one.id for one in of_lead(session, lead_id)[MOST:]]
    session.execute(delete(OfferedWay).where(OfferedWay.id.in_(older)))
    if ways:
        audit(session, None, "way_offered", {"lead": lead_id, "ways": sorted(ways)})


def of_lead(session: Session, lead_id: str) -> Sequence[OfferedWay]:
    """What waits to be taken or left, the newest first."""
    mine = select(OfferedWay).where(OfferedWay.lead_id == lead_id)
    return session.scalars(mine.order_by(OfferedWay.at.desc(), OfferedWay.id)).all()


def told(session: Session, lead: Lead) -> list[tuple[OfferedWay, Lead | None]]:
    """What waits to be taken or left, each with the other lead of the pool who is known by it.

    What the lead has come to be known by itself, as by a merge, waits no more.
    """
    waiting = of_lead(session, lead.id)
    known = keys.leads_by_key(session.connection(), {key for one in waiting for key in _keys(one)})
    found = []
    for one in waiting:
        owners = {known[key] for key in _keys(one) if key in known}
        if lead.id not in owners:
            found.append((one, _of_pool(session, owners)))
    return found


def _keys(way: OfferedWay) -> tuple[str, ...]:
    return reached_by(way.way, way.value).keys()


def _of_pool(session: Session, ids: Iterable[str]) -> Lead | None:
    here = select(Lead).where(Lead.id.in_(ids), Lead.rehearsed.is_(False))
    return session.scalars(here.order_by(Lead.id).limit(1)).first()


def take(
    session: Session, lead_id: str, offered_id: str, by: str | None, *, anyway: bool = False
) -> None:
    """Makes it the lead's own; what stood there is kept in mind.

    Raises Refusal, `way_of_other` where another lead is known by it: nobody takes it unawares.
    """
    lead, found = session.get_one(Lead, lead_id), _found(session, lead_id, offered_id)
    if not anyway and any(other for one, other in told(session, lead) if one is found):
        raise Refusal("way_of_other")
    was = set(match_keys(lead))
    setattr(lead, found.way, found.value)
    session.delete(found)
    know_anew(session, lead, was)
    audit(session, by, "way_taken", {"lead": lead_id, "ways": [found.way]})


def leave(session: Session, lead_id: str, offered_id: str, by: str | None) -> None:
    """Forgets it. Raises Refusal where it is gone."""
    found = _found(session, lead_id, offered_id)
    session.delete(found)
    audit(session, by, "way_left", {"lead": lead_id, "ways": [found.way]})


def _found(session: Session, lead_id: str, offered_id: str) -> OfferedWay:
    found = session.get(OfferedWay, offered_id)
    if found is None or found.lead_id != lead_id:
        raise Refusal("unknown_lead")
    return found
