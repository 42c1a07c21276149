"""Asking for a job: whoever causes one asks, on whatever floor; the queue itself is `jobs`' own."""

from collections.abc import Mapping

from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from game.store.base import new_id
from game.store.database_clock import clock
from game.store.tables import Job


def enqueue(
    asking: Session | Connection,
    kind: str,
    given: Mapping[str, object] | None = None,
    *,
    once: str | None = None,
    due_at: int | None = None,
    user_id: str | None = None,
) -> str:
    """Asks for a job, in the transaction of what causes it; returns its id.

    With `once`, nothing happens where a job of that name is there already: '' is returned.
    """
    connection = asking.connection() if isinstance(asking, Session) else asking
    now = clock(connection)
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    row = {
        **{"id": new_id(), "kind": kind, "once": once, "given": dict(given or {})},
        **{"state": "waiting", "due_at": due_at or now, "user_id": user_id, "created_at": now},
        **{"tries": 0, "cancelling": False, "done": 0, "total": 0, "fault": ""},
    }
    new = dialect.insert(Job).values(row).on_conflict_do_nothing().returning(Job.id)
    return connection.scalar(new) or ""
