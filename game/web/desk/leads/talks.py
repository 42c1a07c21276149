"""The desk opens a reverse interview to a lead, and sees no more of it than that it takes place."""

from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from game.accounts.policy import TOUCH_LEADS
from game.context import current
from game.pool import talk
from game.web.desk.surface import blueprint
from game.web.desk.touch.touchpoints import written
from game.web.i18n import lang
from game.web.security import needs


@blueprint.post("/desk/leads/<lead_id>/talk")
@needs(TOUCH_LEADS)
def open_talk(lead_id: str) -> ResponseReturnValue:
    """Lets the contact choose whom to meet; they are told by mail."""
    secret, by, why, read = current().secret, current_user.id, request.form.get("why", ""), lang()
    said = _("C'est ouvert : un mail l'invite à choisir.")
    return written(lead_id, lambda s: talk.open(s, secret, lead_id, why, read, by), said)


@blueprint.post("/desk/leads/<lead_id>/talk/close")
@needs(TOUCH_LEADS)
def close_talk(lead_id: str) -> ResponseReturnValue:
    """Takes it back, as long as the contact has not chosen."""
    by = current_user.id
    return written(lead_id, lambda s: talk.close(s, lead_id, by), _("C'est repris."))
