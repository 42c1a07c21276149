"""The page that a player's link opens: the person enters themselves, having read the notice."""

from collections.abc import Mapping

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from game.base.limits import Limits
from game.base.refusal import Refusal
from game.context import current
from game.rules.pack import Relationship
from game.screens import messages
from game.web.contact import paper
from game.web.contact.nominee import blueprint
from game.web.contact.own_page import private
from game.web.i18n import lang
from game.web.security import csrf, open_to_all
from game.workshop import invitation

limits = Limits()


@blueprint.route("/invitation/<string(length=32):key>", methods=["GET", "POST"])
@open_to_all
@csrf.exempt  # type: ignore[untyped-decorator]  # the key in the address is the right, and no cookie is
def invited(key: str) -> ResponseReturnValue:
    """Asks for the least, and keeps it only with the person's word."""
    limits.check_link(request.remote_addr or "")
    game = current()
    with game.store.session() as s:
        invitation.of_key(s, key)
    if request.method == "GET":
        return private(_page({}, {}))
    typed, country = dict(request.form), game.settings.default_country
    try:
        workshop = game.writer.write(lambda s: invitation.enter(s, game.play, key, typed, country))
    except Refusal as refusal:
        if not refusal.fields:
            raise
        return private(_page(messages.refusal(refusal)["fields"], typed)), 422
    game.changed(workshop)
    return private(render_template("contact/invited.html", done=True))


def _page(faults: Mapping[str, str], typed: Mapping[str, str]) -> str:
    return render_template(
        "contact/invited.html",
        done=False,
        faults=faults,
        typed=typed,
        relationships=_known(),
        **paper.given(_source()),
    )


def _known() -> list[Relationship]:
    """How one may know whoever handed the link on."""
    every = current().pack(lang()).relationships
    return [one for one in every if one.known and not one.internal]


def _source() -> str:
    return str(_("Vous-même, par le lien qu'une personne de l'entreprise vous a donné."))
