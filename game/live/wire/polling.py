"""Clients whose network lets no WebSocket through: they poll, and are otherwise like all others.

A poll is a GET that waits until there is something to bring; what the client says is a POST. The
library's own transport does the same with a queue and a task a client, and without a bound.
"""

from wsgiref.types import StartResponse, WSGIEnvironment

from engineio import packet
from eventlet import spawn_n
from eventlet.event import Event

from game.live.wire.allowance import Allowance
from game.live.wire.frames import BadFrame
from game.live.wire.lean import TOO_MANY, Lean
from game.live.wire.line import BACKLOG, Line

NOTHING, ENDED = packet.Packet(packet.NOOP), packet.Packet(packet.CLOSE)
SEPARATOR = "\x1e"


class Polled(Line):
    """One client that polls: what is sent to it waits for its next poll, within bounds."""

    def __init__(self, server: object, sid: str, allowance: Allowance, named: bool) -> None:
        super().__init__(server, sid, allowance, named)
        self.connected = True
        self.packets: list[packet.Packet] = []
        self.size = 0
        self.poll: Event | None = None  # the poll that waits; it is sent whether to bring packets

    # -- out --

    def send(self, pkt: packet.Packet) -> None:
        """Gives a packet to the poll that waits, or keeps it for the next one."""
        if self.closed:
            return
        self.packets.append(pkt)
        self.size += len(pkt.encode(b64=True))
        if self.size > BACKLOG:
            self._cut()
        else:
            self._end_poll(bring=True)

    def _end_poll(self, *, bring: bool) -> None:
        poll, self.poll = self.poll, None
        if poll is not None:
            poll.send(bring)

    def handle_get_request(self, _environ: object, _start: object) -> list[packet.Packet]:
        """What is there to bring, as soon as there is something."""
        if not self._paid(""):
            return [ENDED]
        self._end_poll(bring=False)  # whoever polls anew has given up the poll before
        if not self.packets and not self.closed:
            self.poll = poll = Event()
            if not poll.wait():
                return [NOTHING]
        packets, self.packets, self.size = self.packets, [], 0
        return packets or [NOTHING]

    # -- in --

    def handle_post_request(self, environ: WSGIEnvironment) -> None:
        """Hands on what the client says, in its order; the relay has seen to what it may be."""
        for text in environ["wsgi.input"].read().decode().split(SEPARATOR):
            if self.closed or not self._paid(text):
                return
            self._packet(text)

    def _paid(self, text: str) -> bool:
        """Pays for a request or a packet; False where the client floods and was ended."""
        self.heard = True
        try:
            self._pay(text.encode())
        except BadFrame as bad:
            self._note("bad_frame", code=bad.code)
            self.hang_up()
            return False
        return True

    # -- the end --

    def hang_up(self) -> None:
        """Ends the line; what waits is brought to a poll that is there."""
        if not self.closing:
            gone = self.server.reason.TRANSPORT_CLOSE
            spawn_n(self.close, wait=False, abort=True, reason=gone)
        self._end_poll(bring=True)

    def close(self, wait: bool = True, abort: bool = False, reason: object = None) -> None:
        """Ends the line and tells the game, once."""
        is_first = not (self.closing or self.closed)
        super().close(wait, abort, reason)
        if is_first:
            self.server.sockets.pop(self.sid, None)
            self.allowance.lines -= 1


class Polling:
    """Lets clients that poll in beside the lines of a server."""

    def __init__(self, lean: Lean) -> None:
        self.lean = lean
        self.eio = lean.eio
        self.by_websocket = self.eio._handle_connect
        self.eio._handle_connect = self._handle_connect

    def _handle_connect(
        self, environ: WSGIEnvironment, start: StartResponse, transport: str, jsonp: object = None
    ) -> object:
        if transport != "polling":
            return self.by_websocket(environ, start, transport, jsonp)
        line = self.lean.admit(Polled, environ)
        if line is None:
            start(*TOO_MANY)
            return []
        self.lean.begin(line, environ)
        return self.eio._ok(line.handle_get_request(environ, start))
