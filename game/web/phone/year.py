"""A colleague's link that is good all year: agreed to on the player's page, used on its own."""

from collections.abc import Mapping

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from game.base.address import public_url
from game.base.clock import now_ms
from game.base.limits import Limits
from game.base.refusal import Refusal
from game.context import current
from game.live.seats import Own
from game.pool import outcome
from game.screens import messages
from game.screens.qr import qr_svg
from game.store.base import new_id
from game.web.contact.own_page import private
from game.web.i18n import lang
from game.web.phone import answer_form, own
from game.web.phone.answer import ELSEWHERE, MOST
from game.web.phone.my_leads import said
from game.web.security import csrf, open_to_all
from game.workshop import invitation, year_link
from game.workshop.header import Header

blueprint = Blueprint("year", __name__)
limits = Limits()
HELD = "year"  # where a browser's session holds the key of the link that was opened last
AT = "/year/<string(length=32):key>"
DONE = ("noted", "renewed")


@blueprint.get("/<string(minlength=4, maxlength=8):code>/mine/year")
@open_to_all
def mine(code: str) -> ResponseReturnValue:
    """The player's link, or what agreeing to one means."""
    workshop, player = own.asking(code)
    return private(_mine(workshop, player))


def _mine(workshop: Header, player: Own, *, fault: bool = False) -> str:
    with current().store.session() as s:
        link, closed = year_link.of_player(s, player.id), year_link.closed_of(s, player.id)
    address = _address(link.key) if link else ""
    return render_template(
        "phone/year_own.html", code=workshop.code, link=link, closed=closed, address=address,
        fault=fault, qr=qr_svg(address) if link else "", until=year_link.until(),
        has_other=bool(session.get(HELD)),
    )  # fmt: skip


@blueprint.post("/<string(minlength=4, maxlength=8):code>/mine/year")
@open_to_all
def agree(code: str) -> ResponseReturnValue:
    """They agree: a link is made, or the one opened in this browser takes the workshop in.

    That only where they say that it is theirs: somebody else's may have been opened here last, and
    its owner would read their leads.
    """
    workshop, player = own.asking(code)
    if not request.form.get("agree"):
        return private(_mine(workshop, player, fault=True)), 422
    key = str(session.get(HELD) or "") if request.form.get("same") else ""
    current().writer.write(lambda s: year_link.make(s, player.id, key).id)
    return redirect(url_for("year.mine", code=workshop.code), 303)


@blueprint.get(AT)
@open_to_all
def page(key: str) -> ResponseReturnValue:
    """Their leads, what became of them, the next workshop, and a form for one more."""
    if not _is_open(key):
        return _closed()
    if session.get(HELD) != key:
        session[HELD], session.permanent = key, True
    done = request.args.get("done", "")
    return private(_page(key, done if done in DONE else ""))


@blueprint.post(f"{AT}/lead")
@open_to_all
@csrf.exempt  # type: ignore[untyped-decorator]  # the key in the address is the right, and no cookie is
def add(key: str) -> ResponseReturnValue:
    """One more lead; whatever is wrong with it, all that was typed comes back."""
    request.max_content_length = MOST
    typed, game = answer_form.read(request.form), current()
    if not _is_open(key):
        return _closed()
    try:
        if not limits.allows_player(key):
            raise Refusal("too_often")
        workshop = game.writer.write(
            lambda s: year_link.add(game.play, s, key, typed.id, typed.answer)
        )
    except Refusal as refusal:
        return private(_page(key, "", typed.fields, messages.refusal(refusal))), 422
    game.grew(workshop)
    return redirect(url_for("year.page", key=key, done="noted"), 303)


@blueprint.post(f"{AT}/<any(renew, end, invite):what>")
@open_to_all
@csrf.exempt  # type: ignore[untyped-decorator]  # the key in the address is the right, and no cookie is
def change(key: str, what: str) -> ResponseReturnValue:
    """One more year, an end at once, or a link for somebody who enters themselves."""
    if not _is_open(key):
        return _closed()
    game = current()
    if request.headers.get("Sec-Fetch-Site") in ELSEWHERE:
        raise Refusal("not_allowed")
    if what == "invite":
        game.writer.write(lambda s: _invite(s, key))
        return redirect(url_for("year.page", key=key), 303)
    if not request.form.get("sure"):
        return redirect(url_for("year.page", key=key), 303)
    if what == "renew":
        game.writer.write(lambda s: year_link.renew(s, key))
        return redirect(url_for("year.page", key=key, done="renewed"), 303)
    game.writer.write(lambda s: year_link.end(s, key))
    session.pop(HELD, None)
    return private(render_template("phone/year_ended.html", by_house=False))


def _invite(s: Session, key: str) -> str:
    found = year_link.home(s, year_link.players(s, year_link.of_key(s, key)))
    if found is None:
        raise Refusal("no_round")
    return invitation.make(s, found.player_id, found.round_id).id


def _closed() -> ResponseReturnValue:
    """The house closed it, and its holder is told."""
    return private(render_template("phone/year_ended.html", by_house=True)), 410


def _is_open(key: str) -> bool:
    """False for a link that the house closed. Raises Refusal for none, or one tried too often."""
    limits.check_link(request.remote_addr or "")
    with current().store.session() as s:
        if year_link.is_closed(s, key):
            return False
        year_link.of_key(s, key)
        return True


def _address(key: str) -> str:
    return public_url(current().settings) + url_for("year.page", key=key)


def _page(
    key: str, done: str, typed: Mapping[str, object] | None = None, fault: object = None
) -> str:
    game, now = current(), now_ms()
    with game.store.session() as s:
        link = year_link.of_key(s, key)
        mine = year_link.players(s, link)
        home, ahead = year_link.home(s, mine), year_link.next_workshop(s, mine)
        ids = [player.id for player in mine]
        fresh = _fresh(s, home)
    with game.store.reading.connect() as reader:
        named = [one for id in ids for one in outcome.of_player(reader, game.secret, id, now)]
    lines = [(one.name, one.outcome, said(one, now)) for one in named]
    known = [(one.key, one.label) for one in game.pack(lang()).relationships]
    return render_template(
        "phone/year.html", key=key, link=link, home=home, ahead=ahead, lines=lines, done=done,
        typed=typed or {}, fault=fault, known=known, page_id=new_id(),
        fresh=fresh, qr=qr_svg(fresh) if fresh else "",
    )  # fmt: skip


def _fresh(s: Session, home: year_link.Home | None) -> str:
    """The newest invitation that nobody has used, where this workshop only invites."""
    if home is None or not home.invites:
        return ""
    links = invitation.of_player(s, home.player_id, home.round_id)
    key = next((one.key for one in links if not one.used_at), "")
    return public_url(current().settings) + url_for("contact.invited", key=key) if key else ""
