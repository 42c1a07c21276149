"""What became of a lead beyond the verdict: were they spoken to, were they hired?"""

from collections.abc import Iterable

from sqlalchemy import Connection, func, select
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.privacy.audit import audit
from game.store.tables import Lead, Touchpoint
from game.webhooks.chat.asking import ask_hired


def contacted_at(connection: Connection, leads: Iterable[str]) -> dict[str, int]:
    """When somebody of the house last was in contact with each of these, in milliseconds."""
    done = select(Touchpoint.lead_id, func.max(Touchpoint.done_at)).where(
        Touchpoint.lead_id.in_(set(leads)), Touchpoint.done_at.is_not(None)
    )
    told = select(Lead.id, Lead.informed_at).where(
        Lead.id.in_(set(leads)), Lead.informed_at.is_not(None)
    )
    found: dict[str, int] = {}
    for statement in (done.group_by(Touchpoint.lead_id), told):
        for lead_id, at in connection.execute(statement):
            found[lead_id] = max(found.get(lead_id, 0), at or 0)
    return found


def is_contacted(session: Session, lead: Lead) -> bool:
    """Has anybody of the house been in contact with them?"""
    return bool(lead.hired_at or contacted_at(session.connection(), [lead.id]))


def note_hired(session: Session, lead_id: str, by: str | None) -> None:
    """Notes that the person was hired; said again, that they were not."""
    lead = session.get_one(Lead, lead_id)
    lead.hired_at = None if lead.hired_at else now_ms()
    if lead.hired_at:
        ask_hired(session, lead_id)
    audit(session, by, "lead_hired" if lead.hired_at else "lead_not_hired", {"lead": lead_id})
