"""One player's entries in one round, and what changes in them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from game.rules.round import Entry

PROVISIONAL, CONFIRMED, REVOKED = "provisional", "confirmed", "revoked"


class Line(NamedTuple):
    """An entry as it is written; `judged` names the lead whose verdict sealed it, if one did."""

    amount: int
    status: str = PROVISIONAL
    settled: bool = False
    judged: str | None = None


Key = tuple[str, str]  # slot and reason


@dataclass
class Account:
    """What one player has earned in one round, by slot and reason, and what is to be written."""

    player: str
    round: str
    lines: dict[Key, Line] = field(default_factory=dict)
    written: dict[Key, int] = field(default_factory=dict)  # amounts, new or changed
    dropped: set[Key] = field(default_factory=set)
    change: int = 0  # of the provisional sum

    def rebook(self, earned: Iterable[Entry]) -> list[Entry]:
        """Makes the entries what a player's answers earn now; returns those that are new.

        What a recruiter has judged stays as judged, whatever its player does afterwards; so does
        what a settlement brought.
        """
        sealed = {slot for (slot, _), line in self.lines.items() if line.judged}
        wanted = {(e.slot, e.reason): e.amount for e in earned if e.slot not in sealed}
        for key, line in list(self.lines.items()):
            if key not in wanted and key[0] not in sealed and not line.settled:
                self._drop(key)
        fresh = [key for key, amount in wanted.items() if self._amount(key) != amount]
        for key in fresh:
            self._write(key, wanted[key])
        return [Entry(*key, wanted[key]) for key in fresh]

    def _amount(self, key: Key) -> int | None:
        line = self.lines.get(key)
        return None if line is None else line.amount

    def _drop(self, key: Key) -> None:
        self.change -= self.lines.pop(key).amount
        self.written.pop(key, None)
        self.dropped.add(key)

    def _write(self, key: Key, amount: int) -> None:
        self.change += amount - (self._amount(key) or 0)
        self.lines[key] = Line(amount)
        self.written[key] = amount
        self.dropped.discard(key)
