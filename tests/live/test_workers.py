"""Several workers on one port, with a real PostgreSQL and a real Redis between them."""

import secrets
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
import requests

from game.store.tables import Player, RoundRow, Submission, Workshop
from tests.databases import Postgres, Redis, postgres_server, redis_server
from tests.serving import SERVE, Phone, Remote, Server, Staff, Wire, lead, wait_until
from tests.waiting import LONG, STARTS


@pytest.fixture(scope="module")
def postgres() -> Iterator[Postgres]:
    with postgres_server() as server:
        yield server


@pytest.fixture(scope="module")
def redis() -> Iterator[Redis]:
    with redis_server() as server:
        yield server


@pytest.fixture
def server(tmp_path: Path, postgres: Postgres, redis: Redis) -> Iterator[Server]:
    made = Server(
        tmp_path,
        "--workers",
        "2",
        SECRET_KEY="a secret of these tests",
        DATABASE_URL=postgres.url,
        REDIS_URL=redis.url,
    )
    made.start()
    wait_until(lambda: len(listening(made)) == 2, STARTS)
    yield made
    made.kill()


def listening(server: Server) -> list[psutil.Process]:
    """The workers that have the door open."""
    return [w for w in server.workers() if any(c.status == "LISTEN" for c in w.net_connections())]


def seats(server: Server, workshop: dict[str, str]) -> int:
    """How many players count as connected."""
    store = server.store()
    with store.session() as s:
        count = (
            s.query(Player)
            .filter(Player.workshop_id == workshop["id"], Player.socket.is_not(None))
            .count()
        )
    store.close()
    return count


def holders(server: Server, workshop: dict[str, str]) -> dict[str, int]:
    """How many players are connected to each worker, by the name it gave itself."""
    store = server.store()
    with store.session() as s:
        rows = s.query(Player.socket).filter(
            Player.workshop_id == workshop["id"], Player.socket.is_not(None)
        )
        held = Counter(str(row.socket).partition("/")[0] for row in rows)
    store.close()
    return dict(held)


def play(server: Server, workshop: dict[str, str], count: int) -> list[Phone]:
    """Phones on both workers."""
    phones = [Phone(server, workshop).play() for _ in range(count)]
    for turn in range(100):
        if len(holders(server, workshop)) == 2:
            return phones
        phones[turn % count].reconnect()  # the system deals them out, and may deal all to one
    raise AssertionError("one worker was dealt nobody")


def again(phone: Phone) -> Phone:
    """As a phone does: comes back until it is let in."""
    for _ in range(40):
        try:
            phone.wire = phone._wire().open()
            return phone
        except Exception:
            time.sleep(0.25)
    raise AssertionError("never let in")


def sure(phone: Phone, round_id: str, id: str, answer: dict[str, object]) -> dict[str, object]:
    """As a phone's outbox does: the same id goes out until it is acknowledged."""
    for _ in range(60):
        try:
            ack = phone.wire.call("submit", {"id": id, "round": round_id, "answer": answer}, 3)
            if ack["ok"]:
                return dict(ack)
        except Exception:
            if phone.wire.client is None or not phone.wire.client.connected:
                again(phone)
        time.sleep(0.3)
    raise AssertionError("never acknowledged")


def kept(server: Server, round_id: str) -> list[str]:
    """The ids of the answers that the database has."""
    store = server.store()
    with store.session() as s:
        ids = [row.id for row in s.query(Submission).filter(Submission.round_id == round_id)]
    store.close()
    return sorted(ids)


def test_any_worker_serves_any_player(
    server: Server, workshop: dict[str, str], remote: Remote
) -> None:
    phones = play(server, workshop, 12)
    auth = {"surface": "projector", "workshop": workshop["id"], "key": workshop["key"], "v": 0}
    projector = Wire(server, [], auth).open()
    projector.wait_screen(lambda s: ">12</span>" in s["html"])
    round_id = str(remote.until("round", "open")["round"])
    for phone in phones:
        phone.wire.wait_screen(lambda s: s["phase"] == "open")
    acks = [phone.submit(round_id, lead(company="", reach="")) for phone in phones]
    assert all(ack["ok"] for ack in acks)
    store = server.store()
    with store.session() as s:
        ids = [row.id for row in s.query(Player).filter(Player.workshop_id == workshop["id"])]
    store.close()
    for id in ids:
        assert remote.do("remove", player=id)["ok"]
    for phone in phones:
        wait_until(lambda phone=phone: {"reason": "removed"} in phone.wire.all("bye"))


