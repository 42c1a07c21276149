"""Backups: all of it, from a live room into a new place, on either database."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from game.cli import main
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
    file.write_bytes(file.read_bytes()[:-200])
    with pytest.raises(BackupError, match="not a backup"):
        restore(store, file, replace=True)
    assert rows(store) == before
    store.close()
