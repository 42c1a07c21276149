"""In which order people talk through a grid: which question each passage belongs to, all at once.

What each passage says for each question is weighed with the way a talk goes: mostly on to the next
question, often on with the same one, seldom back. A short question, one that begins with "and", or
none at all goes on with what was talked of. The numbers were fitted to fifty passages of five
interviews (`tests/helpers/interviews`, those that are not LATE or FRESH in their test), of which
passages were left out and put elsewhere by chance, since a true talk keeps to no grid.
"""

import math
import re
from collections.abc import Sequence

from game.rules.stems import stems

PLACE = 0.7  # of each question that a passage is away from where the grid's order would have it
STAY, NEXT, SKIP, BACK = -0.3, 1.25, 0.3, -1.9
SHORT, USUAL = 1.65, 4  # for a question of no word; words of one that tells nothing of itself
JOINED = 0.4  # for one that begins with "and"
UNASKED = 0.75  # for a passage without a question
SPEAKER = re.compile(r"^\W*(?:\w+ ?: )?\W*")
AND = {"fr": ("et", "mais", "alors"), "en": ("and", "but", "so")}
Rows = Sequence[Sequence[float]]


def question_of(said: str) -> str:
    """What was asked in a passage: its first line, where that is a question."""
    first = said.partition("\n")[0].rstrip()
    return SPEAKER.sub("", first) if first.endswith("?") else ""


def goes_on(said: str, lang: str) -> float:
    """How much a passage looks as if it went on with what was talked of before."""
    asked = question_of(said)
    if not asked:
        return UNASKED
    short = max(-1.0, (USUAL - len(stems(asked, lang))) / USUAL)
    first = asked.split()[0].casefold().strip(",")
    return SHORT * short + (JOINED if first in AND.get(lang, AND["en"]) else 0)


def likely(scores: Rows, ongoing: Sequence[float]) -> list[list[float]]:
    """For each passage and question how likely they belong together, whatever the others do.

    `scores` has a row for each passage; `ongoing` is what `goes_on` says of each. What comes out
    are logarithms that compare within a row.
    """
    placed = _placed(scores)
    forward = [placed[0]]
    for row, on in zip(placed[1:], ongoing[1:], strict=True):
        before = forward[-1]
        forward.append(
            [v + _sum([b + _step(p, q, on) for p, b in enumerate(before)]) for q, v in _each(row)]
        )
    backward = [[0.0] * len(placed[0])]
    for row, on in zip(placed[:0:-1], ongoing[:0:-1], strict=True):
        after = [v + b for v, b in zip(row, backward[-1], strict=True)]
        backward.append(
            [_sum([a + _step(p, q, on) for q, a in enumerate(after)]) for p in range(len(row))]
        )
    return [
        [f + b for f, b in zip(*both, strict=True)]
        for both in zip(forward, backward[::-1], strict=True)
    ]


def _placed(scores: Rows) -> list[list[float]]:
    last, questions = max(1, len(scores) - 1), len(scores[0])
    return [
        [value - PLACE * abs(n / last * (questions - 1) - q) for q, value in _each(row)]
        for n, row in enumerate(scores)
    ]


def _each(row: Sequence[float]) -> list[tuple[int, float]]:
    return list(enumerate(row))


def _sum(values: Sequence[float]) -> float:
    """The logarithm of a sum, from logarithms."""
    most = max(values)
    return most + math.log(sum(math.exp(one - most) for one in values))


def _step(one: int, other: int, ongoing: float) -> float:
    if other < one:
        return BACK
    return STAY + ongoing if one == other else NEXT if other == one + 1 else SKIP
