"""A document in passages: pieces of its text as they stand, a paragraph each or a little more."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from game.helpers.quoted import PAGE, Quote, quotes

SHORT, LONG = 60, 700  # characters: what is shorter is the head of what follows
BLANK = re.compile(r"\n[ \t]*\n|\f")


@dataclass(frozen=True)
class Passage:
    """A piece of a document as it stands there, its page from one, and which one it is."""

    text: str
    page: int
    place: int


def passages(text: str) -> tuple[Passage, ...]:
    """The passages of a document, in its order."""
    return tuple(
        Passage(text[start:end].strip(), text.count(PAGE, 0, start) + 1, place)
        for place, (start, end) in enumerate(_spans(text), 1)
    )


def _spans(text: str) -> Iterator[tuple[int, int]]:
    begin = 0
    for start, end in _blocks(text):
        if end - begin < SHORT and end < len(text.rstrip()) and PAGE not in text[start : end + 2]:
            continue  # a heading goes with what it is the head of
        yield from _cut(text, begin, end)
        begin = end
    if text[begin:].strip():
        yield from _cut(text, begin, len(text))


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for stop in [*(found.start() for found in BLANK.finditer(text)), len(text)]:
        if text[start:stop].strip():
            yield start, stop
        start = stop


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A block that is too long, in pieces that end where a sentence does."""
    inside = list(quotes(text[start:end]))
    first = 0
    for n, one in enumerate(inside):
        if one.end - _begin(inside, first) > LONG and n > first:
            yield start + _begin(inside, first), start + inside[n - 1].end
            first = n
    if inside:
        yield start + _begin(inside, first), start + inside[-1].end


def _begin(inside: Sequence[Quote], n: int) -> int:
    return inside[n].start
