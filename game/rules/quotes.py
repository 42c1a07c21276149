"""Which words of a brief stand in which fields of a file: a search with its hits, and no score."""

import re
from collections.abc import Iterable, Mapping, Sequence

from game.rules.person import fold

SHORTEST, LONGEST = 3, 60  # letters of a word that says something
MOST = 24  # words at once
WORD = re.compile(r"\w+")
_EMPTY = (
    "les des une aux avec dans pour par sur sous ses son leur leurs qui que est sont pas plus tout "
    "tous toute toutes propre propres bien sans entre chez ont peut sait "
    "the and with for from his her its their own who that are can well all not has have into"
)
EMPTY = frozenset(_EMPTY.split())
Segments = list[tuple[str, bool]]


def words_of(texts: Iterable[str]) -> list[str]:
    """The words of these texts that say something, as written, each once, in their order."""
    words = (found[0].lower() for text in texts for found in WORD.finditer(text))
    kept = {fold(word): word for word in words if _says_something(fold(word))}
    return list(kept.values())[:MOST]


def _says_something(word: str) -> bool:
    return SHORTEST <= len(word) <= LONGEST and word not in EMPTY and " " not in word


def stem(word: str) -> str:
    """What a word begins with, folded, in all its numbers: without the plural's ending."""
    word = fold(word)
    return word[:-1] if len(word) > SHORTEST + 1 and word[-1] in "sx" else word


def marked(text: str, words: Sequence[str]) -> Segments:
    """The text in pieces, each with whether it is a word that was looked for."""
    stems = tuple(stem(word) for word in words)
    pieces, last = Segments(), 0
    for found in WORD.finditer(text):
        if stems and fold(found[0]).startswith(stems):
            pieces += [(text[last : found.start()], False), (found[0], True)]
            last = found.end()
    pieces.append((text[last:], False))
    return [piece for piece in pieces if piece[0]]


def hits(fields: Mapping[str, str], words: Sequence[str]) -> dict[str, Segments]:
    """The fields in which a word was found, each in pieces."""
    found = {name: marked(text, words) for name, text in fields.items()}
    return {name: pieces for name, pieces in found.items() if any(hit for _, hit in pieces)}
