"""Limits on what may come in: far above what hands can do, far below a flood."""

from limits import RateLimitItem, parse_many
from limits.strategies import FixedWindowRateLimiter

from game.base.rate_counters import RateCounters

PER_PLAYER = parse_many("40 per 2 seconds")
PER_CONNECTION = parse_many("100 per 2 seconds")
# all phones of a room may share one address: these are a room of four thousand, at once
PER_DOOR = parse_many("4000 per 10 seconds;12000 per minute")
PER_HANDOVER = parse_many("20 per minute")
ALL_HANDOVERS = parse_many("200 per 10 minutes")
PER_LINK = parse_many("60 per minute")


class Limits:
    """Counts what comes in; its counters are this worker's, where a connection lives."""

    def __init__(self) -> None:
        self.limiter = FixedWindowRateLimiter(RateCounters())

    def _allows(self, items: list[RateLimitItem], *who: str) -> bool:
        return all(self.limiter.hit(item, *who) for item in items)

    def allows_player(self, player_id: str) -> bool:
        return self._allows(PER_PLAYER, "player", player_id)

    def allows_connection(self, sid: str) -> bool:
        return self._allows(PER_CONNECTION, "sid", sid)

    def allows_door(self, address: str, workshop_id: str) -> bool:
        return self._allows(PER_DOOR, "door", address, workshop_id)

    def allows_handover(self, address: str, workshop_id: str) -> bool:
        """May one more code for another phone be tried? Also all addresses together are few."""
        return self._allows(PER_HANDOVER, "handover", address, workshop_id) and self._allows(
            ALL_HANDOVERS, "handovers", workshop_id
        )

    def allows_link(self, address: str) -> bool:
        """May one more sign-in link be tried from this address?"""
        return self._allows(PER_LINK, "link", address)
