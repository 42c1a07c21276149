"""Posting over HTTP: to the very number that was looked at, and never where a redirect leads."""

import ssl
from collections.abc import Mapping
from urllib.parse import SplitResult

import urllib3
from urllib3.connectionpool import HTTPConnectionPool
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    NewConnectionError,
    ReadTimeoutError,
    SSLError,
)

from game.base.refusal import Refusal
from game.webhooks import address
from game.webhooks.contract import Fault, Outcome

CONNECT, READ = 5.0, 10.0  # seconds
TRIED = 2  # numbers of a name, at most


class Http:
    """Posts, by default to public addresses alone; `private` allows others, and plain http."""

    def __init__(self, *, private: bool = False) -> None:
        self.private = private

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Outcome:
        """Posts once; a second number of a name is tried where the first takes no connection."""
        try:
            parts = address.checked(url, private=self.private)
            numbers = address.resolved(parts, private=self.private)
        except Refusal as refusal:
            return Outcome(
                None, "unresolved" if refusal.code == "unresolved" else "address_refused"
            )
        outcome = Outcome(None, "unreachable")
        for number in numbers[:TRIED]:
            outcome = _post(parts, number, body, headers)
            if outcome.fault != "unreachable":
                break
        return outcome


def _post(parts: SplitResult, number: str, body: bytes, headers: Mapping[str, str]) -> Outcome:
    with _pool(parts, number) as pool:
        try:
            answer = pool.urlopen(
                "POST",
                f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}",
                body=body,
                headers={**headers, "Host": parts.netloc},
                retries=False,
                redirect=False,
                assert_same_host=False,
                preload_content=False,
            )
        except (HTTPError, OSError, ValueError) as error:
            return Outcome(None, _fault(error))
        answer.close()  # what is said beside the status interests nobody
        return Outcome(answer.status, "" if 200 <= answer.status < 300 else "answered")


def _pool(parts: SplitResult, number: str) -> HTTPConnectionPool:
    """Connects to a number, and asks of its certificate that it is the name's."""
    port, timeout = parts.port or address.PORTS[parts.scheme], urllib3.Timeout(CONNECT, READ)
    if parts.scheme == "http":
        return urllib3.HTTPConnectionPool(number, port, timeout=timeout, maxsize=1)
    name = parts.hostname or ""
    return urllib3.HTTPSConnectionPool(
        number,
        port,
        timeout=timeout,
        maxsize=1,
        assert_hostname=name,
        server_hostname=name,
        ssl_context=ssl.create_default_context(),
    )


def _fault(error: Exception) -> Fault:
    match error:
        case SSLError():
            return "not_trusted"
        case ConnectTimeoutError() | NewConnectionError():
            return "unreachable"
        case ReadTimeoutError():
            return "timeout"
        case _:
            return "unreachable"
