"""Addresses of IPv4 that one of IPv6 carries, to which a gateway would go on."""

from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address, IPv6Network

# that end in one: NAT64 (RFC 6052, RFC 8215), compatible (RFC 4291), translated (RFC 2765)
ENDS = tuple(map(IPv6Network, ("64:ff9b::/96", "64:ff9b:1::/48", "::/96", "::ffff:0:0:0/96")))
ISATAP = (0x0000_5EFE, 0x0200_5EFE)  # before the address, in any network (RFC 5214)


def carried(ip: IPv6Address) -> Iterator[IPv4Address]:
    """Those of mapped, 6to4, Teredo and the networks above."""
    if ip.ipv4_mapped:
        yield ip.ipv4_mapped
    if ip.sixtofour:
        yield ip.sixtofour
    yield from ip.teredo or ()
    if any(ip in network for network in ENDS):
        yield _end(ip)


def beside(ip: IPv6Address) -> Iterator[IPv4Address]:
    """That of ISATAP, which goes to it from within a network that counts as well."""
    if int(ip) >> 32 & 0xFFFF_FFFF in ISATAP:
        yield _end(ip)


def _end(ip: IPv6Address) -> IPv4Address:
    return IPv4Address(int(ip) & 0xFFFF_FFFF)
