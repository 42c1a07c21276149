"""Job titles compared: what in each may keep people from finding it or from seeing themselves.

A flag says what was found and, where the rules know one, a better word. It ranks nothing: which
title a room would click is told by its votes alone.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pydantic import Field

from game.base.languages import ENGLISH_NAMES
from game.helpers.contract import Answer, Given, Task
from game.helpers.links import without_links_in_name
from game.helpers.wording_words import (
    BOTH,
    CODES,
    ENGLISH,
    EPICENE,
    FEMININE,
    GENDERED,
    KNOWN_SIGNS,
    MASCULINE,
    SENIORITY,
    UNSEARCHED,
)
from game.rules.person import fold

FLAGS = ("inclusive", "length", "jargon", "english", "seniority", "unsearched")
LETTERS, WORDS = 50, 7  # beyond, phones and job boards cut a title
FEWEST, MOST = 2, 6
ADJECTIVE = (
    *("é", "ée", "ant", "ante", "ent", "ente", "iel", "ielle", "al", "ale", "tif", "tive"),
    *("ier", "ière", "ien", "ienne"),
)
WORD = re.compile(r"[^\W\d_]+(?:[·.\-/’'(][^\W\d_]+\)?)*")
STRANGE = re.compile(r"[\d@:{}<>/]|\w\.\w")  # in a model's title: addresses, numbers, markup
SIGN = re.compile(r"\b[A-Z]{2,6}\b")
BEFORE = re.compile(
    r"\s(?:de|d|du|des|en|à|au|aux|pour|sur|dans|avec|chez|et)\s|\sd['’]|[,–—:]|\s\(| - "
)


@dataclass(frozen=True)
class Flag:
    """What was found in a title: which of FLAGS, the words at fault, and better ones if known."""

    key: str
    piece: str
    better: str = ""


def flags(title: str, lang: str) -> tuple[Flag, ...]:
    """All that a title may be asked about, in the order of FLAGS."""
    lang = lang if lang in SENIORITY else "en"
    return tuple(
        flag
        for found in (
            _inclusive(title, lang),
            _length(title),
            _jargon(title),
            _listed("english", title, ENGLISH[lang]),
            _listed("seniority", title, SENIORITY[lang]),
            _listed("unsearched", title, UNSEARCHED[lang], apart=ENGLISH[lang]),
        )
        for flag in found
    )


def _length(title: str) -> Iterator[Flag]:
    bare = BOTH.sub("", title).strip()
    if len(bare) > LETTERS or len(bare.split()) > WORDS:
        yield Flag("length", str(len(bare)))


def _folded(text: str) -> str:
    return f" {' '.join(fold(re.sub('[·.’/()-]', ' ', text)).split())} "


def _listed(
    key: str, title: str, words: Mapping[str, str], apart: Collection[str] = ()
) -> Iterator[Flag]:
    """Words of a list; the longest first, each place once, none inside what stands `apart`."""
    text = _folded(title)
    for phrase in apart:
        text = text.replace(f" {phrase} ", " | ")
    for word in sorted(words, key=lambda one: (-len(one), one)):
        pattern = rf" {word} "
        found = re.search(pattern, text)
        if found:
            text = text.replace(found[0], " | ", 1)
            yield Flag(key, found[0].strip(), words[word])


def _jargon(title: str) -> Iterator[Flag]:
    """Signs that not everybody reads, and codes of a house's own."""
    plain = BOTH.sub(" ", title)
    for found in CODES.finditer(plain):
        yield Flag("jargon", found[0].strip(" ()"))
    plain = CODES.sub(" ", plain)
    if plain.isupper():
        return  # a title in capitals is no sign
    for found in SIGN.finditer(plain):
        if found[0] not in KNOWN_SIGNS:
            yield Flag("jargon", found[0])


def _inclusive(title: str, lang: str) -> Iterator[Flag]:
    if lang != "fr":
        yield from _listed("inclusive", title, GENDERED)
        return
    if BOTH.search(title):
        return
    if _is_doublet(WORD.findall(title)):
        return
    head = WORD.findall(BEFORE.split(f"{title} ", maxsplit=1)[0])
    for n, word in enumerate(head[:2]):  # the title's own word, and an adjective beside it
        better = "" if _is_foreign(word) else _both(word)
        if better and (n == 0 or word.lower().endswith(ADJECTIVE)):
            yield Flag("inclusive", word, better)


