"""Which addresses may be told: none of this machine, of the local network, or behind a trick."""

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address
from socket import SOCK_STREAM, gaierror, getaddrinfo
from urllib.parse import SplitResult, urlsplit

from game.base.carried import beside, carried
from game.base.refusal import Refusal

LONGEST = 500  # characters
PORTS = {"https": 443, "http": 80}
Ip = IPv4Address | IPv6Address


def is_public(ip: Ip) -> bool:
    """Is it an address of the public network, also by what it carries of the older protocol?"""
    if isinstance(ip, IPv4Address):
        return _is_of_all(ip)
    inner: list[Ip] = [*carried(ip)]
    return all(map(_is_of_all, (*(inner or [ip]), *beside(ip))))


def _is_of_all(ip: Ip) -> bool:
    is_of_a_site = isinstance(ip, IPv6Address) and ip.is_site_local
    return ip.is_global and not ip.is_multicast and not is_of_a_site


def checked(url: str, *, private: bool) -> SplitResult:
    """The parts of an address that may be declared. Raises Refusal naming what is wrong with it.

    Only https, unless `private` addresses are allowed. A name is not looked up here, but each time
    that something is sent to it.
    """
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        raise Refusal("bad_input", {"url": "link_invalid"}) from None
    plain = all(33 <= ord(sign) < 127 for sign in url) and len(url) <= LONGEST
    if not plain or not host or parts.username is not None or parts.fragment:
        raise Refusal("bad_input", {"url": "link_invalid"})
    if parts.scheme not in (PORTS if private else ("https",)):
        raise Refusal("bad_input", {"url": "https_only"})
    if not private and _is_private(host):
        raise Refusal("bad_input", {"url": "address_refused"})
    return parts


def _is_private(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return not is_public(ip_address(host))
    except ValueError:
        return False


def resolved(parts: SplitResult, *, private: bool) -> Sequence[str]:
    """Where a name leads now, as numbers to connect to.

    Raises Refusal('unresolved') where it leads nowhere, and Refusal('address_refused') where any
    of its numbers must not be told, unless `private`.
    """
    port = parts.port or PORTS[parts.scheme]
    try:
        found = getaddrinfo(parts.hostname, port, type=SOCK_STREAM)
    except (gaierror, UnicodeError):
        raise Refusal("unresolved") from None
    numbers = list(dict.fromkeys(str(one[4][0]) for one in found))
    ips = [ip_address(number.partition("%")[0]) for number in numbers]
    if not private and not all(map(is_public, ips)):
        raise Refusal("address_refused")
    return numbers
