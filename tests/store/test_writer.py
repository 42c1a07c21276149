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


@pytest.mark.parametrize(
    ("took", "waiting", "ends"),
    [
        (0.001, writer.FEW, writer.PACE),
        (0.5, writer.FEW, 0.5),
        (0.001, writer.FEW - 1, writer.LONGEST),
        (0.004, writer.PLENTY, 0.004),
    ],
)
def test_a_transaction_waits_for_a_few_more_and_no_longer(
    store: Store, took: float, waiting: int, ends: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [took]

    def sleep(seconds: float) -> None:
        now[0] += seconds

    steady = SimpleNamespace(monotonic=lambda: now[0], sleep=sleep)
    monkeypatch.setattr(writer, "time", steady)
    made = Writer(store)
    monkeypatch.setattr(made.few, "wait", sleep)
    made.waiting.extend(writer.Ticket(writer._nothing, None) for _ in range(waiting))
    made._pace(0.0)
    assert now[0] == pytest.approx(ends)


@pytest.mark.parametrize(("came", "ends"), [(1, writer.PACE), (writer.FEW // 2, writer.LONGEST)])
def test_who_is_alone_is_not_kept_waiting_for_others(
    store: Store, came: int, ends: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [0.001]

    def sleep(seconds: float) -> None:
        now[0] += seconds

    monkeypatch.setattr(writer, "time", SimpleNamespace(monotonic=lambda: now[0], sleep=sleep))
    made = Writer(store)
    monkeypatch.setattr(made.few, "wait", sleep)
    made.waiting.extend(writer.Ticket(writer._nothing, None) for _ in range(came))
    made._pace(0.0)
    assert now[0] == pytest.approx(writer.LONGEST)
    began = now[0]
    made._pace(began)
    assert now[0] - began == pytest.approx(ends)
    made._pace(began + writer.ALONE)  # then it is tried again
    assert now[0] - began == pytest.approx(writer.ALONE + writer.LONGEST)


def test_the_last_of_a_few_ends_the_rest(store: Store) -> None:
    made = Writer(store)
    for _ in range(writer.FEW - 1):
        made.put(writer._nothing, None)
    assert not made.few.is_set()
    made.put(writer._nothing, None)
    assert made.few.is_set()


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
