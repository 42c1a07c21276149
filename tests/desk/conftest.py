"""A desk without a server."""

from collections.abc import Iterator

import pytest
from sqlalchemy import delete

from game.store.tables import Lead, Objection
from tests.desk.at_desk import Desk, desk_in


@pytest.fixture(scope="module")
def _desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with desk_in(tmp_path_factory.mktemp("desk") / "instance") as made:
        yield made


@pytest.fixture
def desk(_desk: Desk) -> Desk:
    """A desk whose pool is empty."""

    def clear(s: object) -> None:
        for table in (Lead, Objection):
            s.execute(delete(table))  # type: ignore[attr-defined]

    _desk.write(clear)
    return _desk
