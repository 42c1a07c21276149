"""Leads by the thousand: what the writer takes for them, on SQLite and on PostgreSQL."""

import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from bench.report import Figure, Report
from bench.room import LEAD, answer, make_rooms, pack
from game.base.clock import now_ms
from game.store.base import new_id
from game.store.engine import Store
from game.store.migrate import upgrade
from game.store.tables import Player, RoundRow
from game.store.writer import AT_ONCE
from game.workshop.play import Play, Sent
from tests.databases import postgres

LEADS = 10_000


def run(report: Report, _long: bool) -> None:
    """Seconds for ten thousand leads of ten thousand players, and one database beside the other."""
    took = {}
    for name, opened in (("SQLite", _sqlite), ("PostgreSQL", _postgres)):
        with opened() as url:
            took[name] = _measured(url)
        report.add(Figure(f"{LEADS:,} leads at once, {name}", took[name], "s"))
    ratio = took["PostgreSQL"] / took["SQLite"]
    report.add(Figure("  PostgreSQL beside SQLite", ratio, "x", most=1.5))


@contextmanager
def _sqlite() -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="bench") as folder:
        yield f"sqlite:///{Path(folder) / 'leads.db'}"


@contextmanager
def _postgres() -> Iterator[str]:
    with postgres() as address:
        yield address.replace("postgresql://", "postgresql+psycopg://")


def _measured(url: str) -> float:
    """Seconds in the transactions of the writer, each of as many leads as it takes at once."""
    upgrade(url)
    store = Store(url)
    room = make_rooms(store, 1, (LEAD,))[0]
    with Session(store.writing) as session:
        session.execute(update(RoundRow).values(phase="open"))
        players = _players(session, room.id)
        session.commit()
    play = Play({"fr": pack()}, "a secret of this bench", 2_000)
    sent = [_sent(id, room.rounds[0], n) for n, id in enumerate(players)]
    began = time.perf_counter()
    for first in range(0, LEADS, AT_ONCE):
        with store.writing.begin() as connection:
            play.many(connection, sent[first : first + AT_ONCE])
    took = time.perf_counter() - began
    store.close()
    return took


def _players(session: Session, workshop_id: str) -> Sequence[str]:
    ids = [new_id() for _ in range(LEADS)]
    of = {"workshop_id": workshop_id, "joined_at": 1}
    rows = [{**of, "id": id, "nickname": id, "folded": id} for id in ids]
    session.execute(insert(Player), rows)
    return ids


def _sent(player_id: str, round_id: str, n: int) -> Sent:
    return Sent(player_id, round_id, f"lead{n}", answer(LEAD, n), now_ms())
