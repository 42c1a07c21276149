"""More time for who took it: their answer counts after the room's time, until the results."""

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bench.room import LEAD, answer
from game.base.clock import now_ms
from game.base.refusal import Refusal
from game.rules.extra_time import extra_ms
from game.rules.timing import timing_of
from game.store.engine import Store
from game.store.tables import AuditEntry, Player, RoundRow
from game.workshop import course, extra_time, me, round_clock
from tests.store.test_round_rules import Hall
from tests.table import PACKS, Table, said

SECONDS = 300


def opened(table: Table, *, over_by: int) -> None:
    """The round's time ended so many milliseconds ago."""
    now = now_ms()
    timing = timing_of(None).started(now - over_by - SECONDS * 1000).stored()
    values = {"closes_at": now - over_by, "seconds": SECONDS, "timing": timing}
    table.write(lambda s: s.execute(update(RoundRow).values(phase="open", left_ms=None, **values)))


def row(s: Session, table: Table) -> RoundRow:
    return s.get_one(RoundRow, table.room.rounds[0])


def test_only_who_took_more_time_answers_after_the_rooms(store: Store) -> None:
    table = Table(store)
    slow, other = table.players
    assert isinstance(table.write(lambda s: extra_time.set_extra(s, slow, 7)), Refusal)
    table.write(lambda s: extra_time.set_extra(s, slow, 25))  # 75 seconds
    opened(table, over_by=10_000)
    assert isinstance(table.submit(1, said("lead:slot0", 0)), Refusal)
    assert table.submit(0, said("lead:slot0", 1))["ok"]
    assert table.write(lambda s: round_clock.close(s, PACKS, table.room.rounds[0]))
    with store.session() as s:
        assert row(s, table).result["leads"] == 1
    assert isinstance(table.submit(1, said("lead:slot1", 2)), Refusal)
    assert table.submit(0, said("lead:slot1", 3))["ok"]  # closed by now, and not yet told
    table.write(lambda s: round_clock.reveal(s, PACKS, row(s, table)))
    with store.session() as s:
        assert row(s, table).result["leads"] == 2, "the results have what came late"
        points = {p.id: p.provisional for p in s.scalars(select(Player))}
        assert not list(s.scalars(select(AuditEntry))), "no log tells who took more time"
    assert points[slow] > 0
    assert points[other] == 0
    assert isinstance(table.submit(0, said("lead:slot2", 4)), Refusal)


def test_extra_time_ends_too(store: Store) -> None:
    table = Table(store)
    table.write(lambda s: extra_time.set_extra(s, table.players[0], 100))
    opened(table, over_by=(SECONDS + 10) * 1000)
    assert isinstance(table.submit(0, said("lead:slot0", 0)), Refusal)


def own_time(hall: Hall) -> int:
    """How much later than the room's the player's round ends, as their phone is told."""
    with hall.store.reading.connect() as reader:
        told = me.mine(reader, "a secret of this test", [hall.player], lambda _: None)
    return int(str(told[hall.player]["extra_ms"]))


def choose(hall: Hall, percent: int) -> str:
    with Session(hall.store.writing) as s:
        since = extra_time.set_extra(s, hall.player, percent)
        s.commit()
        return since


def longest(hall: Hall) -> int:
    with Session(hall.store.writing) as s:
        s.get_one(Player, hall.player).socket = "w/1"
        return extra_time.longest_ms(s, s.get_one(RoundRow, hall.room.rounds[0]))


def test_more_time_holds_at_once_in_an_open_round_and_later_from_the_next(store: Store) -> None:
    hall = Hall(store)
    whole = extra_ms(3600, 100)
    assert choose(hall, 50) == "start"
    hall.on_to("open")
    assert choose(hall, 25) == "now"
    assert own_time(hall) == longest(hall) == extra_ms(3600, 25)
    hall.do(round_clock.close_now)
    for percent in (100, 0, 100):
        assert choose(hall, percent) == "next"
        assert own_time(hall) == longest(hall) == extra_ms(3600, 25), "what held when it closed"
    hall.do(course.go_on)
    assert choose(hall, 100) == "next"
    hall.do(round_clock.reopen)
    assert own_time(hall) == longest(hall) == whole, "it is open again, for this time too"
    while hall.row(1).phase != "open":
        hall.do(course.go_on)
    assert own_time(hall) == whole


@pytest.mark.parametrize("is_before", [True, False])
def test_who_chooses_after_the_close_does_not_answer_in_that_round(
    store: Store, is_before: bool
) -> None:
    hall = Hall(store, (LEAD,))
    hall.on_to("open")
    closes = [lambda: hall.do(round_clock.close_now), lambda: choose(hall, 100)]
    for does in reversed(closes) if is_before else closes:
        does()
    taken = hall.give("a" * 16, answer(LEAD, 1), now_ms() + 60_000)
    assert isinstance(taken, Refusal) is not is_before
