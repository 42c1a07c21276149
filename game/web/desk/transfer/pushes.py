"""Handing a list over to a target by its API: asked for, followed, stopped, taken up again."""

from flask import Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext
from flask_login import current_user
from sqlalchemy.orm import Session

from game.accounts.policy import EXPORT_LEADS
from game.base.refusal import Refusal
from game.context import current
from game.exports import push as verbs
from game.jobs import pushes as jobs
from game.screens import messages
from game.screens.target_words import target_words
from game.store.tables import Job
from game.web.desk.leads.table import wanted
from game.web.desk.surface import blueprint, stop, watched
from game.web.desk.transfer.target_files import faults_of
from game.web.desk.transfer.target_look import chosen, ready_leads, title_of
from game.web.desk.transfer.targets import target_page
from game.web.i18n import lang
from game.web.security import needs

SECONDS = 3  # until a page that shows progress is asked for again


@blueprint.post("/desk/export/<target>/push")
@needs(EXPORT_LEADS)
def push_to(target: str) -> ResponseReturnValue:
    """Those of the list who are ready are handed over by a job."""
    game, by, spoken = current(), current_user.id, lang()
    with game.store.session() as s:
        untold, again = (bool(request.form.get(name)) for name in ("untold", "again"))
        what = chosen(s, target, by, untold=untold, again=again)
    if what.target.push is None:
        raise Refusal("unknown_target")
    faults = dict(faults_of(what))
    if not what.setting.is_connected:
        faults = {"all": messages.text("not_connected"), **faults}
    ids, _untold = ready_leads(what, wanted(), verbs.MOST) if not faults else ([], [])
    if not faults and not ids:
        faults = {"all": messages.text("nobody_ready")}
    if faults:
        return target_page(target, faults), 422

    def verb(s: Session) -> str:
        made = verbs.make(s, what.target, ids, spoken, by, untold=what.untold)
        jobs.ask(s, verbs.existing(s, made), by)
        return made

    try:
        made = game.writer.write(verb)
    except Refusal as refusal:
        if refusal.code != "push_going":
            raise
        return target_page(target, {"all": messages.text(refusal.code)}), 422
    return redirect(url_for("desk.push_page", push_id=made))


@blueprint.get("/desk/pushes/<push_id>")
@needs(EXPORT_LEADS)
def push_page(push_id: str) -> Response:
    """How it goes: how many arrived, and who did not, and why."""
    by = current_user.id
    with current().store.session() as s:
        found = verbs.existing(s, push_id)
        job = s.get(Job, found.job_id) if found.job_id else None
        states, rows = verbs.states(s, push_id), verbs.items_of(s, push_id)
    current().writer.write(lambda s: verbs.note_shown(s, push_id, len(rows), by))
    going = job is not None and job.is_going
    return watched(
        "desk/push.html",
        SECONDS,
        going=going,
        push=found,
        title=title_of(found.target),
        job=job,
        states=states,
        total=sum(states.values()),
        rows=rows,
        words=target_words(),
    )


@blueprint.post("/desk/pushes/<push_id>/stop")
@needs(EXPORT_LEADS)
def stop_push(push_id: str) -> ResponseReturnValue:
    """Who has not left yet stays."""
    by = current_user.id
    left = stop(lambda s: verbs.existing(s, push_id).job_id, lambda s: verbs.stop(s, push_id, by))
    flash(ngettext("%(num)s piste ne partira pas.", "%(num)s pistes ne partiront pas.", left))
    return redirect(url_for("desk.push_page", push_id=push_id))


@blueprint.post("/desk/pushes/<push_id>/resume")
@needs(EXPORT_LEADS)
def resume_push(push_id: str) -> ResponseReturnValue:
    """The rest is handed over after all."""
    by = current_user.id
    current().writer.write(lambda s: jobs.ask(s, verbs.resume(s, push_id, by), by))
    return redirect(url_for("desk.push_page", push_id=push_id))


@blueprint.post("/desk/pushes/items/<item_id>/<any(arrived, lost):fate>")
@needs(EXPORT_LEADS)
def settle_push(item_id: str, fate: str) -> ResponseReturnValue:
    """Somebody looked there: the person arrived, or did not."""
    by = current_user.id
    push_id = current().writer.write(
        lambda s: verbs.settle(s, item_id, by, arrived=fate == "arrived")
    )
    return redirect(url_for("desk.push_page", push_id=push_id))
