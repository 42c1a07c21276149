"""Where phones reach us: the public address, or this machine's address on the local network."""

import io
import ipaddress
import socket
from urllib.parse import urlsplit

import qrcode

from game.base.config import Settings

ELSEWHERE = ("192.0.2.1", 9)  # RFC 5737: an address for documentation; nothing is sent to it


def lan_address() -> str:
    """This machine's address towards the network, found without sending anything."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(ELSEWHERE)
            return str(probe.getsockname()[0])
        except OSError:
            return "127.0.0.1"


def public_url(settings: Settings) -> str:
    """The address that phones are given, without a slash at its end."""
    if settings.public_url:
        return settings.public_url
    host = settings.host if settings.host not in ("0.0.0.0", "::", "") else lan_address()  # noqa: S104
    return f"http://{host}:{settings.port}"


def is_https(settings: Settings) -> bool:
    """Do phones and staff reach us over https alone?"""
    return settings.public_url.startswith("https://")


def is_loopback(url: str) -> bool:
    """Does this address lead nowhere but to this machine itself?"""
    host = urlsplit(url).hostname or ""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def terminal_qr(url: str) -> str:
    """The QR code of an address, in characters."""
    code = qrcode.QRCode(border=2)
    code.add_data(url)
    text = io.StringIO()
    code.print_ascii(out=text, invert=True)
    return text.getvalue()
