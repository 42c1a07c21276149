"""What sourcing brought: by channel, workshop and round, who was pursued, contacted, hired.

Groups of fewer than five people are not shown: a number that small speaks of somebody.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select
from sqlalchemy.orm import Session

from game.pool.rehearsal import REAL
from game.privacy.audit import audit
from game.rules.round import Turns
from game.rules.timing import timing_of
from game.rules.touch import NOTICE, OUT
from game.store.found import Found
from game.store.tables import (
    Arrival,
    Lead,
    Occasion,
    Player,
    Recommendation,
    RoundRow,
    Touchpoint,
    Workshop,
)

LEAST = 5  # people in a group that is shown
MINUTE = 60_000  # milliseconds


@dataclass(frozen=True)
class Group:
    """A group's name and its counts: of people, and of those who came so far."""

    name: str
    leads: int
    pursued: int
    contacted: int
    hired: int
    linkedin: bool = False


@dataclass(frozen=True)
class Funnel:
    """A workshop from its players to who was hired; `hours` is their time together, if known."""

    name: str
    players: int
    leads: int
    reachable: int
    pursued: int
    contacted: int
    hired: int
    hours: float | None


def _came_so_far() -> dict[str, ColumnElement[bool]]:
    spoke = exists().where(
        Touchpoint.lead_id == Lead.id,
        Touchpoint.done_at.is_not(None),
        Touchpoint.kind != NOTICE,
        Touchpoint.direction == OUT,
    )
    return {
        "pursued": Lead.verdict == "pursue",
        "contacted": or_(spoke, Lead.hired_at.is_not(None)),
        "hired": Lead.hired_at.is_not(None),
        "reachable": or_(Lead.mail != "", Lead.phone != "", Lead.link != ""),
    }


def _counts(*names: str) -> list[ColumnElement[int]]:
    conditions = _came_so_far()
    counts: list[ColumnElement[int]] = [func.count(Lead.id.distinct())]
    for name in names:
        once = case((conditions[name], Lead.id))
        counts.append(func.count(once.distinct()))
    return counts


STEPS = ("pursued", "contacted", "hired")
IN_POOL = and_(Lead.rehearsed.is_(False), Lead.internal.is_(False))


def by_channel(session: Session) -> dict[str, tuple[int, int, int, int]]:
    """Counts of people by the channel that they came by."""
    rows = select(Lead.channel, *_counts(*STEPS)).where(IN_POOL).group_by(Lead.channel)
    return {row[0]: (row[1], row[2], row[3], row[4]) for row in session.execute(rows)}


def families(
    channels: Mapping[str, tuple[int, int, int, int]],
    known: Sequence[tuple[str, bool, Sequence[str]]],
) -> list[Group]:
    """The same by family: (name, is it LinkedIn, its channels); the rest is left out."""
    found = []
    for name, linkedin, keys in known:
        own = [channels[key] for key in keys if key in channels]
        leads, pursued, contacted, hired = (sum(counts[n] for counts in own) for n in range(4))
        found.append(Group(name, leads, pursued, contacted, hired, linkedin))
    return shown(found)


def shown(groups: Sequence[Group]) -> list[Group]:
    """Those of five people and more, the largest first."""
    kept = [group for group in groups if group.leads >= LEAST]
    return sorted(kept, key=lambda group: (-group.leads, group.name))


def by_round(session: Session, called: Callable[[str, str], str]) -> list[Group]:
    """By round, named with its workshop; a person counts where they were named.

    `called` says what a round of a title, which may be empty, and a kind is called.
    """
    rows = (
        select(Workshop.name, RoundRow.title, RoundRow.kind, *_counts(*STEPS))
        .join_from(Lead, Recommendation, Recommendation.lead_id == Lead.id)
        .join(RoundRow, RoundRow.id == Recommendation.round_id)
        .join(Workshop, Workshop.id == RoundRow.workshop_id)
        .where(IN_POOL, REAL)
        .group_by(RoundRow.id, Workshop.name, RoundRow.title, RoundRow.kind)
    )
    found = [
        Group(f"{name} · {called(title, kind)}", *counts)
        for name, title, kind, *counts in session.execute(rows)
    ]
    return shown(found)


