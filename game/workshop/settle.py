"""The end of a round: what all its answers come to, and what of that is in the players' points.

Its result is written when it closes, for the facilitator's eye. What it brings each player is in
their points only once the room is told, or goes on without: until then a phone could read off
its own points which answers were right, while late ones still count.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

from sqlalchemy import select
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.points import ledger
from game.rules.course import counts
from game.rules.pack import Pack
from game.rules.round import NotPlayable, Settled, Standing, settled_by
from game.store.found import Found
from game.store.tables import (
    BriefRow,
    Recommendation,
    RoundRow,
    Submission,
    Workshop,
)
from game.workshop import setting
from game.workshop.novelties import novelties
from game.workshop.state import agenda_before, agenda_of


def come_to(session: Session, packs: Mapping[str, Pack], row: RoundRow) -> Settled:
    """Asks the kind's rules what the round came to, and writes its result."""
    workshop = session.get_one(Workshop, row.workshop_id)
    brief = session.get(BriefRow, row.brief_id) if row.brief_id else None
    try:
        pack, earlier = packs[workshop.lang], agenda_before(session, row)
        kind, where = setting.of_round(row, workshop, brief, pack, earlier)
    except NotPlayable:
        row.result = {}
        return Settled({})
    settled = settled_by(kind, where, standings_of(session, row.id))
    row.result = dict(settled.result)
    return settled


def settle(session: Session, packs: Mapping[str, Pack], row: RoundRow, now: int) -> None:
    """Writes what the round came to, late answers with it, and the entries it brings."""
    entries = come_to(session, packs, row).entries
    ledger.settle(session, row.id, row.workshop_id, entries, leads_in(session, row.id), now)


@contextmanager
def following(session: Session, packs: Mapping[str, Pack], workshop_id: str) -> Iterator[None]:
    """Around a move of the room: what rounds brought comes and goes with what the room is told."""
    before = _counting(session, workshop_id)
    yield
    session.flush()
    after = _counting(session, workshop_id)
    for round_id in after - before:
        settle(session, packs, session.get_one(RoundRow, round_id), now_ms())
    for round_id in before - after:
        ledger.unsettle(session, round_id, workshop_id)


def _counting(session: Session, workshop_id: str) -> set[str]:
    """The rounds of the agenda whose settlement is in the players' points."""
    at = session.get_one(Workshop, workshop_id)
    rows = agenda_of(session, workshop_id)
    return {row.id for row in rows if counts(at.stage, row.phase, is_on=row.id == at.round_id)}


def leads_in(session: Session, round_id: str) -> dict[tuple[str, str], str]:
    """The leads that stand in a round now, by player and slot."""
    rows = session.execute(
        select(Recommendation.player_id, Recommendation.slot, Recommendation.lead_id).where(
            Recommendation.round_id == round_id
        )
    )
    return {(str(row.player_id), row.slot): row.lead_id for row in rows}


def standings_of(session: Session, round_id: str) -> list[Standing]:
    """What stands in a round, of everybody, with what the pool knows of each lead."""
    found = novelties(session, round_id)
    standing: dict[tuple[str, str], Standing] = {}
    for row in _submissions(session, round_id):
        key = (row.player_id, row.slot)
        first = standing.get(key)
        at = first.at if first else row.at
        standing[key] = Standing(
            *(row.player_id, row.slot, at, row.id, row.stored, found.get(key), row.at)
        )
    return list(standing.values())


def _submissions(session: Session, round_id: str) -> Iterable[Found]:
    return session.execute(
        select(
            Submission.player_id, Submission.id, Submission.slot, Submission.at, Submission.stored
        )
        .where(Submission.round_id == round_id)
        .order_by(Submission.player_id, Submission.seq)
    )
