"""Two leads that are the same person."""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from game.accounts.policy import JUDGE_LEADS
from game.context import current
from game.pool import lead as change
from game.web.desk.surface import blueprint, existing
from game.web.security import needs


@blueprint.post("/desk/leads/<lead_id>/merge/<other_id>")
@needs(JUDGE_LEADS)
def merge(lead_id: str, other_id: str) -> ResponseReturnValue:
    """Makes another lead part of this one."""
    by = current_user.id
    current().writer.write(
        lambda s: change.merge(s, existing(s, lead_id), existing(s, other_id), by)
    )
    return redirect(url_for("desk.lead", lead_id=lead_id))
