"""Brings a database to today's tables."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

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
            connection.commit()
    finally:
        store.close()


def head() -> str:
    """The name of today's tables."""
    return str(ScriptDirectory.from_config(config("")).get_current_head())
