"""Employers where such people are: names from several sources, merged however they are spelled.

Nothing is said of anybody who works there. What a model names is nobody's knowledge: it is marked
so, and in no list until a person has looked at it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pydantic import Field

from game.helpers.contract import Answer, Given, Task
from game.helpers.links import without_links_in_name
from game.rules.person import fold
from game.rules.same_company import Place, company_words, compare_companies
from game.rules.slips import are_within

ROOM, POOL, REGISTER, MODEL, HAND = "room", "pool", "register", "model", "hand"
NAME = 120  # characters
SLIP = 6  # letters from which a word may hold a slip of the keyboard
INITIALS = re.compile(r"(?<!\w)(?:[A-Za-z]\.){2,}")
SAINT = {"st": "saint", "st.": "saint", "ste": "sainte", "ste.": "sainte"}
# by which a branch is told from its house, and no house from another
BRANCHES = frozenset(
    (
        *(
            "paris",
            "lyon",
            "marseille",
            "nantes",
            "lille",
            "bordeaux",
            "toulouse",
            "rennes",
            "nice",
        ),
        *(
            "strasbourg",
            "grenoble",
            "montpellier",
            "bretagne",
            "normandie",
            "alsace",
            "idf",
            "ouest",
        ),
        *(
            "est",
            "nord",
            "sud",
            "europe",
            "international",
            "londres",
            "london",
            "bruxelles",
            "geneve",
        ),
        *("site", "agence", "usine", "siege", "filiale", "entreprise", "societe"),
    )
)


@dataclass(frozen=True)
class Mention:
    """An employer as somebody wrote it, where from, and how many said so."""

    name: str
    source: str
    count: int = 1


@dataclass(frozen=True)
class Employer:
    """One employer in the spelling of most; `counts` says how many by source."""

    name: str
    key: str
    counts: dict[str, int]
    spellings: tuple[str, ...]


def key_of(name: str) -> str:
    """What an employer is called however it is spelled."""
    return " ".join(_words(name))[:NAME]


def is_same(one: str, other: str) -> bool:
    """Are two spellings of one employer? A branch is its house; a subsidiary is another."""
    left, right = _words(one), _words(other)
    if not left or not right or _digits(one) != _digits(other):
        return False
    if set(left) < set(right) or set(right) < set(left):
        return set(left) ^ set(right) <= BRANCHES
    if len(left) == len(right):
        return all(_is_slip(*pair) for pair in zip(sorted(left), sorted(right), strict=True))
    if 1 in (len(left), len(right)) and compare_companies(left, right) >= Place.NEAR:
        short, whole = sorted((left, right), key=len)
        return short[0] == "".join(word[0] for word in whole) or _is_slip(short[0], "".join(whole))
    return _is_slip("".join(left), "".join(right))


def _words(name: str) -> tuple[str, ...]:
    """The words that tell an employer; S.A. is a form as SA is, St is Saint."""
    written = INITIALS.sub(lambda found: found[0].replace(".", ""), name)
    return company_words(" ".join(SAINT.get(word.lower(), word) for word in written.split()))


def _is_slip(one: str, other: str) -> bool:
    """Is it one word, but for a slip? Short ones have none."""
    if min(len(one), len(other)) < SLIP:
        return one == other
    return are_within(one, other, 1)


def _digits(name: str) -> str:
    return "".join(filter(str.isdigit, name))


def merged(mentions: Iterable[Mention]) -> tuple[Employer, ...]:
    """The employers, the most named first."""
    groups: list[list[Mention]] = []
    ordered = sorted(mentions, key=lambda m: (-m.count, m.name))
    for one in ordered:
        own = next((g for g in groups if is_same(g[0].name, one.name)), None)
        if own is None:
            groups.append([one])
        else:
            own.append(one)
    found = [_employer(group) for group in groups if key_of(group[0].name)]
    return tuple(sorted(found, key=lambda e: (-sum(e.counts.values()), e.name)))


def _employer(group: Sequence[Mention]) -> Employer:
    counts: Counter[str] = Counter()
    for one in group:
        counts[one.source] += one.count
    spellings = tuple(dict.fromkeys(one.name for one in group))
    return Employer(group[0].name, key_of(group[0].name), dict(counts), spellings)


def search_words(names: Sequence[str]) -> str:
    """The employers as a search engine takes them."""
    return " OR ".join(f'"{name.replace(chr(34), "")}"' for name in names)


class Wanted(Given):
    """For which position employers are looked for; `known` are those that are there already."""

    lang: str
    position: str
    known: tuple[str, ...] = ()


class Names(Answer):
    """Employers, by name."""

    names: tuple[str, ...] = Field(max_length=12)


def by_rules(_wanted: Wanted) -> Names:
    """The rules know no employer that nobody named."""
    return Names(names=())


def bare(answer: Names, _wanted: Wanted) -> tuple[Names, int]:
    """The names without links, and how many those were."""
    taken = [without_links_in_name(one) for one in answer.names]
    return Names(names=tuple(one for one, _ in taken)), sum(n for _, n in taken)


def check(answer: Names, wanted: Wanted) -> Names | None:
    """Names that are new and look like names; whether they are right nobody has said."""
    kept: list[str] = []
    for raw in answer.names:
        name = " ".join(raw.split())
        fits = 2 <= len(name) <= 60 and not set(name) & set('@:/{}<>"\n') and fold(name)
        if fits and not any(is_same(name, one) for one in (*wanted.known, *kept)):
            kept.append(name)
    return Names(names=tuple(kept)) if kept else None


def _prompt(_wanted: Wanted) -> str:
    return (
        "Name up to twelve real companies where people work who could hold this position, in the "
        "same country. Only names; none of those that are known already; fewer rather than unsure."
    )


def _told(wanted: Wanted) -> dict[str, object]:
    return wanted.model_dump()


TASK: Task[Wanted, Names] = Task("employers", Names, by_rules, _prompt, _told, check, bare)
