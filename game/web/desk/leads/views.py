"""Saved views of the list, and tags of a lead."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from game.accounts.policy import READ_LEADS, TOUCH_LEADS
from game.base.refusal import Refusal
from game.context import current
from game.pool import tag, view
from game.screens import messages
from game.web.desk.leads.table import query, wanted
from game.web.desk.surface import blueprint
from game.web.desk.touch.touchpoints import written
from game.web.security import needs


@blueprint.post("/desk/views")
@needs(READ_LEADS)
def save_view() -> ResponseReturnValue:
    """Keeps the list as it is narrowed and ordered, under a name."""
    by, name, asked = current_user.id, request.form.get("view", ""), query(wanted())
    try:
        current().writer.write(lambda s: view.save(s, by, name, asked))
    except Refusal as refusal:
        flash(f"{_('Vue')} : {next(iter(messages.refusal(refusal)['fields'].values()))}")
    else:
        flash(_("La vue est gardée."))
    return redirect(url_for("desk.leads"))


@blueprint.post("/desk/views/<view_id>/remove")
@needs(READ_LEADS)
def remove_view(view_id: str) -> ResponseReturnValue:
    """Removes a view."""
    by = current_user.id
    current().writer.write(lambda s: view.remove(s, by, view_id))
    return redirect(url_for("desk.leads"))


@blueprint.post("/desk/leads/<lead_id>/tags")
@needs(TOUCH_LEADS)
def tags(lead_id: str) -> ResponseReturnValue:
    """Puts tags on a lead."""
    by, typed = current_user.id, request.form.get("tags", "")
    return written(lead_id, lambda s: tag.put(s, lead_id, typed, by))
