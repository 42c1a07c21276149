"""Sounds of interviews: nobody is recorded without their yes, and nothing of a sound is kept."""

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.base.days import DAY_MS
from game.base.refusal import Refusal
from game.pool import grid_interview
from game.pool.grid_interview import Passage
from game.privacy.audit import audit
from game.store.asking import enqueue
from game.store.tables import GridInterview, Job, Lead, Sound
from game.store.tables.job import GOING as GOING_JOB

KIND = "sound"
AGREED, WAITING, HEARING, DONE, GONE = "agreed", "waiting", "hearing", "done", "gone"
GOING = (AGREED, WAITING, HEARING)
DAY_SECONDS = 86_400


def of_interview(session: Session, interview_id: str) -> Sequence[Sound]:
    """The sounds of an interview, the newest first."""
    rows = select(Sound).where(Sound.interview_id == interview_id)
    return session.scalars(rows.order_by(Sound.agreed_at.desc(), Sound.id)).all()


def of_lead(session: Session, lead_id: str) -> Sequence[tuple[Sound, GridInterview]]:
    """The sounds of a person, the newest first, each with its interview."""
    rows = select(Sound, GridInterview).join(GridInterview, GridInterview.id == Sound.interview_id)
    mine = rows.where(GridInterview.lead_id == lead_id).order_by(Sound.agreed_at.desc())
    return [(row[0], row[1]) for row in session.execute(mine)]


def agree(
    session: Session, interview_id: str, by: str, *, agreed: bool, second: int | None = None
) -> str:
    """Notes that the person agrees to be recorded; returns the id of the sound to come.

    `second` is when in the talk the sound begins, now where it is None. Raises Refusal.
    """
    row = grid_interview.of_id(session, interview_id)
    if not agreed:
        raise Refusal("bad_input", {"sound_agreed": "agree_to_sound"})
    now = now_ms()
    second = max(0, (now - row.began_at) // 1000) if second is None else second
    given = {"interview_id": row.id, "user_id": by, "agreed_at": now}
    made = Sound(**given, second=min(second, DAY_SECONDS))
    session.add(made)
    session.flush()
    audit(session, by, "sound_agreed", {"lead": row.lead_id, "sound": made.id})
    return made.id


def hand_over(session: Session, sound_id: str, by: str) -> None:
    """The sound lies in its folder: it is to be heard. Raises Refusal."""
    row = _held(session, sound_id)
    if row is None or row.state != AGREED:
        raise Refusal("bad_input", {"sound": "sound_not_wanted"})
    row.job_id = enqueue(session, KIND, {"sound": row.id}, user_id=by)
    row.state = WAITING


def is_wanted(session: Session, sound_id: str) -> bool:
    """Is this still to be heard? Not where somebody stopped it, or the person agrees no more."""
    rows = select(Sound.state).join(GridInterview, GridInterview.id == Sound.interview_id)
    theirs = rows.join(Lead, Lead.id == GridInterview.lead_id).where(Lead.objected_at.is_(None))
    return session.scalar(theirs.where(Sound.id == sound_id)) in (WAITING, HEARING)


def wanted(session: Session, ids: Collection[str]) -> set[str]:
    """Those of these sounds that may lie in their folder: asked for, and not heard yet."""
    found = {id for id in ids if is_wanted(session, id)}
    coming = select(Sound.id).where(Sound.id.in_(list(ids)), Sound.state == AGREED)
    return found | set(session.scalars(coming))


def _held(session: Session, sound_id: str) -> Sound | None:
    """A sound as it is now, which nobody else changes before this transaction ends.

    A yes that is taken back while its transcript is being written waits, and then finds all of it.
    """
    return session.get(Sound, sound_id, with_for_update=True, populate_existing=True)


def begin(session: Session, sound_id: str) -> GridInterview | None:
    """Hearing begins; the interview, or None where nobody wants it any more."""
    row = _held(session, sound_id)
    if row is None or not is_wanted(session, sound_id):
        return None
    row.state = HEARING
    return session.get(GridInterview, row.interview_id)


def heard(
    session: Session, sound_id: str, said: Sequence[Passage], seconds: int, millis: int
) -> bool:
    """Takes what was heard into the interview; False where nobody wants it any more."""
    row = _held(session, sound_id)
    talk = session.get(GridInterview, row.interview_id) if row else None
    if row is None or talk is None or not is_wanted(session, sound_id):
        return False
    grid_interview.add(session, talk, said)
    row.state, row.heard, row.millis, row.ended_at = DONE, seconds, millis, now_ms()
    told = {"lead": talk.lead_id, "sound": row.id, "count": len(said)}
    audit(session, row.user_id, "sound_heard", told)
    return True


def end(session: Session, sound_id: str, fault: str, by: str | None = None) -> str:
    """Nothing comes of a sound; its job, empty where none is to be stopped."""
    row = _held(session, sound_id)
    if row is None or row.state not in GOING:
        return ""
    row.state, row.fault, row.ended_at = GONE, fault, now_ms()
    talk = session.get_one(GridInterview, row.interview_id)
    audit(session, by, "sound_ended", {"lead": talk.lead_id, "sound": row.id, "why": fault})
    return row.job_id or ""


def withdraw(session: Session, sounds: Sequence[Sound], by: str | None) -> list[str]:
    """The person agrees no more: what goes on of these ends; returns their jobs."""
    return [job for one in sounds if (job := end(session, one.id, "withdrawn", by))]


def withdraw_all(session: Session, lead_id: str, by: str | None) -> tuple[list[str], list[str]]:
    """The person agrees to no recording and no transcript any more: all that came of them goes.

    Returns the ids of their sounds and the jobs to be stopped.
    """
    mine = of_lead(session, lead_id)
    jobs = withdraw(session, [one for one, _talk in mine], by)
    talks = select(GridInterview.id).where(GridInterview.lead_id == lead_id)
    for id in session.scalars(talks.where(GridInterview.agreed_at.is_not(None))).all():
        grid_interview.withdraw(session, id, by)
    return [one.id for one, _talk in mine], jobs


def may_withdraw(session: Session, lead_id: str) -> bool:
    """Is there a recording or a transcript that the person may take their yes to back?"""
    talks = select(GridInterview.id).where(GridInterview.lead_id == lead_id)
    agreed = talks.where(GridInterview.agreed_at.is_not(None)).limit(1)
    return session.scalar(agreed) is not None or any(
        one.state in GOING for one, _talk in of_lead(session, lead_id)
    )


def end_lost(session: Session) -> None:
    """A yes of yesterday that nothing came of ends, and hearing that nobody goes on with."""
    old = select(Sound).where(Sound.state == AGREED, Sound.agreed_at < now_ms() - DAY_MS)
    for one in session.scalars(old).all():
        end(session, one.id, "nothing")
    begun = select(Sound).outerjoin(Job, Job.id == Sound.job_id)
    begun = begun.where(Sound.state.in_((WAITING, HEARING)))
    for one in session.scalars(begun.where(Job.id.is_(None) | Job.state.not_in(GOING_JOB))).all():
        end(session, one.id, "lost")
