"""What a round imagined, planned for a day: the same reminder for those who are kept in mind."""

from collections.abc import Mapping
from datetime import date, timedelta

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from game.accounts.policy import TOUCH_LEADS
from game.base.days import today
from game.base.refusal import Refusal
from game.context import current
from game.pool import reminder, seen
from game.pool.lead_filter import Filter
from game.pool.touchpoint import Plan
from game.rules.view import Draft
from game.screens import messages
from game.screens.touch_words import touch_words
from game.web.desk.surface import blueprint
from game.web.desk.touch.forms import day
from game.web.i18n import lang
from game.web.security import needs
from game.web.written import day as day_said
from game.workshop import results as rounds


@blueprint.route(
    "/desk/results/<string(length=16):round_id>/reminders/<int:nth>", methods=["GET", "POST"]
)
@needs(TOUCH_LEADS)
def reminders(round_id: str, nth: int) -> ResponseReturnValue:
    """Whom to write to on which day, as a round imagined it; each becomes a planned contact."""
    draft = _draft(round_id, nth)
    if request.method == "GET":
        return _page(round_id, nth, draft, {"due_on": _day(draft).isoformat()}, {})
    typed, ids, by = dict(request.form), request.form.getlist("lead"), current_user.id
    try:
        wanted = Plan(draft.kind, draft.medium, _future(typed), draft.name[:200], user_id=by)
        if not ids:
            raise Refusal("bad_input", {"lead": "missing"})
        secret = current().secret
        count = current().writer.write(lambda s: reminder.plan(s, secret, ids, wanted, by))
    except Refusal as refusal:
        if not refusal.fields:
            raise
        faults: Mapping[str, str] = messages.refusal(refusal)["fields"]
        return _page(round_id, nth, draft, typed, faults), 422
    planned = ngettext("%(num)s rappel planifié", "%(num)s rappels planifiés", count)
    flash(_("%(reminders)s pour le %(day)s.", reminders=planned, day=day_said(wanted.due_on)))
    return redirect(url_for("desk.agenda"), 303)


def _draft(round_id: str, nth: int) -> Draft:
    with current().store.session() as s:
        found = rounds.results(s, current().pack(lang()), round_id)
    drafts = found[0].drafts if found else ()
    return drafts[nth] if nth < len(drafts) else abort(404)


def _day(draft: Draft) -> date:
    return today() + timedelta(days=draft.days)


def _future(typed: Mapping[str, str]) -> date:
    due = day(typed, "due_on")
    if due is None:
        raise Refusal("bad_input", {"due_on": "missing"})
    if due < today():
        raise Refusal("bad_input", {"due_on": "day_past"})
    return due


def _page(
    round_id: str, nth: int, draft: Draft, typed: Mapping[str, str], faults: Mapping[str, str]
) -> str:
    by = current_user.id
    with current().store.session() as s:
        people = reminder.in_mind(s)
    count, asked = len(people), Filter(verdict="nurture")
    current().writer.write(lambda s: seen.note_list(s, asked, count, by))
    return render_template(
        "desk/reminders.html",
        draft=draft,
        round_id=round_id,
        nth=nth,
        people=people,
        ticked=set(request.form.getlist("lead")),
        typed=typed,
        faults=faults,
        words=touch_words(),
        most=reminder.MOST,
    )
