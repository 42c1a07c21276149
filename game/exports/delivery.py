"""One person handed to a target by a request, and what its answer means.

A request that may have arrived is never sent a second time by itself: targets double silently.
"""

import time
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

import orjson
import requests
from requests.auth import AuthBase
from urllib3.exceptions import MaxRetryError, NameResolutionError, NewConnectionError

from game.exports.person import Person
from game.exports.target import Options, Push, Target

TIMEOUT = (5, 20)  # seconds, until there is a connection, and between two pieces of the answer
MOST = 256 * 1024  # bytes of an answer that are read
SHORT, USUAL = 30.0, 5.0  # seconds: as long as is waited here, and where no time was told
PATIENCE = 3  # times
AGAIN = (429, 503)
KEY_REFUSED = (401, 403)


class Away(Exception):
    """The target takes nothing now, and has taken nothing: the person may be sent again."""


class KeyRefused(Exception):
    """The target does not know us: nobody can be handed over."""


class Unknown(Exception):
    """Nobody knows whether the person arrived."""


@dataclass(frozen=True)
class Declined:
    """The target does not want this person; `code` is the status of HTTP."""

    code: str


@dataclass(frozen=True)
class Arrived:
    """The person is there, under an id where it was told; `before` says that they were already."""

    remote_id: str = ""
    before: bool = False


class _Signed(AuthBase):
    """The headers that prove who asks, whatever this machine knows of that host."""

    def __init__(self, headers: Mapping[str, str]) -> None:
        self.headers = headers

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers.update(self.headers)
        return request


@dataclass
class Line:
    """A connection to one target, no faster than its pace."""

    target: Target
    options: Options
    key: str
    http: requests.Session = field(default_factory=requests.Session)
    sent: deque[float] = field(default_factory=deque)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _where: TracebackType | None,
    ) -> None:
        self.http.close()

    @property
    def push(self) -> Push:
        """How the target takes one person."""
        if self.target.push is None:
            raise ValueError(f"{self.target.key} takes files")
        return self.target.push

    def hand_over(self, person: Person) -> Arrived | Declined:
        """Hands one person over. Raises Away, KeyRefused or Unknown."""
        for _ in range(PATIENCE):
            _pause(self._until_my_turn())
            status, answer, wait = self._post(person)
            if status not in AGAIN:
                return self._meaning(status, answer)
            if wait > SHORT:
                break
            _pause(wait)
        raise Away

    def _until_my_turn(self) -> float:
        """Seconds until the pace lets the next request go."""
        most, seconds = self.push.pace
        now = time.monotonic()
        while self.sent and self.sent[0] <= now - seconds:
            self.sent.popleft()
        return self.sent[0] + seconds - now if len(self.sent) >= most else 0.0

    def _post(self, person: Person) -> tuple[int, object, float]:
        """(status, the answer's JSON or None, seconds to wait if it wants us to)."""
        push = self.push
        self.sent.append(time.monotonic())
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        try:
            answer = self.http.post(
                push.address.format_map(self.options),
                data=orjson.dumps(push.body(person, self.options)),
                headers=headers,
                auth=_Signed(push.sign(self.key, self.options)),
                timeout=TIMEOUT,
                allow_redirects=False,
                stream=True,
            )
            with answer:
                raw = answer.raw.read(MOST, decode_content=True)
        except requests.RequestException as error:
            raise (Away if _never_left(error) else Unknown) from None
        return answer.status_code, _json(raw), _asked_to_wait(answer.headers)

    def _meaning(self, status: int, answer: object) -> Arrived | Declined:
        push = self.push
        if status in KEY_REFUSED:
            raise KeyRefused
        if status == 409:
            return Arrived(before=True)
        if status >= 500:
            raise Unknown
        if not 200 <= status < 300:
            return Declined(str(status))
        if isinstance(answer, dict) and push.refused(answer):
            return Declined(str(status))
        try:
            return Arrived(str(push.id_of(answer)))
        except (KeyError, TypeError, IndexError):
            return Arrived()


def _pause(seconds: float) -> None:
    if seconds > 0:
        time.sleep(seconds)


def _never_left(error: requests.RequestException) -> bool:
    """Was there no connection at all?"""
    if isinstance(error, requests.ConnectTimeout | requests.exceptions.SSLError):
        return True
    cause = error.args[0] if error.args else None
    reason = cause.reason if isinstance(cause, MaxRetryError) else cause
    return isinstance(reason, NewConnectionError | NameResolutionError)


def _json(raw: bytes) -> object:
    try:
        found: object = orjson.loads(raw)
    except orjson.JSONDecodeError:
        return None
    return found


def _asked_to_wait(headers: Mapping[str, str]) -> float:
    told = headers.get("Retry-After", "")
    return float(told) if told.isascii() and told.isdecimal() else USUAL
