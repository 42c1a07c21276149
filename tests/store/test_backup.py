"""Backups: all of it, from a live room into a new place, on either database."""

from contextlib import ExitStack
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import pytest
from click.testing import CliRunner
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    DateTime,
    Float,
    Integer,
    Interval,
    LargeBinary,
    MetaData,
    Numeric,
    Table,
    Text,
    Time,
    Uuid,
    insert,
    select,
)

from game.cli import main
from game.store import backup as backups
from game.store.backup import BackupError, backup, restore, tables
from game.store.engine import Store
from game.store.migrate import upgrade
from tests.databases import postgres
from tests.serving import Phone, Remote, Server, lead


def rows(store: Store) -> dict[str, list[object]]:
    with store.session() as s:
        return {
            t.name: sorted(tuple(map(str, row)) for row in s.execute(select(t))) for t in tables()
        }


def empty(url: str) -> Store:
    upgrade(url)
    return Store(url)


def played(server: Server, workshop: dict[str, str], remote: Remote) -> list[Phone]:
    phones = [Phone(server, workshop).play() for _ in range(3)]
    round_id = str(remote.until("round", "open")["round"])
    for n, phone in enumerate(phones):
        sent = lead(name=f"Personne {n} Imaginaire", reach="", company="")
        assert phone.submit(round_id, sent)["ok"]
    return phones


def test_a_live_room_is_whole_in_another_place(
    server: Server, workshop: dict[str, str], remote: Remote, tmp_path: Path
) -> None:
    phones = played(server, workshop, remote)
    file = tmp_path / "all.backup"
    env = {**server.env, "LOG_LEVEL": "error"}
    done = CliRunner().invoke(main, ["backup", str(file)], env=env)
    assert done.exit_code == 0, done.output
    assert file.stat().st_mode & 0o77 == 0
    elsewhere = Server(tmp_path / "elsewhere")
    elsewhere.folder.mkdir()
    done = CliRunner().invoke(main, ["restore", str(file)], env=elsewhere.env)
    assert done.exit_code == 0, done.output
    here, there = server.store(), elsewhere.store()
    assert rows(there) == rows(here)
    assert len(rows(there)["leads"]) == 3
    here.close()
    there.close()
    elsewhere.start()
    phone = phones[0]
    phone.server = elsewhere
    points = phone.me()["points"]
    phone.reconnect()  # the same cookie: the secret came with the backup
    assert phone.me()["points"] == points
    elsewhere.kill()


def test_from_sqlite_to_postgres_and_back(
    server: Server, workshop: dict[str, str], remote: Remote, tmp_path: Path
) -> None:
    played(server, workshop, remote)
    here, file = server.store(), tmp_path / "one.backup"
    backup(here, file)
    with postgres() as address:
        grown = empty(address.replace("postgresql://", "postgresql+psycopg://"))
        restore(grown, file)
        assert rows(grown) == rows(here)
        backup(grown, tmp_path / "two.backup")
        grown.close()
    back = empty(f"sqlite:///{tmp_path / 'back.db'}")
    restore(back, tmp_path / "two.backup")
    assert rows(back) == rows(here)
    here.close()
    back.close()


def test_nothing_is_lost_by_a_restore(
    server: Server, workshop: dict[str, str], tmp_path: Path
) -> None:
    store, file = server.store(), tmp_path / "x.backup"
    backup(store, file)
    before = rows(store)
    with pytest.raises(BackupError, match="--replace would delete"):
        restore(store, file)
    whole, step = file.read_bytes(), len(file.read_bytes()) // 9
    file.write_bytes(whole[:-200])
    with pytest.raises(BackupError, match="not a backup"):
        restore(store, file, replace=True)
    refused = 0
    for at in range(step, len(whole) - step, step):  # changed on its way
        file.write_bytes(whole[:at] + bytes([whole[at] ^ 0x5A]) + whole[at + 1 :])
        try:
            restore(store, file, replace=True)
        except BackupError:
            refused += 1
    assert refused > 2
    assert rows(store) == before
    store.close()


KINDS = MetaData()
EVERY_KIND = Table(
    "every_kind",
    KINDS,
    Column("id", Integer, primary_key=True),
    Column("day", Date),
    Column("moment", DateTime),
    Column("hour", Time),
    Column("span", Interval),
    Column("sealed", LargeBinary),
    Column("amount", Numeric(12, 3)),
    Column("whose", Uuid),
    Column("is_so", Boolean),
    Column("share", Float),
    Column("said", Text),
    Column("list", JSON),
)
HELD = {
    "id": 1,
    "day": date(2026, 2, 28),
    "moment": datetime(2026, 2, 28, 13, 5, 7, 123456),
    "hour": time(7, 30),
    "span": timedelta(days=3, seconds=7),
    "sealed": b"\x00\xff\xfe",
    "amount": Decimal("12345.678"),
    "whose": UUID(int=7),
    "is_so": True,
    "share": 0.25,
    "said": "2026-02-28",  # a text that looks like a date stays a text
    "list": ["2026-02-28", {"a": None}],
}


@pytest.mark.parametrize("backend", ["sqlite", "postgresql"])
def test_every_kind_of_column_comes_back(
    backend: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backups, "tables", lambda: [EVERY_KIND])
    with ExitStack() as stack:
        url = f"sqlite:///{tmp_path / 'kinds.db'}"
        if backend == "postgresql":
            address = stack.enter_context(postgres())
            url = address.replace("postgresql://", "postgresql+psycopg://")
        store = Store(url)
        KINDS.create_all(store.writing)
        empty_row = dict.fromkeys(HELD) | {"id": 2}
        with store.writing.begin() as connection:
            connection.execute(insert(EVERY_KIND), [HELD, empty_row])
        backup(store, tmp_path / "kinds.backup")
        restore(store, tmp_path / "kinds.backup", replace=True)
        with store.session() as s:
            found = [dict(r) for r in s.execute(select(EVERY_KIND).order_by("id")).mappings()]
        assert found == [HELD, empty_row]
        store.close()


def test_no_column_of_ours_is_of_a_kind_that_backups_do_not_know() -> None:
    plain = {int, str, bool, float, object}  # an object is JSON
    held = {column.type.python_type for table in tables() for column in table.columns}
    assert held <= plain | set(backups.FROM_JSON)
