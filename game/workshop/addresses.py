"""Where those at a door that asks for proof of presence come from: what one address may try there.

The room's budget of wrong guesses holds whoever makes them; nobody empties it from one address, and
it holds nobody back where somebody came in with the right signs. Counted by each worker for itself.
"""

from game.base.rate_counters import RateCounters
from game.base.refusal import Refusal

MINUTE, HOUR = 60, 3600  # seconds
STRANGE = 3  # wrong guesses a minute, fewer than time forgives a room: one address never fills it
KNOWN = 30  # of an address that is the room's own: its hundreds may share it
WAITING = 50  # an hour, to be let in by hand


class Addresses:
    """What each address has tried, by workshop; an empty one is nobody's, and shares a count."""

    def __init__(self) -> None:
        self.counters = RateCounters()

    def is_known(self, *who: str) -> bool:
        """Did somebody come in with the right signs from there, within the hour?"""
        return self.counters.so_far(("right", *who)) > 0

    def are_over(self, *who: str) -> bool:
        """May nobody guess from there now?"""
        return self.counters.so_far(("wrong", *who)) >= (KNOWN if self.is_known(*who) else STRANGE)

    def missed(self, *who: str) -> None:
        """One more was wrong."""
        self.counters.count(("wrong", *who), MINUTE)

    def came(self, *who: str) -> None:
        """One was right."""
        self.counters.count(("right", *who), HOUR)

    def check_waiting(self, *who: str) -> None:
        """Counts one more who waits. Raises Refusal where too many come from there."""
        if self.counters.count(("waiting", *who), HOUR) > WAITING:
            raise Refusal("door_full")
