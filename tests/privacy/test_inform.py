"""One calendar month to tell a person: reminded before it, barred after it, then erased."""

from collections.abc import Iterator
from contextlib import nullcontext
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import event, insert, select, update
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.base.config import Settings
from game.base.days import day_of
from game.base.refusal import Refusal
from game.exports import rows
from game.exports.words import words
from game.jobs.worker import Worker
from game.pool import lead as change
from game.pool import lead_list
from game.pool.incoming import Incoming
from game.pool.intake import Intake
from game.pool.lead_filter import Filter
from game.privacy import chain, inform, objection
from game.store.base import new_id
from game.store.engine import Store
from game.store.tables import (
    AuditEntry,
    CompanyFact,
    Job,
    Lead,
    LeadKey,
    Notice,
    Objection,
    PoolImport,
)
from game.workshop.play import Sent
from tests.databases import opened
from tests.published import publish_notice
from tests.table import PACKS, SLOTS, Table, said

TODAY = date(2027, 3, 1)


@pytest.fixture
def base(either: str) -> Iterator[Store]:
    with opened(either) as store:
        with Session(store.writing) as s:
            for table in (Lead, CompanyFact, Notice, Objection, Job):
                s.query(table).delete()
            s.commit()
        yield store


def add(store: Store, name: str, days: int, informed_at: int | None = None) -> str:
    """A lead whose last day is so many days after TODAY."""
    with Session(store.writing) as s:
        made = Lead(name=name, inform_by=TODAY + timedelta(days=days), created_at=1)
        made.informed_at = informed_at
        s.add(made)
        s.commit()
        return made.id


def test_the_desk_is_told_ten_and_three_days_before(base: Store) -> None:
    for days in (-1, 0, 3, 4, 10, 11):
        add(base, f"Personne {days}", days)
    add(base, "Informée", -5, informed_at=1)
    with base.session() as s:
        assert inform.due(s, TODAY) == inform.Due(overdue=1, very_soon=2, soon=4)
        asked = Filter(soon=True)
        assert lead_list.count(s, asked, TODAY) == 4


def test_a_lead_of_a_workshop_has_its_source_and_its_month(store: Store) -> None:
    table = Table(store)
    table.submit(0, said(SLOTS[0], 0))
    (row,) = table.read(select(Lead.origin, Lead.created_at, Lead.inform_by))
    collected = day_of(row.created_at)
    assert row.origin == "workshop"
    assert collected == day_of(now_ms())
    assert timedelta(days=28) <= row.inform_by - collected <= timedelta(days=31)


MONTHS = [
    ((2027, 2, 1), date(2027, 3, 1)),  # 28 days: thirty would be too late
    ((2027, 1, 31), date(2027, 2, 28)),
    ((2027, 3, 15), date(2027, 4, 15)),
]


@pytest.mark.parametrize(("named", "by"), MONTHS)
def test_the_month_of_who_is_named_in_a_round_is_one_of_the_calendar(
    store: Store, named: tuple[int, int, int], by: date
) -> None:
    table, noon = Table(store), datetime(*named, 12, tzinfo=UTC)
    at = int(noon.timestamp() * 1000)
    sent = Sent(table.players[0], table.room.rounds[0], "a1", said(SLOTS[0], 0), at)
    with store.writing.begin() as connection:
        (answer,) = table.play.many(connection, [sent])
    assert answer["ok"]
    assert table.read(select(Lead.created_at, Lead.inform_by)) == [(at, by)]


@pytest.mark.parametrize(("named", "by"), MONTHS)
def test_the_month_of_who_comes_in_a_file_is_one_of_the_calendar(
    base: Store, named: tuple[int, int, int], by: date
) -> None:
    intake = Intake("secret", new_id())
    intake.now = int(datetime(*named, 12, tzinfo=UTC).timestamp() * 1000)
    with base.writing.begin() as connection:
        connection.execute(insert(PoolImport), {"id": intake.import_id, "name": "x", "at": 1})
        intake.take(
            connection, [Incoming("Personne"), Incoming("Dite", inform_by=date(2027, 2, 9))]
        )
    with base.session() as s:
        told = {row[0]: row[1] for row in s.execute(select(Lead.name, Lead.inform_by))}
    assert told == {"Personne": by, "Dite": date(2027, 2, 9)}  # what our own file says stays


@pytest.mark.parametrize(
    ("days", "informed", "purpose", "why"),
    [
        (0, False, "export", ""),
        (-1, False, "export", "lead_overdue"),
        (-1, False, "contact", "lead_overdue"),
        (-1, False, "notice", ""),
        (5, False, "contact", "lead_uninformed"),
        (5, False, "notice", ""),
        (-1, True, "export", ""),
        (-1, True, "contact", ""),
    ],
)
def test_what_may_be_done_when(
    base: Store, days: int, informed: bool, purpose: inform.Purpose, why: str
) -> None:
    lead = add(base, "Personne", days, informed_at=1 if informed else None)
    with Session(base.writing) as s:
        publish_notice(s)
        s.commit()
    with base.session() as s:
        if not why:
            inform.check(s, lead, purpose, TODAY)
            return
        with pytest.raises(Refusal, match=why):
            inform.check(s, lead, purpose, TODAY)


def exported_lines(store: Store) -> list[rows.Row]:
    with store.session() as s:
        read, gone = words(PACKS["fr"], "fr"), objection.returned(s, "secret")
        return list(rows.every(lambda: nullcontext(s), Filter(), TODAY, read, gone))


def exported(store: Store) -> set[object]:
    return {row[1] for row in exported_lines(store)}


def test_no_export_holds_anybody_who_was_not_told_in_time(base: Store) -> None:
    add(base, "Trop tard", -1)
    add(base, "À temps", 0)
    add(base, "Informée", -9, informed_at=1)
    assert exported(base) == {"À temps", "Informée"}