def _is_foreign(word: str) -> bool:
    """Words of another language, and signs, have no French gender."""
    return word.isupper() or f" {fold(word)} " in _FOREIGN


_FOREIGN = f" {' '.join(ENGLISH['fr'])} designer manager leader trader partner controller "


def _is_doublet(words: Sequence[str]) -> bool:
    """Are both forms there, as in « infirmière ou infirmier »?"""
    told = [_both(word.lower()) for word in words]
    return any(one and told.count(one) > 1 for one in told)


def _both(word: str) -> str:
    """The word in both genders; empty where it says both already, or has but one form."""
    if re.search(r"[·/()]|\w\.\w|-e$|-ne$|-se$|-rice$|-trice$", word):
        return ""
    first, dash, last = word.rpartition("-")
    for ending, both in (*FEMININE, *MASCULINE):
        low = last.lower()
        if fold(last) in EPICENE or low.endswith("ment"):
            return ""
        if low.endswith(ending):
            kept = last[: len(last) - len(ending)]
            return f"{first}{dash}{kept}{both if kept or last[0].islower() else both.capitalize()}"
    return ""


def better(title: str, lang: str) -> str:
    """The title with what the rules know better; the same where they know nothing better."""
    found = title
    for flag in flags(title, lang):
        if flag.better and flag.key in ("inclusive", "english"):
            piece = rf"(?<!\w){re.escape(flag.piece)}(?!\w)"
            found = re.sub(piece, flag.better, found, count=1, flags=re.I)
    return found[:1].upper() + found[1:]


class Compared(Given):
    """Titles of one position; nobody is in it."""

    lang: str
    names: tuple[str, ...] = Field(min_length=1, max_length=MOST)


class Proposed(Answer):
    """Other titles for the same position."""

    proposals: tuple[str, ...] = Field(min_length=1, max_length=4)


def by_rules(given: Compared) -> Proposed:
    """The titles as the rules would write them."""
    return Proposed(proposals=tuple(dict.fromkeys(better(t, given.lang) for t in given.names))[:4])


def bare(answer: Proposed, _given: Compared) -> tuple[Proposed, int]:
    """The titles without links, and how many those were."""
    taken = [without_links_in_name(one) for one in answer.proposals]
    return Proposed(proposals=tuple(one for one, _ in taken)), sum(n for _, n in taken)


def check(answer: Proposed, given: Compared) -> Proposed | None:
    """Those that are new, raise no flag and promise nothing; it is still nobody's word."""
    known = {fold(title) for title in given.names}
    told = [" ".join(one.split()) for one in answer.proposals]
    sound = [
        one
        for one in dict.fromkeys(told)
        if 3 <= len(one) <= LETTERS
        and fold(one) not in known
        and not flags(one, given.lang)
        and not STRANGE.search(one)
    ]
    return Proposed(proposals=tuple(sound)) if sound else None


def _prompt(given: Compared) -> str:
    inclusive = ", in its inclusive form (Développeur·se)" if given.lang == "fr" else ""
    spoken = ENGLISH_NAMES[given.lang] + inclusive
    return (
        f"Propose up to four other titles in {spoken} under which the very same position could be "
        "advertised: short, plain, as people search for them; no seniority, no internal code."
    )


def _told(given: Compared) -> dict[str, object]:
    return given.model_dump()


TASK: Task[Compared, Proposed] = Task("wording", Proposed, by_rules, _prompt, _told, check, bare)


@dataclass(frozen=True)
class Interval:
    """A share in per cent, with the bounds that it has with nineteen chances in twenty."""

    share: int
    low: int
    high: int


Z = 1.96
ENOUGH = 5  # votes


def interval(share: int, people: int) -> Interval | None:
    """The bounds of a share of so many voters (Wilson); None with fewer than ENOUGH.

    Each voter counts once, however many duels they decided: the bounds are rather too wide.
    """
    if people < ENOUGH:
        return None
    p, n = share / 100, people
    middle = (p + Z**2 / (2 * n)) / (1 + Z**2 / n)
    half = Z * (p * (1 - p) / n + Z**2 / (4 * n**2)) ** 0.5 / (1 + Z**2 / n)
    return Interval(share, round(100 * max(0, middle - half)), round(100 * min(1, middle + half)))
