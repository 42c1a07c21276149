"""Nobody is told that a person was known and was erased: neither by the answer nor by points."""

from typing import Any

from sqlalchemy import event, select, update
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.privacy.erase import erase
from game.store.engine import Store
from game.store.tables import Lead, LeadKey, Point, RoundRow
from game.workshop import settle
from tests.table import PACKS, SECRET, SLOTS, Table, said

ERASED, NEW = 0, 1


def wiped(store: Store) -> Table:
    """A room in which one person was named and erased."""
    table = Table(store)
    table.submit(0, said(SLOTS[0], ERASED, detailed=True))
    (lead,) = table.leads()
    table.write(lambda s: erase(s, SECRET, lead, None))
    return table


def told(answer: Any) -> Any:
    return {name: value for name, value in answer.items() if name not in ("id", "points")}


def earned(table: Table, slot: str) -> list[tuple[Any, ...]]:
    rows = select(Point.reason, Point.amount, Point.status, Point.settled)
    own = rows.where(Point.player_id == table.players[1], Point.slot == slot)
    return sorted(tuple(row) for row in table.read(own))


def test_the_answer_is_the_same_for_the_erased_and_for_a_new_person(store: Store) -> None:
    table = wiped(store)
    for typed in ({}, {"reason": "Des soudures sans reprise"}, {"aware": True}):
        erased = table.submit(1, {**said(SLOTS[1], ERASED), **typed})
        new = table.submit(1, {**said(SLOTS[2], NEW), **typed})
        assert told(erased).keys() == told(new).keys()
        assert erased["ok"] is new["ok"] is True
    assert earned(table, SLOTS[1])[0][:2] == earned(table, SLOTS[2])[0][:2]


def test_points_tell_nothing_before_or_after_the_end_of_a_round(store: Store) -> None:
    table = wiped(store)
    table.submit(0, said(SLOTS[3], NEW, detailed=True))  # named by the same colleague, too
    table.submit(1, said(SLOTS[1], ERASED, detailed=True))
    table.submit(1, said(SLOTS[2], NEW, detailed=True))
    family = {"new_family"}  # of channels: the first lead brings it, whoever it is
    before = [[row for row in earned(table, s) if row[0] not in family] for s in SLOTS[1:3]]
    assert before[0] == before[1]

    def end(s: Session) -> None:
        s.execute(update(RoundRow).values(phase="closed"))
        row = s.scalars(select(RoundRow)).one()
        settle.settle(s, PACKS, row, now_ms())

    table.write(end)
    seconded = PACKS["fr"].points.seconded
    assert [sum(row[1] for row in earned(table, s)) for s in SLOTS[1:3]] == [seconded] * 2
    assert table.sums() == table.entries()


def seconded(table: Table) -> list[int]:
    """What the second of two who named a person gets less, at the round's end."""

    def end(s: Session) -> None:
        row = s.scalars(select(RoundRow)).one()
        settle.settle(s, PACKS, row, now_ms())

    table.write(end)
    rows = select(Point.amount).where(Point.reason == "seconded")
    return [row[0] for row in table.read(rows)]


def test_two_who_name_one_person_earn_alike_whether_that_person_was_erased(store: Store) -> None:
    table = wiped(store)
    for player in (0, 1):
        table.submit(player, said(SLOTS[1], ERASED, detailed=True))
        table.submit(player, said(SLOTS[2], NEW, detailed=True))
    assert len(seconded(table)) == 2
    worth = [sum(row[1] for row in earned(table, slot)) for slot in SLOTS[1:3]]
    assert worth == [PACKS["fr"].points.seconded] * 2


def test_two_ways_to_one_person_do_not_tell_that_the_pool_knows_it_is_one(store: Store) -> None:
    """Known by mail and phone: who names them by one, and a friend by the other, learn nothing."""
    table = Table(store)
    known = {**said(SLOTS[0], 0), "slot": "lead:before"}
    table.submit(0, known)
    (lead,) = table.leads()

    def know_both(s: Session) -> None:
        s.execute(update(Lead).values(mail="x@exemple.fr", origin="import"))
        s.add(LeadKey(key="m:x@exemple.fr", lead_id=lead))

    table.write(know_both)
    table.submit(0, {"slot": "lead:before", "withdraw": True})
    table.submit(0, said(SLOTS[0], 0))
    by_mail = {"reach": "mail", "reach_value": "x@exemple.fr"}
    table.submit(1, {**said(SLOTS[1], 0), **by_mail})
    assert table.leads() == [lead]  # one person, as the desk knows
    assert seconded(table) == []


def statements(table: Table, typed: dict[str, Any]) -> int:
    """How many times the database is asked for an answer: most of what it costs."""
    counted: list[str] = []
    engine = table.store.writing

    def note(*args: Any) -> None:
        counted.append(str(args[2]))

    event.listen(engine, "before_cursor_execute", note)
    try:
        assert table.submit(1, typed)["ok"]
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return len(counted)


def test_an_answer_of_the_erased_costs_about_what_any_other_does(store: Store) -> None:
    table = wiped(store)
    statements(table, said(SLOTS[4], 4))  # what the first answer of a player costs more
    erased = statements(table, said(SLOTS[1], ERASED))
    new = statements(table, said(SLOTS[2], NEW))
    assert abs(erased - new) <= 3
