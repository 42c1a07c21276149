"""A player's own data: seen, downloaded, erased."""

import orjson
from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from game.base.address import is_https
from game.base.refusal import Refusal
from game.context import current
from game.live import player_cookie
from game.screens import round_words
from game.store.scrub import scrub
from game.web.desk.surface import attachment
from game.web.i18n import lang
from game.web.phone import own
from game.web.security import open_to_all
from game.workshop import own_data

blueprint = Blueprint("own_data", __name__)


def _mine(code: str) -> tuple[str, str, dict[str, object]]:
    """The code, the player and what is held of them; also of one who was shown out."""
    game = current()
    workshop = game.headers.by_code(code)
    player = own.player(game, workshop)
    if workshop is None or player is None:
        raise Refusal("removed")
    with game.store.session() as s:
        return workshop.code, player.id, own_data.held(s, game.secret, player.id, game.pack(lang()))


@blueprint.get("/<string(minlength=4, maxlength=8):code>/my-data")
@open_to_all
def page(code: str) -> ResponseReturnValue:
    """All that is held of me."""
    code, _player, held = _mine(code)
    return render_template("phone/own_data.html", code=code, held=held, why=round_words.reasons())


@blueprint.get("/<string(minlength=4, maxlength=8):code>/my-data.json")
@open_to_all
def file(code: str) -> ResponseReturnValue:
    """The same, as a file."""
    _code, _player, held = _mine(code)
    body = orjson.dumps(held, option=orjson.OPT_INDENT_2)
    return attachment(iter([body]), "application/json", "sourcerie.json")


@blueprint.post("/<string(minlength=4, maxlength=8):code>/my-data/erase")
@open_to_all
def erase(code: str) -> ResponseReturnValue:
    """Erases me, where I said so twice."""
    game = current()
    code, player_id, _held = _mine(code)
    if not request.form.get("sure"):
        return redirect(url_for("own_data.page", code=code), 303)
    workshop_id = game.writer.write(lambda s: own_data.forget(s, player_id))
    scrub(game.store)
    game.changed(workshop_id)
    answer = Response(render_template("phone/erased.html"), mimetype="text/html")
    https = is_https(game.settings)
    answer.delete_cookie(player_cookie.name(workshop_id, https=https), secure=https)
    return answer
