"""Erasing a person."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from game.accounts.policy import ERASE_LEADS
from game.context import current
from game.exports import remote
from game.pool import seen
from game.privacy.erase import erase as erase_lead
from game.store.scrub import scrub
from game.web.desk.surface import blueprint, existing, lead_of
from game.web.desk.transfer.target_look import title_of
from game.web.security import needs


@blueprint.route("/desk/leads/<lead_id>/erase", methods=["GET", "POST"])
@needs(ERASE_LEADS)
def erase(lead_id: str) -> ResponseReturnValue:
    """Asks, then erases for good."""
    game, by = current(), current_user.id
    with game.store.session() as s:
        found = lead_of(s, lead_id)
        there = remote.everywhere(s, lead_id)
    if request.method == "GET":
        game.writer.write(lambda s: seen.note_lead(s, lead_id, by))
        elsewhere = [(title_of(target), id) for target, id in there]
        return render_template("desk/erase.html", lead=found, elsewhere=elsewhere)
    game.writer.write(lambda s: erase_lead(s, game.secret, existing(s, lead_id), by))
    scrub(game.store)
    flash(_("La personne est effacée, et ne reviendra pas."))
    return redirect(url_for("desk.leads"))
