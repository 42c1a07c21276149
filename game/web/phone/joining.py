"""Coming in: by the page's script, which speaks JSON, or by the plain form of any browser."""

from collections.abc import Mapping

from flask import Blueprint, Response, jsonify, render_template, request

from game.base.clock import now_ms
from game.base.refusal import Refusal
from game.context import Game, current
from game.screens import messages
from game.store.writer import Away, Busy
from game.web.asked import wants_json
from game.web.phone import own
from game.web.phone.coming import CAME, check_door, check_open, enter, typed
from game.web.phone.page import choose_for, pages, to_page
from game.web.phone.page_cache import new_page_id
from game.web.security import csp_nonce, csrf, open_to_all
from game.workshop.door import Joined
from game.workshop.header import Header

blueprint = Blueprint("joining", __name__)
# refusals that leave the form standing
AT_THE_DOOR = ("bad_input", "no_cookies", "page_used", "too_often")


@blueprint.post("/<string(minlength=4, maxlength=8):code>/join")
@open_to_all
@csrf.exempt  # type: ignore[untyped-decorator]  # a stranger at the door has no rights that another site could borrow
def join(code: str) -> Response:
    """Lets somebody in under the name they typed, and gives them their cookie."""
    game = current()
    workshop = game.headers.by_code(code)
    try:
        if workshop is None:
            raise Refusal("unknown_code")
        joined = _join(game, workshop)
    except (Away, Busy):
        raise
    except Refusal as refusal:
        return own.probe(_refused(game, workshop, refusal))
    game.grew(workshop.id)
    welcome = _welcome(game, workshop, joined)
    return own.remember(welcome, workshop.id, joined.id, joined.key)


def _join(game: Game, workshop: Header) -> Joined:
    came = request.environ.get(CAME)
    if isinstance(came, BaseException):
        raise came
    if isinstance(came, Joined):
        return came
    check_door(workshop, request.remote_addr or "")
    if not own.keeps_cookies():
        raise Refusal("no_cookies")
    check_open(workshop)
    player = own.player(game, workshop)
    if player:
        if player.out == "removed":
            raise Refusal("removed")
        return Joined(player.id, player.key, player.nickname, player.out == "waiting")
    return enter(game, workshop, request.remote_addr or "", choose_for(workshop), _typed())


def _typed() -> dict[str, str]:
    """What was typed, however it was sent; what is no form at all is an empty one."""
    sent: object = request.get_json(silent=True) if request.is_json else request.form
    return typed(sent if isinstance(sent, Mapping) else {})


def _welcome(game: Game, workshop: Header, joined: Joined) -> Response:
    """The way into the game; the door's script is given the game's page, and loads no other."""
    if not wants_json():
        return to_page(workshop)
    if joined.waiting:
        return jsonify(ok=True, waiting=True)
    csp_nonce()
    lang = choose_for(workshop)
    page = pages.page(game, workshop, lang, joined, "", "", now_ms())
    return jsonify(ok=True, nickname=joined.nickname, id=joined.id, page=page.decode())


def _refused(game: Game, workshop: Header | None, refusal: Refusal) -> Response:
    """The refusal, for a script; or the page with what was typed and what is wrong with it.

    A form that is used up is given another token: sent again it is somebody new.
    """
    told = messages.refusal(refusal)
    fresh = new_page_id() if refusal.code == "page_used" else ""
    if wants_json():
        more = {"token": fresh} if fresh else {}
        return _with_status(jsonify(ok=False, error=told, **more), 422)
    if workshop is None:
        page = render_template("phone/code.html", error=told["text"], code="")
        return Response(page, 404, mimetype="text/html")
    if refusal.code not in AT_THE_DOOR:
        return to_page(workshop)  # which says why nobody comes in
    sent = _typed()
    sent["page"] = fresh or sent["page"]
    html = pages.refused(game, workshop, choose_for(workshop), sent, told)
    return Response(html, 422, mimetype="text/html")


def _with_status(response: Response, status: int) -> Response:
    response.status_code = status
    return response
