"""The board of a room, recomputed after a verdict, as the number of its players grows."""

import math
import tempfile
import time
from itertools import pairwise
from pathlib import Path

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from bench.report import Figure, Report
from bench.room import make_rooms
from game.store.base import new_id
from game.store.engine import Store
from game.store.migrate import upgrade
from game.store.tables import Player, Point, RoundRow
from game.workshop.boards import boards

SIZES = (1_000, 10_000, 100_000)


def run(report: Report, _long: bool) -> None:
    """The time a board takes, and how it grows beside n log n."""
    took = {}
    for size in SIZES:
        with tempfile.TemporaryDirectory(prefix="bench") as folder:
            took[size] = _measured(f"sqlite:///{Path(folder) / 'board.db'}", size) * 1_000
        what = f"a board of {size:,} players, recomputed after a verdict"
        report.add(Figure(what, took[size], "ms", most=20 if size == 10_000 else None))
    for less, more in (*pairwise(SIZES), (SIZES[0], SIZES[-1])):
        grown, bound = took[more] / took[less], more * math.log(more) / (less * math.log(less))
        what = f"  its growth from {less:,} to {more:,} players (n log n is {bound:.1f})"
        whole = (less, more) == (SIZES[0], SIZES[-1])
        report.add(Figure(what, grown, "x", most=bound if whole else None))


def _measured(url: str, size: int) -> float:
    """Seconds of the quickest of nine boards, each after a change to one player."""
    upgrade(url)
    store = Store(url)
    room = make_rooms(store, 1)[0]
    with Session(store.writing) as session:
        ids = _players(session, room.id, size)
        _points(session, room.rounds[0], ids)
        session.commit()
    took = [_after_verdict(store, room.id, ids[turn]) for turn in range(9)]
    store.close()
    return min(took)  # whatever else the machine does only adds


def _players(session: Session, workshop_id: str, size: int) -> list[str]:
    rows = [
        {
            "id": new_id(),
            "workshop_id": workshop_id,
            "nickname": f"Joueur {n}",
            "folded": f"joueur {n}",
            "joined_at": n,
            "provisional": n * 7919 % 400,
            "confirmed": n * 104_729 % 100,
        }
        for n in range(size)
    ]
    session.execute(insert(Player), rows)
    return [str(row["id"]) for row in rows]


def _points(session: Session, round_id: str, ids: list[str]) -> None:
    """A round that was revealed, so that there is somebody who climbed."""
    session.execute(update(RoundRow).where(RoundRow.id == round_id).values(phase="revealed"))
    session.execute(
        insert(Point),
        [
            {
                "player_id": id,
                "round_id": round_id,
                "slot": "vote",
                "reason": "agreement",
                "amount": n % 40,
                "at": n,
            }
            for n, id in enumerate(ids)
        ],
    )


def _after_verdict(store: Store, workshop_id: str, player_id: str) -> float:
    with store.writing.begin() as connection:
        more = {"confirmed": Player.confirmed + 10}
        connection.execute(update(Player).where(Player.id == player_id).values(more))
    with store.session() as session:
        session.execute(select(Player.id).limit(1))
        began = time.perf_counter()
        boards(session, workshop_id)
        return time.perf_counter() - began
