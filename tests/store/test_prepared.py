"""Prepared statements say what SQLAlchemy would have said, to both databases."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError, OperationalError

from game.store.among import Among
from game.store.engine import Store
from game.store.prepared import Prepared
from game.store.tables import Lead, LeadKey
from tests.databases import laid, opened, postgres

COLUMNS = ("id", "name", "role", "company", "skills", "mail", "phone", "link", "channel")
MORE = ("internal", "origin", "verdict", "inform_by", "created_at", "rehearsed")
NEW = Prepared(insert(Lead), (*COLUMNS, *MORE))
SOME = Prepared(
    select(Lead.id, Lead.skills, Lead.internal, Lead.inform_by)
    .where(Among(Lead.id, "ids"))
    .order_by(Lead.id)
)
JUDGED = Prepared(update(Lead).where(Lead.id == bindparam("lead")).values(verdict="good"))
KEY = Prepared(insert(LeadKey))


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def store(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Store]:
    if request.param == "sqlite":
        yield from _store(f"sqlite:///{tmp_path_factory.mktemp('db') / 'x.db'}")
    else:
        with postgres() as address:
            yield from _store(address.replace("postgresql://", "postgresql+psycopg://"))


def _store(url: str) -> Iterator[Store]:
    with opened(url) as made:
        with made.writing.begin() as connection:
            rows = [row("a"), row("b", internal=True, skills=["é", "'"]), row("c")]
            NEW.run_each(connection, rows)
        yield made


def row(id: str, **more: object) -> dict[str, object]:
    plain = dict.fromkeys(COLUMNS, "") | {"id": id, "name": f"Personne {id}", "skills": []}
    return plain | {
        "internal": False,
        "origin": "workshop",
        "verdict": "",
        "inform_by": date(2026, 12, 24),
        "created_at": 1_790_000_000_000,
        "rehearsed": False,
        **more,
    }


def test_rows_are_those_of_sqlalchemy(store: Store) -> None:
    plain = select(Lead.id, Lead.skills, Lead.internal, Lead.inform_by).order_by(Lead.id)
    with store.reading.connect() as connection:
        ours = SOME.all(connection, ids=["a", "b", "none"])
        theirs = connection.execute(plain.where(Lead.id.in_(["a", "b", "none"]))).all()
        assert [tuple(r) for r in ours] == [tuple(r) for r in theirs]
        assert ours[1].skills == ["é", "'"]
        assert ours[1].inform_by == date(2026, 12, 24)
        assert SOME.all(connection, ids=[]) == []
        assert SOME.first(connection, ids=["none"]) is None


def test_a_change_belongs_to_the_transaction(store: Store) -> None:
    with store.writing.connect() as connection, connection.begin() as transaction:
        JUDGED.run(connection, lead="a")
        transaction.rollback()
    with store.session() as session:
        assert session.get_one(Lead, "a").verdict == ""


def test_faults_are_those_of_sqlalchemy(store: Store) -> None:
    twice = [{"key": "mail:x", "lead_id": id} for id in ("a", "b")]
    with pytest.raises(IntegrityError), store.writing.begin() as connection:
        KEY.run_each(connection, twice)
    with store.session() as session:
        assert session.get(LeadKey, "mail:x") is None


def test_a_locked_database_is_a_fault_that_can_be_waited_for(tmp_path: Path) -> None:
    url = laid(tmp_path / "x.db")
    one, two = Store(url, wait_ms=10), Store(url, wait_ms=10)
    with (
        one.writing.begin() as first,
        pytest.raises(OperationalError, match="locked"),
        two.writing.begin(),
    ):
        JUDGED.run(first, lead="a")
    one.close()
    two.close()
