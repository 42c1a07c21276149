"""A laboratory of prompts: each team has its own at the same time; what each yields, how surely.

Teams take turns at every prompt, each in another order: at any moment a prompt is one team's, and
in time it is several teams'. What counts is whether somebody who was there named anybody while the
prompt was before them. The intervals are Wilson's: E. B. Wilson, "Probable inference, the law of
succession, and statistical inference", Journal of the American Statistical Association 22 (1927).
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

from game.rules.timing import Timing

SURE = 0.95
FEWEST = 5  # people for whom a prompt's yield is told: of fewer it would tell who


@dataclass(frozen=True)
class Present:
    """A player, the place of their team in the deal, and since when they are in."""

    player: str
    place: int
    since: int


@dataclass(frozen=True)
class Tried:
    """A prompt: how many named somebody, of how many who had it; the share's bounds, 0 to 1."""

    name: str
    hits: int
    trials: int
    low: float
    high: float

    @property
    def share(self) -> float:
        """Of those who had it, how many named somebody."""
        return self.hits / self.trials


@dataclass(frozen=True)
class Finding:
    """Two prompts of which one yields more, more surely than by chance."""

    more: Tried
    less: Tried


def dealt(turn: int, place: int, lines: int) -> int:
    """Which line a team has in a turn, all from 0; `place` is that of the team in the deal."""
    return (turn + place) % lines


def wilson(hits: int, trials: int, sure: float = SURE) -> tuple[float, float]:
    """The interval of a share, of `hits` in `trials`; the whole of 0 to 1 where there were none."""
    if trials < 1:
        return 0.0, 1.0
    z = NormalDist().inv_cdf((1 + sure) / 2)
    share, extra = hits / trials, z * z / trials
    middle = share + extra / 2
    reach = z * sqrt(share * (1 - share) / trials + extra / (4 * trials))
    low, high = (middle - reach) / (1 + extra), (middle + reach) / (1 + extra)
    return max(0.0, low), min(1.0, high)


def tried(
    lines: Sequence[str],
    every: int,
    timing: Timing,
    now: int,
    present: Iterable[Present],
    given: Iterable[tuple[str, int]],
) -> list[Tried]:
    """The yield of each line that teams were dealt, `every` so many seconds; the best first.

    `given` are (player, moment) of leads, in milliseconds since the epoch. A turn that did not last
    half its time tells nothing, and neither does a prompt that fewer than FEWEST people had.
    """
    if len(lines) < 2 or every < 1:
        return []
    span, whole = 1000 * every, timing.open_until(now)
    turns = range(sum(whole - start >= span // 2 for start in range(0, whole, span)))
    named: dict[str, set[int]] = defaultdict(set)
    for player, at in given:
        named[player].add(max(0, timing.open_until(at) - 1) // span)
    hits, trials = [0] * len(lines), [0] * len(lines)
    for one in present:
        for turn in (turn for turn in turns if timing.open_until(one.since) <= turn * span):
            line = dealt(turn, one.place, len(lines))
            trials[line] += 1
            hits[line] += turn in named[one.player]
    found = [
        Tried(name, hit, of, *wilson(hit, of))
        for name, hit, of in zip(lines, hits, trials, strict=True)
        if of >= FEWEST
    ]
    return sorted(found, key=lambda one: (-one.share, one.name))


def finding(found: Sequence[Tried]) -> Finding | None:
    """The two that differ most, where their intervals do not touch; None where nothing is sure.

    The more prompts there are, the surer each interval is to be: chance shall not find among ten
    what it would not among two.
    """
    if len(found) < 2:
        return None
    sure = 1 - (1 - SURE) / len(found)
    best, worst = max(found, key=lambda one: one.share), min(found, key=lambda one: one.share)
    low, high = wilson(best.hits, best.trials, sure)[0], wilson(worst.hits, worst.trials, sure)[1]
    return Finding(best, worst) if low > high else None
