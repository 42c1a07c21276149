"""Codes of the French nomenclature of activities: what a code is, and which stand near it.

A sub-class (62.01Z) stands in its class (62.01), group (62.0) and division (62), which its own
figures say, in NAF rév. 2 as in NAF 2025: so that neighbours are found in either, and a code says
nothing without its nomenclature.
"""

import re
from collections.abc import Iterable

SHAPE = re.compile(r"(\d{2})(?:\.?(\d{1,2})([A-Z])?)?")
LEVELS = (5, 4, 2)  # signs of a class, a group, a division
MOST = 800  # codes at a time: more than there are sub-classes, and as many as a database is asked


def code_of(typed: str) -> str:
    """What somebody typed (6201z, 62.01Z, 62), as files have it; empty where it is no code."""
    found = SHAPE.fullmatch(typed.strip().upper())
    if found is None or (found[3] and len(found[2]) < 2):
        return ""
    return found[1] + (f".{found[2]}{found[3] or ''}" if found[2] else "")


def codes_of(typed: str) -> tuple[str, ...] | None:
    """The codes in a text, each once, parted by commas or spaces.

    None where one is none, or where there are more of them than the nomenclature has.
    """
    found = dict.fromkeys(code_of(one) for one in re.split(r"[,;\s]+", typed) if one)
    return None if "" in found or len(found) > MOST else tuple(found)


def neighbours(code: str, known: Iterable[str]) -> list[str]:
    """The known sub-classes that share the class, the group or the division, the nearest first."""
    near = [(level, one) for one in known if one != code and (level := _shared(code, one)) >= 0]
    return [one for _, one in sorted(near)]


def _shared(code: str, other: str) -> int:
    """How far up two codes meet: 0 in a class, 1 in a group, 2 in a division, -1 nowhere."""
    met = (
        n for n, signs in enumerate(LEVELS) if len(code) >= signs and other[:signs] == code[:signs]
    )
    return next(met, -1)
