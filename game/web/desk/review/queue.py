"""The review queue: one lead a screen, and a verdict goes on to the next by itself."""

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy.orm import Session

from game.accounts.policy import JUDGE_LEADS
from game.base.clock import now_ms
from game.base.days import today
from game.context import current
from game.pool import merge as merges
from game.pool import promise, seen, trace, undo
from game.pool.contact import is_contacted
from game.pool.verdict import REASONS
from game.pool.verdict import review as judge_lead
from game.store.tables import Lead
from game.web.asked import address
from game.web.desk.leads.verdict import faults_of
from game.web.desk.review.queue_form import Chosen, chosen
from game.web.desk.surface import blueprint, existing, lead_of, show, usual_points, words
from game.web.security import needs


@blueprint.get("/desk/review")
@needs(JUDGE_LEADS)
def review() -> ResponseReturnValue:
    """Who is to be judged now: the lead of `at`, else the first of the queue."""
    return _page(request.args.get("at", "")[:16])


def _page(at: str, faults: dict[str, str] | None = None) -> str:
    by = current_user.id
    with current().store.session() as s:
        asked = chosen(s)
        lead = (s.get(Lead, at) if at else None) or asked.queue.after(s, None)
        last = undo.last(s, by, now_ms())
        about = _about(s, asked, lead) if lead else {"before": "", "after": ""}
        left = asked.queue.count(s)
    if lead:
        shown = lead.id
        current().writer.write(lambda s: seen.note_lead(s, shown, by))
    return render_template(
        "desk/review.html",
        lead=lead,
        asked=asked,
        left=left,
        last=last,
        typed=request.form if faults else {},
        faults=faults or {},
        reasons=REASONS,
        words=words(),
        today=today(),
        now=now_ms(),
        **about,
    )


def _about(s: Session, asked: Chosen, lead: Lead) -> dict[str, object]:
    """All that helps to judge a lead, and who comes before and after."""
    said = trace.said_of(s, [lead.id])
    before, after = asked.queue.before(s, lead), asked.queue.after(s, lead)
    return {
        "said": said,
        "told": trace.told_of(s, [row[0].id for row in said]),
        "verdicts": trace.verdicts_of(s, lead.id),
        "merges": trace.merges_of(s, lead.id),
        "alike": trace.alike(s, lead),
        "due": promise.due_of(s, [lead.id], now_ms()).get(lead.id),
        "contacted": is_contacted(s, lead),
        "before": before.id if before and before.id != lead.id else "",
        "after": after.id if after and after.id != lead.id else "",
    }


def to_queue(asked: Chosen, at: str = "") -> ResponseReturnValue:
    """On to a lead of the queue, or to its first; the filters stay."""
    there = {**asked.query, "at": at} if at else asked.query
    return redirect(address("desk.review", there), 303)


@blueprint.post("/desk/review/<lead_id>")
@needs(JUDGE_LEADS)
def judge_next(lead_id: str) -> ResponseReturnValue:
    """A verdict, and on to the next."""
    verdict, by = request.form.get("verdict", ""), current_user.id
    fake, reason = "fake" in request.form, request.form.get("reason", "").strip()
    with current().store.session() as s:
        lead, asked = lead_of(s, lead_id), chosen(s)
        faults = faults_of(s, lead, verdict, reason, fake=fake)
    if faults:
        return _page(lead_id, faults), 422
    usual = usual_points()
    followed = current().writer.write(
        lambda s: judge_lead(s, existing(s, lead_id), by, verdict, reason, usual, fake=fake)
    )
    show(followed)
    with current().store.session() as s:
        following = asked.queue.after(s, lead)
    return to_queue(asked, following.id if following and following.id != lead_id else "")


@blueprint.post("/desk/review/<lead_id>/merge/<other_id>")
@needs(JUDGE_LEADS)
def review_merge(lead_id: str, other_id: str) -> ResponseReturnValue:
    """Makes another lead part of this one, and stays with it."""
    by, usual = current_user.id, usual_points()
    with current().store.session() as s:
        asked = chosen(s)
    followed = current().writer.write(
        lambda s: merges.merge(s, existing(s, lead_id), existing(s, other_id), by, usual)
    )
    show(followed)
    flash(_("Les deux fiches n'en font plus qu'une."))
    return to_queue(asked, lead_id)
