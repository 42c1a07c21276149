"""'My expert of …': seen by nobody until the nominee has answered, who may decline."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from game.store.tables import Nomination

ANSWERS = ("accepted", "anonymous", "declined")


def asked_by(session: Session, player_id: str) -> list[Nomination]:
    """A player's nominations that nobody has answered yet, oldest first."""
    rows = select(Nomination).where(Nomination.player_id == player_id, Nomination.status == "asked")
    return list(session.scalars(rows.order_by(Nomination.at)))


def answer(session: Session, key: str, said: str, *, subject: str, why: str) -> None:
    """Takes the nominee's answer: 'accepted' or 'anonymous' with their own wording, or 'declined'.

    A declined nomination is deleted; no points ever tell.
    """
    row = session.scalar(select(Nomination).where(Nomination.key == key))
    if row is None or row.status != "asked":
        return
    if said == "declined":
        session.delete(row)
        return
    row.status = said
    row.subject = subject.strip()[:80] or row.subject
    row.why = why.strip()[:140]
    if said == "anonymous":
        row.nominee = ""
