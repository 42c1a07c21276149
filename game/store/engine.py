"""The engines: many readers, and one connection that writes."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool

from game.base.private import keep_private, private_folder

WAIT_MS = 5_000  # for a lock of SQLite
WRITER_CACHE, READER_CACHE = 4_096, 2_048  # kilobytes; the system keeps the file in memory anyway
POSTGRES = {  # a server that is gone without a word is noticed
    "connect_timeout": 5,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 15_000,
}


def _orjson_dumps(value: object) -> str:
    import orjson

    return orjson.dumps(value).decode()


def _engine(url: str, **more: object) -> Engine:
    import orjson

    return create_engine(url, json_serializer=_orjson_dumps, json_deserializer=orjson.loads, **more)


def _prepare_sqlite(engine: Engine, begin: str, wait_ms: int, cache_kb: int) -> None:
    """Write-ahead log, full sync (a power cut loses nothing), and our own word for BEGIN."""

    @event.listens_for(engine, "connect")
    def _connect(dbapi: sqlite3.Connection, _record: object) -> None:
        dbapi.isolation_level = None
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "secure_delete=ON",  # what is erased is overwritten, not only let go
            f"busy_timeout={wait_ms}",
            f"cache_size=-{cache_kb}",
            "temp_store=MEMORY",
        ):
            dbapi.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        driver: Any = connection.connection.dbapi_connection
        try:  # as the driver takes it: a transaction is begun for every few answers
            driver.execute(begin)
        except sqlite3.Error as error:
            raise DBAPIError.instance(begin, None, error, sqlite3.Error) from error


def _keep_private(file: Path) -> None:
    """The database, its write-ahead log and its index are their owner's, in a folder of theirs.

    SQLite gives the two others the rights of the first; those that an older version left open to
    all are closed.
    """
    private_folder(file.parent)
    keep_private(file)
    for name in (f"{file.name}-wal", f"{file.name}-shm"):
        if (file.parent / name).exists():
            keep_private(file.parent / name)


class Store:
    """The database: `session()` reads; `writing` is the engine of the durable writer alone."""

    def __init__(self, url: str, wait_ms: int = WAIT_MS) -> None:
        self.url = make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.kept: Connection | None = None
        if self.is_sqlite:
            self._open_sqlite(url, wait_ms)
        else:
            alive = {"connect_args": POSTGRES, "pool_pre_ping": True, "pool_timeout": 5}
            self.reading = _engine(url, pool_size=10, max_overflow=20, **alive)
            self.writing = _engine(url, pool_size=1, max_overflow=0, **alive)

    def _open_sqlite(self, url: str, wait_ms: int) -> None:
        if self.url.database and self.url.database != ":memory:":
            _keep_private(Path(self.url.database))
        shared = {"check_same_thread": False}
        self.reading = _engine(url, connect_args=shared, pool_size=10, max_overflow=20)
        self.writing = _engine(url, connect_args=shared, poolclass=StaticPool)
        _prepare_sqlite(self.reading, "BEGIN", wait_ms, READER_CACHE)
        _prepare_sqlite(self.writing, "BEGIN IMMEDIATE", wait_ms, WRITER_CACHE)

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """A transaction of the durable writer: committed at the end, or as if it had not been.

        SQLite's one connection is kept from one to the next, since to take it out of its pool and
        to put it back costs as much as a commit. PostgreSQL's may be gone, and is asked each time.
        """
        if not self.is_sqlite:
            with self.writing.begin() as connection:
                yield connection
            return
        if self.kept is None or self.kept.closed or self.kept.invalidated:
            self.kept = self.writing.connect()
        try:
            with self.kept.begin():
                yield self.kept
        except BaseException:  # a commit that failed leaves its transaction open: the pool ends it
            self.kept.close()
            raise

    def another(self) -> "Store":
        """One on the same database for another thread: a writer's one connection is not shared."""
        made = Store(self.url.render_as_string(hide_password=False))
        for mine, its in ((self.reading, made.reading), (self.writing, made.writing)):
            its.update_execution_options(**mine.get_execution_options())
        return made

    @contextmanager
    def session(self) -> Iterator[Session]:
        """A short read; nothing it adds is ever written."""
        with Session(self.reading, autoflush=False) as session:
            yield session

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """A reading that sees one moment of the database, however long it takes."""
        engine = self.reading  # a transaction of SQLite sees one moment anyway
        if not self.is_sqlite:
            engine = engine.execution_options(isolation_level="REPEATABLE READ")
        with engine.connect() as connection:
            with connection.begin():
                yield connection

    def close(self) -> None:
        if self.kept is not None:
            self.kept.close()
        self.reading.dispose()
        self.writing.dispose()
