"""The same room on a real PostgreSQL, with a real Redis between sockets."""

import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.databases import postgres, redis
from tests.serving import Phone, Remote, Server, Staff, lead


@pytest.fixture(scope="module")
def addresses() -> Iterator[dict[str, str]]:
    with postgres() as database, redis() as queue:
        yield {"DATABASE_URL": database, "REDIS_URL": queue}


@pytest.fixture
def server(tmp_path: Path, addresses: dict[str, str]) -> Iterator[Server]:
    made = Server(tmp_path, SECRET_KEY="a secret of these tests", **addresses).start()
    yield made
    made.kill()


def test_a_room_plays_dies_and_comes_back(
    server: Server, staff: Staff, workshop: dict[str, str], remote: Remote
) -> None:
    phones = [Phone(server, workshop).play() for _ in range(4)]
    round_id = str(remote.until("round", "open")["round"])
    id = secrets.token_hex(8)
    given = [phone.submit(round_id, lead(), id) for phone in phones]
    assert phones[0].submit(round_id, lead(), id) == given[0]
    server.kill()
    server.start()
    for phone, ack in zip(phones, given, strict=True):
        phone.wire = phone._wire().open()
        assert phone.wire.screen()["phase"] == "open"
        assert phone.me()["points"] == ack["points"]
    again = Remote(staff, workshop)
    assert again.do("close")["ok"]
    phones[0].wire.wait_screen(lambda s: s["phase"] == "closed")
    own = [ack["points"] for ack in given]
    assert [phone.me()["points"] for phone in phones] == own  # nothing is told before the room is
    again.until("round", "revealed")
    assert [phone.me()["points"] for phone in phones] == [own[0], 3, 3, 0]
    assert again.do("reopen")["ok"]
    phones[0].wire.wait_screen(lambda s: s["phase"] == "open")
    assert phones[3].me()["points"] == given[0]["points"]
    again.until("podium")
    page = staff.get("/desk").text
    assert "Solenn Kerguelen" in page
    assert staff.post("/desk/export/xlsx", {}, "/desk").content[:2] == b"PK"
