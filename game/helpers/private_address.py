"""Where a server of models is: what leaves the house only leaves it where somebody said so."""

import ipaddress
import socket
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv6Address
from urllib.parse import urlsplit

import httpx

from game.base.carried import carried
from game.helpers.contract import HelperFault


@dataclass(frozen=True)
class Line:
    """How a server is called: by the very address that was looked at, under its own name."""

    url: str
    headers: dict[str, str] = field(default_factory=dict)
    extensions: dict[str, object] = field(default_factory=dict)


def line_to(url: str, *, remote: bool) -> Line:
    """The line to a server. Raises HelperFault for a public address, unless `remote`."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if remote:
        return Line(url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    try:
        found = [str(row[4][0]) for row in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError):
        raise HelperFault("unreachable") from None
    if not found or not all(is_ours(address) for address in found):
        raise HelperFault("public_address")
    first = next((one for one in found if ":" not in one), found[0])
    direct = str(httpx.URL(url).copy_with(host=first))
    return Line(
        direct.rstrip("/"), {"Host": parts.netloc.rpartition("@")[2]}, {"sni_hostname": host}
    )


def is_ours(address: str) -> bool:
    """Is this the address of this machine or of its own network?"""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    inner: list[IPv4Address | IPv6Address] = []
    if isinstance(found, IPv6Address) and not found.is_loopback:
        inner += carried(found)
    return all(map(_is_near, inner or [found]))


def _is_near(ip: IPv4Address | IPv6Address) -> bool:
    return ip.is_loopback or (ip.is_private and not ip.is_unspecified)
