"""A card's page: a guest scans its code, enters themselves and agrees; nothing is known before."""

from collections.abc import Mapping

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from game.base.address import public_url
from game.base.clock import now_ms
from game.base.limits import Limits
from game.base.refusal import Refusal
from game.context import current
from game.pool import entered, occasion
from game.screens import messages
from game.screens.qr import qr_svg
from game.store.base import new_key
from game.store.tables import GuestCard, Occasion
from game.web.contact import paper
from game.web.contact.nominee import blueprint
from game.web.contact.own_page import private
from game.web.i18n import lang
from game.web.security import csrf, open_to_all

limits = Limits()
MOST = 16 * 1024  # bytes of a form


@blueprint.route("/hello/<string(length=32):key>", methods=["GET", "POST"])
@open_to_all
@csrf.exempt  # type: ignore[untyped-decorator]  # the key in the address is the right, and no cookie is
def guest(key: str) -> ResponseReturnValue:
    """Asks for the least, and keeps it only with the guest's word."""
    where = card_of(key)
    if request.method == "GET":
        return private(_page(where, {}, {}))
    request.max_content_length = MOST
    typed = dict(request.form)
    try:
        take(where, typed, typed.get("page", ""))
    except Refusal as refusal:
        if not refusal.fields:
            raise
        faults = messages.refusal(refusal)["fields"]
        return private(_page(where, faults, kept(typed, refusal))), 422
    return private(render_template("contact/guest.html", done=True, occasion=where[0]))


@blueprint.get("/card/<string(length=32):key>")
@open_to_all
def card(key: str) -> ResponseReturnValue:
    """The code itself, large, on a host's own phone; and how many came by it, nobody named."""
    where, own = card_of(key)
    with current().store.session() as s:
        found = [one for one in occasion.board(s, where.id) if one.host == own.host]
    address = card_address(key)
    return private(
        render_template(
            "contact/guest_card.html", occasion=where, card=own, address=address,
            qr=qr_svg(address), count=found[0].count if own.host and found else None,
            days=current().pack(lang()).notices.keep_player_days,
        )
    )  # fmt: skip


def card_address(key: str) -> str:
    """Where a card's code leads."""
    return public_url(current().settings) + url_for("contact.guest", key=key)


def card_of(key: str) -> tuple[Occasion, GuestCard]:
    """The occasion and the card. Raises Refusal for one that is over, or was never."""
    check_pace()
    with current().store.session() as s:
        return occasion.of_card(s, key)


def check_pace() -> None:
    """Raises Refusal where one address asks for far more than a crowd does."""
    if not limits.allows_stand(request.remote_addr or ""):
        raise Refusal("too_often")


def take(
    where: tuple[Occasion, GuestCard | None],
    typed: Mapping[str, str],
    id: str,
    at: int | None = None,
    *,
    late: bool = False,
) -> None:
    """Takes somebody in. Raises Refusal."""
    game = current()
    key = where[1].key if where[1] else where[0].stand_key
    if not limits.allows_guest(request.remote_addr or "", key):
        raise Refusal("too_often")
    entry = entered.Entry(id or new_key(), typed, at or now_ms(), late)
    pack, country = game.pack(where[0].lang), game.settings.default_country
    game.writer.write(lambda s: entered.enter(s, game.secret, pack, where, entry, country))


def kept(typed: Mapping[str, str], refusal: Refusal) -> Mapping[str, str]:
    """What was typed, without the form's id where somebody else was entered by it."""
    is_used = entered.SENT in refusal.fields.values()
    return {**typed, "page": ""} if is_used else typed


def shown(faults: Mapping[str, str], typed: Mapping[str, str]) -> dict[str, object]:
    """What each form for somebody who enters themselves shows."""
    source = _("Vous-même, sur cette page.")
    id = typed.get("page") or new_key()
    return {"faults": faults, "typed": typed, "page_id": id, **paper.given(source)}


def _page(
    where: tuple[Occasion, GuestCard], faults: Mapping[str, str], typed: Mapping[str, str]
) -> str:
    return render_template(
        "contact/guest.html", done=False, occasion=where[0], card=where[1], **shown(faults, typed)
    )
