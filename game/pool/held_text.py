"""Free texts that touch on what the law keeps out: one person reads them before anybody else.

Until then their columns are empty, so that no page, file, message or search can show them; their
author still reads them. What is let through is where it would have been from the start; what is
struck is gone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from game.base.refusal import Refusal
from game.pool.composed import recompose
from game.privacy.audit import audit
from game.rules.facts import LeadRecommended
from game.store.tables import Interview, Lead, Recommendation

OF_LEAD = frozenset(("role", "company", "skills"))


@dataclass(frozen=True)
class Waiting:
    """A recommendation or a conversation whose texts wait, and what they say by field."""

    id: str
    at: int
    texts: Mapping[str, object]


def shown(fact: LeadRecommended) -> LeadRecommended:
    """The fact as others may read it: itself, as nearly all of them are."""
    if not fact.held:
        return fact
    blank = {name: type(getattr(fact, name))() for name in fact.held}
    return replace(fact, **blank)


def kept_back(fact: LeadRecommended) -> dict[str, object] | None:
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
    told = select(Interview).where(Interview.held_words != "").order_by(Interview.told_at)
    talks = [Waiting(t.id, t.told_at or 0, {"words": t.held_words}) for t in session.scalars(told)]
    return [*(Waiting(row.id, row.at, row.held) for row in rows), *talks]


def let_through(session: Session, recommendation_id: str, by: str | None) -> None:
    """The texts are harmless: recruiters read them. Raises Refusal where none waits."""
    if _of_talk(session, recommendation_id, by, "text_let_through"):
        return
    row = _row(session, recommendation_id)
    for name, value in (row.held or {}).items():
        setattr(row, name, value)
    _give_own_lead(session, row)
    _end(session, row, by, "text_let_through")


def _give_own_lead(session: Session, row: Recommendation) -> None:
    """Who entered themselves is composed by nobody: what their own entry said reaches them here."""
    lead = session.get_one(Lead, row.lead_id)
    is_own = row.new_to_pool or row.at == lead.informed_at
    if lead.origin != "invite" or lead.corrected_at or not is_own:
        return
    for name in OF_LEAD.intersection(row.held or {}):
        if not getattr(lead, name):
            setattr(lead, name, getattr(row, name))


def strike(session: Session, recommendation_id: str, by: str | None) -> None:
    """The texts are forgotten. Raises Refusal where none waits."""
    if not _of_talk(session, recommendation_id, by, "text_struck"):
        _end(session, _row(session, recommendation_id), by, "text_struck")


def _of_talk(session: Session, id: str, by: str | None, action: str) -> bool:
    """Does the same with what was said of a conversation, if it is one's."""
    talk = session.get(Interview, id)
    if talk is None or not talk.held_words:
        return False
    if action == "text_let_through":
        talk.words = talk.held_words
    talk.held_words = ""
    audit(session, by, action, {"talk": id, "lead": talk.lead_id})
    return True


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
