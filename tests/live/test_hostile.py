"""Hostile clients over the wire: refused, counted, not logged; everybody else plays on."""

import secrets
import socket
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import orjson
import pytest
import requests

from bench.frames import masked, split
from game.store.tables import Player, Submission
from tests.serving import Phone, Remote, Server, Staff, Wire, cookie_line, lead, wait_until
from tests.waiting import LONG

SECRET_NAME = "Zorglub-Que-Personne-Ne-Doit-Lire"
CALM = 20.0  # seconds: who waits longer than that for an acknowledgement was stopped, not slowed


@pytest.fixture(params=["lean", "stock"])
def server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Server]:
    """The same with both transports."""
    made = Server(tmp_path, WIRE=request.param).start()
    yield made
    made.kill()


class Raw:
    """A WebSocket with no manners, beyond its handshake."""

    def __init__(self, server: Server, cookies: Any = ()) -> None:
        self.sock = socket.create_connection(("127.0.0.1", server.port), timeout=LONG)
        cookie = cookie_line(cookies)
        self.sock.sendall(
            b"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: x\r\n"
            b"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
            + (f"Cookie: {cookie}\r\n" if cookie else "").encode()
            + b"\r\n"
        )
        self.left = b""
        assert b" 101 " in self._until(b"\r\n\r\n")

    def _until(self, mark: bytes) -> bytes:
        data = b""
        while mark not in data:
            more = self.sock.recv(4096)
            assert more, data
            data += more
        head, _, self.left = data.partition(mark)
        return head

    def say(self, text: str | bytes) -> "Raw":
        """One whole text frame."""
        self.sock.sendall(masked(text if isinstance(text, bytes) else text.encode()))
        return self

    def send(self, data: bytes) -> "Raw":
        """Bytes as they are."""
        with suppress(OSError):
            self.sock.sendall(data)
        return self

    def hear(self, seconds: float = 0.5) -> list[tuple[int, bytes]]:
        """What came in; ends when nothing does, or the line is closed."""
        heard: list[tuple[int, bytes]] = []
        self.sock.settimeout(seconds)
        with suppress(OSError):
            while True:
                frames, self.left = split(self.left)
                heard += frames
                more = self.sock.recv(65_536)
                if not more:
                    break
                self.left += more
        return heard

    def is_closed(self) -> bool:
        """Did the server hang up?"""
        self.sock.settimeout(LONG)
        try:
            while self.sock.recv(65_536):
                pass
        except TimeoutError:
            return False
        except OSError:
            pass
        return True


def seated(server: Server, workshop: dict[str, str], phone: Phone) -> Raw:
    """A line that is a player's, and may be rude from now on."""
    raw = Raw(server, phone.http.cookies)
    auth = {"surface": "phone", "workshop": workshop["id"], "lang": "fr", "v": 0}
    raw.say(b"40" + orjson.dumps(auth))
    wait_until(lambda: any(p.startswith(b"40") for _, p in raw.hear(0.2)))
    return raw


@pytest.fixture
def round_id(
    server: Server, workshop: dict[str, str], remote: Remote, capsys: pytest.CaptureFixture[str]
) -> Iterator[str]:
    """The open round, in which five players answer all the while: none may notice anything."""
    phones = [Phone(server, workshop).play() for _ in range(5)]
    round_id = str(remote.until("round", "open")["round"])
    waits: list[float] = []
    ended = threading.Event()

    def play() -> None:
        while not ended.is_set() or len(waits) < 10:
            for phone in phones:
                slot = f"lead:{secrets.token_hex(4)}"
                began = time.monotonic()
                assert phone.submit(round_id, lead(slot, company="", reach=""))["ok"]
                waits.append(time.monotonic() - began)
            time.sleep(0.05)

    players = threading.Thread(target=play)
    players.start()
    try:
        yield round_id
    finally:
        ended.set()
        players.join(timeout=60)
    assert not players.is_alive()
    assert len(waits) >= 10
    for phone in phones:
        phone.wire.close()
    with capsys.disabled():
        print(f"\nthe others: {len(waits)} answers, longest wait {max(waits) * 1000:.0f} ms")
    assert max(waits) < CALM
    assert requests.get(f"{server.url}/healthz", timeout=LONG).ok
    assert SECRET_NAME not in server.log.read_text()


BROKEN = [
    pytest.param(b"\x81\x05hello", id="not masked"),
    pytest.param(b"\xf1\x80\0\0\0\0", id="reserved bits"),
    pytest.param(b"\x83\x80\0\0\0\0", id="reserved opcode"),
    pytest.param(b"\x81\xff" + struct.pack(">Q", 1 << 40) + b"\0\0\0\0", id="a terabyte is said"),
    pytest.param(b"\x81\xff" + struct.pack(">Q", 1 << 63) + b"\0\0\0\0", id="a negative length"),
    pytest.param(b"\x09\x80\0\0\0\0", id="a ping in parts"),
    pytest.param(b"\x80\x81\0\0\0\0x", id="the rest of nothing"),
    pytest.param(b"\x81\x82\0\0\0\0\xff\xfe", id="not UTF-8"),
    pytest.param(b"\x89\xfe\x00\xc8\0\0\0\0" + b"x" * 200, id="a ping too long"),
    pytest.param(bytes(range(256)) * 40, id="noise"),
    pytest.param(masked(b"4" * 70_000), id="a message too long"),
]


