"""Somebody who objects is never contacted again, under whatever they are known by."""

from collections.abc import Iterable

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.privacy import chain
from game.privacy.audit import audit
from game.privacy.erase import keys_ever
from game.privacy.suppression import digest
from game.rules.person import match_keys
from game.rules.touch import OUT
from game.store.tables import Lead, LeadKey, Letter, Objection, Recommendation, Touchpoint

AT_ONCE = 500


def object(session: Session, secret: str, lead_id: str, by: str | None) -> None:
    """Notes that a person objects, and stops at once what was about to be sent or planned.

    `by` is the user who notes it, or None for the person's own page. Keyed hashes of all they
    were ever known by outlive the lead: whoever comes back is not contacted either.
    """
    lead, now = session.get_one(Lead, lead_id), now_ms()
    lead.objected_at = lead.objected_at or now
    lead.agreed_at = lead.kept_until = None
    said = session.scalars(select(Recommendation).where(Recommendation.lead_id == lead_id)).all()
    for key in keys_ever(session, lead_id, said):
        session.merge(Objection(digest=digest(secret, key), at=now))
    _stop(session, lead_id, now)
    audit(session, by, "lead_objected", {"lead": lead_id})


def _stop(session: Session, lead_id: str, now: int) -> None:
    planned = update(Touchpoint).where(
        Touchpoint.lead_id == lead_id,
        Touchpoint.direction == OUT,
        Touchpoint.done_at.is_(None),
        Touchpoint.cancelled_at.is_(None),
    )
    session.execute(planned.values(cancelled_at=now))
    waiting = update(Letter).where(Letter.lead_id == lead_id, Letter.state == "waiting")
    session.execute(waiting.values(state="skipped", reason="objected", at=now))


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
    by_digest: dict[str, str] = {}
    for lead in leads:
        by_digest |= {digest(secret, key): lead.id for key in match_keys(lead)}
    keys = select(LeadKey.key, LeadKey.lead_id).where(LeadKey.lead_id.in_(ids))
    by_digest |= {digest(secret, key): lead_id for key, lead_id in session.execute(keys)}
    known = select(Objection.digest).where(Objection.digest.in_(by_digest))
    return found | {by_digest[one] for one in session.scalars(known)}
