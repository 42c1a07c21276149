"""No page answers 5xx, whoever asks for it with whatever."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from sqlalchemy import select

from game.store.base import Base
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


# what looking leaves: the trace, and when somebody who is signed in was last here
TRACES = {"audit", "audit_head", "sign_ins"}


def everything(world: fuzz.World) -> dict[str, list[str]]:
    with world.app.extensions["sourcerie"].store.session() as s:
        return {
            table.name: sorted(map(repr, s.execute(select(table))))
            for table in Base.metadata.sorted_tables
            if table.name not in TRACES
        }


def test_looking_at_a_page_changes_nothing(world: fuzz.World) -> None:
    """Links are followed by programs, too: by scanners of mails, and by browsers ahead of time."""
    world.refresh()
    before, seen = everything(world), set()
    for at, rule in enumerate(world.rules):
        if "GET" not in (rule.methods or ()):
            continue
        for who in ("player", fuzz.STRANGER, 0):
            world.asked = 0  # what there is stays
            asking = fuzz.Asking(who, at, "GET", (0, 0, 0, 0), (), b"", "raw", "", (), 0)
            if fuzz.ask(world, asking) == 200:
                seen.add(rule.endpoint)
    after = everything(world)
    assert [name for name in before if before[name] != after[name]] == []
    assert len(seen) > 80, len(seen)


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
