"""Free texts that touch on what the law keeps out: one person reads them before anybody else.

Until then their columns are empty, so that no page, file, message or search can show them; their
author still reads them. What is let through is where it would have been from the start; what is
struck is gone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from game.base.refusal import Refusal
from game.pool.composed import recompose
from game.privacy.audit import audit
from game.rules.facts import LeadRecommended
from game.store.tables import Recommendation


@dataclass(frozen=True)
class Waiting:
    """A recommendation whose texts wait, and what they say by field."""

    id: str
    at: int
    texts: Mapping[str, Any]


def shown(fact: LeadRecommended) -> LeadRecommended:
    """The fact as others may read it: itself, as nearly all of them are."""
    if not fact.held:
        return fact
    blank = {name: type(getattr(fact, name))() for name in fact.held}
    return replace(fact, **blank)


def kept_back(fact: LeadRecommended) -> dict[str, Any] | None:
    """The texts that wait, by field; None where none does."""
    held = {name: getattr(fact, name) for name in fact.held}
    return {n: list(v) if isinstance(v, tuple) else v for n, v in held.items()} or None


def waiting(session: Session) -> Sequence[Waiting]:
    """What is to be read, the oldest first."""
    rows = session.execute(
        select(Recommendation.id, Recommendation.at, Recommendation.held)
        .where(Recommendation.held.is_not(None))
        .order_by(Recommendation.at, Recommendation.id)
    )
    return [Waiting(row.id, row.at, row.held) for row in rows]


def let_through(session: Session, recommendation_id: str, by: str | None) -> None:
    """The texts are harmless: recruiters read them. Raises Refusal where none waits."""
    row = _row(session, recommendation_id)
    for name, value in (row.held or {}).items():
        setattr(row, name, value)
    _end(session, row, by, "text_let_through")


def strike(session: Session, recommendation_id: str, by: str | None) -> None:
    """The texts are forgotten. Raises Refusal where none waits."""
    _end(session, _row(session, recommendation_id), by, "text_struck")


def _row(session: Session, recommendation_id: str) -> Recommendation:
    row = session.get(Recommendation, recommendation_id)
    if row is None or row.held is None:
        raise Refusal("unknown_text")
    return row


def _end(session: Session, row: Recommendation, by: str | None, action: str) -> None:
    lead_id, detail = row.lead_id, {"recommendation": row.id, "lead": row.lead_id}
    row.held = None
    session.flush()
    recompose(session.connection(), [lead_id])
    session.expire_all()
    audit(session, by, action, detail)
