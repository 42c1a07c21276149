"""Taking back what a recruiter did last: verdicts, given alone or together, or a merge."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from game.base.refusal import Refusal
from game.points import ledger
from game.pool.composed import recompose
from game.pool.verdict import Usual, follow, newest_of, tell
from game.privacy.audit import audit
from game.store.tables import Merge, Verdict

FOR_MS = 12 * 3_600_000  # as long as one is signed in
Played = set[tuple[str, str]]  # (player, round)


@dataclass(frozen=True)
class Act:
    """What somebody did last: `kind` is verdict or merge, on so many leads, one of them `lead`."""

    kind: str
    id: str
    count: int
    lead: str
    verdict: str
    at: int


def last(session: Session, user_id: str, now: int) -> Act | None:
    """What this user can take back now; what came before it comes up when it is taken back."""
    verdicts = session.execute(
        select(Verdict.act, func.count(), func.min(Verdict.lead_id), func.max(Verdict.verdict))
        .add_columns(func.max(Verdict.at).label("at"))
        .where(Verdict.user_id == user_id, Verdict.act.is_not(None), Verdict.at > now - FOR_MS)
        .group_by(Verdict.act)
        .order_by(func.max(Verdict.at).desc())
        .limit(1)
    ).one_or_none()
    newest = select(Merge).where(Merge.user_id == user_id, Merge.at > now - FOR_MS)
    merge = session.scalars(newest.order_by(Merge.at.desc()).limit(1)).one_or_none()
    if merge and (verdicts is None or merge.at > verdicts.at):
        return Act("merge", merge.id, 2, merge.kept_id, "", merge.at)
    return Act("verdict", *verdicts) if verdicts else None


def undo_verdicts(
    session: Session, act: str, by: str, usual: Usual
) -> tuple[list[str], set[str], Played]:
    """Takes back the verdicts of an act: leads and points are as if they had not been given.

    Returns the leads, the workshops whose boards follow, and by whom and in which rounds leads
    were named whose points are the player's again: they are to be booked anew.
    Raises Refusal('nothing_to_undo').
    """
    given = session.scalars(select(Verdict).where(Verdict.act == act, Verdict.user_id == by)).all()
    if not given:
        raise Refusal("nothing_to_undo")
    leads = sorted({one.lead_id for one in given})
    for one in given:
        detail = {"lead": one.lead_id, "verdict": one.verdict, "given": one.at}
        audit(session, by, "verdict_undone", detail)
        session.delete(one)
    session.flush()
    put_back = _put_back(session, leads, usual)
    tell(session, leads)
    return put_back


def _put_back(
    session: Session, leads: Sequence[str], usual: Usual
) -> tuple[list[str], set[str], Played]:
    workshops: set[str] = set()
    played: Played = set()
    judged = newest_of(session, leads)
    for lead in leads:
        at = judged[lead].at if lead in judged else None
        later = set() if at is None else ledger.sealed_after(session, lead, at)
        workshops |= follow(session, lead, usual, later)
        played |= {(player, round_id) for player, round_id, _slot in later}
        if at is None:
            played |= ledger.release(session, lead)
    recompose(session.connection(), leads)
    session.expire_all()
    return list(leads), workshops, played
