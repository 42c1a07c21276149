"""The durable queue: what is asked for is written with what asked for it, and done at least once.

A job is claimed by one conditional update, so that two workers never do the same one; a worker
that dies loses its claim when its lease ends. A job that fails is tried again after a growing
pause. No library holds all of this on both of our databases: huey keeps its queue in a file or
a server of its own, outside the transaction that asks; procrastinate knows PostgreSQL only.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from sqlalchemy import (
    ColumnElement,
    Connection,
    CursorResult,
    Executable,
    Row,
    and_,
    delete,
    select,
    update,
)

from game.store.asking import enqueue as enqueue
from game.store.base import new_id
from game.store.database_clock import clock
from game.store.tables import Job
from game.store.tables.job import GOING

LEASE = 60_000  # milliseconds without a sign of life after which a worker counts as dead
TRIES = 6
PAUSE = 10_000  # milliseconds before the second try; each further one waits four times longer
ENDED = ("done", "failed", "cancelled")


class JobCancelled(Exception):
    """Somebody does not want the job any more."""


class PutOff(Exception):
    """It is not the moment: the job waits, and this try does not count."""


class ClaimLost(Exception):
    """The job belongs to another worker by now: this one was silent for too long."""


@dataclass(frozen=True)
class Claim:
    """A job that is ours for now; `given` is what it was asked with, `done` where it stood."""

    id: str
    kind: str
    given: Mapping[str, object]
    mark: str
    tries: int
    done: int


def is_due(connection: Connection, now: int, without: Collection[str] = ()) -> bool:
    """Is there a job to do, or one whose worker has gone silent, other than of these kinds?"""
    due = select(Job.id).where(_ready(now, without)).limit(1)
    return connection.scalar(due) is not None


def is_asked_for(connection: Connection, kind: str) -> bool:
    """Does a job of this kind wait, or is one being done?"""
    pending = select(Job.id).where(Job.kind == kind, Job.state.in_(GOING))
    return connection.scalar(pending.limit(1)) is not None


def _ready(now: int, without: Collection[str] = ()) -> ColumnElement[bool]:
    return and_(Job.state.in_(GOING), Job.due_at <= now, Job.kind.not_in(list(without)))


def claim(connection: Connection, without: Collection[str] = ()) -> Claim | None:
    """The job that has been due longest, of no kind of these, ours from now on; None: none is."""
    now, mark = clock(connection), new_id()
    ready = _ready(now, without)
    due = select(Job.id).where(ready).order_by(Job.due_at).limit(8)
    for id in connection.scalars(due).all():
        ours = {"state": "running", "claim": mark, "due_at": now + LEASE, "tries": Job.tries + 1}
        if _count(connection, update(Job).where(Job.id == id, ready).values(ours)) == 1:
            row = connection.execute(select(Job).where(Job.id == id)).one()
            return Claim(row.id, row.kind, row.given, mark, row.tries, row.done)
    return None


def step(connection: Connection, held: Claim, done: int, total: int) -> None:
    """Notes progress and gives a sign of life, best in the transaction of what was done.

    Raises JobCancelled or ClaimLost: then that transaction must not be committed.
    """
    _still(connection, held, done=done, total=total, due_at=clock(connection) + LEASE)
    asked = connection.scalar(select(Job.cancelling).where(Job.id == held.id))
    if asked:
        raise JobCancelled


def _still(connection: Connection, held: Claim, **values: object) -> None:
    mine: ColumnElement[bool] = and_(Job.id == held.id, Job.claim == held.mark)
    if _count(connection, update(Job).where(mine).values(**values)) != 1:
        raise ClaimLost


def finish(connection: Connection, held: Claim, result: Mapping[str, object]) -> None:
    """The job is done."""
    _end(connection, held, "done", result=dict(result))


def give_up(connection: Connection, held: Claim) -> None:
    """The job was cancelled while it ran."""
    _end(connection, held, "cancelled")


def put_off(connection: Connection, held: Claim, pause: int) -> None:
    """The job waits for so many milliseconds, as if it had not been begun."""
    later = clock(connection) + pause
    _still(connection, held, state="waiting", claim=None, due_at=later, tries=held.tries - 1)


def fail(connection: Connection, held: Claim, fault: str) -> None:
    """The job failed: it is tried again later, or not any more; `fault` names no person."""
    if held.tries >= TRIES:
        _end(connection, held, "failed", fault=fault[:80])
        return
    later = clock(connection) + PAUSE * 4 ** (held.tries - 1)
    _still(connection, held, state="waiting", claim=None, due_at=later, fault=fault[:80])


def _end(connection: Connection, held: Claim, state: str, **values: object) -> None:
    _still(connection, held, state=state, claim=None, ended_at=clock(connection), **values)


def cancel(connection: Connection, job_id: str) -> bool:
    """Asks a job to stop, or takes it off the queue. False where it has ended or never was."""
    waiting = and_(Job.id == job_id, Job.state == "waiting")
    ended = {"state": "cancelled", "ended_at": clock(connection)}
    if _count(connection, update(Job).where(waiting).values(**ended)):
        return True
    running = and_(Job.id == job_id, Job.state == "running")
    return bool(_count(connection, update(Job).where(running).values(cancelling=True)))


def listed(connection: Connection, most: int = 50) -> Sequence[Row[str, str, str, int, int, str]]:
    """The newest jobs, as rows."""
    rows = select(Job.id, Job.kind, Job.state, Job.done, Job.total, Job.fault)
    return connection.execute(rows.order_by(Job.created_at.desc()).limit(most)).all()


def erasures(
    connection: Connection, most: int = 20
) -> Sequence[Row[str, Mapping[str, object] | None, int | None]]:
    """What the jobs that erase came to, the newest first: rows of kind, result and end."""
    rows = select(Job.kind, Job.result, Job.ended_at).where(
        Job.kind.in_(("retention", "uninformed")), Job.state == "done"
    )
    return connection.execute(rows.order_by(Job.ended_at.desc()).limit(most)).all()


def forget(connection: Connection, before: int) -> int:
    """Deletes jobs that ended before a moment; returns how many."""
    return _count(connection, delete(Job).where(Job.state.in_(ENDED), Job.ended_at < before))


def _count(connection: Connection, statement: Executable) -> int:
    """How many rows a statement changed."""
    return int(cast("CursorResult[*tuple[object, ...]]", connection.execute(statement)).rowcount)
