"""Vectors say how near in meaning passages are to a question: where the extra is installed.

It is loaded here, in the worker's process, and stays there. What it says only changes the order of
what words have found.
"""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.helpers import near
from game.helpers.grid import meaning_of
from game.helpers.post import mark
from game.helpers.processor import timed
from game.jobs import queue
from game.jobs.run import Run
from game.pool import grid_interview
from game.store.tables import Draft, GridInterview, GridPassage

KIND = TASK = grid_interview.NEAR
MADE_BY = "vectors"


def ask(session: Session, topic: str, question: str, texts: Sequence[str], by: str) -> str:
    """Asks how near passages of a post are to a question; returns the draft's id.

    The texts are kept until that is said: what a room wrote is not to stand in a second place.
    """
    asked = {"topic": topic, "question": question, "texts": list(texts)}
    made = Draft(task=TASK, user_id=by, asked=asked, created_at=now_ms())
    session.add(made)
    session.flush()
    made.job_id = queue.enqueue(session, KIND, {"draft": made.id}, user_id=by)
    return made.id


def look(run: Run) -> dict[str, object]:
    """Notes how near what was said in an interview, or found of a post, is to what is asked."""
    if not near.is_there():
        return {"near": 0}
    if "draft" in run.given:
        return {"near": _of_post(run, str(run.given["draft"]))}
    return {"near": _interview(run, str(run.given["interview"]))}


def _interview(run: Run, id: str) -> int:
    with run.store.session() as session:
        talk = session.get(GridInterview, id)
        rows = select(GridPassage).where(GridPassage.interview_id == id, GridPassage.near.is_(None))
        said = {one.id: one.text for one in session.scalars(rows)}
        asked = [meaning_of(one) for one in talk.questions] if talk else []
    found = dict(zip(said, near.nearness(list(said.values()), asked), strict=True))
    with run.session() as session:
        for one in session.scalars(select(GridPassage).where(GridPassage.id.in_(list(found)))):
            one.near = found[one.id]
        run.step(session.connection(), len(found), len(found))
    return len(found)


def _of_post(run: Run, id: str) -> int:
    with run.store.session() as session:
        draft = session.get(Draft, id)
        asked = dict(draft.asked) if draft else {}
    found = asked.pop("texts", None)
    texts = [str(one) for one in found] if isinstance(found, list) else []
    rows, micros = timed(lambda: near.nearness(texts, [str(asked.get("question", ""))]))
    with run.session() as session:
        draft = session.get(Draft, id)
        if draft is not None:
            told = {mark(text): row[0] for text, row in zip(texts, rows, strict=True)}
            draft.answer, draft.asked, draft.made_by = {"near": told}, asked, MADE_BY
            draft.made_at, draft.cpu_millis = now_ms(), round(micros / 1000)
        run.step(session.connection(), len(texts), len(texts))
    return len(texts)
