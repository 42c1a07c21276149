"""How common names and employers are in a pool: by how much two of them may agree by chance.

In a small pool two records of one name at one employer are one person. Among two hundred thousand
there are namesakes, and two names that differ by a letter are two names where many bear each.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from game.rules.same_company import Place

FEW = 5  # records from which a name or an employer is counted: below, it tells somebody
INITIAL = 12  # first names in so many begin with a given letter


@dataclass(frozen=True, eq=False)
class Commons:
    """How many records there are, and how many of them bear a word of a name or an employer.

    What is borne by fewer than FEW is not among them: no other is expected to bear it.
    """

    records: int = 0
    names: Mapping[str, int] = field(default_factory=dict)
    companies: Mapping[str, int] = field(default_factory=dict)

    def namesakes(self, met: Iterable[tuple[str, str]], place: Place, at: Sequence[str]) -> float:
        """How many other records agree by chance as these two do.

        `met` are the words of both names that were found to be one, and `at` both employers. A
        slip is as rare as the rarer of the two spellings; an initial is that of many.
        """
        found = float(self.records)
        for one, other in met:
            found *= self._share(one, other)
        if place >= Place.NEAR:
            there = [self.companies.get(company, 0) for company in at]
            found *= max(there) / max(1, self.records)
        return found

    def _share(self, one: str, other: str) -> float:
        if min(len(one), len(other)) == 1:
            return 1 / INITIAL
        return min(self.names.get(one, 0), self.names.get(other, 0)) / max(1, self.records)


NONE = Commons()


class Counting:
    """Counts the names and employers of a pool, one record after the other."""

    def __init__(self) -> None:
        self.names, self.companies = Counter[str](), Counter[str]()
        self.records = 0

    def add(self, words: Sequence[str], company: Sequence[str]) -> None:
        """One record more, by the words of its name and of its employer."""
        self.records += 1
        self.names.update(set(words))
        if company:
            self.companies[" ".join(company)] += 1

    def commons(self) -> Commons:
        """What has been counted so far."""
        return Commons(self.records, _many(self.names), _many(self.companies))


def _many(counts: Counter[str]) -> dict[str, int]:
    return {word: n for word, n in counts.items() if n >= FEW}
