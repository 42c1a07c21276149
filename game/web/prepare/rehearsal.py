"""Rehearsing: a copy of the workshop, with simulated players, gone with one click."""

import subprocess
import sys

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from game.accounts import policy
from game.context import current
from game.store.scrub import scrub
from game.store.tables import Workshop
from game.web.prepare.workshops import workshop_of
from game.web.security import needs
from game.workshop import rehearse

blueprint = Blueprint("rehearsal", __name__)
AT_ONCE = 2  # rehearsals of this worker
COMMAND = (sys.executable, "-m", "game.serving.rehearse")
players: list[subprocess.Popen[bytes]] = []


@blueprint.post("/workshops/<workshop_id>/rehearsal")
@needs(policy.PREPARE_WORKSHOP)
def begin(workshop_id: str) -> ResponseReturnValue:
    """A fresh rehearsal with so many simulated players, on its remote."""
    game, by = current(), current_user.id
    typed = request.form.get("players", "")
    count = int(typed) if typed.isdecimal() and len(typed) < 5 else 0
    if not 1 <= count <= rehearse.MOST:
        flash(_("Un nombre de joueurs simulés, de 1 à 200."))
        return redirect(url_for("prepare.edit", workshop_id=workshop_id))
    players[:] = [one for one in players if one.poll() is None]
    if len(players) >= AT_ONCE:
        flash(_("Deux répétitions ont déjà lieu : terminez-en une."))
        return redirect(url_for("prepare.edit", workshop_id=workshop_id))
    name = _("%(name)s – répétition", name=workshop_of(workshop_id).name)
    made = game.writer.write(lambda s: _made(rehearse.begin(s, workshop_id, user_id=by, name=name)))
    players.append(subprocess.Popen([*COMMAND, made[1], str(count)]))  # noqa: S603  our own module
    return redirect(url_for("remote.page", workshop_id=made[0]))


def _made(workshop: Workshop) -> tuple[str, str]:
    return workshop.id, workshop.code


@blueprint.post("/workshops/<workshop_id>/rehearsal/end")
@needs(policy.DELETE_WORKSHOP)
def end(workshop_id: str) -> ResponseReturnValue:
    """The rehearsal goes, with its players and all that they said."""
    game, by = current(), current_user.id
    if workshop_of(workshop_id).sort != "rehearsal":
        flash(_("Cet atelier n'est pas une répétition : il reste."))
        return redirect(url_for("prepare.edit", workshop_id=workshop_id))
    back = game.writer.write(lambda s: rehearse.end_this(s, workshop_id, by))
    scrub(game.store)
    game.changed(workshop_id)
    flash(_("La répétition est supprimée, avec tout ce qui y a été dit."))
    if back:
        return redirect(url_for("prepare.edit", workshop_id=back))
    return redirect(url_for("prepare.workshops"))
