"""How alike a round's leads are: a mirror that widens. It knows companies and channels only."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from game.rules.same_company import company_words
from game.rules.stored import Count, Stored
from game.rules.typed import spelled

FEWEST = 5  # leads that are told together: of fewer nothing is said
NARROW = 60  # per cent of all from which they are too alike
MOST_GROUPS = 2  # companies or channels that this many come from
What = Literal["company", "channel"]


class Sameness(Stored):
    """So many of all leads come from so few groups; `keys` name them where they are channels.

    Companies have no key: which they are is nobody's to read here.
    """

    what: What
    leads: Count
    total: Count
    groups: Count
    keys: tuple[str, ...] = ()


@dataclass(frozen=True)
class MirrorTold:
    """The mirror in the reader's words: how many of all, the labels of channels, and a question
    that looks further; without labels it tells of companies."""

    leads: int
    total: int
    groups: int
    channels: tuple[str, ...]
    question: str = ""


def told(same: Sameness, labels: Mapping[str, str], question: str = "") -> MirrorTold:
    """The mirror as it is shown; `labels` are those of channels, by key."""
    channels = tuple(labels.get(key, key) for key in same.keys)
    return MirrorTold(same.leads, same.total, same.groups, channels, question)


def narrowness(groups: Sequence[str]) -> tuple[int, tuple[str, ...]] | None:
    """How many leads come from the one or two biggest groups, and which, where that is too many.

    `groups` has one for each lead; it is empty where nobody knows. None where the leads are mixed,
    or too few to be told together. One group is told before two.
    """
    ranked = sorted(
        Counter(group for group in groups if group).items(), key=lambda g: (-g[1], g[0])
    )
    for many in range(1, MOST_GROUPS + 1):
        told = ranked[:many]
        leads = sum(count for _group, count in told)
        if len(told) == many and leads >= FEWEST and 100 * leads >= NARROW * len(groups):
            return leads, tuple(group for group, _count in told)
    return None


def of_companies(companies: Sequence[str]) -> Sameness | None:
    """The mirror of where leads work, however each company is spelled."""
    bare = [" ".join(sorted(company_words(company))) for company in companies]
    same = spelled(text for text in bare if text)
    found = narrowness([same.get(text, "") for text in bare])
    if found is None:
        return None
    return Sameness(what="company", leads=found[0], total=len(companies), groups=len(found[1]))


def of_channels(channels: Sequence[str]) -> Sameness | None:
    """The mirror of the channels that leads come by, as keys."""
    found = narrowness(channels)
    if found is None:
        return None
    leads, keys = found
    return Sameness(what="channel", leads=leads, total=len(channels), groups=len(keys), keys=keys)


def sameness(companies: Sequence[str], channels: Sequence[str]) -> Sameness | None:
    """What is too alike, companies first; both have one for each lead."""
    return of_companies(companies) or of_channels(channels)
