"""What became of a lead beyond the verdict: were they spoken to, were they hired?"""

from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.privacy.audit import audit
from game.store.tables import Lead


def is_contacted(lead: Lead) -> bool:
    """Has anybody of the house spoken to them?"""
    return bool(lead.informed_at or lead.hired_at)


def note_hired(session: Session, lead_id: str, by: str | None) -> None:
    """Notes that the person was hired; said again, that they were not."""
    lead = session.get_one(Lead, lead_id)
    lead.hired_at = None if lead.hired_at else now_ms()
    audit(session, by, "lead_hired" if lead.hired_at else "lead_not_hired", {"lead": lead_id})
