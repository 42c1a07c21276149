"""Who prepares and runs a workshop with its owner: invited by mail, dismissed at a click."""

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from game.accounts import helpers, policy
from game.base.refusal import Refusal
from game.context import current
from game.screens import messages
from game.web.prepare.pages import full_page, workshop_form
from game.web.prepare.workshops import workshop_of
from game.web.security import needs

blueprint = Blueprint("team", __name__)


@blueprint.post("/workshops/<workshop_id>/helpers")
@needs(policy.SHARE_WORKSHOP)
def invite(workshop_id: str) -> ResponseReturnValue:
    """A colleague, by their mail."""
    mail, by = request.form.get("mail", "").strip()[:254], current_user.id
    try:
        current().writer.write(lambda s: helpers.invite(s, workshop_id, mail, by))
    except Refusal as refusal:
        if not refusal.fields:
            raise
        faults = messages.refusal(refusal)["fields"]
        form = workshop_form(workshop_of(workshop_id))
        return full_page(workshop_id, form, not_invited=faults["mail"], invited=mail), 422
    return _back(workshop_id)


@blueprint.post("/workshops/<workshop_id>/helpers/<user_id>/dismiss")
@needs(policy.SHARE_WORKSHOP)
def dismiss(workshop_id: str, user_id: str) -> ResponseReturnValue:
    """Their help ends, and their remote with it."""
    by = current_user.id
    current().writer.write(lambda s: helpers.dismiss(s, workshop_id, user_id, by))
    return _back(workshop_id)


def _back(workshop_id: str) -> ResponseReturnValue:
    return redirect(url_for("prepare.edit", workshop_id=workshop_id, _anchor="team"))
