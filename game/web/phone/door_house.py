"""Coming in with the company's account, for who wants to be known by it; a name is enough, too.

The account says who somebody is, for the desk alone; what the room sees is the nickname. It brings
the same player back on any phone.
"""

import hmac

from flask import Blueprint, Response, render_template, request, session
from flask.typing import ResponseReturnValue

from game.accounts.house import Known
from game.accounts.provider import Asked, Away, Refused, same
from game.base.refusal import Refusal
from game.context import current
from game.rules.person import mail_of
from game.screens import messages
from game.store.tables import Workshop
from game.web.phone import own
from game.web.phone.answer import ELSEWHERE
from game.web.phone.coming import check_door, check_open, enter, typed
from game.web.phone.page import choose_for, pages, to_page
from game.web.security import csp_nonce, csrf, open_to_all
from game.workshop.door import Vouched
from game.workshop.header import Header
from game.workshop.presence_proof import SIGN_FIELDS

blueprint = Blueprint("door_house", __name__)
AT_DOOR = "asked at the door"  # in the signed cookie: what the answer is held against
OFFERS = "house"  # what a workshop asks at its door where it offers this
KEPT = ("nickname", "department", "team", "page", "away", *SIGN_FIELDS)
LONGEST = 80  # signs of what is kept of a field meanwhile


@blueprint.post("/<string(minlength=4, maxlength=8):code>/house")
@open_to_all
@csrf.exempt  # type: ignore[untyped-decorator]  # a stranger at the door has no rights that another site could borrow
def leave(code: str) -> ResponseReturnValue:
    """Off to the provider, with what was typed kept until they are back."""
    workshop, provider = _workshop(code), current().provider
    if workshop is None or request.headers.get("Sec-Fetch-Site") in ELSEWHERE:
        raise Refusal("unknown_page")
    sent = typed(request.form)
    try:
        if provider is None or not _offers(workshop):
            raise Refusal("not_now")
        check_door(workshop, request.remote_addr or "")
        check_open(workshop)
        asked = current().afar(provider.ask)
    except Away:
        return _refused(workshop, sent, Refusal("house_away"))
    except Refusal as refusal:
        return _refused(workshop, sent, refusal)
    kept = {name: sent[name][:LONGEST] for name in KEPT}
    session.permanent = True
    session[AT_DOOR] = [*asked.kept, workshop.code, kept]
    return _onwards(asked.address)


def _onwards(address: str) -> Response:
    """A page that goes on by itself: a form of ours may not lead to another house directly."""
    page = render_template("phone/to_house.html", address=address)
    return Response(page, mimetype="text/html", headers={"Refresh": f"0; url={address}"})


def is_for_door(state: str) -> bool:
    """Is this the answer to a question that was asked at a door?"""
    kept = session.get(AT_DOOR)
    return isinstance(kept, list) and len(kept) == 5 and same(state, str(kept[0]))


def back() -> ResponseReturnValue:
    """Back from the provider: they are in, as themselves; or at the door, with what went wrong."""
    game, kept = current(), session.pop(AT_DOOR)
    workshop, provider = _workshop(str(kept[3])), game.provider
    if workshop is None or provider is None:
        raise Refusal("unknown_page")
    sent = typed(kept[4])
    try:
        check_door(workshop, request.remote_addr or "")
        check_open(workshop)
        known = game.afar(provider.hear, Asked("", *kept[:3]), dict(request.args.items()))
        address = request.remote_addr or ""
        joined = enter(game, workshop, address, choose_for(workshop), sent, _vouched(known))
    except Away:
        return _refused(workshop, sent, Refusal("house_away"))
    except Refused as refused:
        return _refused(workshop, sent, Refusal(refused.code))
    except Refusal as refusal:
        return _refused(workshop, sent, refusal)
    game.grew(workshop.id)
    return own.remember(to_page(workshop), workshop.id, joined.id, joined.key)


def _vouched(known: Known) -> Vouched:
    """Who they are, by a mark that nobody can make from their account without our secret."""
    mark = hmac.digest(current().secret.encode(), f"player:{known.digest}".encode(), "sha256").hex()
    return Vouched(mark, known.name.strip()[:80], mail_of(known.mail))


def _workshop(code: str) -> Header | None:
    return current().headers.by_code(code)


def _offers(workshop: Header) -> bool:
    with current().store.session() as s:
        return s.get_one(Workshop, workshop.id).asks == OFFERS


def _refused(workshop: Header, sent: dict[str, str], refusal: Refusal) -> Response:
    """The door again, with what was typed; a name alone still opens it."""
    csp_nonce()
    told = messages.refusal(refusal)
    html = pages.refused(current(), workshop, choose_for(workshop), sent, told)
    return own.probe(Response(html, 422, mimetype="text/html"))
