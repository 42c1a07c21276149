"""The projector: opened by its own key, so that the room's computer needs no account."""

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from sqlalchemy import select

from game.base.clock import now_ms
from game.context import current
from game.rules import presence
from game.screens.build import build
from game.screens.render import template
from game.store.tables import Workshop
from game.web.security import open_to_all

blueprint = Blueprint("projector", __name__)


@blueprint.get("/projector/<string(minlength=16, maxlength=32):key>")
@open_to_all
def page(key: str) -> ResponseReturnValue:
    """The big screen of the workshop that this key opens, in the workshop's language."""
    game = current()
    with game.store.session() as s:
        workshop = s.scalar(select(Workshop).where(Workshop.projector_key == key))
        shown = build(game, s, workshop.id, "projector", workshop.lang) if workshop else None
    if workshop is None or shown is None:
        abort(404)
    with force_locale(workshop.lang):
        return render_template(
            "projector/page.html",
            show=shown,
            screen=template("projector", shown),
            surface="projector",
            key=key,
            lang=workshop.lang,
            now=now_ms(),
        )


@blueprint.get("/projector/<string(minlength=16, maxlength=32):key>/signs")
@open_to_all
def signs(key: str) -> ResponseReturnValue:
    """The signs that the door asks for now; nothing where it asks for none."""
    game, now = current(), now_ms()
    with game.store.session() as s:
        workshop = s.scalar(select(Workshop).where(Workshop.projector_key == key))
    if workshop is None:
        abort(404)
    show = {
        "signs": presence.shown(game.secret, workshop.id, now) if workshop.presence else (),
        "signs_left_ms": presence.left_ms(now),
        "workshop": workshop,
    }
    with force_locale(workshop.lang):
        return render_template("projector/signs.html", show=show)
