"""Somebody who objects is never contacted again, under whatever they are known by."""

from collections.abc import Callable, Iterable, Iterator
from itertools import chain as chained
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.privacy import chain
from game.privacy.audit import audit
from game.privacy.erase import keys_ever, offered_to
from game.privacy.suppression import digest
from game.privacy.talks_gone import call_off
from game.rules.person import match_keys
from game.rules.touch import OUT
from game.store.tables import Lead, LeadKey, Letter, Objection, Recommendation, Touchpoint

AT_ONCE = 500
IN_PIECES = {"yield_per": AT_ONCE}
Pace = Callable[[Iterable[tuple[str, str]]], Iterable[tuple[str, str]]]
KNOWN_BY = (Lead.id, Lead.name, Lead.company, Lead.mail, Lead.phone, Lead.link)


def object(session: Session, secret: str, lead_id: str, by: str | None) -> None:
    """Notes that a person objects, and stops at once what was about to be sent or planned.

    `by` is the user who notes it, or None for the person's own page. Keyed hashes of all they
    were ever known by outlive the lead: whoever comes back is not contacted either.
    """
    lead, now = session.get_one(Lead, lead_id), now_ms()
    lead.objected_at = lead.objected_at or now
    lead.agreed_at = lead.kept_until = None
    said = session.scalars(select(Recommendation).where(Recommendation.lead_id == lead_id)).all()
    for key in keys_ever(session, lead_id, said) | offered_to(session, lead_id):
        session.merge(Objection(digest=digest(secret, key), at=now))
    stop(session, lead_id)
    audit(session, by, "lead_objected", {"lead": lead_id})


def stop(session: Session, lead_id: str) -> None:
    """Takes back what is about to be sent or planned for somebody who objects."""
    now = now_ms()
    planned = update(Touchpoint).where(
        Touchpoint.lead_id == lead_id,
        Touchpoint.direction == OUT,
        Touchpoint.done_at.is_(None),
        Touchpoint.cancelled_at.is_(None),
    )
    session.execute(planned.values(cancelled_at=now))
    waiting = update(Letter).where(Letter.lead_id == lead_id, Letter.state == "waiting")
    session.execute(waiting.values(state="skipped", reason="objected", at=now))
    call_off(session, [lead_id])


def recall(session: Session, secret: str) -> int:
    """Marks again whoever objected and came back without it, as from an older backup.

    Returns how many they are.
    """
    if session.scalar(select(Objection.digest).limit(1)) is None:
        return 0
    everybody, count = list(session.scalars(select(Lead.id).order_by(Lead.id))), 0
    for at in range(0, len(everybody), AT_ONCE):
        for lead_id in sorted(objected_among(session, secret, everybody[at : at + AT_ONCE])):
            if session.get_one(Lead, lead_id).objected_at is None:
                object(session, secret, lead_id, None)
                count += 1
    chain.link(session)  # whoever restores commits the connection, not this session
    session.flush()
    return count


def has_objected(session: Session, secret: str, lead_id: str) -> bool:
    """Did this person object, as this lead or as one that was known by the same keys?"""
    return bool(objected_among(session, secret, [lead_id]))


def objected_among(session: Session, secret: str, lead_ids: Iterable[str]) -> set[str]:
    """Those of the leads who objected."""
    ids = list(lead_ids)
    leads = session.scalars(select(Lead).where(Lead.id.in_(ids))).all()
    found = {lead.id for lead in leads if lead.objected_at}
    if session.scalar(select(Objection.digest).limit(1)) is None:
        return found
    keys = session.execute(select(LeadKey.lead_id, LeadKey.key).where(LeadKey.lead_id.in_(ids)))
    by_digest: dict[str, set[str]] = {}  # two who are not merged may have a key in common
    for lead_id, key in (*_own_keys(leads), *keys):
        by_digest.setdefault(digest(secret, key), set()).add(lead_id)
    known = select(Objection.digest).where(Objection.digest.in_(by_digest))
    return found.union(*(by_digest[one] for one in session.scalars(known)))


def returned(session: Session, secret: str, pace: Pace = iter) -> set[str]:
    """All leads of the pool who objected as another lead and came back without the mark.

    For what looks at the whole pool, as an export does: three statements, however large it is, and
    one where nobody ever objected. A keyed digest of each key is some work for a large pool:
    `pace` hands on what is looked at, and may let others have their turn in between.
    """
    objected = set(session.scalars(select(Objection.digest)))
    if not objected:
        return set()
    unmarked = Lead.objected_at.is_(None)
    leads = session.execute(select(*KNOWN_BY).where(unmarked), execution_options=IN_PIECES)
    keys = select(LeadKey.lead_id, LeadKey.key).join(Lead, Lead.id == LeadKey.lead_id)
    given = session.execute(keys.where(unmarked), execution_options=IN_PIECES)
    told = chained(_own_keys(leads), ((row[0], row[1]) for row in given))
    return {lead_id for lead_id, key in pace(told) if digest(secret, key) in objected}


def _own_keys(leads: Iterable[Any]) -> Iterator[tuple[str, str]]:
    """What recognises leads by what stands in them, whoever else has the key."""
    return ((lead.id, key) for lead in leads for key in match_keys(lead))
