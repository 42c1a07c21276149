"""The durable writer: what is waiting shares one transaction, and is answered after its commit.

One writer a worker. A job that fails takes nobody with it: single jobs have a transaction of
their own, and a group whose transaction fails is tried again one by one. A database that is away
(stopped, locked, its disk full) is tried again for a while; then what waits is given back to be
sent again, and nothing was acknowledged that is not kept.
"""

import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

import structlog
from sqlalchemy import Connection, update
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.orm import Session

from game.base.refusal import Refusal
from game.store.engine import Store
from game.store.tables import WorkerRow

T = TypeVar("T")
Outcome = Any
Many = Callable[[Connection, Sequence[Any]], Sequence[Outcome]]
AT_ONCE = 512
PACE = 0.008  # seconds between two transactions at least, unless PLENTY wait already
# A transaction costs like five answers, a waking like one: it is worth waiting for a FEW more.
REST = 8  # times as long as a transaction and its acknowledgements took, the next one may wait
SHORT, LONG = 0.016, 0.048  # seconds of that rest, at least and at most
PLENTY, FEW, HARDLY = 64, 12, 2
ALONE = 0.1  # seconds without such a rest, after one that brought HARDLY anybody
LATE = 2.0  # seconds in one transaction after which the database is held for away
HOLD = 3.0  # seconds for which what waits is held before it is given back
AGAIN = 0.25  # seconds between two tries
TOLD = 1.0  # seconds after which the log tells of it: another program's transaction is no fault
log = structlog.get_logger()


class Away(Refusal):
    """The database cannot be written to now: the same answer may be sent again."""

    def __init__(self) -> None:
        super().__init__("catching_up")


class Busy(Refusal):
    """The queue is full: nothing was taken; the same answer may be sent again."""

    def __init__(self) -> None:
        super().__init__("busy")


def _closed() -> threading.Lock:
    """A latch: whoever takes it waits until it is released."""
    latch = threading.Lock()
    latch.acquire()
    return latch


@dataclass(eq=False, slots=True)
class Ticket:
    """One thing waiting to be written, and then its outcome."""

    many: Many
    item: object
    outcome: Outcome = None
    latch: threading.Lock = field(default_factory=_closed)

    def wait(self) -> Outcome:
        """The outcome, after its commit; raises what the job raised."""
        with self.latch:
            pass
        if isinstance(self.outcome, BaseException):
            raise self.outcome
        return self.outcome

    @property
    def is_done(self) -> bool:
        """Is it written, or refused?"""
        return not self.latch.locked()

    def finish(self, outcome: Outcome) -> None:
        """It is written, or refused: whoever waits goes on."""
        self.outcome = outcome
        self.latch.release()


def _alone(connection: Connection, jobs: Sequence[Callable[[Session], object]]) -> list[Outcome]:
    """A job that shares its transaction with nobody."""
    with Session(connection, join_transaction_mode="create_savepoint") as session:
        result = jobs[0](session)
        session.commit()
    return [result]


