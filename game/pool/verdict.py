"""Reviewing: a recruiter's verdict on a lead, and the points that follow it at once."""

from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.base.refusal import Refusal
from game.points import ledger
from game.privacy.audit import audit
from game.rules.pack import Points
from game.store.tables import Lead, Recommendation, Verdict, Workshop
from game.store.version import touch

VERDICTS = ("pursue", "nurture", "pass")
FAKE = "fake"


def review(
    session: Session,
    lead_id: str,
    user_id: str | None,
    verdict: str,
    reason: str,
    usual: Mapping[str, Points],
    *,
    fake: bool = False,
) -> set[str]:
    """Judges a lead; returns the workshops whose boards follow.

    Any verdict confirms the lead's points, and `pursue` brings its bonus; only a lead that a
    person judges `fake` (with `pass`) loses all of them. A later verdict replaces an earlier one.
    Raises Refusal('bad_input').
    """
    if verdict not in VERDICTS or (fake and verdict != "pass"):
        raise Refusal("bad_input", {"verdict": "invalid"})
    lead = session.get_one(Lead, lead_id)
    lead.verdict = verdict
    session.add(
        Verdict(lead_id=lead_id, user_id=user_id, verdict=verdict, reason=reason, at=now_ms())
    )
    audit(session, user_id, "lead_judged", {"lead": lead_id, "verdict": verdict, "fake": fake})
    return _follow(session, _said(session, lead_id), verdict, usual, fake)


def _said(session: Session, lead_id: str) -> list[Recommendation]:
    rows = session.scalars(
        select(Recommendation)
        .where(Recommendation.lead_id == lead_id, Recommendation.player_id.is_not(None))
        .order_by(Recommendation.at, Recommendation.id)
    )
    return list(rows)


def _follow(
    session: Session,
    said: Iterable[Recommendation],
    verdict: str,
    usual: Mapping[str, Points],
    fake: bool,
) -> set[str]:
    """The ledger follows: the first recommender of a workshop gets the bonus."""
    seen: set[str] = set()
    for row in said:
        player, round_id = str(row.player_id), str(row.round_id)
        workshop_id = str(row.workshop_id)
        ledger.drop(session, player, round_id, row.slot, "pursue")
        if fake:
            ledger.revoke(session, player, round_id, row.slot)
        else:
            ledger.confirm(session, player, round_id, row.slot)
        if verdict == "pursue" and workshop_id not in seen and not row.internal:
            worth = _worth(session, workshop_id, usual)
            ledger.put(session, player, round_id, row.slot, "pursue", worth, "confirmed")
        seen.add(workshop_id)
    for workshop_id in seen:
        touch(session, workshop_id)
    return seen


def _worth(session: Session, workshop_id: str, usual: Mapping[str, Points]) -> int:
    """What `pursue` brings in this workshop: its own value, else that of its language's pack."""
    workshop = session.get_one(Workshop, workshop_id)
    return workshop.points.get("pursue", usual[workshop.lang].pursue)
