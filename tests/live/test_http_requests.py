"""Requests as no browser makes them, over the line: read as the standard says, or refused."""

import socket
from collections.abc import Iterator

import pytest

from tests.serving import Server
from tests.waiting import LONG


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    made = Server(tmp_path_factory.mktemp("heads")).start()
    yield made
    made.kill()


@pytest.fixture(scope="module")
def code(server: Server) -> str:
    return server.admin().demo()["code"]


def said(server: Server, *parts: bytes) -> bytes:
    """What comes back for these bytes, until the server closes the line."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=LONG) as line:
        for part in parts:
            line.sendall(part)
        data = b""
        while more := line.recv(65_536):
            data += more
    return data


END = b"Host: x\r\nConnection: close\r\n\r\n"


@pytest.mark.parametrize(
    "head",
    [
        b"GET /healthz HTTP/1.1\r\n",
        b"GET /healthz HTTP/1.0\r\n",
        b"GET /healthz HTTP/1.1\r\nx-folded: one\r\n two\r\n",
        b"GET /healthz HTTP/1.1\r\nx-twice: a\r\nx-twice: b\r\n",
        b"GET /healthz HTTP/1.1\r\nx-latin: \xe9t\xe9\r\n",
    ],
)
def test_what_the_standard_allows_is_read(server: Server, head: bytes) -> None:
    answer = said(server, head + END)
    assert b" 200 " in answer.partition(b"\r\n")[0]
    assert answer.endswith(b'{"ok":true}\n')


@pytest.mark.parametrize(
    "head",
    [
        b"GET\r\n",
        b"NONSENSE / / HTTP/1.1\r\n",
        b"GET /healthz HTTP/9.9\r\n",
        b"GET /healthz HTTP/1.1\r\n" + b"x-many: y\r\n" * 150,
        b"GET /healthz HTTP/1.1\r\nx-long: " + b"y" * 70_000 + b"\r\n",
        b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\n",
        b"GET /healthz HTTP/1.1\r\nContent-Length: 0\r\nContent-Length: 5\r\n",
        b"GET /healthz HTTP/1.1\r\nTransfer-Encoding: chunked\r\n",
        b"GET /healthz HTTP/1.1\r\nx-f: a\r\n b\r\nTransfer-Encoding: chunked\r\n",
    ],
)
def test_what_it_does_not_is_refused(server: Server, head: bytes) -> None:
    answer = said(server, head + END)
    assert b" 200 " not in answer.partition(b"\r\n")[0]
    assert said(server, b"GET /healthz HTTP/1.1\r\n" + END).endswith(b'{"ok":true}\n')


@pytest.mark.parametrize("more", [b"", b"x-folded: one\r\n two\r\n", b"Expect: 100-continue\r\n"])
def test_a_body_is_read_whatever_its_head(server: Server, code: str, more: bytes) -> None:
    body = b'{"nickname":"Ortie %d"}' % len(more)
    head = (
        f"POST /{code}/join HTTP/1.1\r\nHost: x\r\nCookie: door=1\r\nConnection: close\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n"
    ).encode()
    answer = said(server, head + more + b"\r\n", body)
    assert b'"ok":true' in answer.replace(b" ", b"")


def test_a_line_serves_several_requests_in_turn(server: Server) -> None:
    plain = b"GET /healthz HTTP/1.1\r\nHost: x\r\n"
    answer = said(
        server,
        plain
        + b"\r\n"
        + plain
        + b"x-f: a\r\n b\r\n\r\n"
        + plain[:-2]
        + b"\r\n"
        + b"Connection: close\r\n\r\n",
    )
    assert answer.count(b'{"ok":true}') == 3
