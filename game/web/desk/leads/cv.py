"""One person's CV beside one post: quotes with their places, and what the recruiter makes of them.

There is no page of two persons, no sum and no order; who looks sets each state. Off unless
CV_BESIDE_BRIEF says so.
"""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from game.accounts.policy import JUDGE_LEADS
from game.base.days import today
from game.base.refusal import Refusal
from game.base.sizes import MEGABYTE
from game.context import current
from game.helpers import cv as helper
from game.pool import cv_reading, seen
from game.pool.posts import post_of, posts
from game.screens import messages
from game.screens.cv_words import cv_states
from game.store.scrub import scrub
from game.web.desk.surface import blueprint, existing, given_text, lead_of
from game.web.security import needs, takes

MOST = 5  # megabytes


@blueprint.get("/desk/leads/<lead_id>/cv")
@needs(JUDGE_LEADS)
def cv_page(lead_id: str) -> ResponseReturnValue:
    """What is to be read of this person's CV; a place for it where none lies there."""
    return _page(lead_id, {})


@blueprint.post("/desk/leads/<lead_id>/cv")
@needs(JUDGE_LEADS)
@takes(MOST * MEGABYTE)
def lay_cv(lead_id: str) -> ResponseReturnValue:
    """Lays a CV, pasted or a file, beside a post."""
    _is_on()
    by, day, form = current_user.id, today(), request.form
    try:
        text = given_text(request.files.get("file"), form.get("text", ""))
        with current().store.session() as s:
            post = post_of(s, form.get("post", ""))
        if post is None or not post.must_haves:
            raise Refusal("bad_input", {"post": "missing"})
        current().writer.write(
            lambda s: cv_reading.begin(s, existing(s, lead_id), post, text, by, day)
        )
    except Refusal as refusal:
        if refusal.code == "unknown_lead":
            abort(404)
        told = messages.refusal(refusal)
        return _page(lead_id, told["fields"] or {"text": told["text"]}), 422
    return redirect(url_for("desk.cv_page", lead_id=lead_id))


@blueprint.post("/desk/leads/<lead_id>/cv/note")
@needs(JUDGE_LEADS)
def note_cv(lead_id: str) -> ResponseReturnValue:
    """Keeps the states and questions that the recruiter set; once done, the CV goes."""
    _is_on()
    by, form = current_user.id, request.form
    done, reading = form.get("do") == "done", form.get("reading", "")
    noted = _noted()
    try:
        current().writer.write(
            lambda s: cv_reading.note(s, existing(s, lead_id), reading, noted, done=done, by=by)
        )
    except Refusal as refusal:
        if refusal.code == "unknown_lead":
            abort(404)
        return _page(lead_id, messages.refusal(refusal)["fields"]), 422
    if done:
        scrub(current().store)
    flash(_("C'est noté, et le CV est effacé.") if done else _("C'est noté."))
    return redirect(url_for("desk.cv_page", lead_id=lead_id))


@blueprint.post("/desk/leads/<lead_id>/cv/drop")
@needs(JUDGE_LEADS)
def drop_cv(lead_id: str) -> ResponseReturnValue:
    """Forgets a CV and what was noted beside it."""
    _is_on()
    by = current_user.id
    current().writer.write(lambda s: cv_reading.drop(s, lead_id, by))
    scrub(current().store)
    return redirect(url_for("desk.cv_page", lead_id=lead_id))


def _is_on() -> None:
    if current().settings.cv_beside_brief != "on":
        abort(404)


def _noted() -> list[tuple[str, str]]:
    form = request.form
    places = range(len([name for name in form if name.startswith("state-")]))
    return [(form.get(f"state-{n}", ""), form.get(f"question-{n}", "")) for n in places]


def _page(lead_id: str, faults: dict[str, str]) -> str:
    _is_on()
    by = current_user.id
    with current().store.session() as s:
        lead = lead_of(s, lead_id)
        reading = cv_reading.open_of(s, lead_id)
        done = cv_reading.done_of(s, lead_id)
        offered = [post.title for post in posts(s) if post.must_haves]
    current().writer.write(lambda s: seen.note_lead(s, lead_id, by))
    typed_here = request.form.get("reading", "") in ("", reading.id if reading else "")
    found = None
    if reading is not None:
        wanted = tuple(one["must_have"] for one in reading.noted)
        given = {"lang": reading.lang, "must_haves": wanted, "text": reading.text or ""}
        found = helper.by_rules(helper.Beside(**given, name=lead.name))
    return render_template(
        "desk/cv.html",
        lead=lead,
        reading=reading,
        found=found,
        done=done,
        offered=offered,
        states=cv_states(),
        typed=request.form if typed_here else {},
        elsewhere=[] if typed_here else _noted(),
        pasted=request.form.get("text", ""),
        faults=faults,
        most=MOST,
    )
