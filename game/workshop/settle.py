"""The end of a round: what all its answers come to, written once and rewritten on a reopening."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from game.points import ledger
from game.rules.pack import Pack
from game.rules.round import NotPlayable, Novelty, Standing, settled_by
from game.rules.timing import timing_of
from game.store.found import Found
from game.store.tables import (
    BriefRow,
    Lead,
    Recommendation,
    RoundRow,
    Submission,
    Workshop,
)
from game.workshop import setting
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
    novelties = _novelties(session, round_id)
    standing: dict[tuple[str, str], Standing] = {}
    for row in _submissions(session, round_id):
        key = (row.player_id, row.slot)
        first = standing.get(key)
        at = first.at if first else row.at
        standing[key] = Standing(
            *(row.player_id, row.slot, at, row.id, row.stored, novelties.get(key), row.at)
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


def _novelties(session: Session, round_id: str) -> dict[tuple[str, str], Novelty]:
    """For each lead of the round: the how-manieth recommender in this workshop, and was it new?"""
    here = select(Recommendation.lead_id).where(Recommendation.round_id == round_id)
    warm_ups = select(RoundRow.id).where(RoundRow.warm_up.is_(True))  # whoever was first there
    rows = session.execute(
        select(Recommendation)
        .where(
            Recommendation.lead_id.in_(here),
            Recommendation.workshop_id
            == select(RoundRow.workshop_id).where(RoundRow.id == round_id).scalar_subquery(),
            Recommendation.round_id.not_in(warm_ups) | (Recommendation.round_id == round_id),
        )
        .order_by(Recommendation.at, Recommendation.id)
    ).scalars()
    employers = select(Lead.id, Lead.company).where(Lead.id.in_(here))
    companies = {str(id): company for id, company in session.execute(employers)}
    recommenders: dict[str, list[str]] = defaultdict(list)
    novelties: dict[tuple[str, str], Novelty] = {}
    for row in rows:
        people, player = recommenders[row.lead_id], str(row.player_id)
        if player not in people:
            people.append(player)
        if row.round_id == round_id:
            novelties[player, row.slot] = Novelty(
                people.index(player) + 1, row.new_to_pool, companies.get(row.lead_id, "")
            )
    return novelties