def test_a_second_phone_takes_over_from_one_at_another_worker(
    server: Server, workshop: dict[str, str]
) -> None:
    phone = Phone(server, workshop).play()
    moved = 0
    for _ in range(6):
        before = phone.wire
        phone.wire = phone._wire().open()
        wait_until(lambda before=before: before.all("moved"))
        before.close()
        moved += 1
    assert moved == 6
    assert seats(server, workshop) == 1


def test_a_worker_dies_in_an_open_round(
    server: Server, workshop: dict[str, str], remote: Remote, staff: Staff
) -> None:
    phones = play(server, workshop, 10)
    round_id = str(remote.until("round", "open")["round"])
    given = {secrets.token_hex(8): phone for phone in phones for _ in range(2)}
    for n, (id, phone) in enumerate(given.items()):
        if n == 8:
            server.workers()[0].kill()
        sure(phone, round_id, id, lead(f"lead:{id[:8]}", name=f"Quelqu'un {n}", company=""))
    assert kept(server, round_id) == sorted(given)
    wait_until(lambda: len(listening(server)) == 2, STARTS)
    for phone in phones:
        if phone.wire.client is None or not phone.wire.client.connected:
            again(phone)
    wait_until(lambda: seats(server, workshop) == 10)
    remote = Remote(staff, workshop)
    assert remote.do("extend", seconds=1)["ok"]
    version = remote.wire.call("sync", {})["v"]
    assert remote.do("close")["ok"]
    store = server.store()
    with store.session() as s:
        assert s.get_one(Workshop, workshop["id"]).version == version + 1  # closed exactly once
        assert s.get_one(RoundRow, round_id).phase == "closed"
    store.close()


def test_an_overdue_round_is_closed_exactly_once_whoever_dies(
    server: Server, workshop: dict[str, str], remote: Remote
) -> None:
    play(server, workshop, 6)
    round_id = str(remote.until("round", "open")["round"])
    store = server.store()
    with store.session() as s:
        version = s.get_one(Workshop, workshop["id"]).version
    with store.writing.begin() as connection:
        from sqlalchemy import update

        soon = int(time.time() * 1000) + 500
        connection.execute(update(RoundRow).where(RoundRow.id == round_id).values(closes_at=soon))
    time.sleep(1)
    server.workers()[1].kill()

    def phase() -> str:
        with store.session() as s:
            return str(s.get_one(RoundRow, round_id).phase)

    wait_until(lambda: phase() == "closed")
    time.sleep(1)
    with store.session() as s:
        assert s.get_one(Workshop, workshop["id"]).version == version + 1
    store.close()


def test_the_seats_of_a_dead_worker_are_freed(server: Server, workshop: dict[str, str]) -> None:
    play(server, workshop, 8)
    before = holders(server, workshop)
    assert len(before) == 2
    assert sum(before.values()) == 8
    server.workers()[0].kill()
    wait_until(lambda: len(holders(server, workshop)) == 1)
    (left,) = holders(server, workshop).items()
    assert left in before.items()  # nobody of the living worker lost the seat


def test_a_rolling_restart_is_no_more_than_a_reconnect(
    server: Server, workshop: dict[str, str], remote: Remote
) -> None:
    phones = play(server, workshop, 6)
    round_id = str(remote.until("round", "open")["round"])
    old = {w.pid for w in server.workers()}
    assert server.process is not None
    server.process.send_signal(signal.SIGHUP)
    given = []
    while len(given) <= 40 or {w.pid for w in server.workers()} & old:
        phone = phones[len(given) % len(phones)]
        given.append(secrets.token_hex(8))
        sure(phone, round_id, given[-1], lead(f"lead:{given[-1][:8]}", company="", reach=""))
        assert requests.get(f"{server.url}/{workshop['code']}", timeout=LONG).ok
        time.sleep(0.05)
    assert kept(server, round_id) == sorted(given)
    assert not {w.pid for w in server.workers()} & old


