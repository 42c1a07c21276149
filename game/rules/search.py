"""A search of terms joined by AND, OR and NOT: what it finds, how well it fits, how it reads."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from game.rules.pack import Choice, Key, Keyed, Line
from game.rules.part import OfBrief
from game.rules.stored import Count, Stored

WAYS = ("all", "any", "none")


class Term(Choice):
    """A word to search by, and what else people write for it."""

    others: tuple[Line, ...] = ()


class Profile(Keyed):
    """An invented profile: the terms that stand in it, and whether it is one that is sought."""

    title: Line
    has: tuple[Key, ...]
    gold: Literal["keep", "pass"]


class Search(OfBrief):
    """Words and profiles to search for one brief."""

    terms: tuple[Term, ...] = Field(min_length=4, max_length=12)
    profiles: tuple[Profile, ...] = Field(min_length=4, max_length=20)


class Query(Stored):
    """A search, by the keys of its terms: with all of these, any of those, none of the last."""

    all: tuple[str, ...] = ()
    any: tuple[str, ...] = ()
    none: tuple[str, ...] = ()

    def finds(self, has: Collection[str]) -> bool:
        """Does it find a profile with these terms?"""
        if not set(self.all) <= set(has) or set(self.none) & set(has):
            return False
        return not self.any or bool(set(self.any) & set(has))


class QueryCount(Query):
    """How many people built the same search."""

    people: Count


@dataclass(frozen=True)
class Fit:
    """How well a search fits: how many profiles it finds, and of all that are sought how many."""

    found: int
    right: int
    sought: int

    @property
    def precision(self) -> int:
        """How many of a hundred found are sought."""
        return round(100 * self.right / self.found) if self.found else 0

    @property
    def recall(self) -> int:
        """How many of a hundred sought are found."""
        return round(100 * self.right / self.sought) if self.sought else 0

    @property
    def balance(self) -> float:
        """Both in one, from 0 to 1: their harmonic mean."""
        both = self.found + self.sought
        return 2 * self.right / both if both else 0.0


def fit(search: Search, query: Query) -> Fit:
    """How well a search fits the profiles."""
    found = [profile for profile in search.profiles if query.finds(profile.has)]
    sought = sum(profile.gold == "keep" for profile in search.profiles)
    return Fit(len(found), sum(profile.gold == "keep" for profile in found), sought)


def pasted(terms: Sequence[Term], query: Query, more: Mapping[str, Sequence[str]]) -> str:
    """The search as search engines read it, each term with what else is written for it.

    `more` are further words, by the key of their term; a term that has gone is left out.
    """
    named = {term.key: term for term in terms}

    def either(keys: Sequence[str]) -> str:
        texts = [t for key in keys for t in _texts(named[key], more.get(key, ()))]
        quoted = [_quoted(text) for text in dict.fromkeys(texts)]
        return quoted[0] if len(quoted) == 1 else f"({' OR '.join(quoted)})"

    known = {way: [key for key in getattr(query, way) if key in named] for way in WAYS}
    wanted = [either([key]) for key in known["all"]]
    wanted += [either(known["any"])] if known["any"] else []
    unwanted = f" NOT {either(known['none'])}" if known["none"] else ""
    return " AND ".join(wanted) + unwanted


def _texts(term: Term, more: Sequence[str]) -> tuple[str, ...]:
    return (term.label, *term.others, *more)


def _quoted(text: str) -> str:
    return text if text.isalnum() else f'"{text}"'
