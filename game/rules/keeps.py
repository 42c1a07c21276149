"""A room that keeps or passes: how it split, and whether it is of two minds."""

from collections.abc import Sequence

from game.rules import vote
from game.rules.round import Standing
from game.rules.stored import Count, Stored

CONTESTED = range(35, 66)  # per cent of keeps at which a room is of two minds
CONTESTED_FROM = 4  # voters


class Split(Stored):
    """How the room judged one thing; `keep_share` is what an older release kept, in per cent."""

    key: str
    voters: Count
    keeps: Count | None = None
    keep_share: Count | None = None

    @property
    def share(self) -> int | None:
        """How many of a hundred would keep it; None where nobody judged it."""
        if self.keep_share is not None or self.keeps is None or not self.voters:
            return self.keep_share
        return round(100 * self.keeps / self.voters)

    @property
    def is_contested(self) -> bool:
        """Is the room of two minds?"""
        return self.share in CONTESTED and self.voters >= CONTESTED_FROM


def split(everyone: Sequence[Standing], slot: str, key: str) -> Split:
    """How the answers in a slot split, under a key."""
    choices = vote.counted(everyone, slot)
    return Split(key=key, keeps=choices["keep"], voters=choices.total())
