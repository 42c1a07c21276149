"""The durable writer: what is waiting shares one transaction, and is answered after its commit.

One writer a worker. A job that fails takes nobody with it: single jobs run in a savepoint of
their own, and a group whose transaction fails is tried again one by one.
"""

import threading
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

import structlog
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from game.rules.round import Refusal
from game.store.engine import Store

T = TypeVar("T")
Outcome = Any
Many = Callable[[Connection, Sequence[Any]], Sequence[Outcome]]
AT_ONCE = 512
log = structlog.get_logger()


class Busy(Refusal):
    """The queue is full: nothing was taken; the same answer may be sent again."""

    def __init__(self) -> None:
        super().__init__("busy")


@dataclass(eq=False)
class Ticket:
    """One thing waiting to be written, and then its outcome."""

    many: Many
    item: Any
    outcome: Outcome = None
    done: threading.Event = field(default_factory=threading.Event)

    def wait(self) -> Outcome:
        """The outcome, after its commit; raises what the job raised."""
        self.done.wait()
        if isinstance(self.outcome, BaseException):
            raise self.outcome
        return self.outcome


def _alone(connection: Connection, jobs: Sequence[Callable[[Session], Any]]) -> list[Outcome]:
    return [_in_savepoint(connection, job) for job in jobs]


def _in_savepoint(connection: Connection, job: Callable[[Session], T]) -> T | Exception:
    try:
        with Session(connection, join_transaction_mode="create_savepoint") as session:
            result = job(session)
            session.commit()
            return result
    except Exception as error:
        return error


class Writer:
    """A bounded queue and the one thread (or greenlet) that empties it into the database."""

    def __init__(self, store: Store, limit: int = 20_000) -> None:
        self.store = store
        self.limit = limit
        self.waiting: deque[Ticket] = deque()
        self.wake = threading.Event()
        self.stopping = False
        self.committed = 0
        self.thread: threading.Thread | None = None

    def start(self) -> None:
        """Starts emptying the queue."""
        self.thread = threading.Thread(target=self._run, name="writer", daemon=True)
        self.thread.start()

    def stop(self) -> None:
        """Writes what is waiting, then ends."""
        self.stopping = True
        self.wake.set()
        if self.thread:
            self.thread.join(timeout=10)

    def write(self, job: Callable[[Session], T]) -> T:
        """Runs `job(session)` in a savepoint; returns what it returned, after the commit."""
        return cast(T, self.put(_alone, job).wait())

    def put(self, many: Many, item: Any) -> Ticket:
        """Queues `item` for `many(connection, items)`, which is given all its items at once.

        `many` returns one outcome an item; an exception is the outcome of a refused item.
        It must check before it writes. Raises Busy when the queue is full.
        """
        if len(self.waiting) >= self.limit or self.stopping:
            raise Busy
        ticket = Ticket(many, item)
        self.waiting.append(ticket)
        self.wake.set()
        return ticket

    def _run(self) -> None:
        while not (self.stopping and not self.waiting):
            self.wake.wait()
            self.wake.clear()
            while self.waiting:
                self._write_batch(self._take())

    def _take(self) -> list[Ticket]:
        return [self.waiting.popleft() for _ in range(min(AT_ONCE, len(self.waiting)))]

    def _write_batch(self, tickets: list[Ticket]) -> None:
        try:
            outcomes = self._commit(tickets)
        except Exception as error:
            outcomes = [self._retry(ticket, error, len(tickets)) for ticket in tickets]
        self.committed += len(tickets)
        for ticket, outcome in zip(tickets, outcomes, strict=True):
            ticket.outcome = outcome
            ticket.done.set()

    def _retry(self, ticket: Ticket, error: Exception, size: int) -> Outcome:
        if size == 1:
            log.error("write_failed", fault=type(error).__name__)
            return error
        try:
            return self._commit([ticket])[0]
        except Exception as again:
            log.error("write_failed", fault=type(again).__name__)
            return again

    def _commit(self, tickets: Sequence[Ticket]) -> list[Outcome]:
        outcomes: list[Outcome] = []
        with self.store.writing.begin() as connection:
            for many, items in _runs(tickets):
                outcomes.extend(many(connection, items))
        return outcomes


def _runs(tickets: Sequence[Ticket]) -> list[tuple[Many, list[Any]]]:
    """The tickets in order, with neighbours of the same handler together."""
    runs: list[tuple[Many, list[Any]]] = []
    for ticket in tickets:
        if not runs or runs[-1][0] is not ticket.many:
            runs.append((ticket.many, []))
        runs[-1][1].append(ticket.item)
    return runs
