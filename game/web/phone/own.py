"""Who a phone is, by its cookies; and the cookies that it is given."""

from typing import TypeVar

from flask import Response, request
from werkzeug.http import dump_cookie

from game.base.address import is_https
from game.base.refusal import Refusal
from game.context import Game, current
from game.live import player_cookie
from game.live.seats import Own, player_of
from game.workshop.header import Header

AnyResponse = TypeVar("AnyResponse", bound=Response)
PROBE = ("door", "1")  # says no more than that this browser keeps cookies
PROBED = "=".join(PROBE)
DAY = 86_400  # seconds


def player(game: Game, workshop: Header | None) -> Own | None:
    """Who this phone is in a workshop, removed or not; None for a stranger."""
    credential = player_cookie.held(game.secret, request.cookies, workshop.id) if workshop else None
    if workshop is None or credential is None:
        return None
    with game.store.reading.connect() as connection:
        return player_of(connection, credential, workshop.id)


def asking(code: str) -> tuple[Header, Own]:
    """The workshop of a code, and who asks there. Raises Refusal for anybody who is not in it."""
    workshop = current().headers.by_code(code)
    found = player(current(), workshop)
    if workshop is None or found is None or found.removed_at:
        raise Refusal("removed")
    return workshop, found


def cookie(game: Game, workshop_id: str, player_id: str, key: str) -> str:
    """The cookie of a player, as the header that sets it."""
    https = is_https(game.settings)
    return dump_cookie(
        player_cookie.name(workshop_id, https=https),
        player_cookie.written(game.secret, workshop_id, player_id, key),
        max_age=player_cookie.DAYS * DAY,
        secure=https,
        httponly=True,
        samesite="Lax",
    )


def remember(response: AnyResponse, workshop_id: str, player_id: str, key: str) -> AnyResponse:
    """Gives the phone the cookie of its player; nothing but coming in does."""
    response.headers.add("Set-Cookie", cookie(current(), workshop_id, player_id, key))
    return response


def keeps_cookies() -> bool:
    """Did this browser bring any cookie? The door's page gave it one."""
    return bool(request.cookies)


def probe(response: AnyResponse) -> AnyResponse:
    """Gives a browser without any cookie one, to see whether it comes back with it."""
    if not keeps_cookies():
        response.set_cookie(*PROBE, max_age=DAY, samesite="Lax")
    return response
