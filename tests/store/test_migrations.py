"""The migrations bring both databases to the tables that the code knows."""

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from game.store import passage_index, search_index
from game.store.base import Base
from game.store.engine import Store
from game.store.migrate import upgrade
from tests.databases import postgres


def differences(url: str) -> list[object]:
    upgrade(url)
    upgrade(url)  # a second start changes nothing
    store = Store(url)
    with store.reading.connect() as connection:
        indexes = (search_index, passage_index)
        ours = {"include_object": lambda _, name, *__: not any(i.is_part(name) for i in indexes)}
        context = MigrationContext.configure(connection, opts=ours)
        found = compare_metadata(context, Base.metadata)
    store.close()
    return list(found)


def test_sqlite_has_the_tables(tmp_path: Path) -> None:
    assert differences(f"sqlite:///{tmp_path / 'x.db'}") == []


def test_postgres_has_the_tables() -> None:
    with postgres() as address:
        assert differences(address.replace("postgresql://", "postgresql+psycopg://")) == []
