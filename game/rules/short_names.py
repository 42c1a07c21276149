"""First names and the short forms that people go by: Bob is Robert, Jean-Phi is Jean-Philippe."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

SHORTEST = 3  # letters of a first name's beginning that is read as that name: Phi for Philippe


@dataclass(frozen=True, eq=False)
class ShortNames:
    """Which first names may be the same; all names are folded.

    `groups` has the groups that a name stands in, `initials` the first letters of all names in
    them.
    """

    groups: Mapping[str, frozenset[int]]
    initials: Mapping[str, frozenset[str]]

    def agree(self, one: str, other: str) -> bool:
        """May both be one first name?"""
        if one in self.groups and not self.groups[one].isdisjoint(self.groups.get(other, ())):
            return True
        shorter, longer = sorted((one, other), key=len)
        return SHORTEST <= len(shorter) <= len(longer) - 2 and self._is_cut(shorter, longer)

    def _is_cut(self, shorter: str, longer: str) -> bool:
        """Is it the beginning of a first name that we know? 'Mart' is not read as Martin."""
        return longer in self.groups and longer.startswith(shorter)

    def letters(self, name: str) -> frozenset[str]:
        """The letters that this name, or another form of it, may begin with."""
        return self.initials.get(name, frozenset()) | {name[:1]}


def short_names(groups: Iterable[Iterable[str]]) -> ShortNames:
    """From groups of folded names."""
    by_name: dict[str, set[int]] = {}
    letters: dict[str, set[str]] = {}
    for number, names in enumerate(map(tuple, groups)):
        for name in names:
            by_name.setdefault(name, set()).add(number)
            letters.setdefault(name, set()).update(each[0] for each in names)
    return ShortNames(
        {name: frozenset(found) for name, found in by_name.items()},
        {name: frozenset(found) for name, found in letters.items()},
    )
