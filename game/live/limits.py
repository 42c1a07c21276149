"""Limits on what one connection may send: far above what a hand can do, far below a flood."""

from limits import RateLimitItemPerSecond
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

PER_PLAYER = RateLimitItemPerSecond(40, 2)
PER_CONNECTION = RateLimitItemPerSecond(100, 2)


class Limits:
    """Counts what comes in; its counters are per worker, where a connection lives."""

    def __init__(self) -> None:
        self.limiter = FixedWindowRateLimiter(MemoryStorage())

    def allows_player(self, player_id: str) -> bool:
        """May this player send one more answer now?"""
        return self.limiter.hit(PER_PLAYER, "player", player_id)

    def allows_connection(self, sid: str) -> bool:
        """May this connection send one more event now?"""
        return self.limiter.hit(PER_CONNECTION, "sid", sid)
