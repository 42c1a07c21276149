"""WebSocket frames, RFC 6455: read from one buffer, and made once for all who are sent them."""

from collections.abc import Iterator
from dataclasses import dataclass, field

CONTINUED, TEXT, BINARY, CLOSE, PING, PONG = 0, 1, 2, 8, 9, 10
NORMAL, PROTOCOL_ERROR, NOT_UTF8, FLOODING, TOO_BIG = 1000, 1002, 1007, 1008, 1009


MOST_PARTS = 256  # frames in one message; browsers send one


class BadFrame(Exception):
    """What came in is no frame of a client; `code` says why (RFC 6455, 7.4.1)."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


def frame(payload: bytes, opcode: int = TEXT) -> bytes:
    """A server's frame: whole, and not masked."""
    size = len(payload)
    if size < 126:
        return bytes((0x80 | opcode, size)) + payload
    if size < 65_536:
        return bytes((0x80 | opcode, 126)) + size.to_bytes(2, "big") + payload
    return bytes((0x80 | opcode, 127)) + size.to_bytes(8, "big") + payload


def unmask(payload: bytes, mask: bytes) -> bytes:
    """The payload as the client meant it."""
    size = len(payload)
    key = (mask * (size // 4 + 1))[:size]
    return (int.from_bytes(payload, "big") ^ int.from_bytes(key, "big")).to_bytes(size, "big")


@dataclass
class Incoming:
    """Bytes of one client, until they are whole messages of at most `most` bytes."""

    most: int
    buffer: bytes = b""
    parts: bytearray = field(default_factory=bytearray)
    count: int = 0  # frames of the message so far: empty ones cost time too
    opcode: int = 0
    at: int = 0  # how far the buffer has been read: cut once a feed, not once a frame

    def feed(self, data: bytes) -> Iterator[tuple[int, bytes] | None]:
        """For each frame that is there: the message it ends, as (opcode, payload), or None.

        A frame is looked at when it is asked for, not before. Raises BadFrame.
        """
        self.buffer += data
        while (one := self._next()) is not None:
            yield self._whole(*one)
        self.buffer, self.at = self.buffer[self.at :], 0

    def _next(self) -> tuple[int, bytes] | None:
        """The first frame of the buffer, if it is there: (its first byte, its payload)."""
        buffer, start = self.buffer, self.at
        if len(buffer) < start + 2:
            return None
        size, at = buffer[start + 1] & 0x7F, start + 2
        if size > 125:
            at = start + (4 if size == 126 else 10)
            if len(buffer) < at:
                return None
            size = int.from_bytes(buffer[start + 2 : at], "big")
        self._check(buffer[start], buffer[start + 1], size)
        end = at + 4 + size
        if len(buffer) < end:
            return None
        self.at = end
        return buffer[start], unmask(buffer[at + 4 : end], buffer[at : at + 4])

    def _check(self, first: int, second: int, size: int) -> None:
        """Clients mask, reserve nothing, and control in few bytes and one piece."""
        opcode = first & 0x0F
        control = opcode >= CLOSE
        if first & 0x70 or not second & 0x80 or opcode not in (0, 1, 2, 8, 9, 10):
            raise BadFrame(PROTOCOL_ERROR)
        if control and (size > 125 or not first & 0x80):
            raise BadFrame(PROTOCOL_ERROR)
        if size + len(self.parts) > self.most or self.count > MOST_PARTS:
            raise BadFrame(TOO_BIG)

    def _whole(self, first: int, payload: bytes) -> tuple[int, bytes] | None:
        opcode, last = first & 0x0F, first & 0x80
        if opcode >= CLOSE or (last and opcode and not self.opcode):
            return opcode, payload
        if bool(opcode) == bool(self.opcode):
            raise BadFrame(PROTOCOL_ERROR)  # a beginning within a message, or an end of none
        self.opcode = self.opcode or opcode
        self.parts += payload
        self.count += 1
        if not last:
            return None
        message = self.opcode, bytes(self.parts)
        self.opcode, self.parts, self.count = 0, bytearray(), 0
        return message
