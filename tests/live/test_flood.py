"""Clients that send as fast as they can: they wait, then are cut; nobody else does."""

import threading
import time
from collections.abc import Iterator

import psutil
import pytest

from bench.flood import FRAMES, Flood, seat, upgrade
from game.live.wire.allowance import LINES, MOST, RATE, Allowance, Allowances
from tests.serving import Phone, Remote, Server, Staff, cookie_line, lead

LONG = 300  # seconds in which a flood is cut, on whatever machine


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    made = Server(tmp_path_factory.mktemp("flood")).start()
    yield made
    made.kill()


@pytest.fixture(scope="module")
def staff(server: Server) -> Staff:
    return server.admin()


@pytest.fixture
def workshop(staff: Staff) -> dict[str, str]:
    return staff.demo()


def test_every_flood_is_cut_and_nobody_else_is(
    server: Server, workshop: dict[str, str], remote: Remote
) -> None:
    assert server.process is not None
    phone = Phone(server, workshop).play()
    round_id = str(remote.until("round", "open")["round"])
    strangers = [(upgrade(server.port), frame) for frame in FRAMES.values()]
    known = []
    for frame in FRAMES.values():
        flooder = Phone(server, workshop)
        assert flooder.join()["ok"]
        auth = {"surface": "phone", "workshop": workshop["id"], "lang": "fr", "v": 0}
        known.append((seat(upgrade(server.port, cookie_line(flooder.http.cookies)), auth), frame))
    before = psutil.Process(server.process.pid).memory_info().rss
    log = server.log.stat().st_size
    flood = Flood(strangers + known)
    cut: list[bool] = []
    thread = threading.Thread(target=lambda: cut.append(flood.go_on(LONG)))
    thread.start()
    answers = 0
    while thread.is_alive():
        answers += phone.submit(round_id, lead(f"lead:a{answers:07}"))["ok"]
        time.sleep(0.1)
    flood.stop()
    assert cut == [True]
    assert answers
    assert phone.wire.client
    assert phone.wire.client.connected
    assert psutil.Process(server.process.pid).memory_info().rss - before < 40 << 20
    assert server.log.stat().st_size - log < 20_000  # bytes: once a kind, not once a frame
    assert server.measure('sourcerie_bad_total{kind="bad_frame 1008"}') >= len(FRAMES)


def test_coming_back_does_not_fill_an_allowance_up() -> None:
    names = {"cookie": "one"}
    allowances = Allowances(lambda environ: names["cookie"])
    first, known = allowances.of({})
    assert known
    first.spend(MOST)
    del first
    again, _ = allowances.of({})
    assert again.left < MOST / 2
    names["cookie"] = "another"
    assert allowances.of({})[0].left == MOST


def test_strangers_of_an_address_share_and_others_do_not() -> None:
    allowances = Allowances(lambda environ: "")
    one, known = allowances.of({"REMOTE_ADDR": "10.0.0.1"})
    assert not known
    assert allowances.of({"REMOTE_ADDR": "10.0.0.1"})[0] is one
    assert allowances.of({"REMOTE_ADDR": "10.0.0.2"})[0] is not one


def test_debt_is_paid_by_waiting() -> None:
    one = Allowance()
    assert one.spend(MOST / 2) == 0.0
    owed = one.spend(MOST)
    assert 0 < owed <= MOST / 2 / RATE
    one.at -= owed  # as if so many seconds had passed
    assert one.spend(0) < 0.1


def test_one_cookie_opens_so_many_lines_only(server: Server, workshop: dict[str, str]) -> None:
    phone = Phone(server, workshop)
    assert phone.join()["ok"]
    cookie = cookie_line(phone.http.cookies)
    lines = []
    for _ in range(LINES + 1):
        try:
            lines.append(upgrade(server.port, cookie))
        except AssertionError as error:
            assert b" 429 " in error.args[0]  # noqa: PT017
            break
    assert 5 <= len(lines) <= LINES
    for line in lines:
        line.close()
    other = Phone(server, workshop).play()  # of the same address
    assert other.me()["id"]
