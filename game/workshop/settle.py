"""The end of a round: what all its answers come to, written once and rewritten on a reopening."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from game.pool import harvest
from game.rules.pack import Pack
from game.rules.round import Novelty, Settled, Standing
from game.store.tables import (
    BriefRow,
    Player,
    Point,
    Recommendation,
    RoundRow,
    Submission,
    Workshop,
)
from game.workshop import setting
from game.workshop.play import booked


def settle(session: Session, packs: Mapping[str, Pack], row: RoundRow, now: int) -> None:
    """Asks the kind's rules what the round came to; writes its result and the entries it brings."""
    workshop = session.get_one(Workshop, row.workshop_id)
    brief = session.get(BriefRow, row.brief_id) if row.brief_id else None
    kind, where = setting.make(
        row.kind, row.options, packs[workshop.lang], workshop.points, setting.brief_of(brief)
    )
    standings = standings_of(session, row.id)
    settled = kind.settle(where, standings)
    row.result = dict(settled.result)
    unsettle(session, row.id)
    _write(session, row.id, settled, now)
    resum_round(session, row.workshop_id)


def unsettle(session: Session, round_id: str) -> None:
    """Takes back what the settlement had brought."""
    session.execute(delete(Point).where(Point.round_id == round_id, Point.settled.is_(True)))


def _write(session: Session, round_id: str, settled: Settled, now: int) -> None:
    rows = [
        {
            **harvest.point_row(player, round_id, e.slot, e.reason, e.amount, now),
            "settled": True,
        }
        for player, entries in settled.entries.items()
        for e in entries
        if e.amount
    ]
    if rows:
        connection = session.connection()
        booked(connection).run_each(connection, rows)


def resum_round(session: Session, workshop_id: str) -> None:
    """Makes all sums of a workshop's players what their entries come to, in one statement."""
    session.flush()
    sums = {
        name: select(func.coalesce(func.sum(Point.amount), 0))
        .where(Point.player_id == Player.id, Point.status.in_(statuses))
        .scalar_subquery()
        for name, statuses in (
            ("provisional", ("provisional", "confirmed")),
            ("confirmed", ("confirmed",)),
        )
    }
    session.execute(
        update(Player)
        .where(Player.workshop_id == workshop_id)
        .values(**sums)
        .execution_options(synchronize_session=False)
    )


def standings_of(session: Session, round_id: str) -> list[Standing]:
    """What stands in a round, of everybody, with what the pool knows of each lead."""
    novelties = _novelties(session, round_id)
    standing: dict[tuple[str, str], Standing] = {}
    for row in _submissions(session, round_id):
        key = (row.player_id, row.slot)
        first = standing.get(key)
        at = first.at if first else row.at
        standing[key] = Standing(
            row.player_id, row.slot, at, row.id, row.stored, novelties.get(key)
        )
    return list(standing.values())


def _submissions(session: Session, round_id: str) -> Iterable[Any]:
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
    rows = session.execute(
        select(Recommendation)
        .where(
            Recommendation.lead_id.in_(here),
            Recommendation.workshop_id
            == select(RoundRow.workshop_id).where(RoundRow.id == round_id).scalar_subquery(),
        )
        .order_by(Recommendation.at, Recommendation.id)
    ).scalars()
    recommenders: dict[str, list[str]] = defaultdict(list)
    novelties: dict[tuple[str, str], Novelty] = {}
    for row in rows:
        people, player = recommenders[row.lead_id], str(row.player_id)
        if player not in people:
            people.append(player)
        if row.round_id == round_id:
            novelties[player, row.slot] = Novelty(people.index(player) + 1, row.new_to_pool)
    return novelties
