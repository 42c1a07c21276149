"""Talks that a person asked for go with them: what they asked, with whom, and the date."""

from collections.abc import Iterable

from sqlalchemy import Connection, delete, select
from sqlalchemy.orm import Session

from game.rules.talk import MAIL_JOB, OPEN
from game.store.asking import enqueue
from game.store.database_clock import clock
from game.store.tables import Interview


def call_off(asking: Session | Connection, lead_ids: Iterable[str]) -> None:
    """Deletes the talks of these leads; a colleague who expected one is told, without a name."""
    connection = asking.connection() if isinstance(asking, Session) else asking
    theirs, now = Interview.lead_id.in_(list(lead_ids)), clock(connection)
    columns = (Interview.colleague_id, Interview.at, Interview.id)
    waiting = select(*columns).where(theirs, Interview.state != OPEN)
    for colleague_id, at, id in connection.execute(waiting).all():
        if colleague_id and (at is None or at > now):
            told = {"what": "cancelled", "colleague": colleague_id, "at": at, "talk": id}
            enqueue(connection, MAIL_JOB, told)
    connection.execute(delete(Interview).where(theirs))
