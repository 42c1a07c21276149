"""Where two records of one person meet: without it, each would be compared with every other."""

import re
from itertools import permutations

from game.rules.likeness import Traits
from game.rules.short_names import ShortNames

# how French and English write what they say alike; in this order
_SOUNDS = (
    ("eaux|eau|aux|au", "o"),
    ("ain|ein|in|un|ym|im", "1"),
    ("ent|ant|an|en|am|em", "2"),
    ("ai|ei|er|ez|et|ay|ey|es|e", "e"),
    ("ph", "f"),
    ("th", "t"),
    ("sch|sh|ch", "3"),
    ("qu|ck|k|q|c(?=[aouolr])|c$|cc", "k"),
    ("ge(?=[ao])|g(?=[ei])", "j"),
    ("c(?=[eiy])|ss|sc", "s"),
    ("z", "s"),
    ("ou|w", "u"),
    ("y|ll", "i"),
    ("h", ""),
)
SOUNDS = [(re.compile(spelt), said) for spelt, said in _SOUNDS]
SILENT = re.compile(r"(?<=..)[stxdpze2]+$")
TWICE = re.compile(r"(.)\1+")
LONGEST = 4  # words of a name of which pairs are made


def sound(word: str) -> str:
    """The word as it is said, roughly: what is spelt otherwise is mostly said alike."""
    for spelt, said in SOUNDS:
        word = spelt.sub(said, word)
    return TWICE.sub(r"\1", SILENT.sub("", word)) or word


def blocks(person: Traits, short: ShortNames) -> frozenset[str]:
    """The blocks of a record: two of one person share at least one of them.

    A word as it sounds with the beginning of another, and with its end, both ways round; and all
    ways to reach the person.
    """
    found = set(person.ways)
    words = [word for word in person.words if len(word) > 1][:LONGEST]
    found |= {f"i:{sound(last)}/{one}" for one in person.words if len(one) == 1 for last in words}
    for last, first in permutations(words, 2):
        said = sound(last)
        found |= {f"i:{said}/{letter}" for letter in short.letters(first)}
        found.add(f"e:{said}/{first[-2:]}")
    if len(person.words) == 1:
        found.add(f"o:{person.words[0]}")
    return frozenset(found)
