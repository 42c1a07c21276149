"""Long work beside a room that plays: a little at a time, with rests between."""

import time
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")
SLICE = 0.003  # seconds of work at a stretch: as long an acknowledgement may have to wait
SHARE = 0.2  # of the time is work while somebody plays; the rest is theirs
LONGEST = 0.1  # seconds of rest at once


def paced(items: Iterable[T], plays: Callable[[], bool]) -> Iterator[T]:
    """The items as they come; whoever waits for a turn gets it between two of them.

    What is done with an item before the next one is asked for counts as work, too. While `plays()`
    is true, work takes its share of the time and no more.
    """
    began = time.monotonic()
    for item in items:
        yield item
        worked = time.monotonic() - began
        if worked > SLICE:
            time.sleep(min(LONGEST, worked * (1 / SHARE - 1)) if plays() else 0)
            began = time.monotonic()


class Players:
    """Does anybody play? So it is while something was written since a moment ago."""

    def __init__(self, committed: Callable[[], int]) -> None:
        self.committed = committed
        self.seen, self.at = committed(), time.monotonic()
        self.playing = True

    def __call__(self) -> bool:
        """Asked as often as one likes; looked at once a second."""
        now = time.monotonic()
        if now - self.at >= 1:
            written = self.committed()
            self.playing, self.seen, self.at = written != self.seen, written, now
        return self.playing
