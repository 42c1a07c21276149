"""The log of a hostile evening: every line JSON, nobody's data in it, and short."""

import secrets
import socket
from collections.abc import Iterator
from contextlib import suppress

import orjson
import pytest
import requests

from bench.flood import seat, upgrade
from bench.frames import masked
from tests.serving import Phone, Server, cookie_line, wait_until
from tests.waiting import LONG

MARK = "Zorglub-Que-Personne-Ne-Doit-Lire"
TIMES = 100


@pytest.fixture(params=["lean", "stock"])
def server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    made = Server(tmp_path_factory.mktemp("logs"), WIRE=request.param, LOG_LEVEL="info").start()
    yield made
    made.kill()


def raw(server: Server, data: bytes) -> None:
    with (
        suppress(OSError),
        socket.create_connection(("127.0.0.1", server.port), timeout=LONG) as line,
    ):
        line.sendall(data)
        line.settimeout(1)
        line.recv(65_536)


PACKETS = [
    b'42["submit"',
    b'42["%s",{"id":1}]' % MARK.encode(),
    b"45%s" % MARK.encode(),
    b'451-["submit",{"_placeholder":true,"num":0}]',
    b"9%s" % MARK.encode(),
    b'40{"surface":"%s"}' % MARK.encode(),
    b'42["submit",{"id":"aaaaaaaaa","round":"%s","answer":{}}]' % MARK.encode(),
]


def evening(server: Server, workshop: dict[str, str]) -> list[str]:
    """All that is rude, often; returns what must not be found in the log."""
    for packet in PACKETS:
        phone = Phone(server, workshop, f"Ortie {secrets.token_hex(4)}")
        assert phone.join(real_name=MARK, work_mail="zorglub@exemple.fr")["ok"]
        cookie = cookie_line(phone.http.cookies)
        line = upgrade(server.port, cookie)
        auth = {"surface": "phone", "workshop": workshop["id"], "lang": "fr", "v": 0}
        seat(line, auth)
        line.settimeout(5)
        with suppress(OSError):
            for _ in range(TIMES):
                line.sendall(masked(packet))
        line.close()
    base = f"{server.url}/socket.io/?EIO=4&transport="
    for url in (f"{base}{MARK}", f"{base}polling&sid={MARK}", f"{base}websocket&sid={MARK}"):
        requests.get(url, timeout=LONG)
        requests.get(url, timeout=LONG, headers={"Origin": f"http://{MARK}"})
    requests.post(f"{base}polling&sid={MARK}", data=MARK, timeout=LONG)
    for path in (f"/{MARK}", f"/sign-in/link/{MARK}", f"/projector/{MARK}", f"/n/{MARK}"):
        requests.get(server.url + path, timeout=LONG)
        requests.post(server.url + path, data={"name": MARK, "csrf_token": MARK}, timeout=LONG)
    raw(server, b"GET /" + MARK.encode() + b" HTTP/9.9\r\n\r\n")
    raw(server, b"GET / HTTP/1.1\r\nx: " + MARK.encode() * 9_000)
    raw(
        server,
        b"POST /x HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz" + MARK.encode() + b"\r\n",
    )
    raw(server, b"\x16\x03\x01" + MARK.encode() + b"\r\n\r\n")
    return [
        MARK,
        "zorglub",
        cookie,
        cookie.partition("=")[2][:20],
        workshop["key"],
        "127.0.0.1",
        "GET /",
    ]


def test_the_log_of_a_hostile_evening(server: Server) -> None:
    workshop = server.admin().demo()
    before = server.log.stat().st_size
    secret = evening(server, workshop)
    wait_until(lambda: server.measure("sourcerie_phones") == 0)
    told = server.log.read_bytes()[before:].decode()
    assert [line for line in told.splitlines() if not line.startswith("{")] == []
    for line in told.splitlines():
        assert isinstance(orjson.loads(line), dict), line
    for word in secret:
        assert word not in told, word
    assert "bad_packet" in told or "library" in told
    assert len(told) < 30_000, told[-3_000:]


def test_faults_below_the_pages_are_lines_too(server: Server) -> None:
    before = server.log.stat().st_size
    for _ in range(TIMES):
        with suppress(OSError):
            line = socket.create_connection(("127.0.0.1", server.port), timeout=LONG)
            line.sendall(
                b"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nUpgrade: websocket\r\n"
            )
            line.sendall(b"Connection: Upgrade\r\nSec-WebSocket-Key: \xff\r\n\r\n")
            line.close()
    assert requests.get(f"{server.url}/healthz", timeout=60).ok
    told = server.log.read_bytes()[before:].decode()
    assert "Traceback" not in told
    assert len(told) < 10_000
    for line in told.splitlines():
        assert isinstance(orjson.loads(line), dict)
