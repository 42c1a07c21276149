"""One lead: what is known and said of it, corrected and told."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy.orm import Session

from game.accounts.policy import EXPORT_LEADS, INFORM_LEADS, JUDGE_LEADS, READ_LEADS, may
from game.base.clock import now_ms
from game.base.days import today
from game.base.refusal import Refusal
from game.context import current
from game.pool import contact, offered, promise, seen, trace
from game.pool import lead as change
from game.privacy import inform, own_link
from game.rules.listed import joined
from game.screens import messages
from game.screens.target_words import target_words
from game.store.tables import Lead
from game.web.desk.leads.talk_panel import talk_panel
from game.web.desk.surface import blueprint, existing, lead_of, words
from game.web.desk.touch.panel import touch_panel
from game.web.desk.transfer.target_look import stands_of
from game.web.security import needs


@blueprint.get("/desk/leads/<lead_id>")
@needs(READ_LEADS)
def lead(lead_id: str) -> ResponseReturnValue:
    """One lead, with all that was said of it."""
    return lead_page(lead_id)


def lead_page(lead_id: str, faults: dict[str, str] | None = None, link: str = "") -> str:
    """The page of a lead; with faults, what was typed stays in its fields.

    `link` is the address of the lead's own page, where it is asked for.
    """
    with current().store.session() as s:
        found = lead_of(s, lead_id)
        about = _about(s, found)
    by = current_user.id
    current().writer.write(lambda s: seen.note_lead(s, lead_id, by))
    return render_template(
        "desk/lead.html",
        lead=found,
        link=link,
        has_link=own_link.is_given(found),
        skills=joined(found.skills),
        words=words(),
        typed=request.form if faults else {},
        faults=faults or {},
        now=now_ms(),
        today=today(),
        judge=may(current_user, JUDGE_LEADS),
        cv_on=current().settings.cv_beside_brief == "on",
        target_words=target_words(),
        **about,
    )


def _about(s: Session, lead: Lead) -> dict[str, object]:
    """What is known around a lead, under the names that its page has."""
    said = trace.said_of(s, [lead.id])
    return {
        "said": said,
        "told": trace.told_of(s, [row[0].id for row in said]),
        "verdicts": trace.verdicts_of(s, lead.id),
        "alike": trace.alike(s, lead),
        "merges": trace.merges_of(s, lead.id),
        "offered": offered.told(s, lead),
        "touch": touch_panel(s, lead),
        "talk": talk_panel(s, lead.id),
        "due": promise.due_of(s, [lead.id], now_ms()).get(lead.id),
        "inside": inform.stays_inside(s),
        "stands": stands_of(s, lead) if may(current_user, EXPORT_LEADS) else [],
    }


@blueprint.post("/desk/leads/<lead_id>")
@needs(JUDGE_LEADS)
def correct(lead_id: str) -> ResponseReturnValue:
    """Corrects a lead's fields."""
    typed, by = dict(request.form), current_user.id
    country = current().settings.default_country
    try:
        current().writer.write(
            lambda s: change.correct(s, existing(s, lead_id), typed, by, country)
        )
    except Refusal as refusal:
        if not refusal.fields:
            raise
        return lead_page(lead_id, messages.refusal(refusal)["fields"]), 422
    flash(_("C'est enregistré."))
    return redirect(url_for("desk.lead", lead_id=lead_id))


@blueprint.post("/desk/leads/<lead_id>/ways/<offered_id>/<any(take, anyway, leave):decision>")
@needs(JUDGE_LEADS)
def offered_way(lead_id: str, offered_id: str, decision: str) -> ResponseReturnValue:
    """Takes or leaves a way to reach them that was typed at a stand under their name.

    What is somebody else's is taken `anyway` alone: the page says whose it is.
    """
    by = current_user.id

    def verb(s: Session) -> None:
        given = s, existing(s, lead_id), offered_id, by
        if decision == "leave":
            offered.leave(*given)
        else:
            offered.take(*given, anyway=decision == "anyway")

    try:
        current().writer.write(verb)
    except Refusal as refusal:
        if refusal.code != "way_of_other":
            raise
        flash(messages.text(refusal.code))
    return redirect(url_for("desk.lead", lead_id=lead_id))


@blueprint.post("/desk/leads/<lead_id>/informed")
@needs(INFORM_LEADS)
def informed(lead_id: str) -> ResponseReturnValue:
    """Notes that the person was told."""
    by = current_user.id
    current().writer.write(lambda s: change.note_informed(s, existing(s, lead_id), by))
    return redirect(url_for("desk.lead", lead_id=lead_id))


@blueprint.post("/desk/leads/<lead_id>/hired")
@needs(JUDGE_LEADS)
def hired(lead_id: str) -> ResponseReturnValue:
    """Notes that the person was hired, or takes it back."""
    by = current_user.id
    current().writer.write(lambda s: contact.note_hired(s, existing(s, lead_id), by))
    return redirect(url_for("desk.lead", lead_id=lead_id))
