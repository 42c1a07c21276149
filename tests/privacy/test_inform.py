"""One calendar month to tell a person: reminded before it, barred after it, then erased."""

from collections.abc import Iterator
from contextlib import nullcontext
from datetime import date, timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.base.config import Settings
from game.base.days import day_of
from game.base.refusal import Refusal
from game.exports import rows
from game.exports.words import words
from game.jobs.worker import Worker
from game.pool import lead as change
from game.pool import search
from game.privacy import chain, inform
from game.store.engine import Store
from game.store.tables import AuditEntry, CompanyFact, Job, Lead, Notice
from tests.databases import opened
from tests.published import publish_notice
from tests.table import PACKS, SLOTS, Table, said

TODAY = date(2027, 3, 1)


@pytest.fixture
def base(either: str) -> Iterator[Store]:
    with opened(either) as store:
        with Session(store.writing) as s:
            for table in (Lead, CompanyFact, Notice, Job):
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
        asked = search.Filter(soon=True)
        assert search.count(s, asked, TODAY) == 4


def test_a_lead_of_a_workshop_has_its_source_and_its_month(store: Store) -> None:
    table = Table(store)
    table.submit(0, said(SLOTS[0], 0))
    (row,) = table.read(select(Lead.origin, Lead.created_at, Lead.inform_by))
    collected = day_of(row.created_at)
    assert row.origin == "workshop"
    assert collected == day_of(now_ms())
    assert timedelta(days=28) <= row.inform_by - collected <= timedelta(days=31)


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


def exported(store: Store) -> set[object]:
    with store.session() as s:
        read = words(PACKS["fr"], "fr")
        found = rows.every(lambda: nullcontext(s), search.Filter(), TODAY, read)
        return {row[1] for row in found}


def test_no_export_holds_anybody_who_was_not_told_in_time(base: Store) -> None:
    add(base, "Trop tard", -1)
    add(base, "À temps", 0)
    add(base, "Informée", -9, informed_at=1)
    assert exported(base) == {"À temps", "Informée"}


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
