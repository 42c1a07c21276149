"""What one client may have the server do: so much at once, and so much a second after that.

It is paid for before it is done. Who is in debt waits: the server does not read on, so that the
client cannot write on, and a flood costs no more than its allowance whatever it is made of.
"""

import time
from collections.abc import Callable
from weakref import WeakValueDictionary

RATE, MOST = 20.0, 60.0  # frames a second, and at once: far more than a phone sends
# strangers of one address share theirs: a room has a handful, all others bring a signed cookie
STRANGERS_RATE, STRANGERS_MOST = 100.0, 300.0
LINES = 50  # open at a time for one allowance
FRAME, CONNECT, HANDSHAKE, BAD = 1.0, 5.0, 5.0, 4.0
BYTES = 2048  # bytes that cost as much as a frame


class Allowance:
    """What is left to one client, in frames; below zero it is in debt."""

    __slots__ = ("__weakref__", "at", "left", "lines", "most", "rate")

    def __init__(self, rate: float = RATE, most: float = MOST) -> None:
        self.rate = rate
        self.most = self.left = most
        self.at = time.monotonic()
        self.lines = 0

    def spend(self, cost: float) -> float:
        """Takes `cost`; returns the seconds until nothing is owed, 0.0 if nothing is."""
        now = time.monotonic()
        self.left = min(self.most, self.left + (now - self.at) * self.rate) - cost
        self.at = now
        return -self.left / self.rate if self.left < 0 else 0.0

    def is_full(self, now: float) -> bool:
        """Would a new one be the same?"""
        return self.left + (now - self.at) * self.rate >= self.most


class Allowances:
    """One for each signed-in client, however many lines it has, and one for each strange address.

    `who(environ)` names a client by what it has signed, or says "" of a stranger.
    """

    def __init__(self, who: Callable[[dict[str, object]], str]) -> None:
        self.who = who
        self.all: WeakValueDictionary[str, Allowance] = WeakValueDictionary()
        self.late: dict[str, Allowance] = {}  # coming back does not fill it up
        self.swept = time.monotonic()

    def of(self, environ: dict[str, object]) -> tuple[Allowance, bool]:
        """The client's allowance, and whether it is named."""
        name = self.who(environ)
        if time.monotonic() - self.swept > MOST / RATE:
            self._sweep()
        key = name or f"address {environ.get('REMOTE_ADDR')}"
        found = self.all.get(key)
        if found is None:
            found = Allowance() if name else Allowance(STRANGERS_RATE, STRANGERS_MOST)
            self.all[key] = found
        self.late[key] = found
        return found, bool(name)

    def _sweep(self) -> None:
        """Forgets those that are full again, unless a line has them."""
        now = self.swept = time.monotonic()
        self.late = {key: one for key, one in self.late.items() if not one.is_full(now)}
