"""The channel directory."""

from flask import render_template
from flask.typing import ResponseReturnValue

from game.accounts.policy import READ_LEADS
from game.context import current
from game.pool import directory
from game.rules.typed import key_of
from game.web.desk.surface import blueprint, words
from game.web.i18n import lang
from game.web.security import needs
from game.workshop.results import votes


@blueprint.get("/desk/places")
@needs(READ_LEADS)
def places() -> ResponseReturnValue:
    """Places that players found, most named first, and resource people."""
    with current().store.session() as s:
        found, experts = directory.places(s), directory.experts(s)
        voted = votes(s, current().pack(lang()))
    more = {"votes": voted, "text_key": key_of, "words": words()}
    return render_template("desk/places.html", places=found, experts=experts, **more)
