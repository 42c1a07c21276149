"""Many leads of the queue judged alike, and taken back together."""

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.orm import Session

from game.accounts.policy import JUDGE_LEADS
from game.base.clock import now_ms
from game.context import current
from game.pool import lead_list, promise, seen, undo
from game.pool.queue import AT_ONCE
from game.pool.verdict import REASONS, review_many
from game.store.tables import Lead
from game.web.asked import address
from game.web.desk.leads.verdict import faults_of
from game.web.desk.review.queue_form import chosen
from game.web.desk.surface import blueprint, show, usual_points, words
from game.web.security import needs


@blueprint.route("/desk/review/list", methods=["GET", "POST"])
@needs(JUDGE_LEADS)
def bulk() -> ResponseReturnValue:
    """The queue as a list; one verdict for all that are ticked."""
    if request.method == "GET":
        return _page({})
    ticked = request.form.getlist("lead")[:AT_ONCE]
    verdict, reason = request.form.get("verdict", ""), request.form.get("reason", "").strip()
    with current().store.session() as s:
        asked, leads = chosen(s), list(s.scalars(select(Lead).where(Lead.id.in_(ticked))))
        faults = {} if leads else {"lead": _("Cochez au moins une personne.")}
        for lead in leads:
            faults |= faults_of(s, lead, verdict, reason, fake=False)
    if faults:
        return _page(faults), 422
    _judge([lead.id for lead in leads], verdict, reason)
    return redirect(address("desk.bulk", asked.query), 303)


def _judge(ids: list[str], verdict: str, reason: str) -> None:
    by, usual = current_user.id, usual_points()

    def job(s: Session) -> set[str]:
        there = s.scalars(select(Lead.id).where(Lead.id.in_(ids))).all()
        return review_many(s, there, by, verdict, reason, usual)

    show(current().writer.write(job))
    flash(ngettext("Un avis est noté.", "%(num)s avis sont notés.", len(ids)))


def _page(faults: dict[str, str]) -> str:
    by = current_user.id
    with current().store.session() as s:
        asked = chosen(s)
        leads, left = asked.queue.leads(s), asked.queue.count(s)
        ids = [lead.id for lead in leads]
        due, briefs = promise.due_of(s, ids, now_ms()), lead_list.briefs_of(s, ids)
        last = undo.last(s, by, now_ms())
    current().writer.write(lambda s: seen.note_list(s, asked.queue.wanted, len(leads), by))
    return render_template(
        "desk/bulk.html",
        leads=leads,
        left=left,
        asked=asked,
        due=due,
        briefs=briefs,
        last=last,
        ticked=set(request.form.getlist("lead")),
        typed=request.form if faults else {},
        faults=faults,
        reasons=REASONS,
        words=words(),
        now=now_ms(),
    )
