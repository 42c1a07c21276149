"""Employers to look among: kept or struck by a person, and those of the pool itself."""

from collections.abc import Sequence

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.base.refusal import Refusal
from game.pool.reference import listed
from game.pool.rehearsal import REAL
from game.privacy.audit import audit
from game.store.tables import BriefRow, Lead, Recommendation, TargetCompany, Workshop

STATES = ("kept", "struck")
MOST = 500  # spellings that are looked at


def of_topic(session: Session, topic: str) -> Sequence[TargetCompany]:
    """What was kept and struck for a position, or for all (''), by name."""
    rows = select(TargetCompany).where(TargetCompany.topic == topic)
    return session.scalars(rows.order_by(TargetCompany.name, TargetCompany.id)).all()


def decide(
    session: Session, topic: str, key: str, name: str, state: str, source: str, by: str
) -> None:
    """Keeps or strikes an employer; any other state takes the decision back. Raises Refusal.

    Of one that a public register named, the day of its file is kept.
    """
    name = " ".join(name.split())
    if not key or not 2 <= len(name) <= 120 or len(topic) > 160:
        raise Refusal("bad_input", {"name": "invalid"})
    mine = (TargetCompany.topic == topic, TargetCompany.key == key)
    session.execute(delete(TargetCompany).where(*mine))
    if state in STATES:
        given = {"topic": topic, "key": key, "name": name, "state": state, "source": source}
        days = [one.day for one in listed(session, [name])] if source == "register" else []
        day = max(days, default=None)
        session.add(TargetCompany(**given, source_day=day, user_id=by, at=now_ms()))
    audit(session, by, "employer_decided", {"state": state if state in STATES else "open"})


def in_pool(session: Session, topic: str, by: str) -> list[tuple[str, int]]:
    """(employer as written, leads) of the pool, or of those named for a position.

    Nobody internal counts, nor who is known from demonstrations and rehearsals alone.
    """
    count = func.count(Lead.id.distinct())
    rows = select(Lead.company, count).where(
        Lead.company != "", Lead.internal.is_(False), Lead.rehearsed.is_(False)
    )
    if topic:
        named = (
            select(Recommendation.lead_id)
            .join(BriefRow, BriefRow.id == Recommendation.brief_id)
            .join(Workshop, Workshop.id == BriefRow.workshop_id)
            .where(BriefRow.title == topic, REAL)
        )
        rows = rows.where(Lead.id.in_(named))
    found = session.execute(
        rows.group_by(Lead.company).order_by(count.desc(), Lead.company).limit(MOST)
    )
    told = [(row[0], row[1]) for row in found]
    audit(session, by, "employers_shown", {"count": len(told)})
    return told
