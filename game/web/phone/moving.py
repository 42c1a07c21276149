"""One player, another phone: their own link, the facilitator's code, and where both are taken."""

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from game.base.address import public_url
from game.base.limits import Limits
from game.base.refusal import Refusal
from game.context import current
from game.screens import messages
from game.screens.qr import qr_svg
from game.store.writer import Away, Busy
from game.web.phone import own
from game.web.phone.page import to_page
from game.web.security import csrf, open_to_all
from game.workshop import handover

blueprint = Blueprint("moving", __name__)
limits = Limits()


@blueprint.post("/<string(minlength=4, maxlength=8):code>/move")
@open_to_all
@csrf.exempt  # type: ignore[untyped-decorator]  # makes a link that only who asked can read
def link(code: str) -> ResponseReturnValue:
    """This player's own link and its QR, for another phone: good once, for ten minutes."""
    game = current()
    player = own.player(game, game.headers.by_code(code))
    if player is None or player.removed_at:
        return {"ok": False, "error": messages.refusal(Refusal("removed"))}, 403
    made = game.writer.write(lambda s: handover.to_scan(s, player.id))
    url = public_url(game.settings) + url_for("moving.ask", code=code, given=made)
    return {"ok": True, "url": url, "qr_svg": str(qr_svg(url))}


@blueprint.get("/<string(minlength=4, maxlength=8):code>/move/<given>")
@open_to_all
def ask(code: str, given: str) -> ResponseReturnValue:
    """Asks before anything is taken: whoever only looks at a link does not use it up."""
    if current().headers.by_code(code) is None:
        return _told(code, "unknown_code", 404)
    page = render_template("phone/move.html", code=code, given=given, error="")
    return own.probe(Response(page, mimetype="text/html"))


@blueprint.post("/<string(minlength=4, maxlength=8):code>/take")
@open_to_all
@csrf.exempt  # type: ignore[untyped-decorator]  # the code in the form is the right that is used
def take(code: str) -> ResponseReturnValue:
    """Makes this phone the player whose code or link it is."""
    game = current()
    workshop = game.headers.by_code(code)
    if workshop is None:
        return _told(code, "unknown_code", 404)
    given = request.form.get("given", "")
    try:
        if not own.keeps_cookies():
            raise Refusal("no_cookies")
        if not limits.allows_handover(request.remote_addr or "", workshop.id):
            raise Refusal("too_many_codes")
        player_id, key = game.writer.write(lambda s: handover.take(s, workshop.id, given))
    except (Away, Busy):
        raise
    except Refusal as refusal:
        return _told(code, refusal.code, 422)
    return own.remember(to_page(workshop), workshop.id, player_id, key)


def _told(code: str, why: str, status: int) -> Response:
    page = render_template("phone/move.html", code=code, given="", error=messages.text(why))
    return own.probe(Response(page, status, mimetype="text/html"))
