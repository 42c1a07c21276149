"""What goes wrong around a live room: the process, the disk, the database, the clock."""

import os
import re
import resource
import secrets
import sqlite3
import subprocess
import time
from pathlib import Path

import psutil
import pytest
import requests

from bench.parts.kills import besiege
from game.store.tables import Player, Submission
from tests.serving import SERVE, Phone, Remote, Server, lead, wait_until
from tests.waiting import LONG, STARTS


def kept(server: Server) -> set[str]:
    """The ids of all answers in the database."""
    store = server.store()
    with store.session() as s:
        ids = {row.id for row in s.query(Submission)}
    store.close()
    return ids


def behind(phone: Phone) -> bool:
    """What the phone was last told of the line."""
    told = phone.wire.all("line")
    return bool(told and told[-1]["behind"])


def sure(phone: Phone, round_id: str, id: str) -> None:
    """As a phone's outbox does: the same id goes out until it is acknowledged."""
    answer = lead(f"lead:{id[:8]}", name=f"Quelqu'un {id[:6]}", company="", reach="")
    wait_until(lambda: phone.submit(round_id, answer, id)["ok"])


def test_kill_9_loses_nothing_and_counts_nothing_twice(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    count = besiege(tmp_path, times=5, phones=60)
    with capsys.disabled():
        print(f"\nkill -9, 5 times under load: {count}; back after {max(count.back):.1f} s at most")
    assert count.sent == count.acknowledged == count.found > 300
    assert (count.lost, count.doubled, count.wrong_points, count.players_lost) == (0, 0, 0, 0)
    assert count.phase == "round open"


def test_a_full_disk_is_said_and_waited_for(
    server: Server, workshop: dict[str, str], remote: Remote
) -> None:
    phone = Phone(server, workshop).play()
    round_id = str(remote.until("round", "open")["round"])
    sure(phone, round_id, "before-the-disk-was-full")
    assert server.process is not None
    process = psutil.Process(server.process.pid)
    unlimited = process.rlimit(resource.RLIMIT_FSIZE)
    process.rlimit(resource.RLIMIT_FSIZE, (0, unlimited[1]))  # not a byte more, in any file
    refused = phone.submit(round_id, lead(), "while-the-disk-is-full")
    assert refused["error"]["code"] == "catching_up"
    assert refused["error"]["text"]
    assert refused["id"] == "while-the-disk-is-full"
    wait_until(lambda: behind(phone))
    time.sleep(2)
    assert behind(phone)  # and it stays so
    assert requests.get(f"{server.url}/healthz", timeout=LONG).ok
    assert requests.get(f"{server.url}/readyz", timeout=LONG).status_code == 503
    assert "while-the-disk-is-full" not in kept(server)
    process.rlimit(resource.RLIMIT_FSIZE, unlimited)
    wait_until(lambda: not behind(phone))
    sure(phone, round_id, "while-the-disk-is-full")
    assert kept(server) == {"before-the-disk-was-full", "while-the-disk-is-full"}
    assert remote.do("close")["ok"]


def test_a_database_that_somebody_else_locks_is_waited_for(
    server: Server, workshop: dict[str, str], remote: Remote
) -> None:
    phone = Phone(server, workshop).play()
    round_id = str(remote.until("round", "open")["round"])
    other = sqlite3.connect(server.folder / "sourcerie.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    refused = phone.submit(round_id, lead(), "while-it-was-locked")
    assert refused["error"]["code"] == "catching_up"
    wait_until(lambda: behind(phone))
    page = requests.get(
        f"{server.url}/{workshop['code']}", cookies=phone.http.cookies, timeout=LONG
    )
    assert page.ok  # what was there can still be read
    other.execute("ROLLBACK")
    other.close()
    wait_until(lambda: not behind(phone))
    sure(phone, round_id, "while-it-was-locked")
    assert kept(server) == {"while-it-was-locked"}


def test_a_short_lock_is_no_more_than_a_wait(
    server: Server, workshop: dict[str, str], remote: Remote
) -> None:
    phone = Phone(server, workshop).play()
    round_id = str(remote.until("round", "open")["round"])
    other = sqlite3.connect(
        server.folder / "sourcerie.db", isolation_level=None, check_same_thread=False
    )
    other.execute("BEGIN IMMEDIATE")
    import threading

    let_go = threading.Event()

    def free() -> None:
        let_go.set()
        other.execute("ROLLBACK")

    threading.Timer(1.5, free).start()
    assert phone.submit(round_id, lead())["ok"]
    assert let_go.is_set()
    other.close()


@pytest.mark.parametrize("hours", [-2, 2])
def test_a_clock_that_was_set_between_two_starts(
    server: Server, workshop: dict[str, str], remote: Remote, hours: int
) -> None:
    """A round that is open stays open or is closed, but nobody is lost, nor an answer."""
    phone = Phone(server, workshop).play()
    round_id = str(remote.until("round", "open")["round"])
    sure(phone, round_id, "before-the-clock-was-set")
    server.kill()
    steady = time.time_ns() // 1_000_000 - time.monotonic_ns() // 1_000_000
    server.env["SOURCERIE_CLOCK"] = str(steady + hours * 3_600_000)
    server.start()
    phone.reconnect()
    again = phone.submit(round_id, lead(), "before-the-clock-was-set")
    assert again["ok"]  # the same acknowledgement, whatever the time
    if hours < 0:
        sure(phone, round_id, "after-the-clock-was-set")
        assert kept(server) == {"before-the-clock-was-set", "after-the-clock-was-set"}
    else:
        phone.wire.wait_screen(lambda s: s["phase"] == "closed")
        assert kept(server) == {"before-the-clock-was-set"}
    store = server.store()
    with store.session() as s:
        assert s.query(Player).count() == 1
    store.close()


def test_a_graceful_stop_tells_phones_and_keeps_what_was_on_its_way(
    server: Server, workshop: dict[str, str], remote: Remote
) -> None:
    phones = [Phone(server, workshop).play() for _ in range(5)]
    round_id = str(remote.until("round", "open")["round"])
    ids = [secrets.token_hex(8) for _ in phones]
    for phone, id in zip(phones, ids, strict=True):
        assert phone.wire.client is not None
        answer = lead(f"lead:{id[:8]}", company="", reach="")
        phone.wire.client.emit("submit", {"id": id, "round": round_id, "answer": answer})
    wait_until(lambda: set(ids) <= kept(server))
    server.stop()
    for phone in phones:
        wait_until(lambda phone=phone: {"reason": "restart"} in phone.wire.all("bye"))
    assert server.process is not None
    assert server.process.returncode == 0


def start(folder: Path, **env: str) -> subprocess.CompletedProcess[str]:
    """A start that is expected to stop at once; `.env` is read from the folder."""
    given = {**os.environ, "INSTANCE_DIR": str(folder)}
    for name in ("PORT", "GRACE_SECONDS", "REDIS_URL", "DATABASE_URL"):
        given.pop(name, None)
    return subprocess.run(
        SERVE,
        env=given | env,
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=STARTS,
        check=False,
    )


@pytest.mark.parametrize(
    ("file", "content", "said"),
    [
        ("sourcerie.db", b"no database at all, and not short", "DATABASE_URL: file is not a data"),
        ("secret_key", b"", "SECRET_KEY: .* is damaged"),
        (".env", b"PORT=80\xff\xfe", ".env: not a text in UTF-8"),
        (".env", b"PORT=eighty", "PORT: "),
        (".env", b"GRACE_SECONDS=-1", "GRACE_SECONDS: "),
        (".env", b"REDIS_URL=localhost", "REDIS_URL: must look like"),
    ],
)
def test_what_is_damaged_stops_the_start_with_one_line(
    tmp_path: Path, file: str, content: bytes, said: str
) -> None:
    (tmp_path / file).write_bytes(content)
    env = {} if file == ".env" else {"PORT": "8799"}
    done = start(tmp_path, **env)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert re.match(said, done.stderr)


def test_a_database_that_cannot_be_reached_stops_the_start_with_one_line(tmp_path: Path) -> None:
    done = start(tmp_path, DATABASE_URL="postgresql://nobody@127.0.0.1:1/none", PORT="8799")
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert done.stderr.startswith("DATABASE_URL: ")
