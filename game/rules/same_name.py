"""Two names of a person, compared: order, short forms, initials, slips of the keyboard."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

from game.rules.short_names import ShortNames
from game.rules.slips import are_within
from game.rules.sounds import sound

TITLES = frozenset(("m", "mr", "mme", "mrs", "ms", "mlle", "miss", "dr", "pr", "prof", "me"))
PARTICLES = frozenset(("de", "du", "des", "d", "la", "le", "l", "van", "von", "der", "den", "di"))
MOST = 6  # words of a name that are compared
SLIP, SLIPS = 4, 9  # letters from which a word may differ by one slip, and by two


class Fit(IntEnum):
    """How far two names are one."""

    NONE = 0
    HALF = 1  # one word is the same, another is not: a family, or a new name
    PART = 2  # all words of the shorter one are in the longer one
    CLOSE = 3  # word by word the same person's, but spelt otherwise
    SAME = 4


@dataclass(frozen=True)
class Compared:
    """How two names fit, with the reasons as keys.

    `ending` says that a slip stands at a word's end, where it may be another name: Louis, Louise.
    `met` are the words that were found to be one, as both have them.
    """

    fit: Fit
    reasons: tuple[str, ...] = ()
    ending: bool = False
    met: tuple[tuple[str, str], ...] = ()


def words_of(folded: str) -> tuple[str, ...]:
    """The words of a folded name that tell a person: neither title nor particle."""
    words = folded.split()
    while len(words) > 1 and words[0] in TITLES and (len(words[0]) > 1 or len(words) > 2):
        words = words[1:]
    telling = [word for word in words if word not in PARTICLES]
    return tuple((telling if len(telling) > 1 else words)[:MOST])


def compare(one: Sequence[str], other: Sequence[str], short: ShortNames) -> Compared:
    """How two names fit, of their words."""
    own = tuple((word, word) for word in one)
    if one == other:
        whole = len(one) > 1
        return Compared(*((Fit.SAME, ("same_name",)) if whole else (Fit.PART, ("name",))), met=own)
    if sorted(one) == sorted(other):
        return Compared(Fit.SAME, ("name_order",), met=own)
    if "".join(one) == "".join(other):
        return Compared(Fit.SAME, ("same_name",), met=own)
    return _word_by_word(list(one), list(other), short)


def _word_by_word(one: list[str], other: list[str], short: ShortNames) -> Compared:
    same = [word for word in one if word in other]
    for word in same:
        if word in one and word in other:
            one.remove(word)
            other.remove(word)
    whole = sum(len(word) > 1 for word in same)
    found: list[str] = []
    met = [(word, word) for word in same]
    for word in list(one):
        how, match = _best(word, other, short)
        if how:
            found.append(how)
            met.append((word, match))
            one.remove(word)
            other.remove(match)
    return replace(_judged(whole, found, one, other), met=tuple(met))


def _judged(whole: int, found: list[str], one: list[str], other: list[str]) -> Compared:
    """What the words come to: those that are the same, those that nearly are, and the rest."""
    reasons = tuple(dict.fromkeys(how.removesuffix("_ending") for how in found))
    ending = "typo_ending" in found
    sure = whole + sum(how != "initials" for how in found)
    if not sure:
        return Compared(Fit.NONE)
    if not one and not other:
        return Compared(Fit.CLOSE, reasons, ending)
    if not (one and other):
        part = whole + len(found) > 1
        return Compared(Fit.PART, (*reasons, "part_of_name"), ending) if part else _half(whole)
    return _half(whole)


def _half(whole: int) -> Compared:
    return Compared(Fit.HALF) if whole else Compared(Fit.NONE)


def _best(word: str, others: Sequence[str], short: ShortNames) -> tuple[str, str]:
    """(how, the word that it fits best); empty where it fits none."""
    for test in (_is_joined, _is_short, _is_typo, _is_initial):
        for other in others:
            how = test(word, other, short)
            if how:
                return how, other
    return "", ""


def _is_joined(one: str, other: str, _short: ShortNames) -> str:
    """Legoff, and Goff of Le Goff."""
    shorter, longer = sorted((one, other), key=len)
    written = longer.removesuffix(shorter)
    return "particle" if len(shorter) > 2 and written in PARTICLES else ""


def _is_short(one: str, other: str, short: ShortNames) -> str:
    return "short_name" if short.agree(one, other) else ""


def _is_initial(one: str, other: str, short: ShortNames) -> str:
    alone = min(len(one), len(other)) == 1
    letter, name = sorted((one, other), key=len)
    return "initials" if alone and letter in short.letters(name) else ""


def _is_typo(one: str, other: str, _short: ShortNames) -> str:
    if not (is_slip(one, other) or _sound_alike(one, other)):
        return ""
    shared = min(len(one), len(other)) - 1
    return "typo_ending" if one[:shared] == other[:shared] else "typo"


def _sound_alike(one: str, other: str) -> bool:
    """Quemper and Kemper, as somebody wrote it who only heard the name."""
    return min(len(one), len(other)) >= SLIP and sound(one) == sound(other)


def is_slip(one: str, other: str) -> bool:
    """Is one the other with a slip of the keyboard: a letter more, less, another, or two swapped?

    Long words may hold two.
    """
    length = min(len(one), len(other))
    if length < SLIP:
        return False
    allowed = 1 if length < SLIPS else 2
    return are_within(one, other, allowed)
