"""A leaner transport beneath Engine.IO, for thousands of phones in one process.

A frame is made once for all who are sent it and written straight to their sockets; a phone has
one greenlet instead of three; one that does not read is cut at BACKLOG bytes instead of filling
memory; one task pings them all. Every frame is paid for before it is read (allowance.py). It
stands on inner parts of python-engineio 4.15 and python-socketio 5.18, which the lock file pins:
`WIRE=stock` goes back to theirs, and the tests of the wire run with both.
"""

import time
from collections import deque
from collections.abc import Callable, Iterator
from typing import TypeVar
from wsgiref.types import StartResponse, WSGIEnvironment

from engineio import packet
from eventlet import spawn_n
from socketio import Server

from game.base import metrics
from game.live.wire import allowance as price
from game.live.wire.allowance import Allowances
from game.live.wire.line import Line

SIT = 10.0  # seconds in which a line has to say whose it is
TOO_MANY = (
    "429 Too Many Requests",
    [("Connection", "close"), ("Retry-After", "5"), ("Content-Length", "0")],
)

L = TypeVar("L", bound=Line)


class Lean:
    """All lines of a server, put in the place of its own.

    `who(environ)` names whom a handshake's cookie says it is, "" for a stranger.
    """

    def __init__(self, server: Server, who: Callable[[WSGIEnvironment], str]) -> None:
        self.server = server
        self.eio = server.eio
        self.allowances = Allowances(who)
        self.coming: deque[tuple[float, Line]] = deque()
        self.due: deque[tuple[float, Line]] = deque()
        self.eio.start_service_task = False
        self.eio._handle_connect = self._handle_connect
        spawn_n(self._ping)

    def _handle_connect(
        self, environ: WSGIEnvironment, start: StartResponse, _transport: str, _jsonp: object = None
    ) -> object:
        line = self.admit(Line, environ)
        if line is None:
            start(*TOO_MANY)
            return []
        try:
            self.begin(line, environ)
            return line.handle_get_request(environ, start)
        finally:
            line.close(wait=False, abort=True)  # also where the handshake was none
            self.eio.sockets.pop(line.sid, None)
            line.allowance.lines -= 1

    def admit(self, kind: type[L], environ: WSGIEnvironment) -> L | None:
        """A line for whoever asks, counted in its allowance; None where that is spent."""
        allowance, named = self.allowances.of(environ)
        if allowance.left < 0 or allowance.lines >= price.LINES:
            metrics.BAD.labels("handshakes").inc()
            return None
        allowance.spend(price.HANDSHAKE)
        allowance.lines += 1
        return kind(self.eio, self.eio.generate_id(), allowance, named)

    def begin(self, line: Line, environ: WSGIEnvironment) -> None:
        """Tells a line how to go on, and the game of it; it has to say soon whose it is."""
        self.eio.sockets[line.sid] = line
        line.send(packet.Packet(packet.OPEN, self._opening(line.sid)))
        self.eio._trigger_event("connect", line.sid, environ, run_async=False)
        self.coming.append((time.monotonic() + SIT, line))

    def charge(self, sid: str, cost: float) -> None:
        """Has a connection pay for what it asked, in frames; it waits for that before its next."""
        line = self.eio.sockets.get(self.server.manager.eio_sid_from_sid(sid, "/"))
        if line is not None:
            line.allowance.spend(cost)

    def _opening(self, sid: str) -> dict[str, object]:
        eio = self.eio
        return {
            "sid": sid,
            "upgrades": [],
            "pingTimeout": int(eio.ping_timeout * 1000),
            "pingInterval": int(eio.ping_interval * 1000),
            "maxPayload": eio.max_http_buffer_size,
        }

    def _ping(self) -> None:
        """Pings each line once an interval, and ends those that were silent since the last one."""
        ping = packet.Packet(packet.PING)
        while True:
            now = time.monotonic()
            for line in self._ripe(self.coming, now):
                self._sit(line, now)
            for line in self._ripe(self.due, now):
                self._ping_one(line, ping, now)
            self.eio.sleep(0.2)

    def _ripe(self, lines: deque[tuple[float, Line]], now: float) -> Iterator[Line]:
        while lines and lines[0][0] <= now:
            _, line = lines.popleft()
            if not line.closed:
                yield line

    def _sit(self, line: Line, now: float) -> None:
        """A line that has not said whose it is gives its place to others."""
        if not self._is_seated(line):
            line.hang_up()  # its reader will see the end, and tell the game
            return
        line.leave_strangers()
        self.due.append((now + self.eio.ping_interval - SIT, line))

    def _is_seated(self, line: Line) -> bool:
        return bool(self.server.manager.sid_from_eio_sid(line.sid, "/"))

    def _ping_one(self, line: Line, ping: object, now: float) -> None:
        if not line.heard or not self._is_seated(line):
            line.hang_up()
            return
        line.heard = False
        line.send(ping)
        self.due.append((now + self.eio.ping_interval, line))
