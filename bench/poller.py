"""A phone of the load whose network lets no WebSocket through: two lines, one that waits."""

import socket

import orjson

from bench.loop import Loop
from bench.phone import Phone
from bench.room import Room

SEPARATOR = b"\x1e"


def response(data: bytes) -> tuple[bytes, bytes, bytes] | None:
    """The first response in `data`, as (head, body, what is left over); None if it is not whole."""
    head, found, rest = data.partition(b"\r\n\r\n")
    if not found:
        return None
    size = int(head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0])
    return (head, rest[:size], rest[size:]) if len(rest) >= size else None


class Voice:
    """The line on which such a phone speaks: one request at a time, with all that waits."""

    sock: socket.socket

    def __init__(self, phone: "PollingPhone") -> None:
        self.phone = phone
        self.waiting: list[bytes] = []
        self.busy = True
        self.buffer = b""
        self.sock = socket.socket()
        self.sock.setblocking(False)
        self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.sock.connect_ex(("127.0.0.1", phone.port))
        phone.loop.watch(self)

    def say(self, packet: bytes) -> None:
        """Sends a packet now, or with the next request."""
        self.waiting.append(packet)
        self._next()

    def _next(self) -> None:
        if self.busy or not self.waiting:
            return
        self.busy, body = True, SEPARATOR.join(self.waiting)
        self.waiting.clear()
        head = f"POST {self.phone.path}&sid={self.phone.sid} HTTP/1.1\r\nHost: x\r\n"
        self.sock.send(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)

    def writable(self) -> None:
        """The connection stands."""
        self.phone.loop.read_only(self)
        self.busy = False
        self._next()

    def readable(self) -> None:
        """What was said was heard."""
        data = self.sock.recv(65_536)
        assert data, "the server closed the line of a phone that polls"
        self.buffer += data
        while (whole := response(self.buffer)) is not None:
            head, _, self.buffer = whole
            assert b" 200 " in head[:20], head[:200]
            self.busy = False
        self._next()


class PollingPhone(Phone):
    """The same phone by polling."""

    path = "/socket.io/?EIO=4&transport=polling"

    def __init__(self, loop: Loop, port: int, room: Room, name: str = "", seat: int = 0) -> None:
        super().__init__(loop, port, room, name, seat)
        self.sid = ""
        self.voice: Voice | None = None

    def leave(self) -> None:
        """The network is gone, for both lines."""
        if self.voice is not None:
            self.loop.drop(self.voice)
            self.voice = None
        super().leave()

    def _upgrade(self) -> None:
        self._http(f"GET {self.path} HTTP/1.1\r\n", b"")

    def _answer(self) -> None:
        if self.state != "socket":
            super()._answer()
            return
        whole = response(self.buffer)
        if whole is None:
            return
        _, body, self.buffer = whole
        self.sid = str(orjson.loads(body[1:])["sid"])
        self.state, self.voice = "open", Voice(self)
        self.say(b"40" + orjson.dumps(self.auth))
        self._poll()

    def _poll(self) -> None:
        self.sock.send(f"GET {self.path}&sid={self.sid} HTTP/1.1\r\nHost: x\r\n\r\n".encode())

    def _frames(self) -> None:
        while (whole := response(self.buffer)) is not None:
            head, body, self.buffer = whole
            assert b" 200 " in head[:20], head[:200]
            self._poll()
            for packet in body.split(SEPARATOR):
                if packet == b"2":
                    self.say(b"3")
                else:
                    self._packet(packet)

    def say(self, packet: bytes) -> None:
        """Sends one Engine.IO packet."""
        assert self.voice is not None
        self.voice.say(packet)
