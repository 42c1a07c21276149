"""What a workshop brought, and where to start on Monday morning."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from game.accounts.policy import ERASE_LEADS, READ_LEADS
from game.base.clock import now_ms
from game.base.refusal import Refusal
from game.context import current
from game.pool import brought, rehearsal
from game.store.scrub import scrub
from game.store.tables import Workshop
from game.web.desk.surface import blueprint, words
from game.web.security import needs


@blueprint.get("/desk/workshops")
@needs(READ_LEADS)
def workshops() -> ResponseReturnValue:
    """The workshops that named anybody, the newest first, and what each waits for."""
    with current().store.session() as s:
        return render_template("desk/workshops.html", workshops=brought.every(s, now_ms()))


@blueprint.get("/desk/workshops/<workshop_id>")
@needs(READ_LEADS)
def workshop(workshop_id: str) -> ResponseReturnValue:
    """One workshop: how many leads, what to do first, by brief and by round. No names."""
    with current().store.session() as s:
        found = s.get(Workshop, workshop_id) or abort(404)
        return render_template(
            "desk/workshop.html", brought=brought.of(s, found, now_ms()), words=words()
        )


@blueprint.post("/desk/workshops/<workshop_id>/forget")
@needs(ERASE_LEADS)
def forget_rehearsal(workshop_id: str) -> ResponseReturnValue:
    """Deletes what a demonstration or rehearsal brought."""
    game, by = current(), current_user.id
    with game.store.session() as s:
        s.get(Workshop, workshop_id) or abort(404)
    try:
        gone = game.writer.write(lambda s: rehearsal.forget(s, workshop_id, by))
    except Refusal as refusal:
        if refusal.code != "not_allowed":
            raise
        flash(_("Cet atelier était pour de vrai : ses pistes restent."))
        return redirect(url_for("desk.workshop", workshop_id=workshop_id))
    scrub(game.store)
    flash(ngettext("Une piste d'essai supprimée.", "%(num)s pistes d'essai supprimées.", gone))
    return redirect(url_for("desk.workshop", workshop_id=workshop_id))
