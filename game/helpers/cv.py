"""A CV beside a brief: for each must-have, the sentences that share a word with it.

It says what stands where, of one person, and nothing of what that is worth: no sum, no order of
persons, no word for how well something fits, and never that something is not there – whoever
looks for evidence by words misses some, so three more sentences to read are always shown. No
model is ever given a CV: this helper has rules alone.
"""

from dataclasses import dataclass

from pydantic import Field

from game.helpers.contract import Answer, Given
from game.helpers.quoted import Quote, is_verbatim, quotes
from game.helpers.set_aside import is_set_aside, without_name
from game.rules.stems import stems, trigrams

SHOWN = 6  # sentences with a word in common, for one must-have
MORE = 3  # sentences to read besides


class Beside(Given):
    """A CV and what a post asks for; `name` is known only to be left out."""

    lang: str
    must_haves: tuple[str, ...] = Field(max_length=12)
    text: str = Field(max_length=100_000)
    name: str = ""


class Place(Answer):
    """A quote, where it stands, and the words of the must-have that it has."""

    text: str
    line: int
    page: int
    words: tuple[str, ...] = ()


class Evidence(Answer):
    """What is to be read for one must-have: both in the order of the CV."""

    must_have: str
    shared: tuple[Place, ...]
    more: tuple[Place, ...]


class Found(Answer):
    """A CV as it is read; `aside` are the lines of which something was not."""

    evidence: tuple[Evidence, ...]
    aside: tuple[int, ...]


@dataclass(frozen=True)
class _Read:
    """A sentence as it is compared with every must-have."""

    quote: Quote
    stems: frozenset[str]
    letters: frozenset[str]


def by_rules(given: Beside) -> Found:
    """What is to be read for each must-have, in the order of the brief."""
    every = [one for one in quotes(given.text) if is_verbatim(one, given.text)]
    aside = {one for one in every if is_set_aside(one.text, given.name)}
    read = [_read(one, given) for one in every if one not in aside]
    return Found(
        evidence=tuple(_evidence(wanted, read, given.lang) for wanted in given.must_haves),
        aside=tuple(dict.fromkeys(one.line for one in every if one in aside)),
    )


def _read(one: Quote, given: Beside) -> _Read:
    bare = without_name(one.text, given.name)
    return _Read(one, frozenset(stems(bare, given.lang)), trigrams(bare))


def _evidence(wanted: str, read: list[_Read], lang: str) -> Evidence:
    asked = {stem: word for word in wanted.split() for stem in stems(word, lang)}
    words = {one: _words(one, asked) for one in read}
    sharing = [one for one in read if words[one]]
    shared = sorted(sharing, key=lambda one: (-len(words[one]), one.quote.start))[:SHOWN]
    letters = trigrams(wanted)
    rest = [one for one in read if one not in shared]
    more = sorted(rest, key=lambda one: (-len(letters & one.letters), one.quote.start))[:MORE]
    return Evidence(
        must_have=wanted,
        shared=tuple(_place(one.quote, words[one]) for one in _in_order(shared)),
        more=tuple(_place(one.quote, ()) for one in _in_order(more)),
    )


def _words(one: _Read, asked: dict[str, str]) -> tuple[str, ...]:
    return tuple(word.strip(".,;:()") for stem, word in asked.items() if stem in one.stems)


def _in_order(found: list[_Read]) -> list[_Read]:
    return sorted(found, key=lambda one: one.quote.start)


def _place(one: Quote, words: tuple[str, ...]) -> Place:
    return Place(text=one.text, line=one.line, page=one.page, words=tuple(dict.fromkeys(words)))
