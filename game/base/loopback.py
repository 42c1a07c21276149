"""Addresses that lead nowhere but to this machine itself."""

import ipaddress
from functools import lru_cache
from urllib.parse import urlsplit


@lru_cache(maxsize=64)  # each screen that is drawn asks it of the one public address
def is_loopback(url: str) -> bool:
    """Does this address lead nowhere but to this machine itself?"""
    host = urlsplit(url).hostname or ""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
