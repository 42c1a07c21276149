"""One phone of the load: it loads the page, joins, opens its socket, answers and listens."""

import base64
import os
import socket
import time
from collections.abc import Callable

import orjson

from bench.frames import CLOSE, masked, split
from bench.loop import Loop
from bench.room import Room, answer

now = time.perf_counter
PONG = masked(b"3")


class Phone:
    """A line to the server, and when what happened on it (seconds of the loop's clock)."""

    __slots__ = (
        "acked",
        "auth",
        "buffer",
        "cookie",
        "given",
        "heard",
        "loop",
        "nickname",
        "number",
        "port",
        "reload",
        "room",
        "screen_at",
        "screens",
        "seat",
        "sent_at",
        "sock",
        "source",
        "state",
    )

    sock: socket.socket

    def __init__(self, loop: Loop, port: int, room: Room, name: str = "", seat: int = 0) -> None:
        self.loop, self.port, self.room, self.nickname, self.seat = loop, port, room, name, seat
        self.cookie = self.source = ""  # `source`: an address of its own, or the machine's
        self.reload = False  # a browser without scripts asks for its page again
        self.auth: dict[str, object] = {"surface": "phone", "workshop": room.id, "lang": "fr"}
        self.acked: Callable[[Phone, int, bytes], None] | None = None
        self.heard: Callable[[Phone, bytes], None] | None = None
        self.number = self.screens = self.given = 0
        self.screen_at = self.sent_at = 0.0
        self.state, self.buffer = "gone", b""

    # -- the connection --

    def _connect(self, state: str) -> None:
        self.sock = socket.socket()
        self.sock.setblocking(False)
        self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.state, self.buffer = state, b""
        if self.source:
            self.sock.bind((self.source, 0))
        self.sock.connect_ex(("127.0.0.1", self.port))
        self.loop.watch(self)

    def come(self) -> None:
        """As after scanning the code: the page, the sign-in, the socket."""
        self.screen_at = 0.0
        self._connect("page")

    def open(self) -> None:
        """The socket alone, with the cookie that the phone has."""
        self.screen_at = 0.0
        self._connect("socket")

    def leave(self) -> None:
        """The network is gone: no word of goodbye."""
        if self.state != "gone":
            self.loop.drop(self)
        self.state = "gone"

    def writable(self) -> None:
        """The connection stands: says what this state asks for."""
        self.loop.read_only(self)
        if self.state == "page":
            self._page()
        else:
            self._upgrade()

    def _page(self) -> None:
        self._http(f"GET /{self.room.code} HTTP/1.1\r\nAccept-Language: fr\r\n", b"")

    def _http(self, head: str, body: bytes) -> None:
        cookie = f"Cookie: {self.cookie}\r\n" if self.cookie else ""
        self.sock.send(f"{head}Host: 127.0.0.1:{self.port}\r\n{cookie}\r\n".encode() + body)

    def _upgrade(self) -> None:
        key = base64.b64encode(os.urandom(16)).decode()
        self._http(
            "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nUpgrade: websocket\r\n"
            f"Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n",
            b"",
        )

    # -- what comes in --

    def readable(self) -> None:
        """Takes what is there."""
        try:
            data = self.sock.recv(262_144)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self.leave()
            return
        self.buffer += data
        if self.state == "open":
            self._frames()
        else:
            self._answer()

    def _answer(self) -> None:
        head, found, rest = self.buffer.partition(b"\r\n\r\n")
        if not found:
            return
        if self.state == "socket":
            assert b" 101 " in head[:20], head[:200]
            self.state, self.buffer = "open", rest
            self.say(b"40" + orjson.dumps(self.auth))
            self._frames()
            return
        size = int(head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0])
        if len(rest) < size:
            return
        self.buffer = rest[size:]
        self._on_page(head, rest[:size])

    def _on_page(self, head: bytes, body: bytes) -> None:
        assert b" 200 " in head[:20], (head[:200], body[:300])
        for line in head.split(b"\r\n"):
            if line.lower().startswith(b"set-cookie:"):
                self.cookie = line[11:].partition(b";")[0].strip().decode()
        if self.state == "page":
            self.state = "join"
            self._sign_in()
        elif self.state == "join" and self.reload:
            self.state = "own page"
            self._page()
        else:
            self.loop.drop(self)
            self._connect("socket")

    def _sign_in(self) -> None:
        sent = orjson.dumps({"nickname": self.nickname})
        self._http(
            f"POST /{self.room.code}/join HTTP/1.1\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(sent)}\r\n",
            sent,
        )

    def _frames(self) -> None:
        frames, self.buffer = split(self.buffer)
        for opcode, payload in frames:
            if opcode == CLOSE:
                self.leave()
                return
            self._packet(payload)

    def _packet(self, packet: bytes) -> None:
        start = packet[:2]
        if start == b"43":
            cut = packet.index(b"[")
            if self.acked:
                self.acked(self, int(packet[2:cut]), packet[cut:])
        elif start == b"42":
            if packet.startswith(b'42["screen"'):
                self.screens += 1
                self.screen_at = now()
            if self.heard:
                self.heard(self, packet)
        elif start == b"2":
            self.sock.send(PONG)
        elif start == b"44":
            raise AssertionError(f"refused: {packet[:200]!r}")

    # -- what goes out --

    def say(self, packet: bytes) -> None:
        """Sends one Engine.IO packet."""
        self.sock.send(masked(packet))

    def emit(self, event: str, payload: object) -> int:
        """Sends an event that asks for an acknowledgement; returns its number."""
        self.number += 1
        self.sent_at = now()
        self.say(b"42%d" % self.number + orjson.dumps([event, payload]))
        return self.number

    def submit(self, id: str = "") -> None:
        """Sends its next answer to the open round, or the last one again under its `id`."""
        self.given += not id
        sent = {
            "id": id or os.urandom(8).hex(),
            "round": self.room.open,
            "answer": answer(self.room.kind, self.given, self.seat),
        }
        self.emit("submit", sent)
