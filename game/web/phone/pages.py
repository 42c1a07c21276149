"""The phone: the code box, the door, and the page that a player keeps all through."""

import random

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from game.base.clock import now_ms
from game.context import current
from game.live.seats import Own
from game.screens import messages
from game.web.phone import own
from game.web.phone.page import choose_for, pages
from game.web.security import csp_nonce, open_to_all
from game.workshop import door
from game.workshop.header import Header, spelled

blueprint = Blueprint("phone", __name__)
dice = random.Random()


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
        return messages.text(player.out) if player.out else ""
    shut = workshop.shut(now_ms())
    return messages.text(shut) if shut else ""
