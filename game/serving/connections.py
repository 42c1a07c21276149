"""The connections of this process: fewer than it may have files open, and none that waits for ever.

A connection waits for a request (at first, and again after each answer), receives its body, is
answered, or has become a WebSocket, which the wire looks after. Whoever comes when all places are
taken gets that of the one that has waited longest.
"""

import errno
import resource
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Protocol

import structlog
from eventlet.greenio import GreenSocket

from game.base import metrics

KEPT = 128  # files for databases, logs, Redis and what is served
WAIT = 20.0  # seconds until a request is there; a proxy keeps its idle connections for less
RECEIVE = 60.0  # seconds until a body is there
ANSWER = 30.0  # seconds after which an answer gives way to somebody new, where it has to
AT_A_TIME = 32  # connections taken before others get their turn
TRIES, PAUSE = 25, 0.02  # seconds, for a place to become free
BUSY = (
    b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\n"
    b"Connection: close\r\nContent-Length: 0\r\n\r\n"
)
log = structlog.get_logger()


def places(asked: int) -> int:
    """How many connections leave enough files for everything else; fewer where that is asked."""
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    free = soft - KEPT if soft > 4 * KEPT else soft // 2
    return min(asked or free, free)


class Connection(Protocol):
    """Somebody who is served."""

    def hang_up(self) -> None: ...


class Connections:
    """All that are open, by what they do, those that have done it longest first."""

    def __init__(self, most: int, sleep: Callable[[float], object]) -> None:
        self.most = most
        self.sleep = sleep
        self.open = 0
        self.waiting: dict[Connection, float] = {}
        self.receiving: dict[Connection, float] = {}
        self.answering: dict[Connection, float] = {}

    def enter(self) -> bool:
        """Takes a place, somebody else's if need be; False where none becomes free."""
        for _ in range(TRIES):
            if self.open < self.most:
                self.open += 1
                return True
            self.make_room()
            self.sleep(PAUSE)
        return False

    def leave(self, connection: Connection) -> None:
        self._forget(connection)
        self.open -= 1

    def wait(self, connection: Connection) -> None:
        self._forget(connection)
        self.waiting[connection] = time.monotonic()

    def receive(self, connection: Connection) -> None:
        """Its request has a body, which is on its way."""
        self._forget(connection)
        self.receiving[connection] = time.monotonic()

    def answer(self, connection: Connection) -> None:
        self._forget(connection)
        self.answering[connection] = time.monotonic()

    def keep(self, connection: Connection) -> None:
        self._forget(connection)

    def _forget(self, connection: Connection) -> None:
        for doing in (self.waiting, self.receiving, self.answering):
            doing.pop(connection, None)

    def make_room(self) -> None:
        """Ends some of those that wait, or that are very slow."""
        slow = self._since(self.answering, ANSWER)
        for connection in [*self.waiting, *self.receiving, *slow][:AT_A_TIME]:
            self.end(connection)

    def end_late(self) -> None:
        """Ends those whose request does not come."""
        for connection in self._since(self.waiting, WAIT) + self._since(self.receiving, RECEIVE):
            self.end(connection)

    def _since(self, doing: dict[Connection, float], seconds: float) -> list[Connection]:
        now, late = time.monotonic(), []
        for connection, since in doing.items():
            if now - since < seconds:
                break
            late.append(connection)
        return late

    def end(self, connection: Connection) -> None:
        """Hangs up; whoever reads or writes there sees it."""
        metrics.ENDED.inc()
        self._forget(connection)
        connection.hang_up()

    def watch(self) -> None:
        """Ends those that are late, for ever."""
        while True:
            self.sleep(1)
            self.end_late()


class Listener:
    """A listening socket whose `accept` gives only what there is a place for, and never fails."""

    def __init__(self, sock: GreenSocket, connections: Connections) -> None:
        self.sock = sock
        self.connections = connections
        self.taken = 0
        self.is_short = False

    def __getattr__(self, name: str) -> Any:
        return getattr(self.sock, name)

    def accept(self) -> tuple[GreenSocket, object]:
        """The next (socket, address). Raises OSError (ESHUTDOWN) once the listener is closed."""
        while True:
            self.taken += 1
            if self.taken % AT_A_TIME == 0:
                self.connections.sleep(0)
            try:
                sock, address = self.sock.accept()
            except OSError as error:
                self._wait_out(error)
                continue
            if self.connections.enter():
                return sock, address
            self._refuse(sock)

    def _wait_out(self, error: OSError) -> None:
        """No descriptor is free, or the other side has gone already."""
        if self.sock.fileno() < 0:
            raise OSError(errno.ESHUTDOWN, "the door is shut")
        if error.errno in (errno.ECONNABORTED, errno.ECONNRESET, errno.EPROTO):
            return
        metrics.SHORT.inc()
        if not self.is_short:
            self.is_short = True
            log.error("no_descriptor", fault=errno.errorcode.get(error.errno or 0, "?"))
        self.connections.make_room()
        self.connections.sleep(PAUSE)

    def _refuse(self, sock: GreenSocket) -> None:
        metrics.SHORT.inc()
        with suppress(OSError):
            sock.fd.send(BUSY)
        sock.close()
