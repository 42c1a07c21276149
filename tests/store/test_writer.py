"""The durable writer: shared commits, and only the guilty is refused."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.orm import Session
from structlog.testing import capture_logs

from game.store import writer
from game.store.base import new_id
from game.store.engine import Store
from game.store.migrate import upgrade
from game.store.tables import AuditEntry
from game.store.writer import Busy, Writer
from tests.waiting import wait_until


def entry(action: str) -> AuditEntry:
    return AuditEntry(id=new_id(), action=action, detail={}, at=1)


def actions(store: Store) -> list[str]:
    with store.session() as session:
        return [row.action for row in session.query(AuditEntry).order_by(AuditEntry.action)]


def test_sqlite_survives_a_power_cut(store: Store) -> None:
    with store.writing.connect() as connection:
        assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"
        assert connection.execute(text("PRAGMA synchronous")).scalar() == 2  # FULL


def test_what_waits_shares_a_commit_and_the_guilty_is_refused_alone(store: Store) -> None:
    writer = Writer(store)

    def good(name: str) -> Any:
        return lambda session: session.add(entry(name))

    def bad(session: Session) -> None:
        session.add(entry("bad"))
        session.flush()
        raise ValueError("no")

    from game.store import writer as module

    tickets = [writer.put(module._alone, job) for job in (good("a"), bad, good("b"))]
    writer.start()
    tickets[0].wait()
    with pytest.raises(ValueError, match="no"):
        tickets[1].wait()
    tickets[2].wait()
    writer.stop()
    assert actions(store) == ["a", "b"]


def test_a_group_that_fails_is_tried_one_by_one(store: Store) -> None:
    tried: list[int] = []

    def many(connection: Connection, items: Any) -> list[Any]:
        tried.append(len(items))
        for item in items:
            statement = text("INSERT INTO audit (id, action, detail, at) VALUES (:i, :i, '{}', 1)")
            connection.execute(statement, {"i": item})
        return list(items)

    writer = Writer(store)
    tickets = [writer.put(many, item) for item in ("x", "y", "x")]
    writer.start()
    assert [tickets[0].wait(), tickets[1].wait()] == ["x", "y"]
    with pytest.raises(Exception, match="UNIQUE"):
        tickets[2].wait()
    writer.stop()
    assert tried == [3, 1, 1, 1]
    assert actions(store) == ["x", "y"]


def test_a_full_queue_says_busy(store: Store) -> None:
    writer = Writer(store, limit=1)
    writer.put(lambda _c, items: items, 1)
    with pytest.raises(Busy):
        writer.put(lambda _c, items: items, 2)


def test_the_last_are_written_before_the_stop(store: Store) -> None:
    writer = Writer(store)
    writer.start()
    from game.store import writer as module

    tickets = [writer.put(module._alone, lambda s, n=n: s.add(entry(f"{n:02}"))) for n in range(40)]
    writer.stop()
    assert all(ticket.is_done for ticket in tickets)
    assert len(actions(store)) == 40


class Clock:
    """A clock that only goes on where somebody sleeps, and a loop that notes what it is told."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, made: Writer) -> None:
        self.now = 0.0
        self.told: list[float] = []
        steady = SimpleNamespace(monotonic=lambda: self.now, sleep=self.sleep)
        monkeypatch.setattr(writer, "time", steady)
        made.gather = self.told.append

    def sleep(self, seconds: float) -> None:
        self.now += seconds


def come(made: Writer, count: int) -> None:
    made.waiting.extend(writer.Ticket(writer._nothing, None) for _ in range(count))


@pytest.mark.parametrize(
    ("took", "waiting", "ends"),
    [
        (0.0001, writer.HARDLY + 1, writer.SHORT),
        (0.004, writer.FEW - 1, 0.004 * writer.REST),
        (0.02, writer.HARDLY + 1, writer.LONG),
        (0.5, writer.HARDLY + 1, 0.5),
        (0.001, writer.FEW, writer.PACE),
        (0.001, writer.PLENTY, 0.001),
    ],
)
def test_the_next_transaction_waits_by_what_the_last_one_took_unless_enough_wait(
    store: Store, took: float, waiting: int, ends: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = Writer(store)
    clock = Clock(monkeypatch, made)
    clock.sleep(took)
    come(made, waiting)
    made._pace(0.0)
    assert clock.now == pytest.approx(ends)
    assert sum(clock.told) == pytest.approx(ends - took)
    assert all(seconds <= writer.SHORT for seconds in clock.told)


def test_the_last_of_a_few_ends_the_rest(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    made = Writer(store)
    clock = Clock(monkeypatch, made)
    clock.sleep(0.02)
    made.gather = lambda _seconds: come(made, writer.FEW)
    made._pace(0.0)
    assert clock.now == pytest.approx(0.02 + writer.SHORT)


@pytest.mark.parametrize(
    ("came", "ends"), [(writer.HARDLY, writer.PACE), (writer.HARDLY + 1, writer.SHORT)]
)
def test_who_is_alone_is_not_kept_waiting_for_others(
    store: Store, came: int, ends: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = Writer(store)
    clock = Clock(monkeypatch, made)
    come(made, came)
    made._pace(0.0)
    assert clock.now == pytest.approx(writer.SHORT)
    began = clock.now
    made._pace(began)
    assert clock.now - began == pytest.approx(ends)
    later = clock.now = began + writer.ALONE
    made._pace(later)  # then it is tried again
    assert clock.now - later == pytest.approx(writer.SHORT)


@pytest.mark.parametrize(
    ("told", "events"), [(60.0, []), (0.0, ["database_away", "database_back"])]
)
def test_another_program_s_transaction_is_told_only_once_it_lasts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told: float, events: list[str]
) -> None:
    monkeypatch.setattr(writer, "TOLD", told)
    monkeypatch.setattr(writer, "HOLD", 600.0)
    url = f"sqlite:///{tmp_path / 'game.db'}"
    upgrade(url)
    store, other = Store(url, wait_ms=50), Store(url)
    with capture_logs() as logs, other.writing.connect() as holder:
        held = holder.begin()
        mine = Writer(store)
        ticket = mine.put(writer._alone, lambda session: session.add(entry("a")))
        mine.start()
        wait_until(lambda: mine.away_since is not None)
        held.rollback()
        ticket.wait()
        mine.stop()
    assert [log["event"] for log in logs] == events
    assert actions(store) == ["a"]
    store.close()
    other.close()
