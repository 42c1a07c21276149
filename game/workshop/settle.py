"""The end of a round: what all its answers come to, written once and rewritten on a reopening."""

from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from game.points import ledger
from game.rules.pack import Pack
from game.rules.round import NotPlayable, Standing, settled_by
from game.rules.timing import timing_of
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
from game.workshop.state import agenda_before


def settle(session: Session, packs: Mapping[str, Pack], row: RoundRow, now: int) -> None:
    """Asks the kind's rules what the round came to; writes its result and the entries it brings."""
    workshop = session.get_one(Workshop, row.workshop_id)
    brief = session.get(BriefRow, row.brief_id) if row.brief_id else None
    try:
        pack, earlier = packs[workshop.lang], agenda_before(session, row)
        kind, where = setting.of_round(row, workshop, brief, pack, earlier)
    except NotPlayable:
        row.result = {}
        return
    standings = standings_of(session, row.id)
    settled = settled_by(kind, where, standings)
    row.result = dict(settled.result)
    ledger.settle(session, row.id, row.workshop_id, settled.entries, leads_in(session, row.id), now)


def came_late(session: Session, row: RoundRow) -> bool:
    """Did somebody who took more time than the room answer after it closed?"""
    closed = timing_of(row.timing).stopped_at
    late = select(Submission.id).where(Submission.round_id == row.id, Submission.at > (closed or 0))
    return closed is not None and session.scalars(late.limit(1)).first() is not None


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
