"""Taking what was deleted out of the database's files, too."""

import time

import structlog
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

import game.store.tables  # noqa: F401 - the base knows what was read
from game.store.base import Base
from game.store.engine import Store

TRIES, PAUSE = 20, 0.25  # a reader holds the log for milliseconds
ROOTS = ("leads", "players", "workshops")
LOOSE = ("arrivals", "guest_cards", "import_files", "jobs", "own_words", "places", "saved_views")
log = structlog.get_logger()


def scrub(store: Store) -> bool:
    """Leaves nothing of what was deleted before in files; call it after the deletion's commit.

    SQLite overwrites freed pages at once (`secure_delete`); here its write-ahead log is folded in
    and emptied. PostgreSQL frees dead rows here, and its own log turns over with its checkpoints.
    False where readers would not let go: the log is then emptied by the next call, or when the
    last connection closes.
    """
    return _checkpoint(store) if store.is_sqlite else _vacuum(store)


def _checkpoint(store: Store) -> bool:
    for _ in range(TRIES):
        with store.reading.connect() as connection:
            connection = connection.execution_options(isolation_level="AUTOCOMMIT")
            try:
                busy = connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)")).one()[0]
            except OperationalError:
                busy = 1
        if not busy:
            return True
        time.sleep(PAUSE)
    log.warning("scrub_waits")
    return False


def tables() -> tuple[str, ...]:
    """The tables that hold a person's words: all that go with a lead, a player or a workshop."""
    held: set[str] = set()
    more = {*ROOTS, *LOOSE}
    while more:
        held |= more
        more = {
            table.name
            for table in Base.metadata.tables.values()
            for key in table.foreign_keys
            if key.ondelete == "CASCADE" and key.column.table.name in held
        } - held
    return tuple(sorted(held))


def _vacuum(store: Store) -> bool:
    engine = store.reading.execution_options(isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"VACUUM {', '.join(tables())}"))
    return True
