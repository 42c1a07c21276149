"""How late a workshop is, for its remote."""

from collections.abc import Sequence
from dataclasses import dataclass

from game.base.clock import now_ms
from game.rules import pace
from game.store.tables import RoundRow, Workshop
from game.workshop.state import State

LATE = 60  # seconds from which something is to be shortened


@dataclass(frozen=True)
class Pace:
    """When a workshop ends, and between which moments it is on time where it stands.

    Milliseconds since the epoch; later than `to` it is late. While a round's clock runs `late` says
    by how much (milliseconds, below zero where it is early), and does not change. `shorten` are
    (round, seconds) that make up for it.
    """

    begun_at: int
    ends_at: int
    since: int = 0
    to: int = 0
    late: int | None = None
    shorten: tuple[tuple[str, int], ...] = ()


def legs_of(agenda: Sequence[RoundRow]) -> list[pace.Leg]:
    """An agenda as the rules know it."""
    return [pace.Leg(row.id, row.seconds) for row in agenda]


def begin(workshop: Workshop, agenda: Sequence[RoundRow]) -> None:
    """The first round is presented: from now on the clock counts, and the plan stands."""
    if workshop.begun_at is not None:
        return
    legs = legs_of(agenda)
    workshop.minutes = workshop.minutes or pace.minutes(legs)
    workshop.talk = pace.talk(legs, workshop.minutes)
    workshop.begun_at = now_ms()


def of(at: State) -> Pace | None:
    """The pace of a workshop that has begun and is not over; else None."""
    w, row = at.workshop, at.current
    if w.begun_at is None or w.minutes is None or row is None or w.stage in ("draft", "ended"):
        return None
    legs, each = legs_of(at.agenda), w.talk or 0
    phase = row.phase if w.stage == "round" else w.stage
    left = pace.slot(legs, at.number - 1, phase, each)
    whole = w.begun_at + 60_000 * w.minutes
    since, to = whole - 1000 * left.start, whole - 1000 * left.end
    late = None
    if phase == "open":
        late = None if row.left_ms is not None else (row.closes_at or 0) - to
        since = to = to - (row.left_ms or 0)  # while its clock stands the delay grows
    behind = max(0, now_ms() - to) if late is None else max(0, late)
    coming = legs[at.number - (phase in ("waiting", "briefing")) :]
    shorten = pace.shorten(coming, behind // 1000) if behind >= 1000 * LATE else []
    return Pace(w.begun_at, whole, since, to, late, tuple(shorten))
