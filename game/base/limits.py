"""Limits on what may come in: far above what hands can do, far below a flood."""

from limits import parse_many

from game.base.rate_counters import RateCounters
from game.base.refusal import Refusal

Window = tuple[int, int]  # so many, in so many seconds


def _windows(said: str) -> tuple[Window, ...]:
    return tuple((item.amount, item.get_expiry()) for item in parse_many(said))


PER_PLAYER = _windows("40 per 2 seconds")
PER_CONNECTION = _windows("100 per 2 seconds")
# all phones of a room may share one address: these are a room of ten thousand, at once
PER_DOOR = _windows("10000 per 10 seconds;30000 per minute")
PER_HANDOVER = _windows("20 per minute")
ALL_HANDOVERS = _windows("200 per 10 minutes")
PER_NAME = _windows("6 per 10 minutes")  # a word of four letters is short
PER_LINK = _windows("60 per minute")
PER_STAND = _windows("600 per minute")  # all phones of a fair or of an evening share one address
PER_GUEST = _windows("60 per minute")  # by one card or screen: nobody types faster


class Limits:
    """Counts what comes in; its counters are this worker's, where a connection lives."""

    def __init__(self) -> None:
        self.counters = RateCounters()

    def _allows(self, windows: tuple[Window, ...], *who: str) -> bool:
        """Counts one more of `who`; asked for each message, so no key is written out for it."""
        counted = self.counters.count
        return all(counted((window, *who), window[1]) <= window[0] for window in windows)

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

    def allows_way_back(self, address: str, workshop_id: str, name: str) -> bool:
        """May one more word be tried for this name? There need be neither such a room nor name."""
        return self._allows(PER_NAME, "way back", workshop_id, name) and self.allows_handover(
            address, workshop_id
        )

    def allows_stand(self, address: str) -> bool:
        """May one more page of a stand, a card or an evening be had by this address?"""
        return self._allows(PER_STAND, "stand", address)

    def allows_guest(self, address: str, key: str) -> bool:
        """May one more guest be entered by this address, by one card or at one screen?"""
        return self._allows(PER_GUEST, "guest", address, key)

    def allows_link(self, address: str) -> bool:
        """May one more sign-in link be tried from this address?"""
        return self._allows(PER_LINK, "link", address)

    def check_link(self, address: str) -> None:
        """Lets pass one more link that is opened from this address. Raises Refusal('too_often')."""
        if not self.allows_link(address):
            raise Refusal("too_often")
