"""A contact's page for a reverse interview: whom they meet, what they ask, how and when.

What they ask is not shown here again: whoever handed the link on could read it.
"""

from collections.abc import Callable, Mapping

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from game.base import slots
from game.base.clock import now_ms
from game.base.days import local, zone
from game.base.refusal import Refusal
from game.context import current
from game.exports import meeting_file
from game.pool import colleague
from game.pool import talk as talks
from game.rules import talk as rules
from game.screens import messages
from game.screens.talk_words import talk_words
from game.store.tables import Interview
from game.web.contact.nominee import blueprint
from game.web.contact.own_page import opened, private
from game.web.desk.surface import attachment
from game.web.i18n import lang
from game.web.security import csrf, open_to_all


@blueprint.get("/contact/<string(maxlength=200):token>/talk")
@open_to_all
def talk(token: str) -> ResponseReturnValue:
    """The page, as the talk stands."""
    return private(_page(token, opened(token)))


@blueprint.post("/contact/<string(maxlength=200):token>/talk/<any(ask, take, withdraw, tell):act>")
@open_to_all
@csrf.exempt  # type: ignore[untyped-decorator]  # the link in the address is the right, and no cookie is
def change_talk(token: str, act: str) -> ResponseReturnValue:
    """Does what they want."""
    lead_id = opened(token)
    try:
        verb = _verb(act, lead_id)
        current().writer.write(verb)
    except Refusal as refusal:
        told = messages.refusal(refusal)
        return private(_page(token, lead_id, told["fields"] or {"all": told["text"]})), 422
    return redirect(url_for("contact.talk", token=token), 303)


def _verb(act: str, lead_id: str) -> Callable[[Session], object]:
    form, secret, here = request.form, current().secret, zone()
    if act == "ask":
        wish = _wish(form)
        return lambda s: talks.ask(s, secret, lead_id, wish)
    if act == "take":
        return lambda s: talks.accept(s, secret, lead_id, here)
    if act == "withdraw":
        return lambda s: talks.withdraw(s, secret, lead_id)
    helped, words = form.get("helped", ""), form.get("words", "")
    pack = current().pack(lang())
    return lambda s: talks.tell(s, secret, pack, lead_id, helped, words)


def _wish(form: MultiDict[str, str]) -> talks.Wish:
    offered = {one.key: one.label for one in current().pack(lang()).questions}
    picked, own = form.getlist("pick"), form.get("own", "")
    return talks.Wish(
        form.get("colleague", ""),
        form.get("way", ""),
        slots.slots(form.getlist("slot"), local(now_ms())),
        rules.questions(picked, own, offered),
        lang(),
    )


@blueprint.get("/contact/<string(maxlength=200):token>/talk.ics")
@open_to_all
def talk_file(token: str) -> ResponseReturnValue:
    """The talk for their calendar."""
    with current().store.session() as s:
        found = talks.of_lead(s, opened(token))
    if found is None or found[0].at is None:
        raise Refusal("unknown_page")
    url = url_for("contact.talk", token=token, _external=True)
    return private(calendar_file(found[0], found[0].at, found[1].name if found[1] else "", url))


def calendar_file(one: Interview, at: int, title: str, url: str) -> Response:
    """An agreed talk as a file for the calendar."""
    body = meeting_file.written(one.id, at, rules.MINUTES, title, one.place, url)
    return attachment(iter([body]), "text/calendar; charset=utf-8", "rendez-vous.ics")


def _page(token: str, lead_id: str, faults: Mapping[str, str] | None = None) -> str:
    with current().store.session() as s:
        found = talks.of_lead(s, lead_id)
        offered = colleague.offered(s)
    if found is None:
        raise Refusal("unknown_page")
    one, whom = found
    form = request.form
    return render_template(
        "contact/talk.html",
        token=token,
        one=one,
        whom=whom,
        offered=offered,
        over=talks.is_over(one, now_ms()),
        questions=current().pack(lang()).questions,
        say=talk_words(),
        faults=faults or {},
        typed=form,
        picked=form.getlist("pick"),
        times=[*form.getlist("slot"), "", "", ""][: slots.SLOTS],
        slots=[slot_ms(slot) for slot in one.slots],
    )


def slot_ms(slot: str) -> int:
    """A proposed time, for the page."""
    return slots.moment(slot, zone())
