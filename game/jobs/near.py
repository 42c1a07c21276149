"""Vectors say how near in meaning passages are to a question: where the extra is installed.

It is loaded here, in the worker's process, and stays there. What it says only changes the order of
what words have found.
"""

from sqlalchemy import select

from game.helpers import near
from game.helpers.grid import meaning_of
from game.jobs.run import Run
from game.pool import grid_interview
from game.store.tables import GridInterview, GridPassage

KIND = grid_interview.NEAR


def look(run: Run) -> dict[str, object]:
    """Notes the nearness of what was said in an interview to each of its questions."""
    if not near.is_there():
        return {"near": 0}
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
