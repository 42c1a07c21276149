"""The hour against the clock: how late a workshop is, and what to shorten.

Times are seconds. Around each round stands as much talk: half of it before, half after.
"""

from collections.abc import Sequence
from dataclasses import dataclass

TALK = 105  # seconds around a round, where nobody said how long the whole is to take
SHORTEST = 60  # a round is not shortened below
STEP = 30  # to which a shortened round is rounded
SHARE = 3  # one part in so many of a round may go
MOST = 3  # rounds that are named


@dataclass(frozen=True)
class Leg:
    """A round of the agenda: how long it is to be open."""

    id: str
    seconds: int


@dataclass(frozen=True)
class Slot:
    """How much of the plan is still to come: at most `start`, and at least `end`, where one is.

    While a round is open both are without its own time, which only the clock knows.
    """

    start: int
    end: int


def minutes(legs: Sequence[Leg]) -> int:
    """How long an agenda takes with the usual talk, in whole minutes."""
    return -(-sum(leg.seconds + TALK for leg in legs) // 60)


def talk(legs: Sequence[Leg], whole: int) -> int:
    """How much talk each round leaves where the whole is to take so many minutes, 0 or more."""
    if not legs:
        return 0
    return max(0, (60 * whole - sum(leg.seconds for leg in legs)) // len(legs))


def slot(legs: Sequence[Leg], at: int, phase: str, each: int) -> Slot:
    """What is still planned from within the round `at` (from 0) in a phase; `each` is its talk.

    `board` and `podium` are what the room sees after it.
    """
    half, later = each // 2, sum(leg.seconds + each for leg in legs[at + 1 :])
    own = legs[at].seconds if at < len(legs) else 0
    match phase:
        case "waiting" | "briefing":
            return Slot(later + own + each, later + own + each - half)
        case "open":
            return Slot(later + half, later + half)
        case "podium":
            return Slot(each, 0)
        case _:
            return Slot(later + half, later)


def shorten(legs: Sequence[Leg], late: int) -> list[tuple[str, int]]:
    """Which of the rounds to come get how many seconds, so that `late` seconds are made up.

    The longest go first, each losing a third at most; where that is not enough, it is what it is.
    """
    found: list[tuple[str, int]] = []
    for leg in sorted(legs, key=lambda leg: -leg.seconds):
        if late <= 0 or len(found) == MOST:
            break
        least = max(SHORTEST, leg.seconds - leg.seconds // SHARE)
        wanted = max(least, leg.seconds - late)
        new = -(-wanted // STEP) * STEP
        if new < leg.seconds:
            found.append((leg.id, new))
            late -= leg.seconds - new
    return found
