"""What leads and places are worth: the caps of a round and the bonus for a new channel."""

from collections.abc import Iterable, Sequence

from game.base.speech import marked as _
from game.rules.pack import Family, Points
from game.rules.round import Entry, Standing
from game.rules.worth import Worth

SPOTTED = Worth("spotted", 4, _("un profil ou un lieu repéré"))
NEW_FAMILY = Worth("new_family", 4, _("un nouveau canal"))

FULL = 3  # leads 1 to 3 of a round count in full
HALF = 6  # 4 to 6 count half, from the 7th on they are saved all the same
MOST_FAMILIES = 5


def in_order(own: Iterable[Standing]) -> list[Standing]:
    """The standings in order of arrival; equal times fall by slot, so that order is no dice."""
    return sorted(own, key=lambda s: (s.at, s.slot))


def capped(worth: int, nth: int) -> int:
    """What the nth lead (from 1) of a round brings, of what it would be worth."""
    if nth <= FULL:
        return worth
    return worth // 2 if nth <= HALF else 0


def cap_entry(slot: str, entries: Sequence[Entry], nth: int) -> tuple[Entry, ...]:
    """The entries of the nth lead with one that takes off what is above the cap."""
    worth = sum(e.amount for e in entries)
    over = capped(worth, nth) - worth
    return (*entries, Entry(slot, "capped", over)) if over else tuple(entries)


def family_of(families: Sequence[Family], channel: str) -> Family | None:
    """The family that a channel belongs to."""
    return next((f for f in families if any(c.key == channel for c in f.channels)), None)


def bonus_families(families: Sequence[Family]) -> frozenset[str]:
    """The families that earn a bonus: all but LinkedIn."""
    return frozenset(f.key for f in families if not f.linkedin)


class NewFamilies:
    """Counts the families a player has been rewarded for in one round."""

    def __init__(self, families: Sequence[Family], points: Points) -> None:
        self.open = bonus_families(families)
        self.points = points
        self.seen: set[str] = set()

    def entry(self, slot: str, family: str) -> tuple[Entry, ...]:
        """The bonus for the first lead of a family, five families at most."""
        if family not in self.open or family in self.seen or len(self.seen) >= MOST_FAMILIES:
            return ()
        self.seen.add(family)
        return (Entry(slot, "new_family", self.points.new_family),)


def by_player(everyone: Iterable[Standing]) -> dict[str, list[Standing]]:
    """What stands of each player."""
    own: dict[str, list[Standing]] = {}
    for given in everyone:
        own.setdefault(given.player, []).append(given)
    return own


def of_player(earned: Iterable[tuple[str, Sequence[Entry]]]) -> dict[str, tuple[Entry, ...]]:
    """Entries that came one answer after another, by player; who earns nothing is left out."""
    entries: dict[str, tuple[Entry, ...]] = {}
    for player, lines in earned:
        if lines:
            entries[player] = (*entries.get(player, ()), *lines)
    return entries
