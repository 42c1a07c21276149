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


NUMBERS = ("9" * 19, "9" * 30, "9" * 5_000, "٣", "²", "-1")


@pytest.mark.parametrize("given", [*NUMBERS, "é" * 70_000])
def test_what_no_column_holds_is_no_fault_of_ours(world: fuzz.World, given: str) -> None:
    world.refresh()
    brief, token = world.ids["brief_id"][0], world.ids["token"][0]
    officer, recruiter = world.clients["dpo"], world.clients["recruiter"]
    stranger = world.clients[fuzz.STRANGER]
    answers = [
        officer.get("/law/audit", query_string={"before": given[:5_000]}),
        officer.get(f"/law/notice/{given[:5_000]}"),
        recruiter.post(f"/desk/again/{brief}", data={"words": given}),
        stranger.post(f"/contact/{token}/stay", data={"months": given}),
    ]
    assert [answer.status_code for answer in answers] == [200, 404, 200, 422]


def test_nothing_was_stored_that_does_not_fit(world: fuzz.World) -> None:
    assert fuzz.overlong(world) == []
