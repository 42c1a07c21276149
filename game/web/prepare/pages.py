"""Preparing one workshop: its door, teams, agenda and briefs."""

from collections.abc import Callable
from datetime import datetime

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.orm import Session

from game.accounts import helpers, policy
from game.base.clock import now_ms
from game.base.days import DAY_MS, local, zone
from game.context import current
from game.pool import rehearsal
from game.pool.wording_choice import by_language
from game.privacy import company
from game.privacy.audit import audit
from game.rules.own import with_workshop_s
from game.rules.pack import Pack
from game.rules.registry import points_model
from game.screens import option_fields, round_words
from game.screens.round_words import kind_names
from game.store.tables import BriefRow, RoundRow, Team, Workshop
from game.store.version import touch
from game.web.prepare import warm_up
from game.web.prepare.forms import WorkshopForm
from game.web.prepare.workshops import blueprint, workshop_of
from game.web.security import needs
from game.webhooks.chat.asking import ask_soon
from game.workshop import admission, brief_languages, create, plan, setting
from game.workshop import position as positions
from game.workshop.code import expiry, new_code
from game.workshop.state import agenda_of


@blueprint.route("/workshops/<workshop_id>", methods=["GET", "POST"])
@needs(policy.PREPARE_WORKSHOP)
def edit(workshop_id: str) -> ResponseReturnValue:
    """One workshop: everything about it on one page."""
    form = workshop_form(workshop_of(workshop_id))
    if form.validate_on_submit():
        by = current_user.id
        write(workshop_id, lambda s: _save(s, workshop_id, form, by))
        flash(_("C'est enregistré."))
        return redirect(url_for("prepare.edit", workshop_id=workshop_id))
    return full_page(workshop_id, form), 422 if form.is_submitted() else 200


def workshop_form(workshop: Workshop) -> WorkshopForm:
    """The form of a workshop, filled with what it is now, or with what was sent."""
    with current().store.session() as s:
        teams = s.scalars(
            select(Team.name).where(Team.workshop_id == workshop.id).order_by(Team.place)
        ).all()
    left = (workshop.code_expires_at or 0) - now_ms()
    names = teams or create.team_names(workshop.lang)[:3]
    return WorkshopForm(
        obj=workshop,
        team_names="\n".join(names),
        begins=local(workshop.starts_at).time() if workshop.starts_at else None,
        code_days=max(1, round(left / DAY_MS)) if workshop.code_expires_at else 0,
    )


def _code_expiry(form: WorkshopForm) -> int | None:
    """When the code ends: in so many days, but not before the workshop's date; 0 is never."""
    days, now = form.code_days.data, now_ms()
    if not days:
        return None
    dated = expiry(form.held_on.data, now) if form.held_on.data else 0
    return max(dated, now + int(days) * DAY_MS)


def _begins(form: WorkshopForm) -> int | None:
    """When the workshop begins, by the house's clock; known with its day and its hour alone."""
    day, hour = form.held_on.data, form.begins.data
    if not day or not hour:
        return None
    return int(datetime.combine(day, hour, zone()).timestamp() * 1000)


def _save(s: Session, workshop_id: str, form: WorkshopForm, by: str) -> None:
    row = s.get_one(Workshop, workshop_id)
    row.name, row.lang, row.held_on = form.name.data, form.lang.data, form.held_on.data
    row.asks, row.capture = form.asks.data, form.capture.data
    row.presence, row.moderated = form.presence.data, form.moderated.data
    row.boards, row.after_days = form.boards.data, form.after_days.data or 0
    if row.begun_at is None:  # then the plan stands
        row.minutes = form.minutes.data
    rehearsal.set_sort(s, row, form.sort.data, by)
    row.starts_at = _begins(form)
    ask_soon(s, row)
    row.code_expires_at = _code_expiry(form)
    create.set_teams(s, row, form.teaming.data, (form.team_names.data or "").splitlines())
    touch(s, workshop_id)


def write(workshop_id: str, job: Callable[[Session], object]) -> None:
    """Writes, then has the workshop's screens shown anew."""
    current().writer.write(job)
    current().changed(workshop_id)


NOTHING = {"faults": {}, "invited": "", "refused": "", "not_invited": ""}  # is wrong


