"""The contact's private link: made to be handed on, and revoked."""

from flask import flash, make_response, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from game.accounts.policy import LINK_CONTACTS
from game.base.address import public_url
from game.context import current
from game.privacy import own_link
from game.web.desk.leads.lead import lead_page
from game.web.desk.surface import blueprint, existing
from game.web.security import needs


@blueprint.post("/desk/leads/<lead_id>/link")
@needs(LINK_CONTACTS)
def contact_link(lead_id: str) -> ResponseReturnValue:
    """Shows the link of a lead's own page, made if there is none; it is good until revoked.

    It stands in this answer alone: neither in a cookie, as what is flashed does, nor in an address.
    """
    game, by = current(), current_user.id
    token = game.writer.write(lambda s: own_link.token(s, game.secret, existing(s, lead_id), by))
    link = public_url(game.settings) + url_for("contact.own", token=token)
    answer = make_response(lead_page(lead_id, link=link))
    answer.headers["Cache-Control"] = "no-store"
    return answer


@blueprint.post("/desk/leads/<lead_id>/link/revoke")
@needs(LINK_CONTACTS)
def revoke_link(lead_id: str) -> ResponseReturnValue:
    """Ends the link that was given."""
    by = current_user.id
    current().writer.write(lambda s: own_link.revoke(s, existing(s, lead_id), by))
    flash(_("Le lien donné ne mène plus nulle part."))
    return redirect(url_for("desk.lead", lead_id=lead_id))
