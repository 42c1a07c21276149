"""What the law keeps out of a recruitment, found in what people type.

A free text that touches on a ground of discrimination (French labour code, article L. 1132-1) or
on past pay is read by one person before anybody else. It is found by phrases of a content pack;
the same expressions run at the keyboard, to warn before it is sent.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from game.rules.pack import Criterion
from game.rules.person import fold

NUMBER, ANY, MORE = "[0-9]+", "[^ ]+", "[^ ]*"


@dataclass(frozen=True)
class Ground:
    """One criterion, ready: `unless` is taken out of a text before `says` is looked for.

    Both are expressions over a folded text with a space at each end.
    """

    key: str
    label: str
    says: str
    unless: str


def _word(word: str) -> str:
    if word == "#":
        return NUMBER
    if word == "*":
        return ANY
    plain = re.escape(word.rstrip("*"))
    return plain + MORE if word.endswith("*") else plain


def _any_of(phrases: Sequence[str]) -> str:
    """One expression for all phrases; an innocent one that is longer comes first."""
    ordered = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    inner = "|".join(" ".join(map(_word, phrase.split())) for phrase in ordered)
    return f" (?:{inner})(?= )" if inner else ""


@lru_cache(maxsize=16)
def grounds(criteria: tuple[Criterion, ...]) -> tuple[Ground, ...]:
    """The criteria of a pack, ready to be looked for."""
    return tuple(Ground(c.key, c.label, _any_of(c.says), _any_of(c.unless)) for c in criteria)


@lru_cache(maxsize=16)
def _first_words(
    criteria: tuple[Criterion, ...],
) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """The keys of the criteria whose phrases begin with a word, and with a part of one."""
    whole: dict[str, set[str]] = {}
    begun: dict[str, set[str]] = {}
    for criterion in criteria:
        for phrase in criterion.says:
            word = phrase.split()[0]
            place = begun if word.endswith("*") else whole
            place.setdefault(word.rstrip("*"), set()).add(criterion.key)
    return whole, begun


def _candidates(words: Sequence[str], criteria: tuple[Criterion, ...]) -> set[str]:
    """The criteria that these words may touch on: most texts have none, and cost little."""
    whole, begun = _first_words(criteria)
    found: set[str] = set()
    beginnings = tuple(begun)
    for word in words:
        found |= whole.get("#" if word.isdecimal() else word, set())
        if word.startswith(beginnings):
            found |= set().union(*(k for b, k in begun.items() if word.startswith(b)))
    return found


def touched(text: str, criteria: tuple[Criterion, ...]) -> tuple[str, ...]:
    """The keys of the criteria that a text touches on."""
    words = fold(text).split()
    wanted = _candidates(words, criteria) if words else set()
    folded = f" {' '.join(words)} "
    return tuple(g.key for g in grounds(criteria) if g.key in wanted and _says(folded, g))


def _says(folded: str, ground: Ground) -> bool:
    innocent = re.sub(ground.unless, " ", folded) if ground.unless else folded
    return re.search(ground.says, innocent) is not None
