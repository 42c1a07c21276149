"""A handshake as a phone's page makes it, through the public address and all that is before it."""

import base64
import os
import ssl
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from typing import NamedTuple
from urllib.parse import urlsplit

from game.base.address import origin

PATIENCE = 5.0  # seconds
OPENING = b"0{"  # how Engine.IO's first packet begins
BEGINNING = 6  # bytes of a WebSocket frame in which that stands, whatever the frame's length


class Shaken(NamedTuple):
    """What became of it: ok, warn or FAIL, and what to mend."""

    state: str
    said: str


def shake(url: str) -> Shaken:
    """Tries a WebSocket, and polling where none comes through; never raises."""
    try:
        status, body = _ask(url, "websocket")
        if status == 101:
            return _opened(url, body)
        if b"origin" in body:
            return Shaken("FAIL", f"the game refuses {origin(url)}: start it with PUBLIC_URL={url}")
        polled, opening = _ask(url, "polling")
    except ssl.SSLCertVerificationError as error:
        said = f"the certificate of {urlsplit(url).hostname} is not accepted"
        return Shaken("FAIL", f"{said} ({error.verify_message})")
    except (OSError, HTTPException):
        return Shaken("warn", f"no handshake could be tried: nothing answers at {url} now")
    if polled == 200 and opening.startswith(OPENING):
        said = f"WebSockets do not come through (HTTP {status}), so phones will poll"
        return Shaken("warn", f"{said}; have the proxy pass Upgrade and Connection on")
    said = f"no game answers at {url}/socket.io/ (HTTP {status})"
    return Shaken("FAIL", f"{said}; have the proxy pass every path on")


def _opened(url: str, body: bytes) -> Shaken:
    if OPENING in body:
        return Shaken("ok", f"a WebSocket comes through {url}")
    return Shaken("FAIL", f"what answers at {url}/socket.io/ is not the game")


def _ask(url: str, transport: str) -> tuple[int, bytes]:
    """The status of a handshake over this transport, and how its answer begins."""
    parts = urlsplit(url)
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    line = kind(parts.hostname or "", parts.port, timeout=PATIENCE)
    headers = {"Origin": origin(url)}
    if transport == "websocket":
        key = base64.b64encode(os.urandom(16)).decode()
        headers |= {"Upgrade": "websocket", "Connection": "Upgrade"}
        headers |= {"Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": key}
    try:
        line.request("GET", f"{parts.path}/socket.io/?EIO=4&transport={transport}", headers=headers)
        answer = line.getresponse()
        return answer.status, _beginning(answer)
    finally:
        line.close()


def _beginning(answer: HTTPResponse) -> bytes:
    if answer.status != 101:
        return answer.read(200)
    stream = answer.fp  # the standard library knows of no body after a 101
    return bytes(stream.read(BEGINNING)) if stream else b""
