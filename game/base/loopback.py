"""Addresses that lead nowhere but to this machine itself."""

import ipaddress
from urllib.parse import urlsplit


def is_loopback(url: str) -> bool:
    """Does this address lead nowhere but to this machine itself?"""
    host = urlsplit(url).hostname or ""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
