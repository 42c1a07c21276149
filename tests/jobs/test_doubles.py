"""A whole pool is compared anew beside a room, whose answers go between the job's batches."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, event, false, func, insert, literal, select, update
from sqlalchemy.exc import DBAPIError

from game.base.clock import now_ms
from game.base.days import day_of
from game.jobs import queue
from game.jobs.run import Run
from game.jobs.worker import Worker
from game.pool import comparing, doubles
from game.rules.likeness import RULES
from game.store.base import new_id
from game.store.engine import Store
from game.store.statistics import count_anew
from game.store.tables import Compared, Job, Lead
from tests.databases import opened
from tests.table import PACKS, SLOTS, Table, said

MANY = 2 * comparing.LEADS + 7


def fill(store: Store, count: int, at: int = 1) -> None:
    """People of whom each has a name of their own, come at this moment."""
    came = {"inform_by": date(2090, 1, 1), "origin": "import"}
    people = [
        {"id": new_id(), "name": f"Nora {new_id()}", "created_at": at + n, **came}
        for n in range(count)
    ]
    with store.writing.begin() as connection:
        connection.execute(insert(Lead), people)


def compare(store: Store) -> None:
    with store.writing.begin() as connection:
        asked = queue.enqueue(connection, "doubles")
    worker = Worker(store, PACKS)
    worker.asked = day_of(now_ms())
    assert worker.once()
    with store.session() as s:
        assert s.get_one(Job, asked).state == "done"


def waiting(store: Store) -> int:
    with store.session() as s:
        return s.scalar(select(func.count()).where(Compared.waiting.is_(True))) or 0


class Batches:
    """What each transaction of the job changed, and whether the room had its turn after it."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.changed: list[int] = []  # rows of who was compared
        self.answered = 0

    def note(self, connection: Connection) -> None:
        self.changed.append(0)
        event.listen(connection, "after_cursor_execute", self._count)

    def _count(self, _conn: object, cursor: Any, statement: str, *_more: object) -> None:
        if "compared" in statement and not statement.startswith("SELECT"):
            self.changed[-1] += cursor.rowcount

    def answer(self) -> None:
        """Somebody in the room names a person: taken at once, or the lock is held."""
        n = self.answered
        assert self.table.submit(n % 2, said(SLOTS[n % 5], n % 6))["ok"]
        self.answered += 1


def test_a_rooms_answers_go_between_the_batches(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url, whole = f"sqlite:///{tmp_path / 'x.db'}", Run.transaction
    with opened(url) as store:
        fill(store, MANY)
        compare(store)
        with store.writing.begin() as connection:  # as an older release left them
            connection.execute(update(Compared).values(rules=RULES - 1))
        room = Store(url, wait_ms=0)  # waits for no lock
        batches = Batches(Table(room))

        @contextmanager
        def transaction(run: Run) -> Iterator[Connection]:
            with whole(run) as connection:
                batches.note(connection)
                yield connection
                with pytest.raises(DBAPIError):  # the job has its turn
                    batches.answer()
            batches.answer()

        monkeypatch.setattr(Run, "transaction", transaction)
        compare(store)
        room.close()
        assert waiting(store) == 0
        assert batches.answered == len(batches.changed)
        assert sum(batches.changed) >= 3 * MANY  # taken out, made ready, and compared
        assert max(batches.changed) <= 2 * comparing.LEADS


def test_the_look_of_each_minute_reads_who_came_last_and_no_more(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doubles, "LAST", 20)
    fill(store, 60)
    compare(store)
    with store.reading.connect() as connection:
        assert not doubles.is_stale(connection)
    fill(store, 1, at=1_000)
    with store.reading.connect() as connection:
        assert doubles.is_stale(connection)
    compare(store)
    fill(store, 1, at=0)  # before all others, as who was parted from another may stand
    with store.reading.connect() as connection:
        assert not doubles.is_stale(connection)
    compare(store)  # the job of the day
    with store.reading.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(Compared)) == 62


def steps(store: Store) -> int:
    """How much the database does for a look at a pool of whom all were compared."""
    counted = [0]

    def one_more() -> None:
        counted[0] += 1

    with store.writing.begin() as connection:
        connection.execute(
            insert(Compared).from_select(
                ("lead_id", "mark", "waiting", "rules"),
                select(Lead.id, literal(""), false(), literal(RULES)).where(
                    Lead.id.not_in(select(Compared.lead_id))
                ),
            )
        )
        count_anew(connection)
    with store.reading.connect() as connection:
        connection.connection.dbapi_connection.set_progress_handler(one_more, 1)  # type: ignore[union-attr]
        assert not doubles.is_stale(connection)
        connection.connection.dbapi_connection.set_progress_handler(None, 1)  # type: ignore[union-attr]
    return counted[0]


def test_a_look_at_a_pool_ten_times_as_large_costs_the_same(store: Store) -> None:
    fill(store, 2 * doubles.LAST)
    small = steps(store)
    fill(store, 18 * doubles.LAST)
    assert steps(store) < 1.1 * small