def by_occasion(session: Session) -> list[Group]:
    """By stand, school, evening and post: who entered themselves there."""
    rows = (
        select(Occasion.name, *_counts(*STEPS))
        .join_from(Lead, Arrival, Arrival.lead_id == Lead.id)
        .join(Occasion, Occasion.id == Arrival.occasion_id)
        .where(IN_POOL)
        .group_by(Occasion.id, Occasion.name)
    )
    return shown([Group(name, *counts) for name, *counts in session.execute(rows)])


def by_line(session: Session, turns: Callable[[RoundRow], Turns]) -> list[Group]:
    """By the line that was on the screens when a person was named; `turns` has those of a round."""
    conditions = _came_so_far()
    rows = session.execute(
        select(RoundRow, Recommendation.at, Lead.id, *(conditions[name] for name in STEPS))
        .join_from(Lead, Recommendation, Recommendation.lead_id == Lead.id)
        .join(RoundRow, RoundRow.id == Recommendation.round_id)
        .join(Workshop, Workshop.id == RoundRow.workshop_id)
        .where(IN_POOL, REAL, RoundRow.timing.is_not(None))
    )
    known: dict[str, Turns] = {}
    people: dict[str, dict[str, tuple[bool, ...]]] = {}
    for one, at, lead_id, *came in rows:
        lines, seconds = known.setdefault(one.id, turns(one))
        if lines:
            turn = timing_of(one.timing).open_until(at) // (seconds * 1000)
            people.setdefault(lines[turn % len(lines)], {})[lead_id] = tuple(map(bool, came))
    return shown([_of(line, list(own.values())) for line, own in people.items()])


def _of(name: str, came: Sequence[tuple[bool, ...]]) -> Group:
    """A group of people of whom each says how far they came."""
    pursued, contacted, hired = (sum(one[n] for one in came) for n in range(len(STEPS)))
    return Group(name, len(came), pursued, contacted, hired)


def funnels(session: Session) -> list[Funnel]:
    """The workshops that brought five people or more, the newest first."""
    rows = (
        select(Workshop, *_counts("reachable", *STEPS))
        .join_from(Lead, Recommendation, Recommendation.lead_id == Lead.id)
        .join(Workshop, Workshop.id == Recommendation.workshop_id)
        .where(IN_POOL, REAL)
        .group_by(Workshop.id)
        .order_by(Workshop.created_at.desc())
    )
    found = [row for row in session.execute(rows) if row[1] >= LEAST]
    ids = [row[0].id for row in found]
    players, minutes = _players(session, ids), _minutes(session, ids)
    return [_funnel(row, players.get(row[0].id, 0), minutes.get(row[0].id)) for row in found]


def _funnel(row: Found, players: int, minutes: float | None) -> Funnel:
    workshop, leads, reachable, pursued, contacted, hired = row
    hours = players * minutes / 60 if players and minutes else None
    return Funnel(workshop.name, players, leads, reachable, pursued, contacted, hired, hours)


def _players(session: Session, ids: Sequence[str]) -> dict[str, int]:
    rows = select(Player.workshop_id, func.count()).where(Player.workshop_id.in_(ids))
    return {row[0]: row[1] for row in session.execute(rows.group_by(Player.workshop_id))}


def _minutes(session: Session, ids: Sequence[str]) -> dict[str, float]:
    """From the first round's opening to the last one's reveal, or to the workshop's end."""
    rows = session.execute(
        select(RoundRow, Workshop.ended_at)
        .join(Workshop, Workshop.id == RoundRow.workshop_id)
        .where(RoundRow.workshop_id.in_(ids), RoundRow.timing.is_not(None))
    )
    spans: dict[str, tuple[int, int]] = {}
    for one, ended_at in rows:
        ran = timing_of(one.timing)
        if ran.opened_at is None:
            continue
        last = ended_at or ran.revealed_at or ran.closed_at or ran.opened_at
        first, before = spans.get(one.workshop_id, (ran.opened_at, last))
        spans[one.workshop_id] = min(first, ran.opened_at), max(before, last)
    return {id: (last - first) / MINUTE for id, (first, last) in spans.items() if last > first}


def note_shown(session: Session, by: str) -> None:
    """The figures are about to be shown."""
    audit(session, by, "mix_shown")
