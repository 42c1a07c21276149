"""An application without a server, and a program that may do everything."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import delete

from game.store.tables import CompanyFact, Lead, Objection, PoolImport, Suppression
from tests.api.program import Program
from tests.desk.at_desk import Desk, desk_in


@pytest.fixture(scope="package")
def _desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with desk_in(tmp_path_factory.mktemp("api") / "instance") as made:
        yield made


@pytest.fixture
def desk(_desk: Desk) -> Desk:
    """A desk whose pool is empty."""

    def clear(s: Any) -> None:
        for table in (Lead, Objection, Suppression, PoolImport, CompanyFact):
            s.execute(delete(table))

    _desk.write(clear)
    return _desk


@pytest.fixture
def program(desk: Desk) -> Program:
    return Program(desk)
