"""Heads of requests, read without the parser for mail that the standard library uses for them.

Everyday heads only: whatever is unusual goes to the standard library as it came.
"""

import re
from io import BytesIO
from typing import Any

from eventlet.wsgi import HttpProtocol

LINE = re.compile(rb"(GET|POST|HEAD|PUT|DELETE|OPTIONS) (/[^\s]*) HTTP/1\.1\r\n")
FIELD = re.compile(rb"([A-Za-z0-9!#$%&'*+.^_`|~-]+):[ \t]*([^\r\n\0]*?)[ \t]*\r\n")
MOST = 100  # fields, as in the standard library
ONCE = ("content-length", "transfer-encoding", "host", "connection", "expect", "content-type")


class Head(dict[str, str]):
    """The fields of a request: by lower-case name, and in their order."""

    def __init__(self, fields: list[tuple[str, str]]) -> None:
        super().__init__((name.lower(), value) for name, value in fields)
        self._headers = fields

    def get_content_type(self) -> str:
        """What a request without a Content-Type is taken for."""
        return "text/plain"


def parse(lines: list[bytes]) -> Head | None:
    """The head of these lines, the last one empty; None where anything is unusual."""
    fields = []
    for line in lines[:-1]:
        found = FIELD.fullmatch(line)
        if found is None:
            return None
        fields.append((found[1].decode("ascii"), found[2].decode("latin-1")))
    head = Head(fields)
    names = [name.lower() for name, _ in fields]
    usual = "expect" not in head and all(names.count(name) < 2 for name in ONCE)
    return head if usual and lines[-1:] == [b"\r\n"] else None


class Protocol(HttpProtocol):  # type: ignore[misc]  # eventlet is not typed
    """Eventlet's HTTP, with everyday heads read quickly."""

    rfile: Any

    def parse_request(self) -> bool:
        """Sets command, path and headers; False where the request was answered already."""
        line = LINE.fullmatch(self.raw_requestline)
        if line is None or line[2].startswith(b"//"):
            return bool(super().parse_request())
        lines = self._lines()
        head = parse(lines)
        if head is None:
            return self._parse_unusual(lines)
        self.command, self.path = line[1].decode(), line[2].decode("latin-1")
        self.requestline = self.raw_requestline.decode("latin-1").rstrip("\r\n")
        self.request_version = "HTTP/1.1"
        self.headers: Any = head
        self.close_connection = head.get("connection", "").lower() == "close"
        return True

    def _parse_unusual(self, lines: list[bytes]) -> bool:
        """By the standard library, from the head alone: the body stays on the line."""
        line, self.rfile = self.rfile, BytesIO(b"".join(lines))
        try:
            return bool(super().parse_request())
        finally:
            self.rfile = line

    def _lines(self) -> list[bytes]:
        lines: list[bytes] = []
        while len(lines) <= MOST:
            lines.append(self.rfile.readline(65_537))
            if lines[-1] in (b"\r\n", b"\n", b""):
                break
        return lines
