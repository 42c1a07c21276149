"""Data end when the notice says; and the worker that sees to it survives being killed."""

import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from bench.room import pack
from game import content
from game.base import paths
from game.base.clock import now_ms
from game.base.config import Settings
from game.base.days import DAY_MS, day_of, month_after, months_before
from game.cli import main
from game.jobs.dry import look
from game.jobs.worker import Worker
from game.store.engine import Store
from game.store.tables import (
    AuditEntry,
    CompanyFact,
    Job,
    Lead,
    Nomination,
    Player,
    Point,
    Recommendation,
    Submission,
    ToldOrigin,
    Touchpoint,
)
from tests.databases import laid
from tests.serving import wait_until
from tests.table import PACKS, SLOTS, Table, said
from tests.waiting import STARTS


def count(store: Store, table: type) -> int:
    with store.session() as s:
        return int(s.scalar(select(func.count()).select_from(table)) or 0)


@pytest.fixture
def table(tmp_path: Path) -> Table:
    return Table(Store(laid(tmp_path / "instance" / "sourcerie.db")))


def work(table: Table) -> None:
    """All that is due today."""
    worker = Worker(table.store, PACKS)
    while worker.once():
        pass


def age(table: Table, days: int, player: int) -> None:
    came = now_ms() - days * DAY_MS
    with Session(table.store.writing) as s:
        s.execute(update(Player).where(Player.id == table.players[player]).values(joined_at=came))
        s.commit()


def nominate(table: Table, player: int, slot: str, status: str) -> None:
    with Session(table.store.writing) as s:
        where = {"round_id": table.room.rounds[0], "workshop_id": table.room.id, "at": 1}
        named = {"nominee": "Une Personne", "subject": "le laiton", "status": status}
        s.add(Nomination(player_id=table.players[player], slot=slot, **named, **where))
        s.commit()


def test_players_data_end_with_the_notice(table: Table) -> None:
    days = pack().notices.keep_player_days
    for player in range(2):
        table.submit(player, said(SLOTS[player], player))
        nominate(table, player, "asked", "asked")
        nominate(table, player, "accepted", "accepted")
    age(table, days + 1, 0)
    age(table, days - 1, 1)
    work(table)
    assert [row[0] for row in table.read(select(Player.id))] == [table.players[1]]
    for gone in (Submission, Point):
        assert {row[0] for row in table.read(select(gone.player_id))} == {table.players[1]}
    assert count(table.store, Lead) == 2  # the leads are the company's
    assert {row[0] for row in table.read(select(Recommendation.player_id))} == {
        None,
        table.players[1],
    }
    left = {tuple(r) for r in table.read(select(Nomination.player_id, Nomination.status))}
    assert left == {
        (None, "accepted"),
        (table.players[1], "asked"),
        (table.players[1], "accepted"),
    }
    done = table.read(select(Job.state, Job.result).where(Job.kind == "retention"))
    assert [tuple(row) for row in done] == [("done", {"players": 1, "leads": 0, "jobs": 0})]
    assert Worker(table.store, PACKS).once() is False  # once a day


def spoke(table: Table, lead: str, direction: str, answer: str = "") -> None:
    with Session(table.store.writing) as s:
        how = {"kind": "call", "medium": "phone", "direction": direction, "answer": answer}
        s.add(Touchpoint(lead_id=lead, done_at=now_ms(), created_at=now_ms(), **how))
        s.commit()


def test_leads_end_when_there_was_no_exchange_for_as_long_as_the_notice_says(table: Table) -> None:
    """What we did by ourselves is no exchange: a verdict, the notice, a mail nobody answered."""
    for n in range(5):
        table.submit(0, said(SLOTS[n], n))
    old = now_ms() - 800 * DAY_MS
    judged, told, unanswered, answered, wrote = table.leads()
    with Session(table.store.writing) as s:
        s.execute(update(Recommendation).values(at=old))
        s.execute(update(Lead).values(created_at=old))
        s.execute(update(Lead).where(Lead.id == told).values(informed_at=now_ms()))
        s.commit()
    table.judge(judged, "nurture")
    spoke(table, unanswered, "out", "silent")
    spoke(table, answered, "out", "answered")
    spoke(table, wrote, "in")
    assert set(look(table.store, PACKS, Settings(_env_file=None)).leads) == {
        judged,
        told,
        unanswered,
    }
    assert len(table.leads()) == 5  # looking changes nothing
    work(table)
    assert table.leads() == sorted([answered, wrote])
    expired = table.read(select(AuditEntry.detail).where(AuditEntry.action == "lead_expired"))
    assert {row[0]["lead"] for row in expired} == {judged, told, unanswered}


