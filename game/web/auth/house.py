"""Signing in with the company's own account, by OpenID Connect."""

from flask import Blueprint, abort, redirect, request, session
from flask.typing import ResponseReturnValue

from game.accounts import house, sign_in
from game.accounts.house import Known
from game.accounts.provider import Asked, Away, Provider, Refused
from game.base.limits import Limits
from game.base.refusal import Refusal
from game.context import current
from game.screens.messages import text
from game.web.auth.entering import go_in, sign_in_shown
from game.web.auth.forms import SignInForm
from game.web.phone import door_house
from game.web.security import open_to_all, safe_next

blueprint = Blueprint("house", __name__)
limits = Limits()
ASKED = "asked"  # in the signed cookie: what the answer is held against


def _provider() -> Provider:
    found = current().provider
    if found is None:
        abort(404)
    return found


@blueprint.get("/sign-in/house")
@open_to_all
def leave() -> ResponseReturnValue:
    """Off to the provider, which sends them back."""
    provider = _provider()
    if not limits.allows_link(request.remote_addr or ""):
        return _said("too_many_tries", 429)
    try:
        asked = current().afar(provider.ask)
    except (Away, Refusal):
        return _said("house_away", 503)
    session.permanent = True
    session[ASKED] = [*asked.kept, safe_next(request.args.get("next"))]
    return redirect(asked.address)


@blueprint.get("/sign-in/house/back")
@open_to_all
def back() -> ResponseReturnValue:
    """Back from the provider: what it says is taken once, and only by who set out from here."""
    if door_house.is_for_door(request.args.get("state", "")):
        return door_house.back()
    provider, kept = _provider(), session.pop(ASKED, None)
    if not limits.allows_link(request.remote_addr or ""):
        return _said("too_many_tries", 429)
    if not isinstance(kept, list) or len(kept) != 4:
        return _said("house_failed", 422)
    answer = dict(request.args.items())
    try:
        known = current().afar(provider.hear, Asked("", *kept[:3]), answer)
        return go_in(_enter(known), safe_next(kept[3]))
    except Away:
        return _said("house_away", 503)
    except Refused as refused:
        return _said(_noted(refused.code), 422)
    except Refusal as refusal:
        return _said("house_away" if refusal.code == "busy" else _noted(refusal.code), 403)


def _enter(known: Known) -> sign_in.SignedIn:
    game, agent = current(), request.user_agent.string
    admits = game.settings.oidc_admits
    return game.writer.write(lambda s: house.enter(s, known, admits, agent))


def _noted(code: str) -> str:
    current().writer.write(lambda s: sign_in.note_failure(s, None))
    return code


def _said(code: str, status: int) -> ResponseReturnValue:
    """The page to sign in on, which says why it did not come to it."""
    return sign_in_shown(SignInForm(), text(code)), status
