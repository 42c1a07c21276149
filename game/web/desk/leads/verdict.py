"""The verdict on a lead."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy.orm import Session

from game.accounts.policy import JUDGE_LEADS
from game.context import current
from game.pool.contact import is_contacted
from game.pool.verdict import VERDICTS, review
from game.screens import messages
from game.store.tables import Lead
from game.web.desk.leads.lead import lead_page
from game.web.desk.surface import blueprint, existing, lead_of, show, usual_points
from game.web.security import needs


def faults_of(s: Session, lead: Lead, verdict: str, reason: str, *, fake: bool) -> dict[str, str]:
    """What is wrong with a verdict, by field: whoever was spoken to is not let go without a why."""
    faults = {} if verdict in VERDICTS else {"verdict": messages.text("invalid")}
    if verdict == "pass" and is_contacted(s, lead) and not reason and not fake:
        faults["reason"] = _("On lui a déjà parlé : dites pourquoi en rester là.")
    if len(reason) > 500:
        faults["reason"] = messages.text("too_long")
    if fake and verdict != "pass":
        faults["verdict"] = _("Une piste inventée est sans suite.")
    return faults


@blueprint.post("/desk/leads/<lead_id>/verdict")
@needs(JUDGE_LEADS)
def judge(lead_id: str) -> ResponseReturnValue:
    """A verdict with its reason; points and boards follow at once."""
    verdict, by = request.form.get("verdict", ""), current_user.id
    fake, reason = "fake" in request.form, request.form.get("reason", "").strip()
    with current().store.session() as s:
        faults = faults_of(s, lead_of(s, lead_id), verdict, reason, fake=fake)
    if faults:
        return lead_page(lead_id, faults), 422
    game = current()
    usual = usual_points()
    followed = game.writer.write(
        lambda s: review(s, existing(s, lead_id), by, verdict, reason, usual, fake=fake)
    )
    show(followed)
    flash(_("C'est noté, les points suivent."))
    return redirect(url_for("desk.lead", lead_id=lead_id))