def test_who_objected_was_erased_and_came_back_is_in_no_export(base: Store) -> None:
    """By each thing that recognised them, and beside somebody who only has their name."""
    secret = "secret"
    with Session(base.writing) as s:
        known = {"company": "Ateliers Ys", "mail": "s@exemple.fr", "phone": "+33698765432"}
        gone = Lead(name="Solenn", skills=[], inform_by=TODAY, created_at=1, **known)
        s.add(gone)
        s.flush()
        objection.object(s, secret, gone.id, None)
        s.delete(gone)
        s.commit()
    with base.session() as s:
        assert objection.returned(s, secret) == set()
    back = {}
    with Session(base.writing) as s:
        for field, value in known.items():
            back[field] = Lead(name="Solenn", inform_by=TODAY, created_at=1, **{field: value})
        back["former"] = Lead(name="Une autre", inform_by=TODAY, created_at=1)
        s.add_all(back.values())
        s.flush()
        s.add(LeadKey(key="m:s@exemple.fr", lead_id=back["former"].id))
        s.add(Lead(name="Solenn", company="Ailleurs", inform_by=TODAY, created_at=1))
        s.commit()
        ids = {lead.id for lead in back.values()}
        assert objection.objected_among(s, secret, ids) == objection.returned(s, secret) == ids
        assert objection.returned(s, "another secret") == set()
    with base.session() as s:
        told = inform.may(s, "export", TODAY, objection.returned(s, secret))
        assert lead_list.count(s, Filter(), TODAY, told) == 1
    (row,) = exported_lines(base)
    assert "Ailleurs" in row


def test_looking_at_the_whole_pool_takes_three_statements(base: Store) -> None:
    for n in range(40):
        add(base, f"Personne {n}", 0)
    with Session(base.writing) as s:
        s.add(Objection(digest="0" * 64, at=1))
        s.commit()
    with base.session() as s:
        sent: list[str] = []
        bound = s.get_bind()
        event.listen(bound, "before_cursor_execute", lambda *given: sent.append(given[2]))
        assert objection.returned(s, "secret") == set()
        assert len([one for one in sent if one.startswith("SELECT")]) == 3


def test_an_export_to_another_company_is_a_disclosure(base: Store) -> None:
    """Article 14(3)(c): then the person is told before."""
    add(base, "Pas encore", 9)
    add(base, "Informée", 9, informed_at=1)
    with Session(base.writing) as s:
        s.add(CompanyFact(name=inform.TO_OTHERS, value="yes", at=1))
        s.commit()
    assert exported(base) == {"Informée"}


def test_a_first_contact_brings_the_last_day_forward(base: Store) -> None:
    lead, told = add(base, "Personne", 20), add(base, "Informée", 20, informed_at=1)
    with Session(base.writing) as s:
        for one in (lead, told):
            inform.bring_forward(s, one, TODAY)
            inform.bring_forward(s, one, TODAY + timedelta(days=3))
        s.commit()
        assert s.get_one(Lead, lead).inform_by == TODAY
        assert s.get_one(Lead, told).inform_by == TODAY + timedelta(days=20)


def test_being_told_once_is_told(base: Store) -> None:
    lead = add(base, "Personne", 5)
    with Session(base.writing) as s:
        change.note_informed(s, lead, None)
        s.commit()
        first = s.get_one(Lead, lead).informed_at
        s.execute(update(Lead).values(informed_at=5))
        change.note_informed(s, lead, None)
        assert first is not None
        assert s.get_one(Lead, lead).informed_at == 5


def work(store: Store, days: int) -> None:
    settings = Settings(erase_overdue_days=days, _env_file=None)
    worker = Worker(store, PACKS, settings)
    while worker.once():
        pass


@pytest.mark.parametrize(("days", "left"), [(7, {"juste"}), (-1, {"juste", "passé"}), (0, set())])
def test_who_was_not_told_is_erased_after_a_while(base: Store, days: int, left: set[str]) -> None:
    ago = day_of(now_ms()) - TODAY
    gone = add(base, "passé", ago.days - 8)
    add(base, "juste", ago.days - 7)
    add(base, "à informer", ago.days)
    add(base, "informée", ago.days - 99, informed_at=now_ms())
    with Session(base.writing) as s:
        s.execute(update(Lead).values(created_at=now_ms()))
        s.commit()
    work(base, days)
    with base.session() as s:
        assert set(s.scalars(select(Lead.name))) == {*left, "à informer", "informée"}
        traced = [e.detail["lead"] for e in s.query(AuditEntry).filter_by(action="lead_expired")]
        assert (gone in traced) is ("passé" not in left)
        assert chain.verify(s).broken is None


def test_a_house_that_sets_nothing_has_them_erased(base: Store) -> None:
    add(base, "passé", (day_of(now_ms()) - TODAY).days - 40)
    with Session(base.writing) as s:
        s.execute(update(Lead).values(created_at=now_ms()))  # not gone for their age
        s.commit()
    worker = Worker(base, PACKS, Settings(_env_file=None))
    while worker.once():
        pass
    with base.session() as s:
        assert s.scalars(select(Lead.name)).all() == []


def test_more_than_a_thousand_are_not_counted(base: Store) -> None:
    with Session(base.writing) as s:
        late = {"name": "Personne", "inform_by": TODAY - timedelta(days=1), "created_at": 1}
        s.execute(insert(Lead), [{**late, "id": f"{n:016x}"} for n in range(1_200)])
        s.commit()
        assert inform.due(s, TODAY) == inform.Due(overdue=inform.MOST + 1, very_soon=0, soon=0)
