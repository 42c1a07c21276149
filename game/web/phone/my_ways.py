"""What a player sets for themselves: the word they come back with, and their own time."""

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from game.base.limits import Limits
from game.base.refusal import Refusal
from game.context import current
from game.rules.extra_time import CHOICES
from game.rules.nickname import fold
from game.screens import messages
from game.store.writer import Away, Busy
from game.web.phone import own
from game.web.phone.page import to_page
from game.web.security import csrf, open_to_all
from game.workshop import extra_time, way_back

blueprint = Blueprint("my_ways", __name__)
limits = Limits()
FIELDS = ("code", "name", "word")
MINE = "/<string(minlength=4, maxlength=8):code>/mine/ways"


@blueprint.get(MINE)
@open_to_all
def mine(code: str) -> ResponseReturnValue:
    """My word and my time."""
    workshop, player = own.asking(code)
    with current().store.session() as session:
        word = way_back.word_of(session, player.id)
        extra = extra_time.extra_of(session, player.id)
    return render_template(
        "phone/my_ways.html", code=workshop.code, name=player.nickname, word=word,
        extra=extra, choices=CHOICES, kept=request.args.get("kept", ""),
        none="none" in request.args,
    )  # fmt: skip


@blueprint.post(MINE)
@open_to_all
def choose(code: str) -> ResponseReturnValue:
    """Takes as much more time as I say, or makes my word; nobody is told."""
    workshop, player = own.asking(code)
    if "word" in request.form:
        packs = current().packs
        made = current().writer.write(lambda s: way_back.make_word(s, packs, player.id))
        none = None if made else 1
        return redirect(url_for("my_ways.mine", code=workshop.code, none=none), 303)
    said = request.form.get("extra", "")
    percent = int(said) if said.isascii() and said.isdecimal() and len(said) < 4 else -1
    since = current().writer.write(lambda s: extra_time.set_extra(s, player.id, percent))
    return redirect(url_for("my_ways.mine", code=workshop.code, kept=since), 303)


@blueprint.get("/back")
@open_to_all
def ask() -> ResponseReturnValue:
    """Asks for code, name and word."""
    return _form({"code": request.args.get("code", "")[:12]})


@blueprint.post("/back")
@open_to_all
@csrf.exempt  # type: ignore[untyped-decorator]  # the word in the form is the right that is used
def come() -> ResponseReturnValue:
    """Makes this phone the player whose word it is; why not is never told in more than one way."""
    game = current()
    typed = {name: request.form.get(name, "").strip()[:60] for name in FIELDS}
    workshop = game.headers.by_code(typed["code"])
    room = workshop.id if workshop else ""
    try:
        if not own.keeps_cookies():
            raise Refusal("no_cookies")
        if not limits.allows_way_back(request.remote_addr or "", room, fold(typed["name"])):
            raise Refusal("too_many_codes")
        player_id, key = game.writer.write(
            lambda s: way_back.come_back(s, room, typed["name"], typed["word"])
        )
    except (Away, Busy):
        raise
    except Refusal as refusal:
        return _form(typed, refusal.code)
    assert workshop is not None
    return own.remember(to_page(workshop), workshop.id, player_id, key)


def _form(typed: dict[str, str], why: str = "") -> Response:
    error = messages.text(why) if why else ""
    page = render_template("phone/back.html", typed=typed, error=error)
    return own.probe(Response(page, 422 if why else 200, mimetype="text/html"))
