"""The remote: the facilitator's own page, on a laptop or a phone."""

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from game.context import current
from game.messages import step_label
from game.screens.build import show as build
from game.store.models import now_ms
from game.web.i18n import lang
from game.web.security import role_required

blueprint = Blueprint("remote", __name__)


@blueprint.get("/remote/<string(length=16):workshop_id>")
@role_required("facilitator", "admin")
def page(workshop_id: str) -> ResponseReturnValue:
    """The controls of a workshop."""
    game = current()
    with game.store.session() as s:
        shown = build(game, s, workshop_id, "remote", lang())
    if shown is None:
        abort(404)
    return render_template(
        "remote/page.html",
        show=shown,
        screen="remote/screen.html",
        surface="remote",
        next_label=step_label(shown.next_label),
        now=now_ms(),
    )
