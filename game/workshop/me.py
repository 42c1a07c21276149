"""What players are told of themselves: points, rank, team, and their own answers."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from sqlalchemy import Connection, Integer, bindparam, cast, func, select

from game.pool import said
from game.rules.extra_time import extra_ms
from game.rules.facts import INVITED
from game.rules.registry import kinds
from game.store.among import Among
from game.store.found import Found
from game.store.prepared import Prepared
from game.store.tables import (
    Player,
    Point,
    RoundRow,
    Submission,
    Team,
    Workshop,
)
from game.workshop import extra_time
from game.workshop.before import told_before
from game.workshop.boards import Boards

OWN = Prepared(
    select(
        Player.id,
        Player.nickname,
        Player.provisional,
        Player.confirmed,
        Player.workshop_id,
        Player.extra_percent,
        extra_time.in_round(Workshop.round_id).label("extra_now"),
        Workshop.version,
        Workshop.round_id,
        Team.name.label("team"),
        Team.shape,
        RoundRow.kind,
        RoundRow.phase,
        RoundRow.seconds,
        RoundRow.timing,
    )
    .join(Workshop, Workshop.id == Player.workshop_id)
    .outerjoin(Team, Team.id == Player.team_id)
    .outerjoin(RoundRow, RoundRow.id == Workshop.round_id)
    .where(Among(Player.id, "ids"))
)
AMOUNT = cast(func.sum(Point.amount), Integer).label("amount")  # PostgreSQL sums to a bigint
SUMS = (
    select(
        Point.player_id,
        Point.reason,
        Point.settled,
        RoundRow.kind,
        AMOUNT,
        func.count().label("times"),
    )
    .join(RoundRow, RoundRow.id == Point.round_id)
    .where(Point.status != "revoked", Point.amount != 0)
    .group_by(Point.player_id, Point.reason, Point.settled, RoundRow.kind)
    .order_by(Point.settled, AMOUNT.desc(), Point.reason)
)
ROUND_SUMS = Prepared(SUMS.where(Point.round_id == bindparam("round")))
OWN_SUMS = Prepared(SUMS.where(Among(Point.round_id, "rounds"), Among(Point.player_id, "players")))
ANSWERS = Prepared(
    select(Submission.player_id, Submission.slot, Submission.stored)
    .where(Among(Submission.round_id, "rounds"), Among(Submission.player_id, "players"))
    .order_by(Submission.player_id, Submission.seq)
)
PEOPLE = Prepared(
    select(func.count().label("people")).where(
        Player.workshop_id == bindparam("workshop"), Player.removed_at.is_(None)
    )
)
AnswersBySlot = dict[str, dict[str, object]]
BoardsOf = Callable[[str], Boards | None]


def mine(
    reader: Connection, secret: str, ids: Sequence[str], boards_of: BoardsOf
) -> dict[str, dict[str, object]]:
    """The `me` messages of players, by id; ranks are those of the boards their room sees."""
    rows = OWN.all(reader, ids=list(ids))
    begun = [row for row in rows if row.phase not in (None, "waiting", "briefing")]
    answers = own_answers(reader, secret, begun)
    gains = gained(reader, begun)
    before = _before(reader, secret, begun)
    counts = {id: _count(reader, id) for id in {row.workshop_id for row in rows}}
    places = {id: boards_of(id) for id in counts}
    return {
        row.id: _message(
            row, counts[row.workshop_id], places[row.workshop_id], answers[row.id], gains[row.id]
        )
        | {"before": before.get(row.id)}
        for row in rows
    }


def _message(
    row: Found, of: int, made: Boards | None, answers: AnswersBySlot, gains: list[dict[str, object]]
) -> dict[str, object]:
    return {
        "v": row.version,
        "id": row.id,
        "nickname": row.nickname,
        "team": {"name": row.team, "shape": row.shape} if row.team else None,
        "points": row.provisional,
        "confirmed": row.confirmed,
        "rank": made.ranks.get(row.id) if made else None,
        "of": len(made.ranks) if made else of,
        "basis": made.basis if made else "provisional",
        "extra_percent": row.extra_percent,
        "extra_ms": extra_ms(row.seconds or 0, row.extra_now),
        "own_until": extra_time.own_end_in(row, row.extra_now),
        **(made.place(row.id) if made else {}),
        "round": row.round_id or "",
        "standing": answers,
        "gained": gains,
    }


def _before(
    reader: Connection, secret: str, players: Sequence[Found]
) -> Mapping[str, Sequence[Mapping[str, object]]]:
    """The leads that these players named before, where the current round looks back."""
    back = {name for name, kind in kinds().items() if kind.looks_back}
    looking = [row for row in players if row.kind in back]
    return {row.id: told_before(reader, secret, row.id, row.round_id) for row in looking}


def _count(reader: Connection, workshop_id: str) -> int:
    return int(PEOPLE.all(reader, workshop=workshop_id)[0].people)


def gained(reader: Connection, players: Sequence[Found]) -> Mapping[str, list[dict[str, object]]]:
    """What the current round brought each of these players (rows of OWN), summed by reason.

    What the settlement added or took is one sum where leads are named, so that no line of it
    tells whether a person was in the pool already.
    """
    if not players:
        return defaultdict(list)
    ids, rounds = [row.id for row in players], sorted({row.round_id for row in players})
    return _lines(OWN_SUMS.raw(reader, rounds=rounds, players=ids))


def gained_in(reader: Connection, round_id: str) -> Mapping[str, list[dict[str, object]]]:
    """What a round brought everybody, by player."""
    return _lines(ROUND_SUMS.raw(reader, round=round_id))


def _lines(
    sums: Iterable[tuple[str, str, bool, str, int, int]],
) -> Mapping[str, list[dict[str, object]]]:
    lines: dict[str, list[dict[str, object]]] = defaultdict(list)
    rest: dict[str, int] = defaultdict(int)
    one_sum = {name for name, kind in kinds().items() if kind.one_sum}
    for player_id, reason, settled, kind, amount, times in sums:
        if settled and kind in one_sum:
            rest[player_id] += amount
        else:
            lines[player_id].append({"reason": reason, "amount": amount, "times": times})
    for player_id, amount in rest.items():
        if amount:
            lines[player_id].append({"reason": "settled", "amount": amount, "times": 1})
    return lines


def own_answers(
    reader: Connection, secret: str, players: Sequence[Found]
) -> Mapping[str, AnswersBySlot]:
    """What these players (rows of OWN) said in the current round, by slot, for their own eyes."""
    found: dict[str, AnswersBySlot] = defaultdict(dict)
    if not players:
        return found
    ids, rounds = [row.id for row in players], sorted({row.round_id for row in players})
    for row in ANSWERS.all(reader, rounds=rounds, players=ids):
        found[row.player_id][row.slot] = dict(row.stored)
    kept = [fact for row in players for fact in _facts_of(row.kind)]
    told = said.said(reader, secret, dict.fromkeys(kept), ids, rounds)
    for (id, slot), words in told.items():
        found[id].setdefault(slot, {}).update(words)
    for id, slots in found.items():
        found[id] = {slot: own for slot, own in slots.items() if _is_own(slot, own)}
    return found


def _is_own(slot: str, own: Mapping[str, object]) -> bool:
    """Does it stand, and did the player say it? What an invited person says is theirs alone."""
    return not own.get("withdrawn") and not slot.startswith(INVITED)


def _facts_of(kind: str) -> tuple[type, ...]:
    """What answers to a kind of round mean; nothing for one that is not installed."""
    found = kinds().get(kind)
    return found.facts if found else ()
