"""What an hour's prompts and rounds yielded: how long each was there, and what came meanwhile."""

from collections.abc import Sequence
from dataclasses import dataclass

from game.rules.timing import Timing

A_MINUTE = 60_000  # milliseconds


@dataclass(frozen=True)
class Yielded:
    """Something that was asked, for how many milliseconds, and how many leads came while it was."""

    name: str
    ran: int
    leads: int

    @property
    def per_ten(self) -> float:
        """Leads in ten minutes; 0 where it was there for less than one, which tells nothing."""
        return self.leads * 600_000 / self.ran if self.ran >= A_MINUTE else 0.0


def open_for(timing: Timing, now: int) -> int:
    """How long a round was open in all, in milliseconds, pauses taken out."""
    return timing.open_until(now)


def by_turn(
    lines: Sequence[str], every: int, timing: Timing, given: Sequence[int], now: int
) -> list[Yielded]:
    """The yield of each line that the screens showed in turn, `every` so many seconds.

    `given` are the moments (milliseconds since the epoch) at which leads came.
    """
    if not lines or every < 1:
        return []
    span, ran = 1000 * every, [0] * len(lines)
    whole = open_for(timing, now)
    for start in range(0, whole, span):
        ran[start // span % len(lines)] += min(span, whole - start)
    leads = [0] * len(lines)
    for at in given:
        leads[max(0, timing.open_until(at) - 1) // span % len(lines)] += 1
    return [Yielded(*one) for one in zip(lines, ran, leads, strict=True) if one[1]]
