"""Two leads that are the same person, made one or parted again."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from game.accounts.policy import JUDGE_LEADS
from game.context import current
from game.pool import merge as merges
from game.web.desk.surface import blueprint, existing, show, usual_points
from game.web.security import needs


@blueprint.post("/desk/leads/<lead_id>/merge/<other_id>")
@needs(JUDGE_LEADS)
def merge(lead_id: str, other_id: str) -> ResponseReturnValue:
    """Makes another lead part of this one."""
    by, usual = current_user.id, usual_points()
    followed = current().writer.write(
        lambda s: merges.merge(s, existing(s, lead_id), existing(s, other_id), by, usual)
    )
    show(followed)
    return redirect(url_for("desk.lead", lead_id=lead_id))


@blueprint.post("/desk/leads/<lead_id>/part/<merge_id>")
@needs(JUDGE_LEADS)
def part(lead_id: str, merge_id: str) -> ResponseReturnValue:
    """Undoes a merge: the other lead is back, with all that had come with it."""
    by, usual = current_user.id, usual_points()
    show(current().writer.write(lambda s: merges.unmerge(s, merge_id, by, usual)))
    flash(_("Les deux fiches sont de nouveau séparées."))
    return redirect(url_for("desk.lead", lead_id=lead_id))
