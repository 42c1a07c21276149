"""A player's personal links, to hand to the people they think of."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from game.base.address import public_url
from game.base.refusal import Refusal
from game.context import current
from game.screens.qr import qr_svg
from game.web.phone import own
from game.web.phone.answer import ELSEWHERE
from game.web.security import csrf, open_to_all
from game.workshop import invitation

blueprint = Blueprint("inviting", __name__)


@blueprint.get("/<string(minlength=4, maxlength=8):code>/invite/<string(length=16):round_id>")
@open_to_all
def invitations(code: str, round_id: str) -> ResponseReturnValue:
    """My links in a round: the newest to be scanned, all of them with what became of each."""
    workshop, player = own.asking(code)
    with current().store.session() as s:
        mine = invitation.of_player(s, player.id, round_id)
    base = public_url(current().settings)
    links = [(base + url_for("contact.invited", key=one.key), one) for one in mine]
    fresh = next((link for link, one in links if not one.used_at), "")
    return render_template(
        "phone/invite.html", code=workshop.code, round_id=round_id, links=links,
        fresh=fresh, qr=qr_svg(fresh),
    )  # fmt: skip


@blueprint.post("/<string(minlength=4, maxlength=8):code>/invite/<string(length=16):round_id>")
@open_to_all
@csrf.exempt  # type: ignore[untyped-decorator]  # all phones share one page; see ELSEWHERE
def invite(code: str, round_id: str) -> ResponseReturnValue:
    """One more link."""
    workshop, player = own.asking(code)
    if request.headers.get("Sec-Fetch-Site") in ELSEWHERE:
        raise Refusal("not_allowed")
    current().writer.write(lambda s: invitation.make(s, player.id, round_id).id)
    return redirect(url_for("inviting.invitations", code=workshop.code, round_id=round_id), 303)
