"""An interview by a grid: questions tapped, notes under them, passages filed by a person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.base.days import DAY_MS
from game.base.refusal import Refusal
from game.privacy import inform
from game.privacy.audit import audit
from game.store.asking import enqueue
from game.store.tables import Grid, GridInterview, GridPassage

NOTE, TRANSCRIPT = "note", "transcript"
NEAR = "near"  # the job that says how near in meaning what was said is to each question
LONGEST = 4_000  # characters of a note, or of a passage
MOST = 3_000  # passages of a transcript
KEPT = 7 * DAY_MS  # passages of a transcript that nobody confirmed


@dataclass(frozen=True)
class Passage:
    """A passage of a transcript: its second, if one is known, and the question tapped then."""

    text: str
    second: int | None
    tapped: str


def of_lead(session: Session, lead_id: str) -> Sequence[GridInterview]:
    """A person's interviews, the newest first."""
    rows = select(GridInterview).where(GridInterview.lead_id == lead_id)
    return session.scalars(rows.order_by(GridInterview.began_at.desc())).all()


def passages_of(session: Session, interview_id: str) -> Sequence[GridPassage]:
    """All that was noted and said, in its order."""
    rows = select(GridPassage).where(GridPassage.interview_id == interview_id)
    return session.scalars(rows.order_by(GridPassage.place)).all()


def begin(session: Session, lead_id: str, grid: Grid, by: str, today: date) -> str:
    """Begins an interview; returns its id. Raises Refusal."""
    inform.check(session, lead_id, "contact", today)
    given = {"title": grid.title, "lang": grid.lang, "questions": grid.questions, "taps": []}
    row = GridInterview(**given, lead_id=lead_id, user_id=by, began_at=now_ms())
    session.add(row)
    session.flush()
    audit(session, by, "interview_begun", {"lead": lead_id})
    return row.id


def of_id(session: Session, interview_id: str) -> GridInterview:
    """One interview. Raises Refusal."""
    row = session.get(GridInterview, interview_id)
    if row is None:
        raise Refusal("unknown_interview")
    return row


def tap(session: Session, interview_id: str, key: str, note: str) -> None:
    """Notes what was typed under the question tapped last, then taps this one, if any.

    Raises Refusal.
    """
    row = of_id(session, interview_id)
    second = max(0, (now_ms() - row.began_at) // 1000)
    if note.strip():
        if len(note.strip()) > LONGEST:
            raise Refusal("bad_input", {"note": "too_long"})
        tapped = row.taps[-1][1] if row.taps else ""
        _add(session, row, [Passage(note.strip(), second, tapped)], NOTE)
    if key in {one["key"] for one in row.questions} and row.ended_at is None:
        row.taps = [*row.taps, (second, key)]


def _add(session: Session, row: GridInterview, said: Sequence[Passage], source: str) -> None:
    """Adds passages, to be confirmed; asks once where they go on, since others wait to write."""
    mine = select(func.max(GridPassage.place)).where(GridPassage.interview_id == row.id)
    first = (session.scalar(mine) or 0) + 1
    session.add_all(
        GridPassage(interview_id=row.id, place=place, source=source, **vars(one))
        for place, one in enumerate(said, first)
    )


def end(session: Session, interview_id: str, by: str) -> None:
    """The talk is over; what was said can still be filed."""
    row = of_id(session, interview_id)
    row.ended_at = row.ended_at or now_ms()
    audit(session, by, "interview_ended", {"lead": row.lead_id})


def transcribe(
    session: Session, interview_id: str, said: Sequence[Passage], *, agreed: bool, by: str
) -> None:
    """Takes a transcript in, in the place of one that is not filed yet. Raises Refusal."""
    row = of_id(session, interview_id)
    if not agreed:
        raise Refusal("bad_input", {"agreed": "agree_to_transcript"})
    if not said:
        raise Refusal("bad_input", {"transcript": "missing"})
    if len(said) > MOST or any(len(one.text) > LONGEST for one in said):
        raise Refusal("bad_input", {"transcript": "transcript_long"})
    unfiled = (GridPassage.source == TRANSCRIPT, GridPassage.filed == "")
    session.execute(delete(GridPassage).where(GridPassage.interview_id == row.id, *unfiled))
    add(session, row, said)
    audit(session, by, "transcript_taken", {"lead": row.lead_id, "count": len(said)})


def add(session: Session, row: GridInterview, said: Sequence[Passage]) -> None:
    """Adds what was said to what is there, to be confirmed."""
    row.agreed_at = now_ms()
    _add(session, row, said[:MOST], TRANSCRIPT)
    session.flush()
    enqueue(session, NEAR, {"interview": row.id})


def file(session: Session, interview_id: str, passage_id: str, key: str, by: str) -> None:
    """A person says under which question a passage stands; under none, it is thrown away."""
    row, one = of_id(session, interview_id), session.get(GridPassage, passage_id)
    if one is None or one.interview_id != row.id:
        return
    if key in {question["key"] for question in row.questions}:
        one.filed, one.filed_by = key, by
    else:
        session.delete(one)
    audit(session, by, "passage_filed", {"lead": row.lead_id})


def take_back(session: Session, interview_id: str, passage_id: str, by: str) -> None:
    """What somebody confirmed waits again: to be filed elsewhere, or thrown away."""
    row, one = of_id(session, interview_id), session.get(GridPassage, passage_id)
    if one is None or one.interview_id != row.id:
        return
    one.filed, one.filed_by = "", None
    audit(session, by, "passage_taken_back", {"lead": row.lead_id})


def withdraw(session: Session, interview_id: str, by: str | None) -> None:
    """The person agrees no more: all that a transcript brought goes, confirmed or not."""
    row = of_id(session, interview_id)
    theirs = (GridPassage.interview_id == row.id, GridPassage.source == TRANSCRIPT)
    session.execute(delete(GridPassage).where(*theirs))
    mine = update(GridInterview).where(GridInterview.id == row.id)
    session.execute(mine.values(agreed_at=None))  # whatever was read of it before
    audit(session, by, "transcript_withdrawn", {"lead": row.lead_id})


def file_tapped(session: Session, interview_id: str, by: str) -> None:
    """A person confirms all that was tapped as it was tapped."""
    row = of_id(session, interview_id)
    for one in passages_of(session, row.id):
        if one.tapped and not one.filed:
            one.filed, one.filed_by = one.tapped, by
    audit(session, by, "passages_filed", {"lead": row.lead_id})


def forget_old(session: Session) -> int:
    """What of transcripts nobody confirmed for a week goes; returns how many passages."""
    old = select(GridInterview.id).where(GridInterview.agreed_at < now_ms() - KEPT)
    unfiled = (GridPassage.source == TRANSCRIPT, GridPassage.filed == "")
    going = delete(GridPassage).where(GridPassage.interview_id.in_(old), *unfiled)
    return len(session.scalars(going.returning(GridPassage.id)).all())
