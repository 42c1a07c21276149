"""Touchpoints on a lead's page: planned, done, cancelled; and where the lead stands."""

from collections.abc import Callable, Mapping
from datetime import date

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy.orm import Session

from game.accounts.policy import OBJECT_LEADS, TOUCH_LEADS
from game.base.refusal import Refusal
from game.context import current
from game.pool import standing, touchpoint
from game.privacy import objection
from game.screens import messages
from game.web.asked import own_path
from game.web.desk.leads.lead import lead_page
from game.web.desk.refused import told
from game.web.desk.surface import blueprint, existing
from game.web.desk.touch import forms as touch_forms
from game.web.security import needs


def written(lead_id: str, verb: Callable[[Session], object], said: str = "") -> ResponseReturnValue:
    """Runs a verb about a lead, and goes back to its page; a refusal is said there."""
    try:
        current().writer.write(lambda s: verb(s) if existing(s, lead_id) else None)
    except Refusal as refusal:
        if refusal.code == "unknown_lead":
            raise
        faults = messages.refusal(refusal)["fields"] or {"touch": told(refusal.code)}
        return lead_page(lead_id, faults), 422
    if said:
        flash(said)
    return redirect(url_for("desk.lead", lead_id=lead_id) + "#touch")


@blueprint.post("/desk/leads/<lead_id>/touchpoints")
@needs(TOUCH_LEADS)
def touch(lead_id: str) -> ResponseReturnValue:
    """Plans a touchpoint, or notes one that has just taken place."""
    secret, by, typed = current().secret, current_user.id, request.form

    def verb(s: Session) -> None:
        wanted = touch_forms.wanted(typed, by)
        if typed.get("do") == "plan":
            touchpoint.plan(s, secret, lead_id, wanted, by)
        else:
            touchpoint.note_done(s, secret, lead_id, wanted, by, typed.get("answer", ""))

    return written(lead_id, verb, _("C'est noté."))


@blueprint.post("/desk/leads/<lead_id>/call-back")
@needs(TOUCH_LEADS)
def call_back(lead_id: str) -> ResponseReturnValue:
    """Plans the call at the end of a trial period with another employer."""
    secret, by, typed = current().secret, current_user.id, request.form
    return written(
        lead_id,
        lambda s: touchpoint.plan(s, secret, lead_id, touch_forms.call_back(typed, by), by),
        _("Le rappel est dans l'agenda."),
    )


@blueprint.post("/desk/touchpoints/<touchpoint_id>/<any(done, cancel, move, answer):step>")
@needs(TOUCH_LEADS)
def change_touchpoint(touchpoint_id: str, step: str) -> ResponseReturnValue:
    """Notes that a planned one is done, takes it back, moves it, or says what came of it."""
    secret, by, typed = current().secret, current_user.id, request.form
    verbs: dict[str, Callable[[Session], str]] = {
        "done": lambda s: touchpoint.finish(
            s, secret, touchpoint_id, by, typed.get("note", ""), typed.get("answer", "")
        ),
        "cancel": lambda s: touchpoint.cancel(s, touchpoint_id, by),
        "move": lambda s: touchpoint.postpone(s, touchpoint_id, _day(typed), by),
        "answer": lambda s: touchpoint.note_answer(s, touchpoint_id, typed.get("answer", ""), by),
    }
    try:
        current().writer.write(verbs[step])
    except Refusal as refusal:
        if refusal.code == "unknown_touchpoint":
            raise
        flash(next(iter(messages.refusal(refusal)["fields"].values()), told(refusal.code)))
    back = own_path(request.referrer) or url_for("desk.agenda")
    return redirect(back.partition("#")[0] + "#touch")


def _day(typed: Mapping[str, str]) -> date:
    found = touch_forms.day(typed, "due_on")
    if found is None:
        raise Refusal("bad_input", {"due_on": "missing"})
    return found


@blueprint.post("/desk/leads/<lead_id>/outcome")
@needs(TOUCH_LEADS)
def outcome(lead_id: str) -> ResponseReturnValue:
    """Notes what became of the lead."""
    by, what = current_user.id, request.form.get("outcome", "")
    return written(lead_id, lambda s: standing.set_outcome(s, lead_id, what, by))


@blueprint.post("/desk/leads/<lead_id>/agreement")
@needs(TOUCH_LEADS)
def agreement(lead_id: str) -> ResponseReturnValue:
    """Notes that the person agreed to be kept, and until when; or that they do not any more."""
    secret, by, typed = current().secret, current_user.id, request.form

    def verb(s: Session) -> None:
        if typed.get("do") == "end":
            standing.end_agreement(s, lead_id, by)
        else:
            standing.agree(s, secret, lead_id, touch_forms.day(typed, "kept_until"), by)

    return written(lead_id, verb)


@blueprint.post("/desk/leads/<lead_id>/objection")
@needs(OBJECT_LEADS)
def objected(lead_id: str) -> ResponseReturnValue:
    """Notes that the person objects: nobody here contacts them any more."""
    secret, by = current().secret, current_user.id
    return written(
        lead_id,
        lambda s: objection.object(s, secret, lead_id, by),
        _("L'opposition est notée : plus aucun message ne partira."),
    )
