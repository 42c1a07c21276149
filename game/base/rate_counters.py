"""Where rate limits count: in this worker's memory, at the price of one look-up a hit.

The library's own memory storage starts a timer for each hit and walks over all counters; with a
thousand phones that costs more than the game. A clock that is set does not touch these windows.
"""

import time
from collections.abc import Hashable

from limits.storage import Storage

SWEEP = 60.0  # seconds between two looks for counters that are over


class RateCounters(Storage):
    """Counters that end by themselves, for fixed windows."""

    STORAGE_SCHEME = ["windows"]

    def __init__(self, uri: str | None = None, **options: bool) -> None:
        super().__init__(uri, **options)
        self.counts: dict[Hashable, tuple[int, float]] = {}
        self.swept = time.monotonic()

    @property
    def base_exceptions(self) -> type[Exception]:
        return ValueError

    def incr(self, key: Hashable, expiry: int, amount: int = 1) -> int:
        """As the library asks for it: it wraps this in more than it costs."""
        return self.count(key, expiry, amount)

    def count(self, key: Hashable, expiry: int, amount: int = 1) -> int:
        """Counts a hit; returns how many there are in its window of `expiry` seconds."""
        now = time.monotonic()
        count, ends = self.counts.get(key, (0, 0.0))
        if ends <= now:
            count, ends = 0, now + expiry
        self.counts[key] = (count + amount, ends)
        if now - self.swept > SWEEP:
            self._sweep(now)
        return count + amount

    def _sweep(self, now: float) -> None:
        self.swept = now
        self.counts = {key: held for key, held in self.counts.items() if held[1] > now}

    def get(self, key: str) -> int:
        """As the library asks for it."""
        return self.so_far(key)

    def so_far(self, key: Hashable) -> int:
        """The hits of a window that is not over."""
        count, ends = self.counts.get(key, (0, 0.0))
        return count if ends > time.monotonic() else 0

    def get_expiry(self, key: str) -> float:
        """When a window is over, in seconds since the epoch."""
        now = time.monotonic()
        return time.time() + self.counts.get(key, (0, now))[1] - now

    def check(self) -> bool:
        return True

    def reset(self) -> int:
        """Forgets all; returns how many counters there were."""
        held, self.counts = len(self.counts), {}
        return held

    def clear(self, key: str) -> None:
        self.counts.pop(key, None)
