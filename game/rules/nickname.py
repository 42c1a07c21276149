"""Nicknames: offered, cleaned, and made different where two people like the same one."""

import random
import unicodedata

from game.base.refusal import Refusal
from game.rules.pack import Nicknames
from game.rules.person import fold, squeeze

LONGEST = 24

__all__ = ["clean", "fold", "make_free", "offer"]


def offer(words: Nicknames, dice: random.Random) -> str:
    """A themed nickname of two words, in the order of the language."""
    pairs = 20
    for _ in range(pairs):
        noun, adjective = dice.choice(words.nouns), dice.choice(words.adjectives)
        name = f"{adjective} {noun}" if words.adjective_first else f"{noun} {adjective}"
        if len(name) <= LONGEST:
            return name
    return noun[:LONGEST]


def clean(typed: str) -> str:
    """The name as it may be shown. Raises Refusal with the fault at `nickname`."""
    name = squeeze(unicodedata.normalize("NFC", typed))
    if not name:
        raise Refusal("bad_input", {"nickname": "nickname_missing"})
    if len(name) < 2 or not fold(name):
        raise Refusal("bad_input", {"nickname": "nickname_too_short"})
    if len(name) > LONGEST:
        raise Refusal("bad_input", {"nickname": "nickname_too_long"})
    return name


def make_free(name: str, taken: set[str]) -> str:
    """The name, or with the first number behind it that nobody has; `taken` is folded."""
    if fold(name) not in taken:
        return name
    number = 2
    while fold(_numbered(name, number)) in taken:
        number += 1
    return _numbered(name, number)


def _numbered(name: str, number: int) -> str:
    tail = f" {number}"
    return name[: LONGEST - len(tail)].rstrip() + tail
