"""How often passwords may be tried, before any of them is looked at.

Strangers share what an address, a mail and all together may try; a browser in which its owner has
signed in before counts by itself, so that nobody can keep owners out by guessing in their name.
"""

import hashlib
import hmac
from ipaddress import IPv6Address, ip_address, ip_network

from limits import RateLimitItem, parse_many
from limits.strategies import FixedWindowRateLimiter

from game.base.rate_counters import RateCounters
from game.store.base import new_id

PER_ADDRESS = parse_many("20 per minute;200 per hour")  # an office of colleagues shares one
PER_MAIL = parse_many("10 per minute;50 per hour")
IN_ALL = parse_many("60 per minute")
PER_BROWSER = parse_many("10 per minute;50 per hour")
PER_ASKED = parse_many("3 per 10 minutes;10 per day")  # links mailed to one address
MOST_KNOWN = 5  # users remembered in one browser's cookie
NETWORK = 64  # bits of an IPv6 address that one customer has; the rest they choose themselves


class Guesses:
    """Counts the tries that come to this worker."""

    def __init__(self) -> None:
        self.limiter = FixedWindowRateLimiter(RateCounters())

    def _allows(self, items: list[RateLimitItem], *who: str) -> bool:
        return all(self.limiter.hit(item, *who) for item in items)

    def allows(self, address: str, mail: str, browser: str = "") -> bool:
        """May this mail be tried once more from here? `browser` is one that its owner has used."""
        if browser:
            return self._allows(PER_BROWSER, "browser", browser)
        return (
            self._allows(PER_ADDRESS, "address", network(address))
            and self._allows(PER_MAIL, "mail", mail)
            and self._allows(IN_ALL, "all")
        )

    def allows_user(self, user_id: str) -> bool:
        """May somebody who is signed in try their own password once more?"""
        return self._allows(PER_BROWSER, "user", user_id)

    def allows_code(self, user_id: str, browser: str = "") -> bool:
        """May one more code of a second factor be tried for this user?"""
        return self._allows(PER_BROWSER, "code", browser or user_id)

    def allows_mail(self, address: str, mail: str) -> bool:
        """May one more link be asked for, for this mail, whoever has it?"""
        return (
            self._allows(PER_ADDRESS, "asks", network(address))
            and self._allows(PER_ASKED, "asked", mail)
            and self._allows(IN_ALL, "asked of all")
        )


def network(address: str) -> str:
    """The address, or the network of one whose caller can choose its end."""
    try:
        found = ip_address(address)
    except ValueError:
        return ""
    if isinstance(found, IPv6Address) and found.ipv4_mapped is None:
        return str(ip_network((found, NETWORK), strict=False))
    return address


def _mark(secret: str, mail: str) -> str:
    """What a cookie says of a mail: only we can tell which it is."""
    text = f"known-browser {mail.strip().lower()}".encode()
    return hmac.new(secret.encode(), text, hashlib.sha256).hexdigest()[:16]


def browser_of(held: object, secret: str, mail: str) -> str:
    """The name of this browser, if the owner of this mail has signed in with it; else empty.

    `held` is what its signed cookie keeps: 'mark:name', space by space.
    """
    marks = dict(mark.split(":", 1) for mark in str(held or "").split() if ":" in mark)
    return marks.get(_mark(secret, mail), "")


def remember(held: object, secret: str, mail: str) -> str:
    """What the cookie keeps from now on, the oldest going where there are more than a few."""
    mark = _mark(secret, mail)
    others = [c for c in str(held or "").split() if not c.startswith(f"{mark}:")]
    return " ".join([*others, f"{mark}:{new_id()}"][-MOST_KNOWN:])
