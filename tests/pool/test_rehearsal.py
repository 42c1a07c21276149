"""What demonstrations and rehearsals bring never enters the pool, and goes with one click."""

import csv
import io
from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from game.base.refusal import Refusal
from game.exports import csv_file, rows
from game.exports.columns import titles
from game.exports.words import words
from game.pool import (
    agenda,
    comparing,
    doubles,
    lead_filter,
    lead_list,
    rehearsal,
    search,
    touchpoint,
    trace,
)
from game.pool.lead_filter import Filter
from game.pool.merge import merge, unmerge
from game.pool.touchpoint import Plan
from game.privacy import inform
from game.rules.likeness import RULES
from game.store.tables import Compared, Lead, Merge, Player, Recommendation, RoundRow, Workshop
from game.workshop import create
from game.workshop.play import Sent
from tests.databases import opened
from tests.table import PACKS, PEOPLE, SECRET, SLOTS, USUAL, Table, said

TODAY = date(2026, 11, 28)


class Rehearsed(Table):
    """A table whose second player plays in a demonstration of its own."""

    def rehearse(self, person: int, slot: str = SLOTS[0], **more: str) -> None:
        """Somebody is named in the demonstration."""
        self.given += 1
        raw = {**said(slot, person), **more}
        sent = Sent(self.actor, self.stage, f"d{self.given}", raw, 1_800_000_000_000 + self.given)
        with self.store.writing.begin() as connection:
            assert self.play.many(connection, [sent])[0]["ok"]

    def open_demo(self) -> str:
        with Session(self.store.writing) as s:
            made = create.create_demo(s, PACKS["fr"])
            player = Player(workshop_id=made.id, nickname="D", folded="d", joined_at=1)
            kind = s.get_one(RoundRow, self.room.rounds[0]).kind
            row = RoundRow(workshop_id=made.id, place=0, kind=kind, seconds=60, phase="open")
            s.add_all((player, row))
            s.commit()
            self.actor, self.stage, self.demo = player.id, row.id, made.id
        self.players.append(self.actor)
        return self.demo

    def marks(self) -> dict[str, bool]:
        return {row[0]: row[1] for row in self.read(select(Lead.name, Lead.rehearsed))}

    def listed(self) -> set[str]:
        with self.store.session() as s:
            return {lead.name for lead in search.page(s, Filter(), TODAY).leads}

    def exported(self) -> list[dict[str, str]]:
        say = words(PACKS["fr"], "fr")
        lines = rows.every(self.store.session, Filter(), TODAY, say, ())
        text = b"".join(csv_file.write(titles("fr"), lines, ",")).decode("utf-8-sig")
        return list(csv.DictReader(io.StringIO(text)))


@pytest.fixture
def table(either: str) -> Iterator[Rehearsed]:
    with opened(either) as store:
        with Session(store.writing) as s:
            for one in (Lead, Workshop):
                s.query(one).delete()
            s.commit()
        made = Rehearsed(store)
        made.open_demo()
        yield made


def test_what_a_demo_brings_is_in_no_list_count_search_or_file(table: Rehearsed) -> None:
    table.submit(0, said(SLOTS[0], 0))
    table.rehearse(1)
    assert table.marks() == {PEOPLE[0]: False, PEOPLE[1]: True}
    assert table.listed() == {PEOPLE[0]}
    assert [row["Nom complet"] for row in table.exported()] == [PEOPLE[0]]
    with table.store.session() as s:
        assert lead_list.count(s, Filter(), TODAY) == 1
        for text in ("personne", "06 12 34 56 01", "1 imaginaire"):
            found = search.page(s, Filter(text=text), TODAY).leads
            assert PEOPLE[1] not in {lead.name for lead in found}
        choices = lead_filter.choices(s)
    assert table.demo not in {row[0] for row in choices["workshops"]}  # type: ignore[attr-defined]


def test_what_a_demo_brings_is_in_no_reminder_agenda_or_comparing(table: Rehearsed) -> None:
    table.submit(0, said(SLOTS[0], 0))
    table.rehearse(1)
    ids = {row[1]: row[0] for row in table.read(select(Lead.id, Lead.name))}
    late, call = date(2090, 1, 1), Plan("call", "phone", date(2089, 1, 1))
    for id in ids.values():
        table.write(lambda s, id=id: touchpoint.plan(s, SECRET, id, call, None))
    with table.store.session() as s:
        assert inform.due(s, late).overdue == 1
        assert [row[1].name for row in agenda.due(s, SECRET, late)] == [PEOPLE[0]]
        assert set(comparing.known(s.connection(), ids.values())) == {ids[PEOPLE[0]]}


