"""The words by which players come back: four letters that are easily said, told and typed.

A word is consonant, vowel, consonant, vowel, as in « kilo ». Of consonants that sound alike one is
there (K for C and Q, G for J, Z for S), silent ones and rare ones are not.
"""

from collections.abc import Callable, Collection, Sequence
from itertools import product

CONSONANTS = "BDFGKLMNPRTVZ"
VOWELS = "AEIOU"
# what nobody should have to say aloud in a room, in French or English; the packs' lists say more
_UNSAID = """
    BITE DEBI DOPE FAGO FIGA GAGA GODE KAKA KAKI KIKI KAPO KUKU KULE KULO LOLO LOPE NAZE NAZI NEGA
    NEGE NENE NIGA NUDE PEDE PEDO PENE PIPE PIPI PINE POPO PUPU PUTA PUTE RAPE TARE TETE ZEZE ZIZI
    ZOBE ZOBI
"""
UNSAID = frozenset(_UNSAID.split())


def _words() -> tuple[str, ...]:
    made = ("".join(letters) for letters in product(CONSONANTS, VOWELS, CONSONANTS, VOWELS))
    return tuple(word for word in made if word not in UNSAID)


WORDS = _words()


def pick(
    choose: Callable[[Sequence[str]], str],
    taken: Collection[str],
    is_rude: Callable[[str], bool],
) -> str:
    """A word that nobody has; empty where all are taken. `choose` takes one of many."""
    free = [word for word in WORDS if word not in taken]
    while free:
        word = choose(free)
        if not is_rude(word):
            return word
        free.remove(word)
    return ""


def read(typed: str) -> str:
    """A word as somebody types it: any case, blanks and signs around it."""
    return "".join(sign for sign in typed.upper() if sign.isalpha())
