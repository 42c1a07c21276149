"""Privacy: erasing a person, so that they stay out, and the trace of what was done with data."""

from typing import Any

from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.pool.harvest import digest
from game.pool.lead import keys_of
from game.store.tables import AuditEntry, Lead, Suppression


def erase(session: Session, secret: str, lead_id: str, user_id: str | None) -> None:
    """Erases a lead and all that was said of it. Points stay; keyed hashes keep the person out."""
    lead = session.get_one(Lead, lead_id)
    for key in keys_of(lead):
        session.merge(Suppression(digest=digest(secret, key), at=now_ms()))
    session.delete(lead)
    audit(session, user_id, "lead_erased", {"lead": lead_id})


def audit(session: Session, user_id: str | None, action: str, detail: dict[str, Any]) -> None:
    """Notes who did what; `detail` holds identifiers, filters and counts, never a person's data."""
    session.add(AuditEntry(user_id=user_id, action=action, detail=detail, at=now_ms()))
