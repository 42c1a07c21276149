"""'My expert of …': seen by nobody until the nominee has answered, who may decline."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from game.store.models import Nomination

ANSWERS = ("accepted", "anonymous", "declined")


def answer(session: Session, key: str, said: str, *, subject: str, why: str) -> None:
    """Takes the nominee's answer: 'accepted' or 'anonymous' with their own wording, or 'declined'.

    A declined nomination is deleted; no points ever tell.
    """
    row = session.scalar(select(Nomination).where(Nomination.key == key))
    if row is None:
        return
    if said == "declined":
        session.delete(row)
        return
    row.status = said
    row.subject = subject.strip()[:80] or row.subject
    row.why = why.strip()[:140]
    if said == "anonymous":
        row.nominee = ""
