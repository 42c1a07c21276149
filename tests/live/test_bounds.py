"""Requests without an end: refused with a status, cut, and never held in memory."""

import socket
from collections.abc import Iterator
from contextlib import suppress

import psutil
import pytest
import requests

from tests.serving import Server

MOST_READ = (
    8 << 20
)  # bytes that a client gets rid of before it is cut, the system's buffers included
MOST_GROWN = 24 << 20
FAR = 200 << 20


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    made = Server(tmp_path_factory.mktemp("bounds")).start()
    yield made
    made.kill()


HOST = b"Host: x\r\nContent-Type: application/json\r\n"
CHUNKED = b"POST /ABCDE/join HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\n\r\n"
LONG = b"POST %s HTTP/1.1\r\n" + HOST + b"Content-Length: %d\r\n\r\n"
ENDLESS = {
    "a request line": (b"GET /" + b"a" * 60_000, b"a", (b"414",)),
    "a header": (b"GET / HTTP/1.1\r\nx: ", b"y", (b"400", b"431")),
    "headers": (b"GET / HTTP/1.1\r\n", b"x-many: y\r\n", (b"400", b"431")),
    "a chunk's size": (CHUNKED, b"0", (b"411",)),
    "chunks": (CHUNKED, b"1\r\nx\r\n", (b"411",)),
    "a body that is read": (LONG % (b"/ABCDE/join", 10**15), b"x", (b"413", b"404", b"422")),
    "a body that nobody reads": (LONG % (b"/no/such/page", 10**15), b"x", (b"404",)),
    "a body of a page": (
        b"GET /healthz HTTP/1.1\r\nContent-Length: %d\r\n\r\n" % 10**15,
        b"x",
        (b"200",),
    ),
    "a length that is none": (LONG.replace(b"%d", b"1_0") % b"/ABCDE/join", b"x", (b"400",)),
    "two lengths": (CHUNKED[:-2] + b"Content-Length: 3\r\n\r\n", b"x", (b"411", b"400")),
}


def pour(server: Server, head: bytes, more: bytes) -> tuple[int, bytes]:
    """Sends without an end; how much was taken until it was cut, and what was answered."""
    block = more * (65_536 // len(more))
    sent, heard = 0, b""
    with socket.create_connection(("127.0.0.1", server.port), timeout=60) as line:
        line.sendall(head)
        while sent < FAR:
            line.setblocking(False)
            try:
                heard += line.recv(65_536)
            except BlockingIOError:
                pass
            except OSError:
                break
            line.settimeout(60)
            try:
                sent += line.send(block)
            except OSError:
                with suppress(OSError):
                    heard += line.recv(65_536)
                break
    return sent, heard


@pytest.mark.parametrize("kind", ENDLESS)
def test_what_has_no_end_is_refused_and_cut(server: Server, kind: str) -> None:
    assert server.process is not None
    running = psutil.Process(server.process.pid)
    assert requests.get(f"{server.url}/sign-in", timeout=60).ok  # what a first page needs is there
    before = running.memory_info().rss
    head, more, statuses = ENDLESS[kind]
    sent, heard = pour(server, head, more)
    assert sent < MOST_READ
    assert running.memory_info().rss - before < MOST_GROWN
    assert heard[9:12] in statuses
    assert requests.get(f"{server.url}/healthz", timeout=60).ok
