"""What the law keeps out of a recruitment, found in what people type.

A free text that touches on a ground of discrimination (French labour code, article L. 1132-1) or
on past pay is read by one person before anybody else. It is found by phrases of a content pack;
the same expressions run at the keyboard, to warn before it is sent.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

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


class _Ready:
    """The criteria of a pack, ready to be looked for, and by the first words of their phrases."""

    def __init__(self, criteria: tuple[Criterion, ...]) -> None:
        self.criteria = criteria
        self.grounds = tuple(
            Ground(c.key, c.label, _any_of(c.says), _any_of(c.unless)) for c in criteria
        )
        self.whole: dict[str, set[str]] = {}
        self.begun: dict[str, set[str]] = {}
        for criterion in criteria:
            for phrase in criterion.says:
                word = phrase.split()[0]
                place = self.begun if word.endswith("*") else self.whole
                place.setdefault(word.rstrip("*"), set()).add(criterion.key)
        self.beginnings = tuple(self.begun)

    def candidates(self, words: Sequence[str]) -> set[str]:
        """The criteria that these words may touch on: most texts have none, and cost little."""
        found: set[str] = set()
        for word in words:
            found |= self.whole.get("#" if word.isdecimal() else word, set())
            if word.startswith(self.beginnings):
                found |= set().union(*(k for b, k in self.begun.items() if word.startswith(b)))
        return found


_READY: dict[int, _Ready] = {}  # by which tuple it is: to hash a pack costs more than a look at it
MOST = 16


def _ready(criteria: tuple[Criterion, ...]) -> _Ready:
    found = _READY.get(id(criteria))
    if found is None or found.criteria is not criteria:
        if len(_READY) >= MOST:
            _READY.clear()
        found = _READY[id(criteria)] = _Ready(criteria)
    return found


def grounds(criteria: tuple[Criterion, ...]) -> tuple[Ground, ...]:
    """The criteria of a pack, ready to be looked for."""
    return _ready(criteria).grounds


def touched(text: str, criteria: tuple[Criterion, ...]) -> tuple[str, ...]:
    """The keys of the criteria that a text touches on."""
    if not text:
        return ()
    ready, words = _ready(criteria), fold(text).split()
    wanted = ready.candidates(words)
    folded = f" {' '.join(words)} "
    return tuple(g.key for g in ready.grounds if g.key in wanted and _says(folded, g))


def _says(folded: str, ground: Ground) -> bool:
    innocent = re.sub(ground.unless, " ", folded) if ground.unless else folded
    return re.search(ground.says, innocent) is not None
