"""Erasing a person, so that they stay out."""

from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.privacy.audit import audit
from game.privacy.suppression import digest
from game.rules.person import match_keys
from game.store.tables import Lead, Suppression


def erase(session: Session, secret: str, lead_id: str, user_id: str | None) -> None:
    """Erases a lead and all that was said of it. Points stay; keyed hashes keep the person out."""
    lead = session.get_one(Lead, lead_id)
    for key in match_keys(lead):
        session.merge(Suppression(digest=digest(secret, key), at=now_ms()))
    session.delete(lead)
    audit(session, user_id, "lead_erased", {"lead": lead_id})
