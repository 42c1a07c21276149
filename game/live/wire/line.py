"""One phone's line: its frames out, within bounds, and its frames in, each paid for.

It stands on inner parts of python-engineio and eventlet, as lean.py says.
"""

import errno
import socket as system
import time
from collections.abc import Iterable

import structlog
from engineio import packet
from engineio.server import Server
from engineio.socket import Socket
from eventlet import sleep, spawn_n
from eventlet.greenio import GreenSocket
from eventlet.hubs import get_hub, trampoline
from eventlet.websocket import WebSocket
from greenlet import getcurrent, greenlet

from game.base import metrics
from game.live.wire import allowance as price
from game.live.wire.allowance import Allowance
from game.live.wire.frames import (
    BINARY,
    CLOSE,
    FLOODING,
    NOT_UTF8,
    PING,
    PONG,
    BadFrame,
    Incoming,
    frame,
)

BACKLOG = 256 * 1024  # bytes: some twenty screens behind; as much waits in the system at most
READ = 16_384  # bytes: a client that sends more than is handled waits
PAUSE = 0.25  # seconds of debt that are worth a pause
FLOOD = 10.0  # seconds in debt after which a line is cut
log = structlog.get_logger()


def _gone() -> None:
    """Somebody else closed the socket: the reader sees it by itself."""


def framed(pkt: packet.Packet) -> bytes:
    """A packet's frame, made once and kept on the packet."""
    made: bytes | None = getattr(pkt, "frame", None)
    if made is None:
        encoded = pkt.encode()
        made = frame(encoded, BINARY) if isinstance(encoded, bytes) else frame(encoded.encode())
        pkt.frame = made
    return made


