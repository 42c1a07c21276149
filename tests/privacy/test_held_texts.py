"""A text that touches on what the law keeps out is read by the officer before anybody else."""

from contextlib import nullcontext
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from game.base.refusal import Refusal
from game.exports import rows
from game.exports.words import words
from game.pool import held_text
from game.pool.lead_filter import Filter
from game.privacy.erase import erase
from game.store.engine import Store
from game.store.tables import AuditEntry, Lead, OwnWords, Recommendation
from game.workshop.me import mine
from tests.table import PACKS, SECRET, SLOTS, Table, said

REASON = "Ancienne de la CFDT, soudures parfaites"
SKILLS = ["TIG", "langue maternelle bretonne"]


@pytest.fixture
def table(store: Store) -> Table:
    made = Table(store)
    typed = {**said(SLOTS[0], 0, detailed=True), "reason": REASON, "skills": SKILLS}
    assert made.submit(0, typed)["ok"]
    return made


def own(table: Table) -> Any:
    with table.store.reading.connect() as connection:
        id = table.players[0]
        standing: Any = mine(connection, SECRET, [id], lambda _: {})[id]["standing"]
        return standing[SLOTS[0]]


def everybody_else_reads(table: Table) -> str:
    """All that pages, files and searches are made of."""
    with table.store.session() as s:
        leads = [str(vars(lead)) for lead in s.query(Lead)]
        columns = [c for c in Recommendation.__table__.columns if c.name != "held"]
        recommended = str(s.execute(select(*columns)).all())
        read = words(PACKS["fr"], "fr")
        everything = Filter()
        file = list(rows.every(lambda: nullcontext(s), everything, date(2026, 1, 1), read, ()))
    return f"{leads} {recommended} {file}"


def waiting(table: Table) -> str:
    with table.store.session() as s:
        (one,) = held_text.waiting(s)
        assert one.texts == {"reason": REASON, "skills": SKILLS}
        return one.id


def test_nobody_but_its_author_reads_it_before_the_officer(table: Table) -> None:
    shown = everybody_else_reads(table)
    assert "CFDT" not in shown
    assert "maternelle" not in shown
    assert "Régleuse" in shown  # what is innocent is there
    mine_now = own(table)
    assert (mine_now["reason"], mine_now["skills"]) == (REASON, SKILLS)


def test_what_is_let_through_is_where_it_would_have_been(table: Table) -> None:
    id = waiting(table)
    table.write(lambda s: held_text.let_through(s, id, "officer"))
    shown = everybody_else_reads(table)
    assert "CFDT" in shown
    assert table.read(select(Lead.skills))[0][0] == SKILLS
    assert table.read(select(Recommendation.held))[0][0] is None
    traced = table.read(select(AuditEntry.action, AuditEntry.user_id, AuditEntry.detail))
    assert [(row.action, row.user_id) for row in traced] == [("text_let_through", "officer")]
    assert "CFDT" not in str(traced)
    refused = table.write(lambda s: held_text.let_through(s, id, "officer"))
    assert isinstance(refused, Refusal)


def test_what_is_struck_is_gone(table: Table) -> None:
    id = waiting(table)
    table.write(lambda s: held_text.strike(s, id, "officer"))
    assert "CFDT" not in everybody_else_reads(table)
    assert own(table)["reason"] == ""
    assert table.read(select(Recommendation.held))[0][0] is None


def test_writing_it_again_is_reading_it_again(table: Table) -> None:
    table.write(lambda s: held_text.let_through(s, waiting(table), None))
    table.submit(0, {**said(SLOTS[0], 0), "reason": "Élue municipale, très calme"})
    assert "municipale" not in everybody_else_reads(table)
    table.submit(0, {**said(SLOTS[0], 0), "reason": "Très calme"})
    assert "Très calme" in everybody_else_reads(table)


def test_its_author_still_reads_it_when_the_person_was_erased(table: Table) -> None:
    (lead,) = table.leads()
    table.write(lambda s: erase(s, SECRET, lead, None))
    assert own(table)["reason"] == REASON
    assert "CFDT" not in str(table.read(select(OwnWords.sealed)))


def test_points_do_not_tell_that_a_text_waits(table: Table) -> None:
    table.submit(
        1, {**said(SLOTS[1], 1, detailed=True), "reason": "Sans reprise", "skills": ["TIG"]}
    )
    assert table.sums()[table.players[0]] == table.sums()[table.players[1]]
