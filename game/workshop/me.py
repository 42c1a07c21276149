"""What one player is told of themselves: points, rank, team, and their own answers."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from game.store.models import (
    Nomination,
    Place,
    Player,
    Point,
    Recommendation,
    RoundRow,
    Submission,
    Team,
    Workshop,
)

SAID = {
    Recommendation: [
        *("name", "relationship", "reach", "mail", "phone", "link", "role", "company"),
        *("skills", "reasons", "reason", "aware"),
    ],
    Place: ["name", "channel", "note"],
    Nomination: ["nominee", "subject", "why"],
}


def me(session: Session, player_id: str, ranks: Mapping[str, int] | None = None) -> dict[str, Any]:
    """The `me` message of one player, with what stands of theirs in the current round."""
    player = session.get_one(Player, player_id)
    workshop = session.get_one(Workshop, player.workshop_id)
    team = session.get(Team, player.team_id) if player.team_id else None
    return {
        "v": workshop.version,
        "id": player.id,
        "nickname": player.nickname,
        "team": {"name": team.name, "shape": team.shape} if team else None,
        "points": player.provisional,
        "confirmed": player.confirmed,
        "rank": (ranks or {}).get(player.id),
        "of": len(ranks) if ranks else _players(session, workshop.id),
        "round": workshop.round_id or "",
        "standing": standing(session, player_id, workshop.round_id) if workshop.round_id else {},
        "gained": gained(session, player_id, workshop.round_id),
    }


def _players(session: Session, workshop_id: str) -> int:
    return (
        session.scalar(
            select(func.count()).where(
                Player.workshop_id == workshop_id, Player.removed_at.is_(None)
            )
        )
        or 0
    )


def gained(session: Session, player_id: str, round_id: str | None) -> list[dict[str, Any]]:
    """What the round brought this player, summed by reason.

    What the settlement added or took is one sum, so that no line of it tells whether a person
    was in the pool already.
    """
    if round_id is None:
        return []
    rows = session.execute(
        select(Point.reason, Point.settled, func.sum(Point.amount), func.count())
        .where(Point.player_id == player_id, Point.round_id == round_id, Point.status != "revoked")
        .group_by(Point.reason, Point.settled)
        .order_by(Point.settled, func.sum(Point.amount).desc())
    ).all()
    kind = session.scalar(select(RoundRow.kind).where(RoundRow.id == round_id))
    lumped = kind == "recommend"
    lines = [
        {"reason": r[0], "amount": int(r[2]), "times": int(r[3])}
        for r in rows
        if not (lumped and r[1])
    ]
    rest = sum(int(r[2]) for r in rows if lumped and r[1])
    if rest:
        lines.append({"reason": "settled", "amount": rest, "times": 1})
    return lines


def standing(session: Session, player_id: str, round_id: str) -> dict[str, dict[str, Any]]:
    """What this player said in a round, by slot: their own words, for their own eyes."""
    rows = session.execute(
        select(Submission.slot, Submission.stored)
        .where(Submission.player_id == player_id, Submission.round_id == round_id)
        .order_by(Submission.seq)
    )
    mine = {row.slot: dict(row.stored) for row in rows}
    for table, names in SAID.items():
        for row in _said(session, table, player_id, round_id):
            mine.setdefault(row.slot, {}).update({name: getattr(row, name) for name in names})
    return {slot: words for slot, words in mine.items() if not words.get("withdrawn")}


def _said(session: Session, table: Any, player_id: str, round_id: str) -> Iterable[Any]:
    """An answered nomination reads the same whether it was accepted or declined: not at all."""
    rows = select(table).where(table.player_id == player_id, table.round_id == round_id)
    if table is Nomination:
        rows = rows.where(Nomination.status == "asked")
    return session.scalars(rows)
