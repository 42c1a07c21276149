"""The remote: the facilitator's own page, on a laptop or a phone."""

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from game.accounts import policy
from game.base.clock import now_ms
from game.context import current
from game.screens.build import people
from game.screens.build import show as build
from game.screens.messages import step_label
from game.web.i18n import lang
from game.web.security import needs
from game.workshop.state import teams_of

blueprint = Blueprint("remote", __name__)


@blueprint.get("/remote/<string(length=16):workshop_id>")
@needs(policy.RUN_WORKSHOP)
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


@blueprint.get("/remote/<string(length=16):workshop_id>/people")
@needs(policy.RUN_WORKSHOP)
def found(workshop_id: str) -> ResponseReturnValue:
    """The lines of those in the room whose name holds `?find=`."""
    with current().store.session() as s:
        teams = teams_of(s, workshop_id)
        players, others = people(s, workshop_id, teams, request.args.get("find", "")[:24])
    return render_template("remote/people_list.html", players=players, others=others)
