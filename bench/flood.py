"""A client without manners: connections that send the same frames as fast as they are taken."""

import os
import select
import socket
import time
from base64 import b64encode

import orjson

from bench.frames import masked

BLOCK = 16_384  # bytes given to the system at a time
FRAMES = {
    "pings": masked(b"", opcode=9),
    "pongs": masked(b"", opcode=10),
    "Engine.IO pongs": masked(b"3"),
    "unknown packets": masked(b"9"),
    "empty packets": masked(b""),
    "bad packets": masked(b'42["submit"'),
    "events of another namespace": masked(b'42/admin,["submit",{}]'),
    "acknowledgements": masked(b"437[]"),
    "unknown events": masked(b'427["fly",{}]'),
    "sync": masked(b'427["sync",{"v":0}]'),
    "clock": masked(b'427["clock"]'),
    "command": masked(b'427["command",{"do":"next","v":1}]'),
    "submit": masked(b'427["submit",{"id":"aaaaaaaaaa","round":"r","answer":{}}]'),
    "wrong CONNECTs": masked(b'40{"surface":"projector","workshop":"x","key":"y"}'),
    "large messages": masked(b'427["fly","' + b"x" * 60_000 + b'"]'),
    "empty parts": bytes((1, 0x80, 0, 0, 0, 0, 0x80, 0x80, 0, 0, 0, 0)),
}


def upgrade(port: int, cookie: str = "") -> socket.socket:
    """A WebSocket, its handshake done."""
    sock = socket.create_connection(("127.0.0.1", port), timeout=30)
    key = b64encode(os.urandom(16)).decode()
    sock.sendall(
        (
            "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: x\r\n"
            "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            f"Sec-WebSocket-Key: {key}\r\n" + (f"Cookie: {cookie}\r\n" if cookie else "") + "\r\n"
        ).encode()
    )
    data = b""
    while b"\r\n\r\n" not in data:
        more = sock.recv(4096)
        assert more, data
        data += more
    assert b" 101 " in data[:20], data
    return sock


def seat(sock: socket.socket, auth: dict[str, object]) -> socket.socket:
    """The same, let in by the game."""
    sock.sendall(masked(b"40" + orjson.dumps(auth)))
    data = b""
    while b'40{"sid"' not in data:
        more = sock.recv(65_536)
        assert more, data
        data += more
    return sock


class Flood:
    """So many connections, each with the frame that it repeats."""

    def __init__(self, lines: list[tuple[socket.socket, bytes]]) -> None:
        self.epoll = select.epoll()
        self.lines = {sock.fileno(): sock for sock, _ in lines}
        self.blocks = {sock.fileno(): frame * (BLOCK // len(frame) + 1) for sock, frame in lines}
        self.at = dict.fromkeys(self.lines, 0)
        self.sent = 0
        for sock in self.lines.values():
            sock.setblocking(False)
            self.epoll.register(sock, select.EPOLLIN | select.EPOLLOUT)

    def go_on(self, seconds: float) -> bool:
        """Sends and reads all this time; were all cut before its end?"""
        end = time.monotonic() + seconds
        while self.lines and time.monotonic() < end:
            for number, events in self.epoll.poll(0.1):
                try:
                    self._turn(number, events)
                except BlockingIOError:
                    continue
                except OSError:
                    self._drop(number)
        return not self.lines

    def _turn(self, number: int, events: int) -> None:
        sock, block = self.lines[number], self.blocks[number]
        if events & select.EPOLLIN and not sock.recv(1 << 20):
            raise ConnectionResetError
        if events & select.EPOLLOUT:
            count = sock.send(block[self.at[number] :])
            self.at[number] = (self.at[number] + count) % len(block)
            self.sent += count

    def _drop(self, number: int) -> None:
        self.epoll.unregister(number)
        self.lines.pop(number).close()

    def stop(self) -> None:
        """Closes what is left."""
        for number in list(self.lines):
            self._drop(number)
