"""Descriptors: whoever leaves gives theirs back, however they leave; running short ends nothing."""

import os
import resource
import socket
import struct
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil
import pytest
import requests

from bench.flood import seat, upgrade
from bench.frames import masked
from game.serving.connections import RECEIVE, WAIT, Connections
from tests import serving
from tests.serving import Phone, Server, cookie_line, wait_until
from tests.waiting import LONG

MANY = 120
FILES = 200  # of them the server gives half to connections


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that may open few files."""
    before = serving.SERVE
    serving.SERVE = ("bash", "-c", f'ulimit -n {FILES} && exec "$@"', "bash", *before)
    made = Server(tmp_path_factory.mktemp("descriptors"))
    try:
        yield made.start()
    finally:
        serving.SERVE = before
        made.kill()


@pytest.fixture(scope="module")
def workshop(server: Server) -> dict[str, str]:
    return server.admin().demo()


def process(server: Server) -> psutil.Process:
    assert server.process is not None
    return psutil.Process(server.process.pid)


def sockets(server: Server) -> int:
    """How many sockets it has open: also those that the other side has reset long ago."""
    folder, count = Path(f"/proc/{process(server).pid}/fd"), 0
    for name in os.listdir(folder):
        with suppress(OSError):
            count += os.readlink(folder / name).startswith("socket:")
    return count


def reset(sock: socket.socket) -> None:
    """Ends a connection as a network that breaks does: at once, with a reset."""
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    sock.close()


def http(server: Server, data: bytes) -> socket.socket:
    sock = socket.create_connection(("127.0.0.1", server.port), timeout=LONG)
    sock.sendall(data)
    return sock


def nothing(server: Server, _phone: Any) -> socket.socket:
    return http(server, b"")


def half_a_head(server: Server, _phone: Any) -> socket.socket:
    return http(server, b"GET /healthz HTTP/1.1\r\nHost")


def half_a_body(server: Server, phone: Phone) -> socket.socket:
    path = f"/{phone.workshop['code']}/join"
    return http(server, f"POST {path} HTTP/1.1\r\nContent-Length: 99\r\n\r\n{{".encode())


def a_request(server: Server, _phone: Any) -> socket.socket:
    return http(server, b"GET /sign-in HTTP/1.1\r\nHost: x\r\n\r\n")


def a_handshake_that_is_none(server: Server, _phone: Any) -> socket.socket:
    return http(
        server,
        b"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: x\r\n"
        b"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 99\r\n\r\n",
    )


def a_line(server: Server, phone: Phone) -> socket.socket:
    auth = {"surface": "phone", "workshop": phone.workshop["id"], "lang": "fr", "v": 0}
    return seat(upgrade(server.port, cookie_line(phone.http.cookies)), auth)


def an_answer_in_flight(server: Server, phone: Phone) -> socket.socket:
    sock = a_line(server, phone)
    sent = b'{"id":"aaaaaaaa%d","round":"r","answer":{"slot":"vote"}}' % time.monotonic_ns()
    sock.sendall(masked(b'421["submit",' + sent + b"]"))
    return sock


@pytest.mark.parametrize("leave", [socket.socket.close, reset], ids=["closed", "reset"])
@pytest.mark.parametrize(
    "come",
    [
        nothing,
        half_a_head,
        half_a_body,
        a_request,
        a_handshake_that_is_none,
        a_line,
        an_answer_in_flight,
    ],
    ids=lambda come: come.__name__,
)
def test_whoever_leaves_gives_the_descriptor_back(
    server: Server,
    workshop: dict[str, str],
    come: Callable[[Server, Any], socket.socket],
    leave: Callable[[socket.socket], None],
) -> None:
    before = sockets(server)
    for n in range(MANY):
        if n % 4 == 0:  # one cookie opens so many lines in a row
            phone = Phone(server, workshop)
            if come in (a_line, an_answer_in_flight):
                assert phone.join()["ok"]
                phone.http.close()
        leave(come(server, phone))
    wait_until(lambda: sockets(server) <= before)
    wait_until(lambda: server.measure("sourcerie_phones") == 0)


@pytest.mark.parametrize("come", [nothing, half_a_head, half_a_body])
def test_those_who_wait_give_way_to_those_who_come(
    server: Server, workshop: dict[str, str], come: Callable[[Server, Any], socket.socket]
) -> None:
    before = sockets(server)
    guest = Phone(server, workshop)
    held = [come(server, guest) for _ in range(2 * FILES)]
    phone = Phone(server, workshop).play()
    assert phone.me()["id"]
    assert sockets(server) < FILES
    for sock in held:
        sock.close()
    assert phone.me()["id"]  # a line that plays is nobody's to take
    phone.wire.close()
    phone.http.close()
    wait_until(lambda: sockets(server) <= before)


def test_no_descriptor_at_all(server: Server, workshop: dict[str, str]) -> None:
    phone = Phone(server, workshop).play()
    running = process(server)
    limits = running.rlimit(resource.RLIMIT_NOFILE)
    running.rlimit(resource.RLIMIT_NOFILE, (running.num_fds(), limits[1]))
    held = [http(server, b"") for _ in range(20)]
    try:
        wait_until(lambda: "no_descriptor" in server.log.read_text())
        assert phone.me()["id"]
    finally:
        running.rlimit(resource.RLIMIT_NOFILE, limits)
        for sock in held:
            sock.close()
    assert requests.get(f"{server.url}/healthz", timeout=60).ok
    assert server.log.read_text().count("no_descriptor") == 1


class Still:
    """A connection that does nothing."""

    ended = False

    def hang_up(self) -> None:
        self.ended = True


@pytest.mark.parametrize(
    ("doing", "seconds", "ends"),
    [
        ("waiting", WAIT - 1, False),
        ("waiting", WAIT + 1, True),
        ("receiving", WAIT + 1, False),
        ("receiving", RECEIVE + 1, True),
        ("answering", 1_000, False),
    ],
)
def test_who_is_late_is_ended(doing: str, seconds: float, ends: bool) -> None:
    connections, still = Connections(10, time.sleep), Still()
    for step in (connections.receive, connections.answer, connections.wait):
        step(still)
    {"waiting": connections.wait, "receiving": connections.receive}.get(doing, connections.answer)(
        still
    )
    getattr(connections, doing)[still] -= seconds
    connections.end_late()
    assert still.ended is ends


IMPATIENT = """
from game.serving import connections
connections.WAIT = connections.RECEIVE = 0.5
from game.cli import main
main()
"""


def test_a_server_looks_for_who_is_late(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "SERVE", (sys.executable, "-c", IMPATIENT, "serve"))
    server = Server(tmp_path)
    try:
        server.start()
        before = server.measure("sourcerie_ended_total")
        body = b"POST /sign-in HTTP/1.1\r\nContent-Length: 99\r\n\r\n{"
        held = [http(server, sent) for sent in (b"", b"GET /healthz HTTP/1.1\r\nHost", body)]
        wait_until(lambda: server.measure("sourcerie_ended_total") >= before + len(held))
        for sock in held:
            while sock.recv(65_536):  # what it answers before it hangs up, if anything
                pass
            sock.close()
    finally:
        server.kill()