def full_page(workshop_id: str, form: WorkshopForm, edited: str = "", **more: object) -> str:
    """The whole page of a workshop; `more` are faults to show on it.

    The round `edited` could not be taken as it was typed: it shows what was.
    """
    with current().store.session() as s:
        workshop = s.get_one(Workshop, workshop_id)
        rounds = agenda_of(s, workshop_id)
        lacking = company.missing(company.facts(s)) if workshop.sort == "real" else []
        briefs = list(s.scalars(select(BriefRow).where(BriefRow.workshop_id == workshop_id)))
        own = positions.listed(s, workshop.lang)
        called = by_language(s, [one.title for one in briefs])
        warming = warm_up.shown(s, workshop)
        team = {
            "owner": helpers.owner(s, workshop_id),
            "helpers": helpers.of(s, workshop_id),
            "is_owner": policy.membership(s, current_user, workshop_id) == policy.OWNER,
        }
    pack = current().pack(workshop.lang)
    ours = with_workshop_s(pack, workshop.own, workshop.lang)
    return render_template(
        "prepare/edit.html",
        workshop=workshop,
        form=form,
        rounds=[_line(r, _brief(r, briefs), ours, edited) for r in rounds],
        edited=edited,
        typed=request.form if edited else {},
        positions=own,
        briefs=briefs,
        called=called,
        one_language=brief_languages.lacking(
            briefs, workshop.lang, tuple(current().packs.values())
        ),
        pack=pack,
        lacking=lacking,
        warming=warming,
        kinds=sorted(kind_names().items(), key=lambda pair: pair[1]),
        kind_names=kind_names(),
        point_names=round_words.reasons(),
        plan=plan.of(rounds, workshop.minutes),
        **{**NOTHING, "worth": pack.points.model_dump() | workshop.points, **team, **more},
    )


def _brief(row: RoundRow, briefs: list[BriefRow]) -> BriefRow | None:
    return next((b for b in briefs if b.id == row.brief_id), None)


def _line(
    row: RoundRow, brief: BriefRow | None, ours: Pack, edited: str
) -> tuple[RoundRow, list[option_fields.OptionField], list[str]]:
    """A round, its options as fields, and the other jobs whose content it plays."""
    pack = setting.pack_of(ours, brief)
    asked = option_fields.fields(row.kind, row.options, pack)
    options = option_fields.as_typed(asked, request.form) if row.id == edited else asked
    job = setting.brief_of(brief, ours.lang)
    others = option_fields.borrowed(row.kind, row.options, pack, job) if brief else []
    return row, options, others


@blueprint.post("/workshops/<workshop_id>/code")
@needs(policy.PREPARE_WORKSHOP)
def regenerate(workshop_id: str) -> ResponseReturnValue:
    """A new join code; the old one stops working."""

    def job(s: Session) -> None:
        s.get_one(Workshop, workshop_id).code = new_code(s)
        touch(s, workshop_id)

    workshop_of(workshop_id)
    write(workshop_id, job)
    return redirect(url_for("prepare.edit", workshop_id=workshop_id))


@blueprint.post("/workshops/<workshop_id>/points")
@needs(policy.PREPARE_WORKSHOP)
def points(workshop_id: str) -> ResponseReturnValue:
    """What things are worth in this workshop."""
    workshop = workshop_of(workshop_id)
    usual = current().pack(workshop.lang).points.model_dump()
    faults, chosen = {}, {}
    for name in points_model().model_fields:
        sent = request.form.get(name, "").strip()
        if not sent.isdecimal() or len(sent) > 4 or int(sent) > 1000:
            faults[name] = _("Un nombre de 0 à 1000.")
        elif int(sent) != usual[name]:
            chosen[name] = int(sent)
    if faults:
        worth = {name: request.form.get(name, "")[:20] for name in usual}
        form = workshop_form(workshop)
        return full_page(workshop_id, form, faults=faults, worth=worth), 422

    def job(s: Session) -> None:
        s.get_one(Workshop, workshop_id).points = chosen
        touch(s, workshop_id)

    write(workshop_id, job)
    return redirect(url_for("prepare.edit", workshop_id=workshop_id, _anchor="points"))


@blueprint.post("/workshops/<workshop_id>/projector-key")
@needs(policy.PREPARE_WORKSHOP)
def rekey(workshop_id: str) -> ResponseReturnValue:
    """Another address for the big screen; the old one stops working, also where it is open."""
    workshop_of(workshop_id)
    by = current_user.id

    def job(s: Session) -> None:
        admission.change_projector_key(s, workshop_id)
        audit(s, by, "projector_key_changed", {"workshop": workshop_id})

    write(workshop_id, job)
    flash(_("Le grand écran a une nouvelle adresse."))
    return redirect(url_for("prepare.edit", workshop_id=workshop_id))