class Line(Socket):  # type: ignore[misc]  # engineio is not typed
    """One phone's Engine.IO socket: what is sent goes out at once, or waits within bounds."""

    def __init__(self, server: Server, sid: str, allowance: Allowance, named: bool) -> None:
        self.server = server
        self.sid = sid
        self.allowance = allowance
        self.named = named
        self.owed, self.paid_at = 0.0, 0.0  # seconds in debt, and when it last was
        self.told: set[str] = set()  # what was logged of this line, once each
        self.wire: GreenSocket = None
        self.backlog = bytearray()
        self.last_ping = 0.0  # engineio asks for it; here the pinger knows
        self.heard = True
        self.reader: greenlet = None
        self.inbox = b""
        self.parked = self.ended = False
        self.listener: object = None
        self.connected = self.upgrading = self.upgraded = False
        self.closing = self.closed = False
        self.session: dict[str, object] = {}

    # -- out --

    def send(self, pkt: object) -> None:
        """Writes a packet, or keeps it until the phone reads on."""
        if not self.closed:
            self.write(framed(pkt))

    def write(self, data: bytes) -> None:
        """Writes bytes; what the phone does not take waits, and too much of it cuts the line."""
        if self.wire is None or self.backlog:
            self.backlog += data
            if len(self.backlog) > BACKLOG:
                self._cut()
            return
        sent = self._try(data)
        if sent < len(data):
            self.backlog += data[sent:]
            spawn_n(self._drain)

    def _try(self, data: bytes | bytearray) -> int:
        try:
            return int(self.wire.send(data))
        except OSError as error:
            if error.errno not in (errno.EAGAIN, errno.EWOULDBLOCK):
                self.hang_up()
                return len(data)
            return 0

    def _drain(self) -> None:
        while self.backlog and not self.closed:
            try:
                trampoline(self.wire, write=True)
            except OSError:
                return
            del self.backlog[: self._try(self.backlog)]

    def _cut(self) -> None:
        """The phone does not read: it will come back and ask for the whole screen."""
        log.warning("line_cut", waiting=len(self.backlog))
        metrics.CUT.inc()
        self.backlog.clear()
        self.hang_up()

    def hang_up(self) -> None:
        """Ends the reading, and with it the line."""
        try:
            if self.wire is not None:
                self.wire.shutdown(system.SHUT_RDWR)
        except OSError:
            pass

    # -- in --

    def _websocket_handler(self, ws: WebSocket) -> list[bytes]:
        """Reads until the line ends; called by eventlet once the handshake is done."""
        self.connected = self.upgraded = True
        ws.socket.settimeout(None)
        self.wire = ws.socket.fd
        self.wire.setsockopt(system.IPPROTO_TCP, system.TCP_NODELAY, 1)
        self.wire.setsockopt(system.SOL_SOCKET, system.SO_SNDBUF, BACKLOG)
        early, self.backlog = bytes(self.backlog), bytearray()
        self.write(early)
        try:
            self._read()
        except BadFrame as bad:
            self._note("bad_frame", code=bad.code)
            self.write(frame(bad.code.to_bytes(2, "big"), CLOSE))
            ws.websocket_closed = True
        except OSError:
            pass
        finally:
            self.close(wait=False, abort=True, reason=self.server.reason.TRANSPORT_CLOSE)
        return []

    def _note(self, event: str, **about: object) -> None:
        """Counts what was wrong, and logs it once a line."""
        kind = " ".join(map(str, (event, *about.values())))
        metrics.BAD.labels(kind).inc()
        if kind not in self.told:
            self.told.add(kind)
            log.warning(event, **about)

    def _read(self) -> None:
        """Hands on what comes, in its order, until the line ends."""
        self.reader = getcurrent()
        self._listen()
        incoming = Incoming(self.server.max_http_buffer_size)
        try:
            while not self.closed:
                data = self._next()
                if not data or not self._take(incoming.feed(data)):
                    return
        finally:
            self._stop_listening()

    def _listen(self) -> None:
        """Hears what comes in from now on.

        A listener stays while its client keeps within bounds: to come and go with each message,
        as a green socket's does, would cost more than the message.
        """
        hub = get_hub()
        number, tell = self.wire.fileno(), self._readable
        self.listener = hub.add(hub.READ, number, tell, self.reader.throw, _gone)

    def _next(self) -> bytes:
        """What came in since the last time; waits for it."""
        if not self.inbox and not self.ended:  # the end may come while a message is handled
            if self.listener is None:
                self._listen()
            self.parked = True
            get_hub().switch()
        data, self.inbox = self.inbox, b""
        return b"" if self.ended and not data else data

    def _readable(self, _number: int) -> None:
        """Called by eventlet's hub: takes what is there, also while a message is being handled."""
        try:
            data = self.wire.recv(READ)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        self.inbox += data
        self.ended = self.ended or not data
        if self.ended or len(self.inbox) >= READ:
            self._stop_listening()  # its sender waits
        if self.parked:
            self.parked = False
            self.reader.switch()

    def _stop_listening(self) -> None:
        if self.listener is not None:
            get_hub().remove(self.listener)
            self.listener = None

    def _take(self, frames: Iterable[tuple[int, bytes] | None]) -> bool:
        """Handles what the frames bring; False once the phone said goodbye."""
        for n, message in enumerate(frames, 1):
            opcode, payload = message or (PONG, b"")
            if n > 1:
                sleep(0)  # others first: this client said more than one thing
            self._pay(payload)
            self.heard = True
            if self.closed or opcode == CLOSE:
                return False
            self._message(opcode, payload)
        return True

    def _pay(self, payload: bytes) -> None:
        """Pays for a frame before it is read; who owes much waits for a while."""
        cost = price.CONNECT if payload.startswith(b"40") else price.FRAME
        owed = self.allowance.spend(cost + len(payload) // price.BYTES)
        if owed > PAUSE:
            self._pause(owed)

    def _pause(self, seconds: float) -> None:
        """Does not read on until nothing is owed. Raises BadFrame where that never ends."""
        now = time.monotonic()
        self.owed = self.owed + seconds if now - self.paid_at < 2 * PAUSE else seconds
        if self.owed > FLOOD:
            raise BadFrame(FLOODING)
        self._stop_listening()
        sleep(seconds)
        self.paid_at = time.monotonic()

    def leave_strangers(self) -> None:
        """A stranger that was let in, as a projector is, has an allowance of its own."""
        if not self.named:
            self.allowance.lines -= 1
            self.allowance, self.named = Allowance(), True
            self.allowance.lines += 1

    def _message(self, opcode: int, payload: bytes) -> None:
        if opcode == PING:
            self.write(frame(payload, PONG))
        elif opcode != PONG:
            try:
                text = payload.decode()
            except UnicodeDecodeError:
                raise BadFrame(NOT_UTF8) from None
            self._packet(text)

    def _packet(self, text: str) -> None:
        """Hands an Engine.IO packet on; one that is none is counted and passed over."""
        try:
            received = packet.Packet(encoded_packet=text)
            if received.packet_type == packet.MESSAGE:
                self.server.handlers["message"](self.sid, received.data)
            else:
                self.receive(received)
        except Exception as error:
            self.allowance.spend(price.BAD)
            self._note("bad_packet", fault=type(error).__name__)

    # -- the end --

    def schedule_ping(self) -> None:
        """Nothing: the pinger has all lines on its list."""

    def close(self, wait: bool = True, abort: bool = False, reason: object = None) -> None:
        """Ends the line and tells the game, once."""
        if self.closing or self.closed:
            return
        self.closing = True
        why = reason or self.server.reason.SERVER_DISCONNECT
        self.server._trigger_event("disconnect", self.sid, why, run_async=False)
        if not abort:
            self.send(packet.Packet(packet.CLOSE))
        self.closed = True
        self.backlog.clear()
        self.hang_up()
