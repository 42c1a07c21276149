"""Where two records of one person meet: without it, each would be compared with every other."""

from itertools import permutations

from game.rules.likeness import Traits
from game.rules.short_names import ShortNames
from game.rules.sounds import sound

LONGEST = 4  # words of a name of which pairs are made


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
