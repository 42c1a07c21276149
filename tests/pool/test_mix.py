"""What sourcing brought: counts of people, by what brought them, and none of a group under five."""

from collections.abc import Iterator

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from game.pool import mix, standing, touchpoint
from game.pool.touchpoint import Plan
from game.store.tables import Lead, Recommendation, RoundRow, Workshop
from tests.databases import opened
from tests.published import publish_notice
from tests.table import PEOPLE, SECRET, Table, said

START = 1_800_000_000_000
LINES = ["le meilleur", "un ancien"]


def called(title: str, kind: str) -> str:
    return title or kind


@pytest.fixture
def table(either: str) -> Iterator[Table]:
    with opened(either) as store:
        with Session(store.writing) as s:
            for one in (Lead, Workshop):
                s.execute(delete(one))
            s.commit()
        yield Table(store)


def play(table: Table, count: int) -> list[str]:
    """So many people are named, a minute apart, in a round that opened at START."""
    for n in range(count):
        table.submit(n % 2, said(f"lead:slot{n // 2}", n))
    with Session(table.store.writing) as s:
        ran = {"ran": [[START, START + 600_000]], "closed_at": START + 600_000}
        s.execute(update(RoundRow).values(timing={**ran, "revealed_at": None}))
        s.execute(update(Lead).values(informed_at=1, channel="school"))
        for n, name in enumerate(PEOPLE[:count]):
            own = Recommendation.name == name
            s.execute(update(Recommendation).where(own).values(at=START + n * 60_000 + 1))
        s.commit()
    return table.leads()


def test_groups_under_five_are_not_shown(table: Table) -> None:
    play(table, 4)
    with table.store.session() as s:
        assert mix.families(mix.by_channel(s), [("Écoles", False, ["school"])]) == []
        assert mix.by_round(s, called) == []
        assert mix.by_line(s, lambda _: (LINES, 600)) == []
        assert mix.funnels(s) == []


def test_each_person_counts_once_and_how_far_they_came(table: Table) -> None:
    ids = play(table, 6)
    table.submit(1, said("lead:again", 0))  # a second colleague names the first person
    table.judge(ids[0], "pursue")
    table.judge(ids[1], "pursue")
    with Session(table.store.writing) as s:
        publish_notice(s)
        touchpoint.note_done(s, SECRET, ids[0], Plan("call", "phone"), None)
        touchpoint.note_done(s, SECRET, ids[1], Plan("notice", "mail"), None)
        touchpoint.note_done(s, SECRET, ids[2], Plan("call", "phone", direction="in"), None)
        standing.set_outcome(s, ids[0], "hired", None)
        s.commit()
    with table.store.session() as s:
        known = [("Écoles", False, ["school", "apprentice"]), ("LinkedIn", True, ["linkedin"])]
        counts = (6, 2, 1, 1)
        assert mix.families(mix.by_channel(s), known) == [mix.Group("Écoles", *counts)]
        (one,) = mix.by_round(s, called)
        assert (one.leads, one.pursued, one.contacted, one.hired) == counts
        (funnel,) = mix.funnels(s)
        assert (funnel.players, funnel.leads, funnel.reachable) == (2, 6, 6)
        assert (funnel.pursued, funnel.contacted, funnel.hired) == (2, 1, 1)
        assert funnel.hours == pytest.approx(2 * 10 / 60)  # two players, ten minutes


def test_a_person_counts_for_the_line_that_was_on_the_screens(table: Table) -> None:
    play(table, 6)  # at minutes 0 to 5
    with table.store.session() as s:
        (one,) = mix.by_line(s, lambda _: (LINES, 300))
        assert (one.name, one.leads) == ("le meilleur", 5)


def test_rehearsals_and_colleagues_do_not_count(table: Table) -> None:
    ids = play(table, 6)
    with Session(table.store.writing) as s:
        s.execute(update(Lead).where(Lead.id == ids[0]).values(rehearsed=True))
        s.execute(update(Lead).where(Lead.id == ids[1]).values(internal=True))
        s.commit()
        assert mix.by_channel(s)["school"][0] == 4
        s.execute(update(Workshop).values(sort="demo"))
        assert mix.by_round(s, called) == []
        assert s.scalars(select(Lead.id)).all()
