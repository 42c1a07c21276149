"""A private warm-up before the room: prompts, and notes that never leave the phone."""

from flask import Blueprint, Response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale

from game.base.day_words import day_words
from game.context import current
from game.store.tables import Workshop
from game.web.phone.page import choose_for
from game.web.security import csp_nonce, open_to_all
from game.workshop import warm_up

blueprint = Blueprint("warm_up", __name__)


@blueprint.get("/<string(minlength=4, maxlength=12):code>/warm-up")
@open_to_all
def page(code: str) -> ResponseReturnValue:
    """The prompts, for whoever has the link; once something is played, the game itself."""
    game = current()
    header = game.headers.by_code(code)
    if header is None or header.stage not in warm_up.STAGES:
        return redirect(url_for("phone.page", code=code))
    lang = choose_for(header)
    with game.store.session() as session:
        prompts = warm_up.prompts(session, game.pack(lang), header.id)
        workshop = session.get_one(Workshop, header.id)
    if not prompts:
        return redirect(url_for("phone.page", code=header.code))
    csp_nonce()
    day = day_words(workshop.held_on, lang, "EEEE d MMMM") if workshop.held_on else ""
    more = {"lines": prompts, "workshop": workshop, "day": day, "lang": lang}
    with force_locale(lang):
        return Response(render_template("phone/warm_up.html", **more), mimetype="text/html")
