"""A player's own leads, and what became of each: shown to nobody else."""

from flask import Blueprint, Response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _

from game.base.clock import now_ms
from game.base.day_words import day_words
from game.base.days import local
from game.context import current
from game.pool import outcome
from game.web.i18n import lang as language
from game.web.phone import own
from game.web.phone.page import choose_for
from game.web.security import csp_nonce, open_to_all

blueprint = Blueprint("mine", __name__)


@blueprint.get("/<string(minlength=4, maxlength=12):code>/mine")
@open_to_all
def my_leads(code: str) -> ResponseReturnValue:
    """The page, for the phone that holds the player's cookie; anybody else goes to the door."""
    game = current()
    workshop = game.headers.by_code(code)
    player = own.player(game, workshop)
    if workshop is None or player is None or player.removed_at:
        return redirect(url_for("phone.page", code=code))
    with game.store.reading.connect() as reader:
        named = outcome.of_player(reader, game.secret, player.id, now_ms())
    lang = choose_for(workshop)
    csp_nonce()
    with force_locale(lang):
        lines = [(one.name, one.outcome, said(one, now_ms())) for one in named]
        html = render_template("phone/my_leads.html", lines=lines, code=workshop.code, lang=lang)
    return Response(html, mimetype="text/html")


def said(one: outcome.Named, now: int) -> str:
    """What became of somebody, in words."""
    outcomes: dict[str, str] = {
        "hired": _("recrutée : merci"),
        "contacted": _("contactée"),
        "pursued": _("retenue : le recrutement va la contacter"),
        "not_now": _("pas maintenant"),
        "": _("la réponse tarde : elle est due"),
    }
    if one.outcome or now > one.due_at:
        return outcomes[one.outcome]
    day = day_words(local(one.due_at), language(), "EEEE d MMMM")
    return str(_("réponse d'ici %(day)s", day=day))
