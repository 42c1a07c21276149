"""An interview grid: from a post's must-haves, questions of a bank, with levels of an answer.

The bank is content. A question is chosen by words alone; who runs the interview changes, strikes
and adds. Levels describe answers, for reading: nothing here marks anybody.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from game.base.json_object import Json
from game.rules.pack import Theme
from game.rules.stems import stems

USUAL = "craft"  # the theme of a must-have that has a word of no other


@dataclass(frozen=True)
class Asked:
    """A question of a grid: `key` is its own in the grid, `theme` where it is from."""

    key: str
    must_have: str
    theme: str
    text: str
    levels: tuple[str, ...]


def theme_of(must_have: str, themes: Sequence[Theme], lang: str) -> Theme:
    """The theme that shares most words with a must-have; the usual one where none does."""
    said = set(stems(must_have, lang))
    shared = [len(said & _words(theme, lang)) for theme in themes]
    most = max(shared, default=0)
    if most:
        return themes[shared.index(most)]
    return next((one for one in themes if one.key == USUAL), themes[0])


def _words(theme: Theme, lang: str) -> set[str]:
    return {stem for one in (*theme.says, theme.label) for stem in stems(one, lang)}


def proposed(must_haves: Sequence[str], themes: Sequence[Theme], lang: str) -> tuple[Asked, ...]:
    """A question for each must-have; another of its theme where one is taken already."""
    found: list[Asked] = []
    for n, must in enumerate(must_haves, 1):
        theme = theme_of(must, themes, lang)
        asks = [one.replace("{must}", must) for one in theme.asks]
        taken = {one.text for one in found}
        text = next((one for one in asks if one not in taken), asks[0])
        found.append(Asked(f"q{n}", must, theme.key, text, theme.levels))
    return tuple(found)


def words_of(one: Asked, themes: Sequence[Theme]) -> str:
    """All that speaks of a question: what files a passage under it."""
    theme = next((t for t in themes if t.key == one.theme), None)
    return " ".join((one.must_have, one.text, *(theme.says if theme else ())))


def meaning_of(question: Json) -> str:
    """What a kept question is about, as a sentence: its text, with the must-have it is from."""
    text, must = str(question["text"]), str(question["must_have"])
    return text if must in text else f"{must}. {text}"
