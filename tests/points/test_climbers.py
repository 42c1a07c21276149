"""Who climbed: places gained by the round played last, and nobody by the first one."""

from sqlalchemy import update

from game.points import ledger
from game.store.engine import Store
from game.store.tables import Player, Point, RoundRow
from game.workshop import boards
from tests.table import SLOTS, Table, said


def climbed(table: Table) -> list[tuple[str, int]]:
    with table.store.session() as s:
        made = boards.boards(s, table.room.id)
        return boards.climbers(boards.before_last(s, table.room.id, made), made)


def test_there_are_none_in_the_first_round(store: Store) -> None:
    table = Table(store)
    table.submit(0, said(SLOTS[0], 0, detailed=True))
    table.submit(1, said(SLOTS[1], 1))
    table.write(lambda s: s.execute(update(RoundRow).values(phase="revealed")))
    assert climbed(table) == []
    with table.store.session() as s:  # there was no place before it to move from, either
        assert boards.before_last(s, table.room.id, boards.boards(s, table.room.id)) == []
    second = RoundRow(
        **{"id": "second", "workshop_id": table.room.id, "kind": "recommend"},
        **{"place": 9, "seconds": 60, "phase": "revealed"},
    )
    table.write(lambda s: s.add(second))
    row = {"player_id": table.players[1], "round_id": "second", "slot": "x", "reason": "x"}
    table.write(lambda s: s.add(Point(**row, amount=50, at=1)))
    table.write(lambda s: ledger.sum_up(s, Player.workshop_id == table.room.id))
    assert climbed(table) == [("P1", 1)]
