"""'My expert of …': seen by nobody until the nominee has answered, who may decline.

Only the nominee may answer, so their link never reaches the nominator's phone: a recruiter, who
knows the house, makes it and hands it to that person. A mail address or number that the nominator
types would prove nothing, since it could be their own. The recruiter sees a name and a workshop,
not what was said nor by whom.
"""

import secrets
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.base.refusal import Refusal
from game.pool.rehearsal import REAL
from game.privacy.audit import audit
from game.store.tables import Nomination, Workshop

ANSWERS = ("accepted", "anonymous", "declined")
KEY_BYTES = 16


class Waiting(NamedTuple):
    """Somebody who has not answered yet; `handed_at` is when their link was made, if it was."""

    id: str
    nominee: str
    workshop: str
    handed_at: int | None


def waiting(session: Session) -> Sequence[Waiting]:
    """Whom to reach, those without a link first, then the oldest first.

    Whom a demonstration or rehearsal named is none.
    """
    rows = session.execute(
        select(Nomination.id, Nomination.nominee, Workshop.name, Nomination.handed_at)
        .join(Workshop, Workshop.id == Nomination.workshop_id)
        .where(Nomination.status == "asked", REAL)
        .order_by(Nomination.handed_at.is_not(None), Nomination.at, Nomination.id)
    )
    return [Waiting(*row) for row in rows]


def hand_over(session: Session, nomination_id: str, by: str) -> tuple[str, str]:
    """Makes the link's key, to be handed to the nominee; an older one ends: (key, their name).

    Raises Refusal('nominee_answered') where nobody waits any more.
    """
    row = session.get(Nomination, nomination_id)
    if row is None or row.status != "asked":
        raise Refusal("nominee_answered")
    row.key, row.handed_at = secrets.token_urlsafe(KEY_BYTES), now_ms()
    audit(session, by, "nominee_link_made", {"nomination": nomination_id})
    return row.key, row.nominee


def of_key(session: Session, key: str) -> Nomination | None:
    """The nomination that a link is for."""
    return session.scalar(select(Nomination).where(Nomination.key == key))


def answer(session: Session, key: str, said: str, *, subject: str, why: str) -> None:
    """Takes the nominee's answer: 'accepted' or 'anonymous' with their own wording, or 'declined'.

    A declined nomination is deleted; no points ever tell.
    """
    row = session.scalar(select(Nomination).where(Nomination.key == key).with_for_update())
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
