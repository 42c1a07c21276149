"""What a contact does on their own page: correct, and stay for as long as they choose."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.base.days import day_of, months_before
from game.base.refusal import Refusal
from game.pool import lead as change
from game.privacy import company, notice
from game.privacy.audit import audit
from game.store.tables import Lead

TERMS = (6, 12)  # months that one may choose to stay, beside the longest


def terms(session: Session, most: int) -> tuple[int, ...]:
    """The terms to choose from, none longer than the company keeps anybody."""
    longest = company.lead_months(company.facts(session), most)
    return (*(months for months in TERMS if months < longest), longest)


def until(day: date, months: int) -> date:
    """The day so many calendar months later."""
    return months_before(day, -months)


def correct(session: Session, lead_id: str, typed: Mapping[str, object], country: str) -> None:
    """The person corrects what is held of them. Raises Refusal."""
    change.correct(session, lead_id, typed, None, country)
    _hear(session, lead_id)


def stay(session: Session, lead_id: str, months: int, most: int) -> None:
    """The person agrees to be kept for so many months. Raises Refusal."""
    if months not in terms(session, most):
        raise Refusal("bad_input", {"months": "invalid"})
    lead, now = session.get_one(Lead, lead_id), now_ms()
    lead.agreed_at, lead.kept_until = now, until(day_of(now), months)
    audit(session, None, "lead_agreed", {"lead": lead_id, "months": months})
    _hear(session, lead_id)


def _hear(session: Session, lead_id: str) -> None:
    """Who writes on a page that holds the notice has been told."""
    lead, version = session.get_one(Lead, lead_id), notice.newest(session)
    if lead.informed_at is None and version is not None:
        lead.informed_at, lead.notice_version = now_ms(), version
