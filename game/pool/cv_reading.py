"""CVs beside a brief: kept while one recruiter reads one of them, then what they noted alone."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.base.days import DAY_MS
from game.base.refusal import Refusal
from game.pool.posts import Post
from game.privacy import inform
from game.privacy.audit import audit
from game.store.tables import CvReading

STATES = ("", "read", "ask")  # the recruiter's own: not looked at, read in the CV, to be asked
QUESTION = 300  # characters
KEPT = 7 * DAY_MS  # a CV that nobody goes on with
Noted = Sequence[tuple[str, str]]


def open_of(session: Session, lead_id: str) -> CvReading | None:
    """The reading of a person that is not done yet."""
    rows = select(CvReading).where(CvReading.lead_id == lead_id, CvReading.text.is_not(None))
    return session.scalar(rows.order_by(CvReading.created_at.desc()).limit(1))


def done_of(session: Session, lead_id: str) -> Sequence[CvReading]:
    """What was noted of a person, the newest first."""
    rows = select(CvReading).where(CvReading.lead_id == lead_id, CvReading.done_at.is_not(None))
    return session.scalars(rows.order_by(CvReading.done_at.desc())).all()


def begin(session: Session, lead_id: str, post: Post, text: str, by: str, today: date) -> None:
    """Lays a CV beside a post, unless one is being read there. Raises Refusal."""
    if not text.strip():
        raise Refusal("bad_input", {"text": "missing"})
    inform.check(session, lead_id, "contact", today)
    if open_of(session, lead_id):
        raise Refusal("bad_input", {"text": "cv_open"})
    noted = [{"must_have": one, "state": "", "question": ""} for one in post.must_haves]
    at = now_ms()
    given = {"title": post.title, "lang": post.lang, "noted": noted, "text": text}
    session.add(CvReading(**given, lead_id=lead_id, user_id=by, created_at=at))
    audit(session, by, "cv_laid", {"lead": lead_id})


def note(
    session: Session, lead_id: str, reading: str, noted: Noted, *, done: bool, by: str
) -> None:
    """Keeps what a recruiter says of each must-have; once done, the CV goes. Raises Refusal.

    `reading` is the id of the one that they had before them: another has other must-haves.
    """
    row = open_of(session, lead_id)
    if row is None or row.id != reading or len(noted) != len(row.noted):
        raise Refusal("bad_input", {"text": "cv_gone"})
    row.noted = [
        {**one, "state": state if state in STATES else "", "question": _line(question)}
        for one, (state, question) in zip(row.noted, noted, strict=True)
    ]
    if done:
        row.text, row.done_at = None, now_ms()
    audit(session, by, "cv_noted", {"lead": lead_id})


def _line(text: str) -> str:
    line = " ".join(text.split())
    if len(line) > QUESTION:
        raise Refusal("bad_input", {"question": "too_long"})
    return line


def drop(session: Session, lead_id: str, by: str) -> None:
    """Forgets a reading that is not done, and its CV."""
    mine = (CvReading.lead_id == lead_id, CvReading.text.is_not(None))
    gone = session.scalars(delete(CvReading).where(*mine).returning(CvReading.id)).all()
    if gone:
        audit(session, by, "cv_dropped", {"lead": lead_id})


def forget_old(session: Session) -> int:
    """The CVs of a week ago go, what was noted beside them stays; returns how many."""
    old = (CvReading.text.is_not(None), CvReading.created_at < now_ms() - KEPT)
    going = update(CvReading).where(*old).values(text=None, done_at=now_ms())
    return len(session.scalars(going.returning(CvReading.id)).all())
