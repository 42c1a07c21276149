"""A contact's own page, by their private link: what is held, from whom, why; and what they want.

The link is the right: no cookie is, so that the forms need no token of their own.
"""

from collections.abc import Mapping
from typing import NamedTuple

import orjson
from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from game.base.limits import Limits
from game.base.refusal import Refusal
from game.base.sounds import Sounds
from game.context import current
from game.exports import words
from game.exports.receivers import tool_named
from game.jobs import queue
from game.pool import own_wish, sound
from game.pool.own_file import OwnFile, own_file
from game.pool.talk import of_lead
from game.privacy import notice, objection
from game.privacy.erase import erase
from game.privacy.own_link import lead_of
from game.privacy.papers import Written
from game.rules.listed import joined
from game.screens import messages
from game.store.scrub import scrub
from game.store.tables import Colleague, Interview, Lead
from game.web.contact.nominee import blueprint
from game.web.desk.surface import attachment
from game.web.i18n import lang
from game.web.security import csrf, open_to_all

limits = Limits()
DONE = ("correct", "stay", "object", "erase", "unrecord")
WISHES = ", ".join(DONE)


def opened(token: str) -> str:
    """The lead whose page it is. Raises Refusal for a link that is not good, or tried too often."""
    limits.check_link(request.remote_addr or "")
    with current().store.session() as s:
        return lead_of(s, current().secret, token).id


@blueprint.get("/contact/<string(maxlength=200):token>")
@open_to_all
def own(token: str) -> ResponseReturnValue:
    """The page."""
    done = request.args.get("done", "")
    return private(_page(token, opened(token), done if done in DONE else ""))


@blueprint.post(
    "/contact/<string(maxlength=200):token>/<any(correct, stay, object, erase, unrecord):what>"
)
@open_to_all
@csrf.exempt  # type: ignore[untyped-decorator]  # the link in the address is the right, and no cookie is
def wish(token: str, what: str) -> ResponseReturnValue:
    """Does what they want, at once."""
    lead_id, typed = opened(token), dict(request.form)
    try:
        _do(lead_id, what, typed)
    except Refusal as refusal:
        if not refusal.fields:
            raise
        faults = messages.refusal(refusal)["fields"]
        return private(_page(token, lead_id, "", faults, typed)), 422
    if what in ("erase", "unrecord"):
        scrub(current().store)
    if what == "erase":
        return private(render_template("contact/erased.html"))
    return redirect(url_for("contact.own", token=token, done=what), 303)


def _do(lead_id: str, what: str, typed: Mapping[str, str]) -> None:
    game = current()
    country, most = game.settings.default_country, _longest()
    months = typed.get("months", "")[:4]  # is one of a few, none of which is longer
    term = int(months) if months.isdecimal() else 0
    here = Sounds(game.settings.instance_dir)
    verbs = {
        "correct": lambda s: own_wish.correct(s, lead_id, typed, country),
        "stay": lambda s: own_wish.stay(s, lead_id, term, most),
        "object": lambda s: objection.object(s, game.secret, lead_id, None),
        "erase": lambda s: erase(s, game.secret, lead_id, None),
        "unrecord": lambda s: unrecord(s, here, lead_id),
    }
    game.writer.write(verbs[what])


def unrecord(s: Session, here: Sounds, lead_id: str) -> None:
    """The person agrees to be recorded and transcribed no more; their sounds lie here."""
    ids, jobs = sound.withdraw_all(s, lead_id, None)
    for job in jobs:
        queue.cancel(s.connection(), job)
    for id in ids:
        here.drop(id)


def _longest() -> int:
    """The most months that anybody is kept, where the company says nothing else."""
    return min(pack.notices.keep_lead_months for pack in current().packs.values())


@blueprint.get("/contact/<string(maxlength=200):token>/data.<any(json, html):kind>")
@open_to_all
def own_data(token: str, kind: str) -> ResponseReturnValue:
    """All that is held, to keep: for programs, or for reading."""
    held = _held(opened(token)).held
    if kind == "json":
        body = orjson.dumps(held.plain(), option=orjson.OPT_INDENT_2)
        return private(attachment(iter([body]), "application/json", "sourcerie.json"))
    page = render_template("contact/data.html", held=held)
    return private(attachment(iter([page.encode()]), "text/html; charset=utf-8", "sourcerie.html"))


class Shown(NamedTuple):
    """What a contact's page shows; the fields are the names that its template has."""

    held: OwnFile
    paper: Written | None
    terms: tuple[int, ...]
    objected: bool
    talk: tuple[Interview, Colleague | None] | None


def _held(lead_id: str) -> Shown:
    said = words.words(current().pack(lang()), lang())
    with current().store.session() as s:
        lead = s.get(Lead, lead_id)
        if lead is None:
            raise Refusal("unknown_page")
        held = own_file(s, lead, said, lang(), tool_named(lang()))
        version = lead.notice_version or notice.newest(s)
        told = notice.given(s, version, lang(), held.source) if version else None
        terms = own_wish.terms(s, _longest())
        objected = objection.has_objected(s, current().secret, lead_id)
        talk = of_lead(s, lead_id)
    return Shown(held, told, terms, objected, talk)


def _page(
    token: str,
    lead_id: str,
    done: str,
    faults: Mapping[str, str] | None = None,
    typed: Mapping[str, str] | None = None,
) -> str:
    shown = _held(lead_id)
    values = {**shown.held.plain(), "skills": joined(shown.held.skills)}
    return render_template(
        "contact/own.html",
        **shown._asdict(),
        token=token,
        done=done,
        faults=faults or {},
        values={**values, **typed} if typed else values,
    )


def private(answer: Response | str) -> Response:
    """Nobody else learns the address: not the page that a link leads to, not a search engine."""
    made = answer if isinstance(answer, Response) else Response(answer, mimetype="text/html")
    made.headers["Referrer-Policy"] = "no-referrer"
    made.headers["X-Robots-Tag"] = "noindex, nofollow"
    return made