def test_a_real_recommendation_makes_a_lead_real_and_new(table: Rehearsed) -> None:
    table.rehearse(0, company="Essai SA")
    table.submit(0, said(SLOTS[0], 0))
    assert table.listed() == {PEOPLE[0]}
    new = table.read(
        select(Recommendation.new_to_pool).where(Recommendation.workshop_id != table.demo)
    )
    assert [row[0] for row in new] == [True]
    assert [row[0] for row in table.read(select(Lead.company))] == [""]  # nothing of the demo's
    assert len(table.exported()) == 1
    table.submit(0, {"slot": SLOTS[0], "withdraw": True})
    assert table.listed() == set()


def test_a_real_lead_named_in_a_demo_stays_as_it_is(table: Rehearsed) -> None:
    table.submit(0, said(SLOTS[0], 0))
    table.rehearse(0, company="Essai SA")
    (lead,) = table.leads()
    assert [tuple(row) for row in table.read(select(Lead.company, Lead.rehearsed))] == [("", False)]
    with table.store.session() as s:
        assert len(trace.said_of(s, [lead])) == 1
    assert table.write(lambda s: rehearsal.forget(s, table.demo, None)) == 0
    assert table.listed() == {PEOPLE[0]}


def test_one_click_takes_them_away_judged_or_not(table: Rehearsed) -> None:
    table.submit(0, said(SLOTS[0], 0))
    for n in (1, 2):
        table.rehearse(n, SLOTS[n])
    judged = next(row[0] for row in table.read(select(Lead.id).where(Lead.name == PEOPLE[1])))
    table.judge(judged, "pursue")
    assert table.write(lambda s: rehearsal.forget(s, table.demo, None)) == 2
    assert table.marks() == {PEOPLE[0]: False}
    assert table.sums() == table.entries()
    table.submit(1, said(SLOTS[1], 1))  # who was named in play may be named for real
    assert table.listed() == {PEOPLE[0], PEOPLE[1]}


def test_a_workshop_for_real_is_not_emptied(table: Rehearsed) -> None:
    table.submit(0, said(SLOTS[0], 0))
    refused = table.write(lambda s: rehearsal.forget(s, table.room.id, None))
    assert isinstance(refused, Refusal)
    assert table.listed() == {PEOPLE[0]}


def test_saying_afterwards_what_a_workshop_was(table: Rehearsed) -> None:
    table.submit(0, said(SLOTS[0], 0))
    (lead,) = table.leads()
    table.judge(lead, "nurture")

    def sort(to: str) -> None:
        table.write(lambda s: rehearsal.set_sort(s, s.get_one(Workshop, table.room.id), to, None))

    sort("rehearsal")
    assert table.listed() == set()
    sort("real")
    assert table.listed() == {PEOPLE[0]}


def test_who_turns_out_to_be_real_is_compared_however_long_they_are_there(
    table: Rehearsed,
) -> None:
    table.rehearse(1)
    rows = [
        {"id": f"{n:016x}", "name": f"Autre {n}", "created_at": 1_900_000_000_000 + n}
        for n in range(doubles.LAST)
    ]
    later = {"inform_by": TODAY, "origin": "import"}
    table.write(lambda s: s.execute(insert(Lead), [{**row, **later} for row in rows]))
    known = [{"lead_id": row["id"], "mark": "x", "waiting": False, "rules": RULES} for row in rows]
    table.write(lambda s: s.execute(insert(Compared), known))
    with table.store.session() as s:
        assert not doubles.is_stale(s)
    table.write(lambda s: rehearsal.set_sort(s, s.get_one(Workshop, table.demo), "real", None))
    with table.store.session() as s:
        assert doubles.is_stale(s)


def test_deleting_a_demo_takes_its_leads_along(table: Rehearsed) -> None:
    table.rehearse(1)
    table.submit(0, said(SLOTS[0], 0))
    table.write(lambda s: create.delete(s, table.demo, None))
    assert table.marks() == {PEOPLE[0]: False}


def test_merging_with_a_real_one_makes_it_real_until_they_part(table: Rehearsed) -> None:
    table.submit(0, said(SLOTS[0], 0))
    table.rehearse(1)
    ids = {row[1]: row[0] for row in table.read(select(Lead.id, Lead.name))}
    table.write(lambda s: merge(s, ids[PEOPLE[1]], ids[PEOPLE[0]], None, USUAL))
    assert table.marks() == {PEOPLE[1]: False}
    (made,) = table.read(select(Merge.id))
    table.write(lambda s: unmerge(s, made[0], None, USUAL))
    assert table.marks() == {PEOPLE[0]: False, PEOPLE[1]: True}
