"""Tags: words that the desk puts on leads."""

from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from game.base.refusal import Refusal
from game.privacy.audit import audit
from game.rules.listed import split
from game.rules.person import squeeze
from game.store.tables import Lead, LeadTag

LONGEST, MOST = 40, 12  # characters of a tag, tags of a lead


def tags_of(session: Session, lead_id: str) -> Sequence[str]:
    """A lead's tags, in alphabetical order."""
    rows = select(LeadTag.tag).where(LeadTag.lead_id == lead_id).order_by(LeadTag.tag)
    return session.scalars(rows).all()


def tags_of_all(session: Session, lead_ids: Sequence[str]) -> dict[str, list[str]]:
    """The tags of each of these leads that has any, in alphabetical order."""
    rows = select(LeadTag.lead_id, LeadTag.tag).where(LeadTag.lead_id.in_(lead_ids))
    found: dict[str, list[str]] = {}
    for lead_id, one in session.execute(rows.order_by(LeadTag.tag)):
        found.setdefault(lead_id, []).append(one)
    return found


def known(session: Session) -> Sequence[str]:
    """All tags of the pool: one that only demonstrations and rehearsals brought is none."""
    found = select(LeadTag.tag).distinct().subquery()
    real = select(Lead.id).join(LeadTag, LeadTag.lead_id == Lead.id)
    of_pool = real.where(LeadTag.tag == found.c.tag, Lead.rehearsed.is_(False)).exists()
    return session.scalars(select(found.c.tag).where(of_pool).order_by(found.c.tag)).all()


def put(session: Session, lead_id: str, typed: str, by: str) -> None:
    """Makes these the tags of a lead, separated by commas. Raises Refusal."""
    wanted = sorted({squeeze(tag).lower() for tag in split(typed)} - {""})
    if len(wanted) > MOST or any(len(tag) > LONGEST for tag in wanted):
        raise Refusal("bad_input", {"tags": "too_long"})
    session.execute(delete(LeadTag).where(LeadTag.lead_id == lead_id))
    session.add_all(LeadTag(lead_id=lead_id, tag=tag) for tag in wanted)
    audit(session, by, "lead_tagged", {"lead": lead_id, "count": len(wanted)})
