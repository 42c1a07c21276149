"""How well doubles are found among records of which the truth is known."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from bench.people import ROOT, Made
from game.content import short_names
from game.rules.blocks import blocks
from game.rules.commonness import Counting
from game.rules.likeness import likeness, traits

Pair = tuple[int, int]


@dataclass(frozen=True)
class Quality:
    """Of all pairs that were found, the share that is right; of all that are, the share found.

    `sure` is the share that is right of those that merge by themselves. `missed` and `wrong` say
    what was done to the records of the pairs at fault, with how many there are of each.
    """

    precision: float
    recall: float
    sure: float
    records: int
    pairs: int
    compared: int
    missed: Counter[str]
    wrong: Counter[str]

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.precision * self.recall / (self.precision + self.recall)


def quality(records: Sequence[Made]) -> Quality:
    """Finds the doubles of these records as the pool does, and counts."""
    short = short_names.load(ROOT)
    known = [traits(one) for one in records]
    rooms: dict[str, list[int]] = {}
    for n, one in enumerate(known):
        for block in blocks(one, short):
            rooms.setdefault(block, []).append(n)
    counting = Counting()
    for one in known:
        counting.add(one.words, one.company)
    commons = counting.commons()
    asked = {pair for room in rooms.values() for pair in combinations(room, 2)}
    found = {
        (a, b): like for a, b in asked if (like := likeness(known[a], known[b], short, commons))
    }
    sure = {pair for pair, like in found.items() if like.sure}
    true = _true(records)
    right = true & found.keys()
    return Quality(
        len(right) / len(found),
        len(right) / len(true),
        len(sure & true) / max(1, len(sure)),
        len(records),
        len(true),
        len(asked),
        Counter(
            _slips(records, pair) + ("" if pair in asked else " (never met)")
            for pair in true - right
        ),
        Counter(",".join(found[pair].reasons) for pair in found.keys() - true),
    )


def _true(records: Iterable[Made]) -> set[Pair]:
    by_person: dict[int, list[int]] = {}
    for n, one in enumerate(records):
        by_person.setdefault(one.who, []).append(n)
    return {pair for same in by_person.values() for pair in combinations(same, 2)}


def _slips(records: Sequence[Made], pair: Pair) -> str:
    return "+".join(sorted({slip for n in pair for slip in records[n].slips}))