def test_redis_goes_away_and_comes_back(
    server: Server, workshop: dict[str, str], remote: Remote, redis: Redis
) -> None:
    phones = play(server, workshop, 8)
    remote.until("round", "briefing")
    redis.end()
    try:
        for phone in phones:
            wait_until(lambda phone=phone: {"behind": True} in phone.wire.all("line"))
        round_id = str(remote.until("round", "open")["round"])
        for phone in phones:
            phone.wire.wait_screen(lambda s: s["phase"] == "open")
        assert all(phone.submit(round_id, lead())["ok"] for phone in phones)
    finally:
        redis.start()
    for phone in phones:
        wait_until(lambda phone=phone: phone.wire.all("line")[-1] == {"behind": False})
    assert remote.do("close")["ok"]
    for phone in phones:
        phone.wire.wait_screen(lambda s: s["phase"] == "closed")


def test_redis_freezes(
    server: Server, workshop: dict[str, str], remote: Remote, redis: Redis
) -> None:
    phones = play(server, workshop, 6)
    remote.until("round", "briefing")
    redis.freeze()
    try:
        round_id = str(remote.until("round", "open")["round"])
        for phone in phones:
            phone.wire.wait_screen(lambda s: s["phase"] == "open")
        assert all(phone.submit(round_id, lead())["ok"] for phone in phones)
    finally:
        redis.thaw()


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_postgres_restarts_in_an_open_round(
    server: Server, workshop: dict[str, str], remote: Remote, postgres: Postgres, how: int
) -> None:
    phones = play(server, workshop, 6)
    round_id = str(remote.until("round", "open")["round"])
    before = [secrets.token_hex(8) for _ in phones]
    for phone, id in zip(phones, before, strict=True):
        sure(phone, round_id, id, lead(f"lead:{id[:8]}", company="", reach=""))
    postgres.end(how)
    refused = phones[0].submit(round_id, lead("lead:later001"), "later-than-ever")
    assert refused["error"]["code"] == "catching_up"
    for phone in phones:
        wait_until(lambda phone=phone: {"behind": True} in phone.wire.all("line"))
    page = requests.get(
        f"{server.url}/{workshop['code']}", cookies=phones[0].http.cookies, timeout=LONG
    )
    assert page.status_code in (200, 503)
    postgres.start()
    for phone in phones:
        wait_until(lambda phone=phone: phone.wire.all("line")[-1] == {"behind": False})
    ack = sure(phones[0], round_id, "later-than-ever", lead("lead:later001"))
    assert ack["ok"]
    assert kept(server, round_id) == sorted([*before, "later-than-ever"])
    wait_until(lambda: remote.do("close")["ok"])
    for phone in phones:
        phone.wire.wait_screen(lambda s: s["phase"] == "closed")


def test_postgres_freezes(
    server: Server, workshop: dict[str, str], remote: Remote, postgres: Postgres
) -> None:
    phones = play(server, workshop, 4)
    round_id = str(remote.until("round", "open")["round"])
    postgres.freeze()
    try:
        for phone in phones:  # nobody has to ask: the crew's sign of life is what waits
            wait_until(lambda phone=phone: {"behind": True} in phone.wire.all("line"))
        assert requests.get(f"{server.url}/healthz", timeout=LONG).ok
    finally:
        postgres.thaw()
    for phone in phones:
        wait_until(lambda phone=phone: phone.wire.all("line")[-1] == {"behind": False})
    acks = [sure(phone, round_id, secrets.token_hex(8), lead()) for phone in phones]
    assert len(acks) == len(kept(server, round_id))


def test_readiness_and_measures_are_those_of_all_workers(
    server: Server, workshop: dict[str, str]
) -> None:
    play(server, workshop, 8)
    assert requests.get(f"{server.url}/readyz", timeout=LONG).json()["ok"]
    told = requests.get(f"{server.url}/metrics", timeout=LONG).text
    assert "sourcerie_phones 8.0" in told
    assert workshop["code"] not in told


def test_sqlite_with_several_workers_is_refused(tmp_path: Path) -> None:
    import os

    env = {**os.environ, "INSTANCE_DIR": str(tmp_path), "DATABASE_URL": "", "REDIS_URL": ""}
    done = subprocess.run(
        [*SERVE, "--workers", "2"], env=env, capture_output=True, text=True, timeout=STARTS
    )
    assert done.returncode == 2
    assert done.stderr.startswith("WORKERS: SQLite has one writer")
    assert len(done.stderr.splitlines()) == 1
