"""Brings a database to today's tables."""

import time
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.exc import DBAPIError

from game.store import passage_index, search_index
from game.store.engine import Store

LOCK = 7_327_410  # a number that is only ours


def config(url: str) -> Config:
    """Alembic's settings, made here so that no ini file is needed."""
    made = Config()
    made.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    made.attributes["url"] = url
    return made


def upgrade(url: str) -> None:
    """Runs the migrations that this database has not seen."""
    store = Store(url)
    try:
        with store.writing.connect() as connection:
            if not store.is_sqlite:  # several servers may start at once: one migrates, others wait
                connection.exec_driver_sql(f"SELECT pg_advisory_lock({LOCK})")
            settings = config(url)
            settings.attributes["connection"] = connection
            command.upgrade(settings, "head")
            search_index.lay(connection)
            passage_index.lay(connection)
            connection.commit()
    finally:
        store.close()


def head() -> str:
    """The name of today's tables."""
    return str(ScriptDirectory.from_config(config("")).get_current_head())


def wait_for_tables(url: str) -> None:
    """Returns once somebody else has brought the database to today's tables."""
    store = Store(url)
    try:
        while not _is_current(store):
            time.sleep(0.5)
    finally:
        store.close()


def _is_current(store: Store) -> bool:
    try:
        with store.reading.connect() as connection:
            return MigrationContext.configure(connection).get_current_revision() == head()
    except DBAPIError:
        return False
