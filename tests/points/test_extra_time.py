"""More time for who took it: their answer counts after the room's time, until the results."""

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.base.refusal import Refusal
from game.rules.timing import timing_of
from game.store.engine import Store
from game.store.tables import AuditEntry, Player, RoundRow
from game.workshop import round_clock, way_back
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
    assert isinstance(table.write(lambda s: way_back.set_extra(s, slow, 7)), Refusal)
    table.write(lambda s: way_back.set_extra(s, slow, 25))  # 75 seconds
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
    table.write(lambda s: way_back.set_extra(s, table.players[0], 100))
    opened(table, over_by=(SECONDS + 10) * 1000)
    assert isinstance(table.submit(0, said("lead:slot0", 0)), Refusal)
