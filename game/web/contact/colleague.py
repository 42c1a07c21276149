"""A colleague's own page: they offer themselves, and answer those who chose them."""

from collections.abc import Callable, Mapping

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from game.base import slots
from game.base.clock import now_ms
from game.base.days import local, zone
from game.base.limits import Limits
from game.base.refusal import Refusal
from game.context import current
from game.pool import colleague, talk_answer
from game.screens import messages
from game.screens.talk_words import talk_words
from game.store.tables import Colleague
from game.web.contact.nominee import blueprint
from game.web.contact.own_page import private
from game.web.contact.talk import calendar_file, slot_ms
from game.web.i18n import lang
from game.web.security import csrf, open_to_all

limits = Limits()


@blueprint.get("/colleague/<string(length=32):key>")
@open_to_all
def colleague_page(key: str) -> ResponseReturnValue:
    """The page."""
    return private(_page(key))


@blueprint.post("/colleague/<string(length=32):key>/<any(offer, leave):act>")
@open_to_all
@csrf.exempt  # type: ignore[untyped-decorator]  # the key in the address is the right, and no cookie is
def offer(key: str, act: str) -> ResponseReturnValue:
    """They offer themselves, or go: then nothing of them is kept."""
    ways, topics, read = request.form.getlist("ways"), request.form.get("topics", ""), lang()
    if act == "offer":
        return _done(key, "", lambda s: colleague.offer(s, key, ways, topics, read))
    _known(key)
    current().writer.write(lambda s: colleague.leave(s, colleague.of_key(s, key).id, None))
    return private(render_template("contact/colleague_gone.html"))


@blueprint.post(
    "/colleague/<string(length=32):key>/<talk_id>/<any(agree, propose, decline):answer>"
)
@open_to_all
@csrf.exempt  # type: ignore[untyped-decorator]  # the key in the address is the right, and no cookie is
def answer_talk(key: str, talk_id: str, answer: str) -> ResponseReturnValue:
    """They say yes, propose another time, or decline without a reason."""
    form, here, now = request.form, zone(), local(now_ms())
    place, slot = form.get("place", ""), form.get("slot", "")

    def verb(s: Session) -> None:
        if answer == "agree":
            talk_answer.agree(s, key, talk_id, slot, place, here)
        elif answer == "propose":
            other = slots.slots([form.get("other", "")], now)[0]
            talk_answer.propose(s, key, talk_id, other, place)
        else:
            talk_answer.decline(s, key, talk_id)

    return _done(key, talk_id, verb)


@blueprint.get("/colleague/<string(length=32):key>/<talk_id>.ics")
@open_to_all
def colleague_file(key: str, talk_id: str) -> ResponseReturnValue:
    """A talk for their calendar, without the contact's name."""
    mine = _known(key)
    with current().store.session() as s:
        found = [row[0] for row in talk_answer.of_colleague(s, mine.id) if row[0].id == talk_id]
    if not found or found[0].at is None:
        raise Refusal("unknown_page")
    url = url_for("contact.colleague_page", key=key, _external=True)
    return private(calendar_file(found[0], found[0].at, _("Conversation (entretien inversé)"), url))


def _done(key: str, talk_id: str, verb: Callable[[Session], object]) -> ResponseReturnValue:
    _known(key)
    try:
        current().writer.write(verb)
    except Refusal as refusal:
        told = messages.refusal(refusal)
        return private(_page(key, talk_id, told["fields"] or {"all": told["text"]})), 422
    return redirect(url_for("contact.colleague_page", key=key, done="yes"), 303)


def _known(key: str) -> Colleague:
    limits.check_link(request.remote_addr or "")
    with current().store.session() as s:
        return colleague.of_key(s, key)


def _page(key: str, at: str = "", faults: Mapping[str, str] | None = None) -> str:
    mine, form = _known(key), request.form
    with current().store.session() as s:
        waiting = talk_answer.of_colleague(s, mine.id)
    typed_ways = form.getlist("ways") if faults and not at else mine.ways
    return render_template(
        "contact/colleague.html",
        mine=mine,
        ways=typed_ways,
        topics=form.get("topics", mine.topics) if faults and not at else mine.topics,
        waiting=[(one, name, [(at, slot_ms(at)) for at in one.slots]) for one, name in waiting],
        say=talk_words(),
        at=at,
        faults=faults or {},
        typed=form,
        done=request.args.get("done") == "yes" and not faults,
    )
