"""Stands, schools, evenings and posts: made here, with their screen, cards and board."""

from collections.abc import Mapping

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from game.accounts.policy import TOUCH_LEADS
from game.base.address import public_url
from game.base.days import today
from game.base.languages import lang_of
from game.base.refusal import Refusal
from game.context import current
from game.pool import directory, occasion
from game.screens import messages
from game.screens.qr import qr_svg
from game.web.contact.guest import card_address
from game.web.desk.surface import blueprint
from game.web.i18n import lang
from game.web.security import needs


def sorts() -> dict[str, str]:
    """The sorts of occasions, in words."""
    return {
        "stand": _("Stand, salon"),
        "school": _("École"),
        "afterwork": _("Afterwork"),
        "community": _("Annonce dans une communauté"),
    }


@blueprint.get("/desk/occasions")
@needs(TOUCH_LEADS)
def occasions() -> ResponseReturnValue:
    """All of them, and a form for one more."""
    return _list({}, request.args)


@blueprint.post("/desk/occasions")
@needs(TOUCH_LEADS)
def add_occasion() -> ResponseReturnValue:
    """One more."""
    typed, by = dict(request.form), current_user.id
    speaks = lang_of(typed.get("lang", lang()))
    try:
        made = current().writer.write(lambda s: occasion.make(s, typed, speaks, by).id)
    except Refusal as refusal:
        if not refusal.fields:
            raise
        return _list(messages.refusal(refusal)["fields"], typed), 422
    return redirect(url_for("desk.occasion_page", occasion_id=made))


@blueprint.get("/desk/occasions/<occasion_id>")
@needs(TOUCH_LEADS)
def occasion_page(occasion_id: str) -> ResponseReturnValue:
    """Its screen, its cards, its board, and how many came."""
    return _one(occasion_id, {}, "")


@blueprint.post("/desk/occasions/<occasion_id>/hosts")
@needs(TOUCH_LEADS)
def add_hosts(occasion_id: str) -> ResponseReturnValue:
    """Cards for hosts, one name a line."""
    lines, by = request.form.get("hosts", ""), current_user.id
    try:
        current().writer.write(lambda s: occasion.add_hosts(s, occasion_id, lines, by))
    except Refusal as refusal:
        if not refusal.fields:
            raise
        return _one(occasion_id, messages.refusal(refusal)["fields"], lines), 422
    return redirect(url_for("desk.occasion_page", occasion_id=occasion_id))


@blueprint.post("/desk/occasions/<occasion_id>/close")
@needs(TOUCH_LEADS)
def close_occasion(occasion_id: str) -> ResponseReturnValue:
    """Nobody comes in by it any more."""
    by = current_user.id
    current().writer.write(lambda s: occasion.close(s, occasion_id, by))
    flash(_("C'est fermé : ni l'écran ni les cartes ne prennent plus personne."))
    return redirect(url_for("desk.occasion_page", occasion_id=occasion_id))


@blueprint.post("/desk/cards/<card_id>/remove")
@needs(TOUCH_LEADS)
def remove_card(card_id: str) -> ResponseReturnValue:
    """A host's card is good no longer."""
    by = current_user.id
    at = current().writer.write(lambda s: occasion.remove_card(s, card_id, by))
    return redirect(url_for("desk.occasion_page", occasion_id=at))


@blueprint.get("/desk/occasions/<occasion_id>/cards")
@needs(TOUCH_LEADS)
def cards(occasion_id: str) -> ResponseReturnValue:
    """All cards, to print and cut."""
    with current().store.session() as s:
        found, made = occasion.of_id(s, occasion_id), occasion.cards(s, occasion_id)
    drawn = [(card, qr_svg(card_address(card.key))) for card in made]
    return render_template("desk/occasion_cards.html", occasion=found, cards=drawn)


def _list(faults: Mapping[str, str], typed: Mapping[str, str]) -> str:
    with current().store.session() as s:
        listed, places = occasion.listed(s), directory.names(s)
    return render_template(
        "desk/occasions.html", listed=listed, places=places, sorts=sorts(), faults=faults,
        typed=typed, today=today(), is_open=occasion.is_open,
    )  # fmt: skip


def _one(occasion_id: str, faults: Mapping[str, str], typed: str) -> str:
    with current().store.session() as s:
        found, made = occasion.of_id(s, occasion_id), occasion.cards(s, occasion_id)
        rows = occasion.board(s, occasion_id)
    base = public_url(current().settings)
    return render_template(
        "desk/occasion.html", occasion=found, cards=made, sorts=sorts(), faults=faults, typed=typed,
        counts={one.host: one.count for one in rows}, is_open=occasion.is_open(found),
        stand=base + url_for("contact.stand", key=found.stand_key),
        board=base + url_for("contact.evening", key=found.board_key),
        own=card_address(next(card.key for card in made if not card.host)),
        total=sum(one.count for one in rows), by_nobody=rows[-1].count,
        days=current().pack(lang()).notices.keep_player_days,
    )  # fmt: skip
