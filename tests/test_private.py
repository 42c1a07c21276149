"""Files that hold people's data are their owner's alone, also where an older one stood."""

import os
import stat
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from game.base.private import private_file, private_folder
from game.cli import main
from game.store.engine import Store
from game.store.migrate import upgrade


@pytest.fixture(autouse=True)
def _loose_umask() -> object:
    before = os.umask(0)
    yield
    os.umask(before)


def rights(file: Path) -> str:
    return oct(stat.S_IMODE(file.stat().st_mode))


def test_the_database_and_its_log_are_private(tmp_path: Path) -> None:
    home = tmp_path / "instance"
    home.mkdir(mode=0o755)
    file = home / "sourcerie.db"
    old = [file, home / "sourcerie.db-wal", home / "sourcerie.db-shm"]
    upgrade(f"sqlite:///{file}")
    store = Store(f"sqlite:///{file}")
    with store.writing.begin() as connection:
        connection.execute(text("CREATE TABLE some_more (x int)"))
        assert {rights(f) for f in old} == {"0o600"}
        for one in old:
            one.chmod(0o644)  # as an older version left them
        home.chmod(0o755)
        again = Store(f"sqlite:///{file}")
        assert {rights(f) for f in old} == {"0o600"}
        assert rights(home) == "0o700"
        again.close()
    store.close()


def test_exports_backups_and_the_secret_are_private_over_an_existing_file(tmp_path: Path) -> None:
    env = {"INSTANCE_DIR": str(tmp_path / "instance"), "LOG_LEVEL": "error"}
    names = ("all.backup", "pool.csv", "pool.xlsx")
    for name in names:
        (tmp_path / name).write_text("older")
    reader = (tmp_path / "pool.csv").open()  # whoever has the older one open reads no newer one
    for words in (["backup"], ["pool", "export"], ["pool", "export"]):
        file = tmp_path / names[0]
        names = names[1:]
        done = CliRunner().invoke(main, [*words, str(file)], env=env)
        assert done.exit_code == 0, done.output
        assert rights(file) == "0o600"
        assert file.read_bytes() != b"older"
    assert reader.read() == "older"
    reader.close()
    assert rights(tmp_path / "instance" / "secret_key") == "0o600"
    assert rights(tmp_path / "instance") == "0o700"
    assert sorted(f.name for f in tmp_path.iterdir())[0] == "all.backup"  # nothing half-made stays


def test_a_failure_leaves_the_older_file_whole(tmp_path: Path) -> None:
    file = tmp_path / "x"
    file.write_text("older")

    def half() -> None:
        with private_file(file) as there:
            there.write(b"half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        half()
    assert file.read_text() == "older"
    assert list(tmp_path.iterdir()) == [file]


def test_a_device_is_written_to_and_stays_one(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    with private_file(pipe) as there:
        there.write(b"x")
    assert os.read(reader, 9) == b"x"
    os.close(reader)
    assert pipe.is_fifo()


def test_a_shared_folder_keeps_its_rights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o1777)
    private_folder(shared)
    assert rights(shared) == "0o1777"
    here = tmp_path / "here"
    here.mkdir(mode=0o755)
    monkeypatch.chdir(here)
    private_folder(here)
    assert rights(here) == "0o755"
