"""Where phones reach us: the public address, or this machine's address on the local network."""

import io
import socket
from urllib.parse import urlsplit
from wsgiref.types import WSGIEnvironment

import qrcode

from game.base.config import Settings

USUAL_PORTS = {"http": 80, "https": 443}
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


def origin(url: str) -> str:
    """An address's origin as browsers write it: lower case, no usual port; "" where it has none."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return ""
    if parts.scheme not in USUAL_PORTS or not host:
        return ""
    host = f"[{host}]" if ":" in host else host
    usual = port in (None, USUAL_PORTS[parts.scheme])
    return f"{parts.scheme}://{host}" if usual else f"{parts.scheme}://{host}:{port}"


def is_ours(settings: Settings, sent: str | None, environ: WSGIEnvironment) -> bool:
    """May a page of this origin speak to us over a socket?

    That of PUBLIC_URL always may, whatever a proxy makes of the request; so may the one that the
    request itself was sent to. A browser lets no page change any of these headers.
    """
    asked = origin(sent or "")
    return bool(asked) and asked in {
        origin(url) for url in (settings.public_url, *_sent_to(environ))
    }


def _sent_to(environ: WSGIEnvironment) -> list[str]:
    """Where a request was sent to, as the server and as a proxy in front of it saw it."""
    scheme = str(environ.get("wsgi.url_scheme", "http"))
    host = str(environ.get("HTTP_HOST", ""))
    outer_scheme = str(environ.get("HTTP_X_FORWARDED_PROTO", scheme)).split(",")[0].strip()
    outer_host = str(environ.get("HTTP_X_FORWARDED_HOST", host)).split(",")[0].strip()
    return [f"{scheme}://{host}", f"{outer_scheme}://{outer_host}"]


def terminal_qr(url: str) -> str:
    """The QR code of an address, in characters."""
    code = qrcode.QRCode(border=2)
    code.add_data(url)
    text = io.StringIO()
    code.print_ascii(out=text, invert=True)
    return text.getvalue()
