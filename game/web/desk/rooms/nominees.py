"""Reaching the people who were named experts: only their own link lets them answer."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from game.accounts.policy import REACH_NOMINEES
from game.base.address import public_url
from game.base.refusal import Refusal
from game.context import current
from game.pool import nomination
from game.screens.qr import qr_svg
from game.web.desk.surface import blueprint
from game.web.security import needs


@blueprint.get("/desk/nominees")
@needs(REACH_NOMINEES)
def nominees() -> ResponseReturnValue:
    """Who has not answered yet: a name and a workshop, not what was said of them."""
    with current().store.session() as s:
        return render_template("desk/nominees.html", waiting=nomination.waiting(s), link="")


@blueprint.post("/desk/nominees/<nomination_id>/link")
@needs(REACH_NOMINEES)
def nominee_link(nomination_id: str) -> ResponseReturnValue:
    """The link to hand to one of them, shown once."""
    game, by = current(), current_user.id
    try:
        key, name = game.writer.write(lambda s: nomination.hand_over(s, nomination_id, by))
    except Refusal as refusal:
        if refusal.code != "nominee_answered":
            raise
        flash(_("Cette personne a déjà répondu."))
        return redirect(url_for("desk.nominees"))
    link = public_url(game.settings) + url_for("contact.expert", key=key)
    with game.store.session() as s:
        waiting = nomination.waiting(s)
    more = {"link": link, "name": name, "qr": qr_svg(link)}
    return render_template("desk/nominees.html", waiting=waiting, **more)