class Writer:
    """A bounded queue and the one thread (or greenlet) that empties it into the database."""

    def __init__(self, store: Store, limit: int = 20_000) -> None:
        self.store = store
        self.limit = limit
        self.waiting: deque[Ticket] = deque()
        self.wake = threading.Event()
        # told how many seconds may pass until what has come in is read, all of it at once
        self.gather: Callable[[float], None] = lambda _seconds: None
        self.alone_until = 0.0
        self.stopping = False
        self.committed = 0
        self.away_since: float | None = None
        self.is_told = False  # has the log told that the database is away?
        self.began: float | None = None
        self.took: Callable[[float, int], None] = lambda _seconds, _count: None
        self.thread: threading.Thread | None = None

    def start(self) -> None:
        self.thread = threading.Thread(target=self._run, name="writer", daemon=True)
        self.thread.start()

    def stop(self) -> None:
        """Writes what is waiting, then ends."""
        self.stopping = True
        self.wake.set()
        if self.thread:
            self.thread.join(timeout=10)

    def write(self, job: Callable[[Session], T]) -> T:
        """Runs `job(session)` in a transaction of its own; returns what it returned, committed."""
        return cast(T, self.put(_alone, job).wait())

    def put(self, many: Many, item: object) -> Ticket:
        """Queues `item` for `many(connection, items)`, which is given all its items at once.

        `many` returns one outcome an item; an exception is the outcome of a refused item.
        It must check before it writes. Raises Busy when the queue is full.
        """
        if len(self.waiting) >= self.limit or self.stopping:
            raise Busy
        if self.away_since and time.monotonic() - self.away_since > HOLD:
            raise Away
        ticket = Ticket(many, item)
        self.waiting.append(ticket)
        if not self.wake.is_set():  # its locks cost more than a look
            self.wake.set()
        return ticket

    @property
    def is_away(self) -> bool:
        """Is the database gone, or so slow that nobody gets an answer?"""
        began = self.began
        return bool(self.away_since or (began and time.monotonic() - began > LATE))

    def _run(self) -> None:
        while not (self.stopping and not self.waiting):
            self.wake.wait()
            self.wake.clear()
            while self.waiting:
                began = time.monotonic()
                for tickets in _together(self._take()):
                    self._write(tickets)
                self._pace(began)

    def _pace(self, began: float) -> None:
        """Lets the acknowledgements out, and a few more arrive; who is alone waits for nobody."""
        time.sleep(0)
        took = time.monotonic() - began
        self._rest(began + PACE, PLENTY)
        if began >= self.alone_until:
            self._rest(began + min(max(REST * took, SHORT), LONG), FEW)
            if len(self.waiting) <= HARDLY:
                self.alone_until = time.monotonic() + ALONE

    def _rest(self, until: float, enough: int) -> None:
        """Waits until then, or until so many wait."""
        while len(self.waiting) < enough and (left := until - time.monotonic()) > 0:
            self.gather(min(left, SHORT))
            time.sleep(min(left, SHORT))

    def _take(self) -> list[Ticket]:
        return [self.waiting.popleft() for _ in range(min(AT_ONCE, len(self.waiting)))]

    def _write(self, tickets: list[Ticket]) -> None:
        outcomes = self._outcomes(tickets)
        self.committed += len(tickets)
        for ticket, outcome in zip(tickets, outcomes, strict=True):
            ticket.finish(outcome)

    def _outcomes(self, tickets: list[Ticket]) -> Sequence[Outcome]:
        """What came of each; while the database is away, what waits is held for a while."""
        while True:
            try:
                outcomes = self._commit(tickets)
            except (OperationalError, InterfaceError) as error:
                if self._gives_up(error):
                    return [Away()] * len(tickets)
                time.sleep(AGAIN)
            except Exception as error:
                return [self._retry(ticket, error, len(tickets)) for ticket in tickets]
            else:
                self._is_back()
                return outcomes

    def _gives_up(self, error: Exception) -> bool:
        now = time.monotonic()
        if self.away_since is None:
            self.away_since = now
        if not self.is_told and now - self.away_since >= TOLD:
            self.is_told = True
            log.error("database_away", fault=type(error).__name__, said=_said(error))
        return now - self.away_since > HOLD or self.stopping

    def _is_back(self) -> None:
        if self.away_since is not None and self.is_told:
            log.warning("database_back", after=round(time.monotonic() - self.away_since, 1))
        self.away_since, self.is_told = None, False

    def probe(self) -> None:
        """Looks whether a database that was away is back; for a task to call now and then."""
        if self.away_since is not None and not self.waiting:
            self.waiting.append(Ticket(_nothing, None))
            self.wake.set()

    def _retry(self, ticket: Ticket, error: Exception, size: int) -> Outcome:
        """The outcome of a ticket whose transaction failed: tried alone, if it was in company."""
        if size > 1:
            try:
                return self._commit([ticket])[0]
            except Exception as again:
                error = again
        if not isinstance(error, Refusal):
            log.error("write_failed", fault=type(error).__name__)
        return error

    def _commit(self, tickets: Sequence[Ticket]) -> Sequence[Outcome]:
        self.began = began = time.monotonic()
        try:
            with self.store.transaction() as connection:
                outcomes = tickets[0].many(connection, [ticket.item for ticket in tickets])
        finally:
            self.began = None
        self.took(time.monotonic() - began, len(tickets))
        return outcomes


def _said(error: Exception) -> str:
    """What the database said, without the statement and its values."""
    return str(getattr(error, "orig", "")).splitlines()[0][:120] if error.args else ""


def _nothing(connection: Connection, items: Sequence[object]) -> list[None]:
    """Writes what is there already: that it could be committed is all, and a full disk refuses."""
    connection.execute(update(WorkerRow).values(seen_at=WorkerRow.seen_at))
    return [None] * len(items)


def _together(tickets: Sequence[Ticket]) -> list[list[Ticket]]:
    """What is written in one transaction each: all of one handler, but single jobs alone.

    Between two single jobs the order of handlers does not matter, and each locks its own rows in
    its own order: in a transaction of all, two workers could wait for each other.
    """
    groups: list[list[Ticket]] = []
    current: dict[Many, list[Ticket]] = {}
    for ticket in tickets:
        if ticket.many is _alone:
            current = {}
            groups.append([ticket])
        elif ticket.many in current:
            current[ticket.many].append(ticket)
        else:
            current[ticket.many] = [ticket]
            groups.append(current[ticket.many])
    return groups