@pytest.mark.usefixtures("round_id")
def test_malformed_frames(server: Server, workshop: dict[str, str]) -> None:
    for frame in BROKEN:
        phone = Phone(server, workshop)
        assert phone.join()["ok"]
        raw = seated(server, workshop, phone).send(frame.values[0])
        if server.env["WIRE"] == "lean":
            assert raw.is_closed(), frame.id
        raw.sock.close()


PACKETS = [
    "",
    "9",
    "4",
    "42",
    "42{",
    "42[]",
    "42[1,2]",
    "42[null]",
    '42["submit"',
    "4299999999999999999999",
    '451-["submit",{"_placeholder":true,"num":0}]',
    '459999-["submit",{"_placeholder":true,"num":99}]',
    '42/admin,["submit",{}]',
    '40/admin,{"surface":"remote"}',
    "41",
    "44",
    "3" * 100,
    '42["submit",' + "[" * 5_000 + "]" * 5_000 + "]",
    '42["connect",{}]',
    '42["disconnect",{}]',
]


@pytest.mark.usefixtures("round_id")
def test_packets_that_are_none(
    server: Server,
    workshop: dict[str, str],
) -> None:
    for packet in PACKETS:
        phone = Phone(server, workshop)
        assert phone.join()["ok"]
        raw = seated(server, workshop, phone)
        for _ in range(20):
            raw.send(masked(packet.encode()))
        raw.hear(0.05)
        raw.sock.close()


WRONG: list[tuple[str, Any]] = [
    ("fly_to_the_moon", {}),
    ("submit", None),
    ("submit", []),
    ("submit", SECRET_NAME),
    ("submit", {"id": 7, "round": 7, "answer": 7}),
    ("submit", {"id": "x" * 41, "round": "r", "answer": {}}),
    ("submit", {"id": "fine-enough-id", "round": ["r"], "answer": {}}),
    ("submit", {"id": "fine-enough-id", "round": "r" * 17, "answer": {}}),
    ("sync", {"v": "many"}),
    ("sync", {"v": 10**30}),
    ("sync", [[[]]]),
    ("clock", {"now": {}}),
    ("command", {"do": "close", "v": 1}),
    ("command", {"do": "remove", "player": "x"}),
    ("command", None),
]
ANSWERS: list[dict[str, Any]] = [
    {},
    {"slot": None},
    {"slot": {"a": 1}},
    {"slot": "lead:x", "name": {"$gt": ""}},
    {"slot": "lead:aaaa0001", "name": ["a"], "relationship": 3},
    {"slot": "lead:aaaa0001", "name": SECRET_NAME * 1_000, "relationship": "former-colleague"},
    {"slot": "lead:aaaa0001", "name": SECRET_NAME, "relationship": "not-one"},
    {"slot": "lead:aaaa0001", "name": "\0\0", "relationship": "former-colleague"},
    {"slot": "lead:../../etc/passwd", "name": SECRET_NAME},
    {"slot": "card:x' OR 1=1 --", "choice": "keep"},
    {"slot": "vote", "choice": 10**30},
]


def test_unknown_events_and_wrong_types_are_refused_and_counted(
    server: Server,
    workshop: dict[str, str],
    round_id: str,
) -> None:
    phone = Phone(server, workshop).play()
    for event, payload in WRONG:
        said = phone.wire.call(event, payload)
        assert said["ok"] is False or event in ("sync", "clock"), (event, said)
    for answer in ANSWERS:
        said = phone.submit(round_id, answer)
        assert said["ok"] is False, (answer, said)
        assert said["error"]["code"] in ("bad_input", "failed")
        time.sleep(0.06)
    told = requests.get(f"{server.url}/metrics", timeout=LONG).text
    assert 'sourcerie_refused_total{code="bad_input"}' in told
    assert 'sourcerie_refused_total{code="not_allowed"}' in told
    assert phone.submit(round_id, lead())["ok"]  # and a slip is forgiven
    assert "failed" not in {
        line.split('code="')[1].split('"')[0]
        for line in told.splitlines()
        if line.startswith("sourcerie_refused_total{")
    }


def test_a_megabyte_of_name(
    server: Server,
    workshop: dict[str, str],
    round_id: str,
) -> None:
    url = f"{server.url}/{workshop['code']}/join"
    long = {"nickname": SECRET_NAME * 32_000}
    sent = requests.post(url, json=long, cookies={"door": "1"}, timeout=LONG)
    assert sent.status_code in (413, 422)
    longer = {"nickname": SECRET_NAME * 80_000}
    with suppress(requests.ConnectionError):
        sent = requests.post(url, json=longer, cookies={"door": "1"}, timeout=LONG)
        assert sent.status_code == 413
    phone = Phone(server, workshop)
    assert phone.join()["ok"]
    raw = seated(server, workshop, phone)
    sent = {"id": "a-fine-long-id", "round": round_id, "answer": {"name": "x" * 1_000_000}}
    raw.send(masked(b"421" + orjson.dumps(["submit", sent])))
    assert raw.is_closed()
    phone.wire.open()
    assert phone.me()["points"] == 0