def test_a_shorter_time_that_the_company_or_the_person_chose_counts(table: Table) -> None:
    for n in range(3):
        table.submit(0, said(SLOTS[n], n))
    first, second, third = table.leads()
    old = now_ms() - 200 * DAY_MS
    with Session(table.store.writing) as s:
        s.execute(update(Recommendation).values(at=old))
        s.execute(update(Lead).values(created_at=old))
        day, agreed = day_of(now_ms()), {"agreed_at": now_ms()}
        for lead, until in ((first, day - timedelta(days=1)), (second, day)):
            s.execute(update(Lead).where(Lead.id == lead).values(kept_until=until, **agreed))
        s.commit()
    work(table)
    assert table.leads() == sorted([second, third])
    with Session(table.store.writing) as s:
        s.add(CompanyFact(name="lead_months", value="6", at=1))
        s.execute(delete(Job))
        s.commit()
    work(table)
    assert table.leads() == [second]


def test_the_command_says_what_would_be_erased_and_erases_nothing(
    table: Table, tmp_path: Path
) -> None:
    table.submit(0, said(SLOTS[0], 0))
    (lead,) = table.leads()
    with Session(table.store.writing) as s:
        s.execute(update(Lead).values(inform_by=day_of(now_ms() - 30 * DAY_MS)))
        s.commit()
    age(table, pack().notices.keep_player_days + 1, 0)
    env = {"INSTANCE_DIR": str(tmp_path / "instance")}
    told = CliRunner().invoke(main, ["jobs", "report", "--ids"], env=env)
    assert told.exit_code == 0, told.output
    assert lead in told.output
    assert table.players[0] in told.output
    assert table.leads() == [lead]
    work(table)
    after = CliRunner().invoke(main, ["jobs", "report"], env=env).output
    assert table.leads() == []
    assert "erased       uninformed leads 1" in after
    assert "would erase  uninformed 0" in after


def test_recommenders_that_a_file_named_end_like_players(table: Table) -> None:
    table.submit(0, said(SLOTS[0], 0))
    table.submit(0, said(SLOTS[1], 1))
    old, new = table.read(select(Recommendation.id).order_by(Recommendation.slot))
    days = pack().notices.keep_player_days
    with Session(table.store.writing) as s:
        for id, age_of in ((old[0], days + 1), (new[0], days - 1)):
            at = now_ms() - age_of * DAY_MS
            s.execute(update(Recommendation).where(Recommendation.id == id).values(at=at))
            s.add(ToldOrigin(recommendation_id=id, recommender="Ada", brief="Achats"))
        s.commit()
    work(table)
    told = select(ToldOrigin.recommendation_id, ToldOrigin.recommender, ToldOrigin.brief)
    assert {tuple(row) for row in table.read(told)} == {
        (old[0], "", "Achats"),
        (new[0], "Ada", "Achats"),
    }


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_what_is_shipped_keeps_leads_two_years_and_players_ninety_days(lang: str) -> None:
    notices = content.load(paths.content())[lang].notices
    assert (notices.keep_lead_months, notices.keep_player_days) == (24, 90)


def test_a_month_is_a_calendar_month() -> None:
    from datetime import date

    assert month_after(date(2027, 2, 1)) == date(2027, 3, 1)  # 28 days: thirty would be too late
    assert month_after(date(2027, 1, 31)) == date(2027, 2, 28)
    assert month_after(date(2026, 12, 15)) == date(2027, 1, 15)
    assert months_before(date(2027, 3, 31), 1) == date(2027, 2, 28)
    assert months_before(date(2027, 1, 5), 24) == date(2025, 1, 5)
    assert day_of(0) == date(1970, 1, 1)


def test_a_worker_that_is_killed_is_made_up_for(table: Table, tmp_path: Path) -> None:
    """Many players' data are over; the worker is killed as soon as it has begun."""
    over = now_ms() - 400 * DAY_MS
    for player in range(2):
        age(table, 1, player)
    with Session(table.store.writing) as s:
        for n in range(3_000):
            name = {"nickname": f"N{n}", "folded": f"n{n}", "joined_at": over}
            s.add(Player(workshop_id=table.room.id, **name))
        s.commit()
    env = {**os.environ, "INSTANCE_DIR": str(tmp_path / "instance")}
    command = [str(Path(sys.executable).parent / "sourcerie"), "work"]

    def start() -> "subprocess.Popen[bytes]":
        quiet = subprocess.DEVNULL
        return subprocess.Popen(command, env=env, cwd=tmp_path, stdout=quiet, stderr=quiet)

    killed = start()
    wait_until(lambda: killed.poll() is not None or count(table.store, Player) < 2_900, STARTS)
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    with Session(table.store.writing) as s:
        s.execute(update(Job).values(due_at=0))  # its lease is over
        s.commit()
    again = start()
    try:
        wait_until(
            lambda: table.read(select(Job.state).where(Job.kind == "retention"))[0][0] == "done",
            STARTS,
        )
    finally:
        again.terminate()
        again.wait()
    assert count(table.store, Player) == 2
    assert table.read(select(Job.tries).where(Job.kind == "retention"))[0][0] >= 1
