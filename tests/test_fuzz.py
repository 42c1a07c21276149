"""No page answers 5xx, whoever asks for it with whatever."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from tests import fuzz
from tests.databases import postgres

# in a server, what a library will leave out one day is no fault today
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def world(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[fuzz.World]:
    folder = tmp_path_factory.mktemp("fuzz")
    if request.param == "sqlite":
        with fuzz.world(folder) as made:
            yield made
        return
    with postgres() as address:
        url = address.replace("postgresql://", "postgresql+psycopg://")
        with fuzz.world(folder, url) as made:
            yield made


@settings(
    max_examples=500,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(asking=fuzz.ASKINGS)
def test_no_page_answers_5xx(world: fuzz.World, asking: fuzz.Asking) -> None:
    fuzz.ask(world, asking)


def test_nothing_was_stored_that_does_not_fit(world: fuzz.World) -> None:
    assert fuzz.overlong(world) == []
