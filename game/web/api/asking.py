"""Who calls, how often, and what they send: looked at before anything is done."""

import re
from collections.abc import Callable
from functools import cache
from typing import TypeVar

import orjson
import structlog
from flask import request
from limits import RateLimitItem, parse_many
from limits.errors import StorageError
from limits.storage import RedisStorage, Storage
from limits.strategies import FixedWindowRateLimiter
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from game.accounts import api_token
from game.accounts.api_token import Caller
from game.accounts.guesses import network
from game.base.rate_counters import RateCounters
from game.base.refusal import Refusal
from game.base.text import all_printable
from game.context import current

S = TypeVar("S", bound=BaseModel)
PER_TOKEN = parse_many("20 per second;600 per minute")
WRONG = parse_many("30 per minute")  # tries of an address with keys that open nothing
EXACT = 2**53  # from here on, a number of JSON is no exact integer
AWAY = 0.5  # seconds after which Redis counts as away
log = structlog.get_logger()
KEY = re.compile("[!-~]{1,255}")
CODES = {
    "missing": "missing",
    "extra_forbidden": "unknown_field",
    "string_too_long": "too_long",
    "too_long": "too_many",
}


class TooMany(Refusal):
    """More than a program may ask for; `after` is in seconds."""

    def __init__(self, after: int) -> None:
        super().__init__("throttled")
        self.after = after


class Pace:
    """Counts what programs ask for: of all workers where they share a Redis, else of this one.

    While Redis is away each worker counts for itself.
    """

    def __init__(self, redis_url: str = "") -> None:
        self.own = FixedWindowRateLimiter(RateCounters())
        self.shared = FixedWindowRateLimiter(_shared(redis_url)) if redis_url else None

    def count(self, items: list[RateLimitItem], *who: str) -> None:
        """Counts one more. Raises TooMany."""
        for item in items:
            if not self._ask(FixedWindowRateLimiter.hit, item, who):
                raise TooMany(item.get_expiry())

    def is_over(self, items: list[RateLimitItem], *who: str) -> bool:
        """Were there too many already?"""
        return not all(self._ask(FixedWindowRateLimiter.test, item, who) for item in items)

    def _ask(self, what: Callable[..., bool], item: RateLimitItem, who: tuple[str, ...]) -> bool:
        if self.shared is not None:
            try:
                return what(self.shared, item, *who)
            except StorageError:
                log.warning("shared_limits_away")
        return what(self.own, item, *who)


def _shared(redis_url: str) -> Storage:
    """Counters that all workers read and write."""
    url = f"redis+{redis_url}" if redis_url.startswith("unix:") else redis_url
    return RedisStorage(url, wrap_exceptions=True, socket_timeout=AWAY, socket_connect_timeout=AWAY)


@cache
def pace(redis_url: str) -> Pace:
    """The one of this process."""
    return Pace(redis_url)


def caller(scope: str) -> Caller:
    """Who calls. Raises Refusal where it is nobody, or somebody without this scope."""
    scheme, _space, key = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not key.strip():
        raise Refusal("token_missing")
    counts = pace(current().settings.redis_url)
    address = network(request.remote_addr or "")
    if counts.is_over(WRONG, address):
        raise TooMany(WRONG[0].get_expiry())
    with current().store.session() as s:
        found = api_token.caller(s, key.strip())
    if found is None:
        counts.count(WRONG, address)
        raise Refusal("token_unknown")
    counts.count(PER_TOKEN, found.token)
    if not found.may(scope):
        raise Refusal("scope_missing")
    return found


def key() -> str:
    """The request's idempotency key, empty for none. Raises Refusal."""
    given = request.headers.get("Idempotency-Key")
    if given is None:
        return ""
    if not KEY.fullmatch(given):
        raise Refusal("bad_key")
    return given


def query(shape: type[S]) -> S:
    """What stands behind the address. Raises Refusal naming each field at fault."""
    return _read(lambda: shape.model_validate_strings(request.args.to_dict(), strict=True))


def body(shape: type[S]) -> S:
    """The JSON that was sent. Raises Refusal."""
    if request.mimetype != "application/json":
        raise Refusal("not_json")
    try:
        sent = all_printable(orjson.loads(request.get_data()))
    except orjson.JSONDecodeError:
        raise Refusal("bad_json") from None
    return _read(lambda: shape.model_validate_json(orjson.dumps(_whole(sent)), strict=True))


def _whole(value: object) -> object:
    """A value of JSON, in which 38.0 is the integer that it is there."""
    match value:
        case float() if value.is_integer() and abs(value) < EXACT:
            return int(value)
        case dict():
            return {key: _whole(inner) for key, inner in value.items()}
        case list():
            return [_whole(inner) for inner in value]
        case _:
            return value


def _read(read: Callable[[], S]) -> S:
    try:
        return read()
    except ValidationError as error:
        faults = error.errors(include_url=False, include_context=False, include_input=False)
        raise Refusal("bad_input", dict(map(_fault, faults))) from None


def _fault(error: ErrorDetails) -> tuple[str, str]:
    at = ".".join(map(str, error["loc"])) or "body"
    return at, CODES.get(error["type"], "invalid")
