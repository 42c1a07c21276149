"""Sixty seconds of room check, before anyone comes: address, QR, line, sound, projector."""

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from game.accounts import policy
from game.base.address import public_url
from game.base.limits import Limits
from game.base.loopback import is_loopback
from game.base.refusal import Refusal
from game.context import current
from game.screens.qr import qr_svg
from game.web.prepare.workshops import workshop_of
from game.web.security import csrf, needs, open_to_all
from game.workshop import room_check

blueprint = Blueprint("check", __name__)
limits = Limits()


@blueprint.get("/workshops/<workshop_id>/check")
@needs(policy.RUN_WORKSHOP)
def page(workshop_id: str) -> ResponseReturnValue:
    """The five things to look at; the page looks by itself at what it can."""
    base = public_url(current().settings)
    workshop = workshop_of(workshop_id)
    url = base + url_for("check.here", code=workshop.code)
    return render_template(
        "prepare/check.html",
        workshop=workshop,
        url=url,
        short=base.split("://", 1)[-1],
        qr=qr_svg(url),
        lost=is_loopback(base),
    )


@blueprint.get("/workshops/<workshop_id>/check/found")
@needs(policy.RUN_WORKSHOP)
def found(workshop_id: str) -> ResponseReturnValue:
    """What was found so far, for the page's script."""
    with current().store.session() as s:
        return room_check.found(s, workshop_id)


@blueprint.get("/<string(minlength=4, maxlength=8):code>/here")
@open_to_all
def here(code: str) -> ResponseReturnValue:
    """What a phone of the room sees after scanning: it has reached us."""
    if current().headers.by_code(code) is None:
        abort(404)
    return render_template("prepare/here.html", code=code, told=False)


@blueprint.post("/<string(minlength=4, maxlength=8):code>/here")
@open_to_all
@csrf.exempt  # type: ignore[untyped-decorator]  # says only that a phone was here
def tell(code: str) -> ResponseReturnValue:
    """Says on the facilitator's page that a phone was here."""
    game = current()
    workshop = game.headers.by_code(code)
    if workshop is None:
        abort(404)
    if not limits.allows_link(request.remote_addr or ""):
        abort(429)
    try:
        game.writer.write(lambda s: room_check.note_phone(s, workshop.id))
    except Refusal as refusal:
        if refusal.code != "not_now":
            raise
    return render_template("prepare/here.html", code=code, told=True)
