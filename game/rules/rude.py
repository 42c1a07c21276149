"""Is a name rude? Compared without accents, look-alike signs, repeats and gaps between letters."""

import re
from collections.abc import Iterable

from game.rules.contact import fold

LOOKALIKES = str.maketrans("013457@$!|8€", "oieastasiibe")
LONG = 6  # letters from which a word is looked for inside others too


def is_rude(text: str, words: Iterable[str]) -> bool:
    """True where a word of the list stands in the text, disguised or not.

    Short words must stand alone, so that Constance and Dickens may play.
    """
    plain = {_single(fold(text)), _single(fold(text.casefold().translate(LOOKALIKES)))}
    return any(_holds(seen, _single(fold(word))) for seen in plain for word in words if word)


def _single(text: str) -> str:
    """The text with each run of a letter as one."""
    return re.sub(r"([^\W\d_])\1+", r"\1", text)


def _holds(seen: str, word: str) -> bool:
    tokens = seen.split()
    if word in tokens or f" {word} " in f" {seen} ":
        return True
    if all(len(token) == 1 for token in tokens) and word == "".join(tokens):
        return True
    return len(word) >= LONG and word in "".join(tokens)
