"""Places in a text, what fills them and where that is from: a fact is shown with its source."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

PLACE = re.compile(r"{([a-z_]+)}")


@dataclass(frozen=True)
class Fact:
    """A value, and where it is known from: a key of the page's words."""

    value: str
    source: str


@dataclass(frozen=True)
class Piece:
    """A piece of a text; `source` is empty where it is no fact."""

    text: str
    source: str = ""


def places(text: str) -> set[str]:
    """The places in a text."""
    return set(PLACE.findall(text))


def first_fitting(texts: Iterable[str], known: Mapping[str, str]) -> str:
    """The first text of which every place can be filled, filled; empty where there is none."""
    for text in texts:
        if all(known.get(name) for name in places(text)):
            return PLACE.sub(lambda found: known[found[1]], text)
    return ""


def pieces(text: str, facts: Mapping[str, Fact]) -> tuple[Piece, ...]:
    """A text in pieces: its places filled, and values of facts that stand in it, each a piece."""
    return tuple(_pieces(text, facts))


def _pieces(text: str, facts: Mapping[str, Fact]) -> Iterator[Piece]:
    last = 0
    for found in _pattern(facts).finditer(text):
        fact = facts[found[1]] if found[1] else _of_value(found[0], facts)
        if found.start() > last:
            yield Piece(text[last : found.start()])
        yield Piece(fact.value, fact.source)
        last = found.end()
    if text[last:]:
        yield Piece(text[last:])


def _pattern(facts: Mapping[str, Fact]) -> re.Pattern[str]:
    """Places that can be filled, and the values of facts where they stand as words of their own."""
    names = "|".join(name for name in facts) or "(?!)"
    values = sorted({f.value for f in facts.values() if f.value}, key=lambda one: -len(one))
    said = "|".join(rf"(?<!\w){re.escape(value)}(?!\w)" for value in values) or "(?!)"
    return re.compile(rf"{{({names})}}|{said}")


def _of_value(value: str, facts: Mapping[str, Fact]) -> Fact:
    return next(fact for fact in facts.values() if fact.value == value)


def plain(found: Iterable[Piece]) -> str:
    """The text that pieces make."""
    return "".join(piece.text for piece in found)
