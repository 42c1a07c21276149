"""Taking back what one did last."""

from flask import flash, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from game.accounts.policy import JUDGE_LEADS
from game.base.refusal import Refusal
from game.context import current
from game.pool import merge as merges
from game.web.desk.review.queue import to_queue
from game.web.desk.review.queue_form import chosen
from game.web.desk.surface import blueprint, show, usual_points
from game.web.security import needs
from game.workshop.undo import undo as undo_verdicts


@blueprint.post("/desk/review/undo")
@needs(JUDGE_LEADS)
def undo() -> ResponseReturnValue:
    """Takes back one's verdicts of an act, or one's merge, and goes to the lead."""
    kind, act = request.form.get("kind", ""), request.form.get("act", "")[:16]
    with current().store.session() as s:
        asked = chosen(s)
    try:
        lead = _merge(act) if kind == "merge" else _verdicts(act)
    except Refusal as refusal:
        if refusal.code not in ("nothing_to_undo", "unknown_lead"):
            raise
        flash(_("Il n'y a rien à annuler."))
        lead = ""
    return to_queue(asked, lead)


def _verdicts(act: str) -> str:
    game, by, usual = current(), current_user.id, usual_points()
    leads, followed = game.writer.write(
        lambda s: undo_verdicts(s, game.play.rounds, act, by, usual)
    )
    show(followed)
    flash(ngettext("Avis annulé.", "%(num)s avis annulés.", len(leads)))
    return leads[0] if len(leads) == 1 else ""


def _merge(act: str) -> str:
    by, usual = current_user.id, usual_points()
    show(current().writer.write(lambda s: merges.unmerge(s, act, by, usual)))
    flash(_("Les deux fiches sont de nouveau séparées."))
    return ""
