"""How PostgreSQL finds what a search asks for: by its indexes, whatever nobody has."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from sqlalchemy import event, text
from sqlalchemy.orm import Session

from game.pool import search, sought_leads
from game.pool.lead_filter import Filter
from game.store.engine import Store
from game.store.statistics import count_anew
from game.store.tables import Lead
from tests.databases import opened

DAY = date(2026, 12, 1)
REMOVED = re.compile(r"Rows Removed by Filter: (\d+)")
MANY = text("""
INSERT INTO leads (id, name, role, company, skills, mail, phone, link, channel, internal, origin,
  verdict, inform_by, created_at, rehearsed, folded)
SELECT md5(n::text)::varchar(16), 'Zoé', repeat('x', 120), repeat('x', 120), '[]', '', '',
  repeat('x', 300), (ARRAY['pool', 'school', 'people', 'community', 'trade-fair'])[1 + n / 50 % 5],
  false, 'import', (ARRAY['pursue', 'nurture', 'pass', '', ''])[1 + n / 10 % 5],
  '2090-01-01', n, false,
  'zoe ' || md5(n::text) || (ARRAY['|infirmiere', '|soudeuse', '', '', ''])[1 + n % 5]
  || CASE WHEN n % 10 = 0 THEN '|kergue' ELSE '' END
FROM generate_series(1, 5000) n
""")
DEAR = text("SET LOCAL random_page_cost = 20")  # as an index of so many costs
COUNTED = text("UPDATE pg_class SET reltuples = 1000000 WHERE relname = 'leads'")
AS_MANY = text("UPDATE pg_class SET reltuples = 5000 WHERE relname = 'leads'")  # as there are


@pytest.fixture(scope="module")
def store(address: str) -> Iterator[Store]:
    """A pool of some thousands, which PostgreSQL takes for a million."""
    with opened(address) as made, made.writing.begin() as connection:
        connection.execute(Lead.__table__.delete())
        connection.execute(MANY)
        count_anew(connection)
        connection.execute(COUNTED)
        connection.commit()
        yield made


@contextmanager
def plans(store: Store, session: Session) -> Iterator[list[str]]:
    """What the statements that are sent meanwhile read."""
    sent: list[tuple[str, Any]] = []

    def note(_conn: object, _cursor: object, statement: str, given: Any, *_more: object) -> None:
        sent.append((statement, given))

    event.listen(store.reading, "before_cursor_execute", note)
    found: list[str] = []
    yield found
    event.remove(store.reading, "before_cursor_execute", note)
    for statement, given in sent:
        rows = session.connection().exec_driver_sql(f"EXPLAIN ANALYZE {statement}", given)
        found.append("\n".join([statement, *(row[0] for row in rows)]))


@pytest.mark.parametrize("sought", ["introuvable", "introuvable nulle part", "infirmiere soudeuse"])
def test_no_search_reads_everybody(
    store: Store, sought: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sought_leads, "NEWEST", 100)
    monkeypatch.setattr(sought_leads, "SOON", 100)
    with store.session() as session:
        session.execute(DEAR)
        with plans(store, session) as done:
            search.page(session, Filter(text=sought), DAY)
        assert done
        for plan in done:
            assert sum(map(int, REMOVED.findall(plan))) <= 100, plan


def test_of_those_who_have_a_word_only_a_verdicts_and_a_channels_are_read(store: Store) -> None:
    """Twenty of five hundred, by two indexes laid over each other."""
    with store.session() as session:
        session.execute(DEAR)
        session.execute(AS_MANY)
        for kind in ("seqscan", "indexscan", "indexonlyscan"):  # as dear as among very many
            session.execute(text(f"SET LOCAL enable_{kind} = off"))
        with plans(store, session) as done:
            asked = Filter(text="kergue", verdict="pursue", channel="school")
            assert search.page(session, asked, DAY).total == 20
        assert done
        for plan in done:
            assert sum(map(int, REMOVED.findall(plan))) <= 20, plan
