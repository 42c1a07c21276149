"""Doubles are looked for: the sure ones become one by themselves, the likely ones are proposed."""

from collections.abc import Mapping

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from game.base import paths
from game.content import short_names
from game.jobs import queue
from game.jobs.rooms import plays
from game.jobs.run import Run
from game.pool import comparing, doubles
from game.pool.doubles import Pair
from game.pool.merge import merge, which_stays
from game.pool.verdict import Usual, worth
from game.rules.commonness import Commons, Counting
from game.rules.likeness import Likeness
from game.rules.short_names import ShortNames
from game.store.tables import Lead

KIND = "doubles"


def are_wanted(connection: Connection) -> bool:
    """Are there leads to compare, with nobody asked to, and no room that is being played?"""
    if plays(connection) or queue.is_asked_for(connection, KIND):
        return False
    return doubles.is_stale(connection)


def find_doubles(run: Run) -> dict[str, object]:
    """Looks at who is new or has changed; returns how many were merged and proposed."""
    short = short_names.load(paths.content())
    ready, commons = make_all_ready(run, short)
    points = {lang: pack.points for lang, pack in run.packs.items()}
    usual = worth(points, run.settings.credit_days)
    with run.store.reading.connect() as connection:
        wanted = comparing.waiting_blocks(connection)
    merged = proposed = 0
    alike: set[Pair] = set()
    for at in range(0, len(wanted), comparing.BLOCKS):
        with run.store.reading.connect() as connection:
            found = comparing.compare(
                connection, wanted[at : at + comparing.BLOCKS], short, commons
            )
        alike |= found.keys()
        with run.transaction() as connection:
            merged += _merge(connection, {p: f for p, f in found.items() if f.sure}, usual)
            proposed += _propose(connection, {p: f for p, f in found.items() if not f.sure})
            run.step(connection, at, len(wanted))
    with run.transaction() as connection:
        doubles.withdraw(connection, alike)
        run.step(connection, len(wanted), len(wanted))
    _all_compared(run, len(wanted))
    return {"ready": ready, "merged": merged, "proposed": proposed}


def _all_compared(run: Run, total: int) -> None:
    """Nobody waits any more: some at a time, so that a room's answers go between."""
    after = ""
    while True:
        with run.transaction() as connection:
            after = comparing.some_compared(connection, after)
            run.step(connection, total, total)
        if not after:
            return


def make_all_ready(run: Run, short: ShortNames) -> tuple[int, Commons]:
    """Puts all leads that are new or have changed into their blocks.

    Returns how many, and which names are common among all.
    """
    ready, counting = 0, Counting()
    with run.store.reading.connect() as reader:
        pages = list(comparing.pages(reader))
    for ids in pages:
        with run.store.reading.connect() as reader:
            changed = comparing.changed(reader, ids, counting)
        if changed:
            with run.transaction() as connection:
                here = set(connection.scalars(select(Lead.id).where(Lead.id.in_(list(changed)))))
                kept = {id: one for id, one in changed.items() if id in here}
                comparing.make_ready(connection, kept, short)
                ready += len(kept)
                run.step(connection, ready)
    return ready, counting.commons()


def _merge(connection: Connection, found: Mapping[Pair, Likeness], usual: Usual) -> int:
    """Makes one of each sure pair, in turn: what is one with one of them is one with the other."""
    became: dict[str, str] = {}
    merged = 0
    with Session(connection, join_transaction_mode="create_savepoint") as session:
        for pair, like in found.items():
            a, b = (_now(id, became) for id in pair)
            one, other = session.get(Lead, a), session.get(Lead, b)
            if a == b or one is None or other is None or doubles.are_apart(connection, a, b):
                continue
            kept, gone = which_stays(one, other)
            became[gone.id] = kept.id
            merge(session, kept.id, gone.id, None, usual, like.reasons)
            session.flush()
            merged += 1
        session.commit()
    return merged


def _now(id: str, became: Mapping[str, str]) -> str:
    while id in became:
        id = became[id]
    return id


def _propose(connection: Connection, found: Mapping[Pair, Likeness]) -> int:
    """Proposes pairs of which both are still there."""
    ids = {id for pair in found for id in pair}
    here = set(connection.scalars(select(Lead.id).where(Lead.id.in_(ids))))
    kept = {pair: like.reasons for pair, like in found.items() if here.issuperset(pair)}
    return doubles.propose(connection, kept)
