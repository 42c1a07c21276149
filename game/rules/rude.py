"""Is a name rude? Compared without accents, look-alike signs, repeats and gaps between letters."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from game.rules.person import fold

LOOKALIKES = str.maketrans("013457@$!|8€", "oieastasiibe")
LONG = 6  # letters from which a word is looked for inside others too


class Words(NamedTuple):
    """A list of rude words, folded: those of one word, those of several, and the long ones."""

    single: frozenset[str]
    phrases: tuple[str, ...]
    long: tuple[str, ...]


@lru_cache(maxsize=8)
def _prepared(words: tuple[str, ...]) -> Words:
    folded = {_once(fold(word)) for word in words if word}
    single = frozenset(word for word in folded if " " not in word)
    phrases = tuple(f" {word} " for word in folded if " " in word)
    return Words(single, phrases, tuple(word for word in folded if len(word) >= LONG))


def is_rude(text: str, words: Iterable[str]) -> bool:
    """True where a word of the list stands in the text, disguised or not.

    Short words must stand alone, so that Constance and Dickens may play.
    """
    known = _prepared(tuple(words))
    plain = {_once(fold(text)), _once(fold(text.casefold().translate(LOOKALIKES)))}
    return any(_holds(seen, known) for seen in plain)


def _once(text: str) -> str:
    """The text with each run of a letter as one."""
    return re.sub(r"([^\W\d_])\1+", r"\1", text)


def _holds(seen: str, known: Words) -> bool:
    tokens = seen.split()
    run = "".join(tokens)
    if not known.single.isdisjoint(tokens) or any(p in f" {seen} " for p in known.phrases):
        return True
    if all(len(token) == 1 for token in tokens) and run in known.single:
        return True
    return any(word in run for word in known.long)