@pytest.mark.usefixtures("round_id")
def test_thousands_of_joins_from_one_phone_are_one_player(
    server: Server,
    workshop: dict[str, str],
) -> None:
    phone = Phone(server, workshop, "Mille-Fois")
    url = f"{server.url}/{workshop['code']}/join"
    codes: list[int] = []

    def join() -> None:
        with requests.Session() as http:
            http.cookies.update(phone.http.cookies)
            for _ in range(500):
                codes.append(
                    http.post(url, json={"nickname": "Mille-Fois"}, timeout=LONG).status_code
                )

    assert phone.join()["ok"]
    threads = [threading.Thread(target=join) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(codes) == 2_000
    assert set(codes) <= {200, 429}
    store = server.store()
    with store.session() as s:
        assert s.query(Player).filter(Player.nickname.startswith("Mille")).count() == 1
    store.close()


def test_one_player_cannot_flood(
    server: Server,
    workshop: dict[str, str],
    round_id: str,
) -> None:
    phone = Phone(server, workshop)
    assert phone.join()["ok"]
    raw = seated(server, workshop, phone)
    text = '42%d["submit",{"id":"flooding-%06d","round":"%s","answer":{"slot":"lead:f%07d"}}]'
    raw.send(b"".join(masked((text % (n, n, round_id, n)).encode()) for n in range(2_000)))
    lean = server.env["WIRE"] == "lean"
    answers: list[bytes] = []

    def more(seconds: float) -> bool:
        heard = [payload for _, payload in raw.hear(seconds)]
        answers.extend(payload for payload in heard if payload.startswith(b"43"))
        return bool(answers)

    wait_until(lambda: more(0.2))
    more(0.2 if lean else 1)
    read = [payload for payload in answers if b'"throttled"' not in payload]
    assert 0 < len(read) < 400
    if lean:
        assert len(answers) < 1_000  # the rest was not even read


@pytest.mark.usefixtures("round_id")
def test_cookies_that_are_forged_replayed_or_not_for_here(
    server: Server,
    workshop: dict[str, str],
    remote: Remote,
) -> None:
    mine, removed = Phone(server, workshop).play(), Phone(server, workshop).play()
    before = list(removed.http.cookies)
    assert remote.do("remove", player=removed.me()["id"])["ok"]
    wait_until(lambda: {"reason": "removed"} in removed.wire.all("bye"))
    assert not lets_in(server, before, "phone", workshop["id"])
    (good,) = [c for c in mine.http.cookies if c.name.startswith("player-")][:1]
    for value in (
        "",
        "x",
        good.value[:-2]
        + ("B" if good.value[-2] == "A" else "A")
        + good.value[-1],  # all its bits count
        good.value.swapcase(),
        good.value * 40,
        "eyJjYXJkcyI6e319.AAAAAA.AAAAAAAAAAAAAAAAAAAAAAAAAAA",
    ):
        jar = requests.cookies.RequestsCookieJar()
        jar.set(good.name, value)
        assert not lets_in(server, jar, "phone", workshop["id"]), value[:30]
    assert not lets_in(server, mine.http.cookies, "phone", "another-workshop")
    assert not lets_in(server, mine.http.cookies, "remote", workshop["id"])
    assert not lets_in(server, mine.http.cookies, "projector", workshop["id"])
    assert not lets_in(server, [], "remote", workshop["id"])
    assert lets_in(server, mine.http.cookies, "phone", workshop["id"])


def lets_in(server: Server, cookies: Any, surface: str, workshop_id: str) -> bool:
    """Is a handshake with these cookies accepted?"""
    auth = {"surface": surface, "workshop": workshop_id, "lang": "fr", "v": 0, "key": "guess"}
    wire = Wire(server, cookies, auth)
    try:
        wire.open()
    except Exception:
        return False
    wire.close()
    return True


def test_another_workshops_round_and_the_facilitators_events(
    server: Server,
    staff: Staff,
    workshop: dict[str, str],
    round_id: str,
) -> None:
    elsewhere = staff.demo()
    stranger = Phone(server, elsewhere).play()
    refused = stranger.submit(round_id, lead(name=SECRET_NAME))
    assert refused["error"]["code"] == "unknown_round"
    for command in ("next", "close", "pause", "lock", "podium", "remove", "rename"):
        said = stranger.wire.call("command", {"do": command, "v": 1, "player": "x"})
        assert said["error"]["code"] == "not_allowed"
    store = server.store()
    with store.session() as s:
        me = stranger.me()["id"]
        assert s.query(Submission).filter(Submission.player_id == me).count() == 0
    store.close()
