"""Where a lead stands: what became of them, and whether they agreed to be kept."""

from datetime import date

from sqlalchemy import ColumnElement, and_, or_
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.base.refusal import Refusal
from game.privacy.audit import audit
from game.privacy.objection import has_objected
from game.rules.touch import OUTCOMES
from game.store.tables import Lead
from game.webhooks.chat.asking import ask_hired


def set_outcome(session: Session, lead_id: str, outcome: str, by: str | None) -> None:
    """Notes what became of a lead: hired, not_now, or nothing yet. Raises Refusal."""
    if outcome and outcome not in OUTCOMES:
        raise Refusal("bad_input", {"outcome": "invalid"})
    lead = session.get_one(Lead, lead_id)
    lead.hired_at = now_ms() if outcome == "hired" else None
    lead.not_now_at = now_ms() if outcome == "not_now" else None
    if lead.hired_at:
        ask_hired(session, lead_id)
    audit(session, by, "lead_outcome", {"lead": lead_id, "outcome": outcome})


def agree(
    session: Session, secret: str, lead_id: str, kept_until: date | None, by: str | None
) -> None:
    """Notes that a person agreed to be kept, until this day if they said one. Raises Refusal."""
    if has_objected(session, secret, lead_id):
        raise Refusal("objected")
    lead = session.get_one(Lead, lead_id)
    lead.agreed_at, lead.kept_until = now_ms(), kept_until
    audit(session, by, "lead_agreed", {"lead": lead_id})


def end_agreement(session: Session, lead_id: str, by: str | None) -> None:
    """Notes that they do not agree any more."""
    lead = session.get_one(Lead, lead_id)
    lead.agreed_at = lead.kept_until = None
    audit(session, by, "lead_agreement_ended", {"lead": lead_id})


def agrees(today: date) -> ColumnElement[bool]:
    """The condition on leads who agree to be kept today, and did not object."""
    in_time = or_(Lead.kept_until.is_(None), Lead.kept_until >= today)
    return and_(Lead.agreed_at.is_not(None), Lead.objected_at.is_(None), in_time)
