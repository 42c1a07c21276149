"""Marks above and below letters: as many as a writing has, and no towers over other lines."""

import unicodedata

MARKS = ("Mn", "Me")
MOST_OF_ANY = 2  # that go on any letter, as Vietnamese has them where it is not composed
MOST_OF_OWN = 4  # of a writing of its own, as pointed Hebrew and Tibetan have: UTS #39, 5.4


def without_towers(text: str) -> str:
    """The text without marks that no writing has: alone, the same twice, or one too many."""
    kept: list[str] = []
    tower: list[str] = []
    for sign in text:
        if unicodedata.category(sign) not in MARKS:
            tower = []
        elif _stands(sign, tower, kept):
            tower.append(sign)
        else:
            continue
        kept.append(sign)
    return "".join(kept)


def _stands(mark: str, tower: list[str], before: list[str]) -> bool:
    """May this mark be put on a letter that has these?"""
    if not before or before[-1].isspace() or mark in tower:
        return False
    goes_on_any = sum(map(_goes_on_any, tower)) < MOST_OF_ANY if _goes_on_any(mark) else True
    return goes_on_any and len(tower) < MOST_OF_OWN


def _goes_on_any(mark: str) -> bool:
    return unicodedata.name(mark, "").startswith("COMBINING ")
