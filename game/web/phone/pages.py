"""The phone: the code box, the door, and the page that a player keeps all through."""

import random

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from itsdangerous import BadSignature, URLSafeTimedSerializer

from game.base.address import public_url
from game.base.clock import now_ms
from game.base.refusal import Refusal
from game.context import Game, current
from game.live.seats import Own
from game.screens import messages
from game.store.tables import Player, Workshop
from game.web.phone import own
from game.web.phone.page import choose_for, pages
from game.web.security import csp_nonce, open_to_all
from game.workshop import door
from game.workshop.header import Header, spelled

blueprint = Blueprint("phone", __name__)
dice = random.Random()
MOVE_SECONDS = 3600


@blueprint.get("/")
@open_to_all
def home() -> ResponseReturnValue:
    """A box for the code; `?code=` goes there."""
    code = request.args.get("code", "").strip()[:40]
    if not code:
        return render_template("phone/code.html", error="", code="")
    if current().headers.by_code(code) is None:
        text = messages.text("unknown_code")
        return render_template("phone/code.html", error=text, code=code[:12]), 404
    return redirect(url_for("phone.page", code=spelled(code)))


@blueprint.get("/<string(minlength=4, maxlength=12):code>")
@open_to_all
def page(code: str) -> ResponseReturnValue:
    """The door for a stranger, the game for a player; one page, one path."""
    game = current()
    workshop = game.headers.by_code(code)
    if workshop is None:
        text = messages.text("unknown_code")
        return render_template("phone/code.html", error=text, code=code), 404
    player = own.player(game, workshop)
    lang = choose_for(workshop)
    csp_nonce()
    refusal = _at_the_door(workshop, player)
    offer = "" if player else door.offer(game.pack(lang), dice)
    noted = messages.text("noted") if "noted" in request.args else ""
    html = pages.page(game, workshop, lang, player, refusal, offer, now_ms(), noted)
    return own.probe(Response(html, mimetype="text/html"))


@blueprint.get("/<string(minlength=4, maxlength=12):code>/")
@open_to_all
def page_with_slash(code: str) -> ResponseReturnValue:
    """The same page, for who typed one sign more."""
    return redirect(url_for("phone.page", code=spelled(code)))


def _at_the_door(workshop: Header, player: Own | None) -> str:
    """Why nobody new comes in, or why this player is out; empty where all is well."""
    if player:
        return messages.text("removed") if player.removed_at else ""
    shut = workshop.shut(now_ms())
    return messages.text(shut) if shut else ""


def _mover(game: Game) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(game.secret, salt="move-to-another-phone")


def move_url(game: Game, player_id: str, key: str) -> str:
    """The personal link that makes another phone this player, for an hour."""
    token = _mover(game).dumps([player_id, key])
    return _reachable(url_for("phone.move", token=token))


@blueprint.get("/<string(minlength=4, maxlength=8):code>/move")
@open_to_all
def move_link(code: str) -> ResponseReturnValue:
    """This player's own link and its QR, for another phone."""
    from game.screens.qr import qr_svg

    game = current()
    workshop = game.headers.by_code(code)
    player = own.player(game, workshop)
    if player is None or player.removed_at:
        return {"ok": False, "error": messages.refusal(Refusal("removed"))}, 403
    url = move_url(game, player.id, player.key)
    return {"ok": True, "url": url, "qr_svg": str(qr_svg(url))}


def _reachable(path: str) -> str:
    """The address under which another phone reaches a page."""
    return public_url(current().settings) + path


@blueprint.get("/move/<token>")
@open_to_all
def move(token: str) -> ResponseReturnValue:
    """Makes this phone the player of the link."""
    game = current()
    try:
        player_id, key = _mover(game).loads(token, max_age=MOVE_SECONDS)
    except (BadSignature, ValueError, TypeError):
        text = messages.text("code_expired")
        return render_template("phone/code.html", error=text, code=""), 410
    with game.store.session() as s:
        player = s.get(Player, player_id)
        workshop = s.get(Workshop, player.workshop_id) if player else None
    if player is None or workshop is None or player.key != key or player.removed_at:
        text = messages.text("removed")
        return render_template("phone/code.html", error=text, code=""), 410
    page = redirect(url_for("phone.page", code=workshop.code))
    assert isinstance(page, Response)
    return own.remember(page, workshop.id, player.id, player.key)
