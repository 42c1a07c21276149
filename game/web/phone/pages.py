"""The phone: the code box, the door, and the page that a player keeps all through."""

import random
from collections.abc import Mapping

from flask import Blueprint, Response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from itsdangerous import BadSignature, URLSafeTimedSerializer

from game.base.address import public_url
from game.base.clock import now_ms
from game.base.limits import Limits
from game.base.refusal import Refusal
from game.context import Game, current
from game.live import player_cookie
from game.live.seats import Own, player_of
from game.screens import messages
from game.store.tables import Player, Workshop
from game.store.writer import Away, Busy
from game.web.i18n import choose
from game.web.phone.page_cache import Pages
from game.web.security import csp_nonce, csrf, open_to_all
from game.workshop import door
from game.workshop.door import Guest, Joined
from game.workshop.header import Header, spelled

blueprint = Blueprint("phone", __name__)
pages = Pages()
limits = Limits()
dice = random.Random()
KEPT = 10  # workshops remembered in one phone's cookie
MOVE_SECONDS = 3600
FIELDS = ("nickname", "real_name", "work_mail", "department", "team")


@blueprint.get("/")
@open_to_all
def home() -> ResponseReturnValue:
    """A box for the code; `?code=` goes there."""
    code = request.args.get("code", "").strip()[:40]
    if not code:
        return render_template("phone/code.html", error="", code="")
    if current().headers.by_code(code) is None:
        text = messages.text("unknown_code")
        return render_template("phone/code.html", error=text, code=code[:12]), 404
    return redirect(url_for("phone.page", code=spelled(code)))


@blueprint.get("/<string(minlength=4, maxlength=12):code>")
@open_to_all
def page(code: str) -> ResponseReturnValue:
    """The door for a stranger, the game for a player; one page, one path."""
    game = current()
    workshop = game.headers.by_code(code)
    if workshop is None:
        text = messages.text("unknown_code")
        return render_template("phone/code.html", error=text, code=code), 404
    player = _player(game, workshop)
    lang = choose_for(workshop)
    csp_nonce()
    refusal = _at_the_door(workshop, player)
    offer = "" if player else door.offer(game.pack(lang), dice)
    noted = messages.text("noted") if "noted" in request.args else ""
    html = pages.page(game, workshop, lang, player, refusal, offer, now_ms(), noted)
    return Response(html, mimetype="text/html")


@blueprint.get("/<string(minlength=4, maxlength=12):code>/")
@open_to_all
def page_with_slash(code: str) -> ResponseReturnValue:
    """The same page, for who typed one sign more."""
    return redirect(url_for("phone.page", code=spelled(code)))


def _player(game: Game, workshop: Header | None) -> Own | None:
    """Who this phone is in a workshop, removed or not; None for a stranger."""
    if workshop is None or not player_cookie.held(session, workshop.id):
        return None
    with game.store.reading.connect() as connection:
        return player_of(connection, session, workshop.id)


def choose_for(workshop: Header) -> str:
    """The language of the phone: the reader's choice, else the workshop's."""
    if session.get("lang") or request.accept_languages:
        return choose()
    return workshop.lang


def _at_the_door(workshop: Header, player: Own | None) -> str:
    """Why nobody new comes in, or why this player is out; empty where all is well."""
    if player:
        return messages.text("removed") if player.removed_at else ""
    shut = workshop.shut(now_ms())
    return messages.text(shut) if shut else ""


@blueprint.post("/<string(minlength=4, maxlength=8):code>/join")
@open_to_all
@csrf.exempt  # type: ignore[untyped-decorator]  # a stranger at the door has no rights that another site could borrow
def join(code: str) -> ResponseReturnValue:
    """Lets somebody in under the name they typed, and gives them their cookie."""
    game = current()
    workshop = game.headers.by_code(code)
    try:
        if workshop is None:
            raise Refusal("unknown_code")
        if not limits.allows_door(request.remote_addr or "", workshop.id):
            raise Refusal("throttled")
        joined = _join(game, workshop)
    except (Away, Busy):
        raise
    except Refusal as refusal:
        return {"ok": False, "error": messages.refusal(refusal)}, 422
    remember(workshop.id, joined.player_id, joined.key)
    game.grew(workshop.id)
    return {"ok": True, "nickname": joined.nickname, "id": joined.player_id}


def _join(game: Game, workshop: Header) -> Joined:
    if workshop.has_expired(now_ms()):
        raise Refusal("code_expired")
    known = _player(game, workshop)
    if known:
        if known.removed_at:
            raise Refusal("removed")
        return Joined(known.id, known.key, known.nickname)
    sent = request.get_json(silent=True) if request.is_json else request.form
    given = sent if isinstance(sent, Mapping) else {}
    typed = {k: str(given.get(k, ""))[:300] for k in FIELDS}
    ticket = game.writer.put(game.door.many, Guest(workshop.id, choose_for(workshop), typed))
    outcome = ticket.wait()
    assert isinstance(outcome, Joined)
    return outcome


def remember(workshop_id: str, player_id: str, key: str) -> None:
    """Keeps in the signed cookie which player this phone is, for the last few workshops."""
    session["players"] = player_cookie.add(
        session.get("players"), workshop_id, player_id, key, KEPT
    )
    session.permanent = True


def _mover(game: Game) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(game.secret, salt="move-to-another-phone")


def move_url(game: Game, player_id: str, key: str) -> str:
    """The personal link that makes another phone this player, for an hour."""
    token = _mover(game).dumps([player_id, key])
    return _reachable(url_for("phone.move", token=token))


@blueprint.get("/<string(minlength=4, maxlength=8):code>/move")
@open_to_all
def move_link(code: str) -> ResponseReturnValue:
    """This player's own link and its QR, for another phone."""
    from game.screens.qr import qr_svg

    game = current()
    workshop = game.headers.by_code(code)
    player = _player(game, workshop)
    if player is None or player.removed_at:
        return {"ok": False, "error": messages.refusal(Refusal("removed"))}, 403
    url = move_url(game, player.id, player.key)
    return {"ok": True, "url": url, "qr_svg": str(qr_svg(url))}


def _reachable(path: str) -> str:
    """The address under which another phone reaches a page."""
    return public_url(current().settings) + path


@blueprint.get("/move/<token>")
@open_to_all
def move(token: str) -> ResponseReturnValue:
    """Makes this phone the player of the link."""
    game = current()
    try:
        player_id, key = _mover(game).loads(token, max_age=MOVE_SECONDS)
    except (BadSignature, ValueError, TypeError):
        text = messages.text("code_expired")
        return render_template("phone/code.html", error=text, code=""), 410
    with game.store.session() as s:
        player = s.get(Player, player_id)
        workshop = s.get(Workshop, player.workshop_id) if player else None
    if player is None or workshop is None or player.key != key or player.removed_at:
        text = messages.text("removed")
        return render_template("phone/code.html", error=text, code=""), 410
    remember(workshop.id, player.id, player.key)
    return redirect(url_for("phone.page", code=workshop.code))
