"""Colleagues' links for a year: who has one, and an end to one, by who keeps the papers."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from game.accounts.policy import KEEP_PAPERS
from game.context import current
from game.privacy.audit import audit
from game.web.law.surface import blueprint
from game.web.security import needs
from game.workshop import year_link


@blueprint.get("/law/year-links")
@needs(KEEP_PAPERS)
def year_links() -> ResponseReturnValue:
    """The links that are good: names and workshops, neither an address nor a lead."""
    by = current_user.id
    with current().store.session() as s:
        found = year_link.all_open(s)
    if found:
        told = {"count": len(found)}
        current().writer.write(lambda s: audit(s, by, "year_links_listed", told))
    return render_template("law/year_links.html", links=found)


@blueprint.post("/law/year-links/<link_id>/close")
@needs(KEEP_PAPERS)
def close_year_link(link_id: str) -> ResponseReturnValue:
    """Closes one, for who is sure; it opens nothing from now on, and tells its holder."""
    by = current_user.id
    if request.form.get("sure"):
        current().writer.write(lambda s: year_link.close(s, link_id, by))
        flash(_("Le lien est fermé ; qui l'ouvre y lit que l'entreprise l'a fermé."))
    return redirect(url_for("law.year_links"))
