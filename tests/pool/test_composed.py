"""A lead that nobody at the desk has touched is what is said of it, however its words came in."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from game.base.clock import now_ms
from game.pool.composed import COMPOSED, compose
from game.rules.person import match_keys
from game.store.engine import Store
from game.store.migrate import upgrade
from game.store.tables import Lead, LeadKey, Recommendation
from game.workshop.play import Sent
from tests.table import SLOTS, Table, said

WORDS: tuple[dict[str, Any], ...] = (
    {},
    {"role": "Régleuse"},
    {"company": "Chantiers Imaginaires"},
    {"role": "Fraiseur", "skills": ["tour", "fraise"]},
    {"skills": ["soudure", "tour"], "company": "Fonderies"},
)
ANSWERS = st.tuples(st.integers(0, 1), st.sampled_from(SLOTS[:3]), st.integers(0, 2))
GIVEN = st.tuples(ANSWERS, st.sampled_from(WORDS), st.integers(0, 9))
BATCHES = st.lists(st.lists(GIVEN, min_size=1, max_size=5), min_size=1, max_size=5)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("template") / "x.db"
    upgrade(f"sqlite:///{file}")
    return file


@pytest.fixture
def file(template: Path, tmp_path: Path) -> Path:
    return tmp_path / template.name


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(batches=BATCHES)
def test_words_that_are_added_come_to_what_all_words_say(
    batches: list[list[Any]], template: Path, file: Path
) -> None:
    shutil.copy(template, file)
    table = Table(Store(f"sqlite:///{file}"))
    for batch in batches:
        _submit(table, batch)
        _check(table)
    table.store.close()


def _submit(table: Table, batch: list[Any]) -> None:
    """All these answers in one transaction; one in ten takes its slot back."""
    sent = []
    for (player, slot, who), words, dice in batch:
        table.given += 1
        raw = {**said(slot, who), **words} if dice else {"slot": slot, "withdraw": True}
        at = now_ms() + table.given
        round_id = table.room.rounds[0]
        sent.append(Sent(table.players[player], round_id, f"a{table.given:07}", raw, at))
    with table.store.writing.begin() as connection:
        table.play.many(connection, sent)


def _check(table: Table) -> None:
    with table.store.session() as session:
        rows = select(Recommendation).order_by(Recommendation.at, Recommendation.id)
        every = session.scalars(rows).all()
        leads = session.scalars(select(Lead)).all()
        assert {lead.id for lead in leads} == {one.lead_id for one in every}
        for lead in leads:
            own = [one for one in every if one.lead_id == lead.id]
            assert {name: getattr(lead, name) for name in COMPOSED} == compose(own)
            keys = session.scalars(select(LeadKey.key).where(LeadKey.lead_id == lead.id)).all()
            assert set(keys) == {key for one in own for key in match_keys(one)} - _others(
                session, lead.id
            )


def _others(session: Any, lead_id: str) -> set[str]:
    """The keys that other leads have."""
    return set(session.scalars(select(LeadKey.key).where(LeadKey.lead_id != lead_id)))
