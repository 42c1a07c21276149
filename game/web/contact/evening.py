"""The board of an evening on the big screen: hosts and counts, and no guest's name."""

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import force_locale

from game.context import current
from game.pool import occasion
from game.screens.qr import qr_svg
from game.web.contact import guest
from game.web.contact.nominee import blueprint
from game.web.contact.own_page import private
from game.web.security import open_to_all


@blueprint.get("/evening/<string(length=32):key>")
@open_to_all
def evening(key: str) -> ResponseReturnValue:
    """The board that this key opens, in the occasion's language."""
    guest.check_pace()
    with current().store.session() as s:
        found = occasion.of_board(s, key)
        rows = occasion.board(s, found.id)
        own = next(card.key for card in occasion.cards(s, found.id) if not card.host)
    with force_locale(found.lang):
        address = guest.card_address(own) if occasion.is_open(found) else ""
        return private(
            render_template(
                "contact/evening.html",
                occasion=found,
                hosts=[one for one in rows if one.host],
                total=sum(one.count for one in rows),
                qr=qr_svg(address),
                lang=found.lang,
            )
        )
