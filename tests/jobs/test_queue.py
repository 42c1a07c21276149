"""The durable queue, on both databases: one hand a job, tried again, never lost, never twice."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import select, update

from game.base.days import day_of
from game.jobs import queue
from game.jobs.worker import JOBS, Worker
from game.store.database_clock import clock
from game.store.engine import Store
from game.store.tables import Job
from tests.databases import opened


@pytest.fixture
def store(either: str) -> Iterator[Store]:
    with opened(either) as made:
        with made.writing.begin() as connection:
            connection.execute(Job.__table__.delete())
        yield made


def ask(store: Store, kind: str = "count", **more: Any) -> str:
    with store.writing.begin() as connection:
        return queue.enqueue(connection, kind, **more)


def hold(store: Store) -> queue.Claim | None:
    with store.writing.begin() as connection:
        return queue.claim(connection)


def state(store: Store, id: str) -> Any:
    with store.reading.connect() as connection:
        return connection.execute(select(Job).where(Job.id == id)).one()


def make_due(store: Store) -> None:
    """The pause is over, or the lease: as if the clock had moved on."""
    with store.writing.begin() as connection:
        connection.execute(update(Job).values(due_at=0))


def work(store: Store, times: int = 1) -> Worker:
    worker = Worker(store, {})
    worker.asked = day_of(clock_of(store))  # the daily jobs are not what is tested
    for _ in range(times):
        worker.once()
    return worker


def clock_of(store: Store) -> int:
    with store.reading.connect() as connection:
        return clock(connection)


def test_it_is_asked_for_with_what_causes_it(store: Store) -> None:
    with store.writing.connect() as connection:
        with connection.begin() as transaction:
            queue.enqueue(connection, "count")
            transaction.rollback()
    assert hold(store) is None


def test_one_of_a_name_is_enough(store: Store) -> None:
    assert ask(store, once="today")
    assert ask(store, once="today") == ""
    assert ask(store, once="tomorrow")


def test_many_workers_never_do_the_same_one(store: Store) -> None:
    asked = {ask(store) for _ in range(12)}
    held: list[str] = []

    def take() -> None:
        own = Store(store.url.render_as_string(hide_password=False), wait_ms=60_000)
        with own.writing.connect() as connection:
            for _ in range(6):
                with connection.begin():
                    found = queue.claim(connection)
                if found:
                    held.append(found.id)
        own.close()

    threads = [threading.Thread(target=take) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(held) == len(set(held)) == 12
    assert set(held) == asked


def test_a_dead_workers_job_is_done_by_another_and_the_dead_one_cannot_write(store: Store) -> None:
    id = ask(store)
    dead = hold(store)
    assert dead is not None
    assert hold(store) is None  # it is being done
    make_due(store)
    alive = hold(store)
    assert alive is not None
    assert (alive.id, alive.tries) == (id, 2)
    for late in (queue.finish, lambda c, h, _: queue.step(c, h, 1, 2)):
        with pytest.raises(queue.ClaimLost), store.writing.begin() as connection:
            late(connection, dead, {})
    with store.writing.begin() as connection:
        queue.finish(connection, alive, {"n": 1})
    assert (state(store, id).state, state(store, id).result) == ("done", {"n": 1})


def test_what_fails_is_tried_again_with_a_growing_pause_and_then_given_up(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def burst(run: Any) -> dict[str, Any]:
        raise ValueError("Maëlle Quillivic")  # of which nothing is kept but the kind of fault

    monkeypatch.setitem(JOBS, "count", burst)
    id = ask(store)
    pauses = []
    for _ in range(queue.TRIES):
        work(store)
        row = state(store, id)
        pauses.append(row.due_at - clock_of(store))
        make_due(store)
    assert [row.state, row.fault, row.tries] == ["failed", "ValueError", queue.TRIES]
    waited = pauses[:-1]
    assert waited == sorted(waited)
    assert waited[-1] > 20 * waited[0] > 0
    assert hold(store) is None


def test_progress_cancel_and_result(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def count(run: Any) -> dict[str, Any]:
        for n in range(run.held.done, run.given["to"]):
            with run.transaction() as connection:
                run.step(connection, n + 1, run.given["to"])
                if n == run.given.get("stop"):
                    queue.cancel(connection, run.held.id)
        return {"counted": run.given["to"]}

    monkeypatch.setitem(JOBS, "count", count)
    whole, stopped = ask(store, given={"to": 5}), ask(store, given={"to": 5, "stop": 2})
    waiting = ask(store, given={"to": 5})
    with store.writing.begin() as connection:
        assert queue.cancel(connection, waiting)
        assert not queue.cancel(connection, waiting)
    work(store, 3)
    assert (state(store, whole).state, state(store, whole).result) == ("done", {"counted": 5})
    assert (state(store, whole).done, state(store, whole).total) == (5, 5)
    assert (state(store, stopped).state, state(store, stopped).done) == ("cancelled", 3)
    assert state(store, waiting).state == "cancelled"
