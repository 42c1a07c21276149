"""Brings a database to today's tables."""

from pathlib import Path

from alembic import command
from alembic.config import Config

from game.store.engine import Store


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
            settings = config(url)
            settings.attributes["connection"] = connection
            command.upgrade(settings, "head")
            connection.commit()
    finally:
        store.close()
