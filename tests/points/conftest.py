"""What the tests of the store share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from game.store.engine import Store
from game.store.migrate import upgrade


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty SQLite database of this test's own."""
    url = f"sqlite:///{tmp_path / 'x.db'}"
    upgrade(url)
    made = Store(url)
    yield made
    made.close()
