"""Asking for the mails of a reverse interview; what they say is written when they leave."""

from sqlalchemy.orm import Session

from game.base.days import DAY_MS
from game.rules.talk import MAIL_JOB, MINUTES
from game.store.asking import enqueue
from game.store.database_clock import clock
from game.store.tables import Interview

MINUTE_MS = 60_000
SIDES = ("contact", "colleague")


def to_contact(session: Session, what: str, one: Interview) -> None:
    """A mail to the contact; `what` is opened, sent, countered, agreed, declined or withdrawn.

    For the last two it must be asked for before the talk is open again: it knows what was agreed.
    """
    _ask(session, what, "contact", one)


def to_colleague(
    session: Session, what: str, colleague_id: str, one: Interview | None = None
) -> None:
    """A mail to a colleague; `what` is invited, asked, agreed or cancelled."""
    if one is None:
        enqueue(session, MAIL_JOB, {"what": what, "colleague": colleague_id})
    elif what == "cancelled":
        told = {"what": what, "colleague": colleague_id, "at": one.at, "talk": one.id}
        enqueue(session, MAIL_JOB, told)
    else:
        _ask(session, what, "colleague", one)


def about_the_day(session: Session, one: Interview) -> None:
    """The mails around a talk that is agreed: now, the day before, and the day after."""
    session.flush()
    at, now = one.at or 0, clock(session.connection())
    for side in SIDES:
        _ask(session, "agreed", side, one)
        if at - DAY_MS > now:
            _ask(session, "reminder", side, one, at - DAY_MS)
    _ask(session, "over", "colleague", one, at + MINUTES * MINUTE_MS)  # no mail: it is over
    _ask(session, "after", "contact", one, at + DAY_MS)


def _ask(session: Session, what: str, to: str, one: Interview, due_at: int | None = None) -> None:
    session.flush()
    told = {"what": what, "to": to, "interview": one.id, "at": one.at}
    enqueue(session, MAIL_JOB, told, due_at=due_at)
