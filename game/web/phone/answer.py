"""An answer sent as a plain form, by a phone whose scripts have not come, or never will.

It shares the verb `submit` with the socket. Nothing typed is in an address, and whatever happens
to the answer, what was typed comes back with it.
"""

from flask import Blueprint, Response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from sqlalchemy import Row, select

from game.base.clock import now_ms
from game.base.limits import Limits
from game.base.refusal import Refusal
from game.context import Game, current
from game.live.seats import Own
from game.screens import messages, round_words
from game.store.tables import RoundRow
from game.web import faults
from game.web.phone import answer_form, came_back
from game.web.phone.answer_form import Typed
from game.web.phone.own import player as player_here
from game.web.phone.page import choose_for, pages
from game.web.security import csp_nonce, csrf, open_to_all
from game.workshop.header import Header
from game.workshop.play import Sent

blueprint = Blueprint("answer", __name__)
limits = Limits()
MOST = 64 * 1024  # bytes, as over the socket
AGAIN = ("busy", "catching_up", "throttled", "failed")  # the same answer may be sent again
ELSEWHERE = ("cross-site", "same-site")  # where a browser says that another site's page sent this


@blueprint.get("/play/<string(maxlength=16):round_id>/answer")
@open_to_all
def back(round_id: str) -> ResponseReturnValue:
    """Who comes to this address by itself goes on to the game."""
    found = _round(current(), round_id)
    return redirect(url_for("phone.page", code=found[0].code) if found else url_for("phone.home"))


@blueprint.post("/play/<string(maxlength=16):round_id>/answer")
@open_to_all
@csrf.exempt  # type: ignore[untyped-decorator]  # all phones share one page; see ELSEWHERE
def take(round_id: str) -> ResponseReturnValue:
    """Takes an answer: its page comes back, with the acknowledgement or with the fault."""
    request.max_content_length = MOST
    typed = answer_form.read(request.form)
    game = current()
    found = _round(game, round_id)
    player = player_here(game, found[0]) if found else None
    if found is None or player is None or request.headers.get("Sec-Fetch-Site") in ELSEWHERE:
        return faults.answer(faults.of_outsider())
    header, row = found
    try:
        _submit(game, player.id, round_id, typed)
    except Refusal as refusal:
        return _come_back(game, header, player, row, typed, refusal)
    game.grew(header.id)
    return redirect(url_for("phone.page", code=header.code, noted=1), 303)


def _round(game: Game, round_id: str) -> tuple[Header, Row[str, str, str, str]] | None:
    """The workshop of a round, and the round's id, kind and title."""
    rows = select(RoundRow.id, RoundRow.workshop_id, RoundRow.kind, RoundRow.title)
    with game.store.reading.connect() as connection:
        row = connection.execute(rows.where(RoundRow.id == round_id)).one_or_none()
    header = game.headers.by_id(row.workshop_id) if row else None
    return (header, row) if header and row else None


def _submit(game: Game, player_id: str, round_id: str, typed: Typed) -> None:
    if not limits.allows_player(player_id):
        raise Refusal("throttled")
    sent = Sent(player_id, round_id, typed.id, typed.answer, now_ms())
    game.writer.put(game.play.many, sent).wait()


def _come_back(
    game: Game,
    header: Header,
    player: Own,
    row: Row[str, str, str, str],
    typed: Typed,
    refusal: Refusal,
) -> ResponseReturnValue:
    csp_nonce()
    lang = choose_for(header)
    with force_locale(lang):
        told = messages.refusal(refusal)
        if refusal.code in AGAIN:
            told["text"] = messages.text("send_again")
        title = round_words.round_name(row.title, row.kind)
        about = {"kind": row.kind, "title": title, "lines": typed.lines}
        item = {"round": row.id, "answer": typed.answer, "about": about, "error": told}
        out = messages.text(player.out) if player.out else ""
        page = pages.page(game, header, lang, player, out, "", now_ms())
        html = came_back.into(page, request.path, typed, told, item)
    return Response(html, 503 if refusal.code in AGAIN else 422, mimetype="text/html")
