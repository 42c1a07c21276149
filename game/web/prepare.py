"""Preparing: the list of workshops, and one workshop with its door, teams, agenda and briefs."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from game import messages
from game.context import current
from game.rules.pack import Points
from game.rules.round import Refusal, kinds
from game.store.models import BriefRow, Player, RoundRow, Team, Workshop, now_ms
from game.web import options_form
from game.web.i18n import lang
from game.web.prepare_forms import BriefForm, NewForm, WorkshopForm
from game.web.security import role_required
from game.workshop import agenda, create
from game.workshop.state import agenda_of, touch

blueprint = Blueprint("prepare", __name__)
DAY_MS = 86_400_000
RUNNERS = ("facilitator", "admin")


def kind_names() -> dict[str, str]:
    """The kinds of round, in words."""
    return {
        "recommend": _("Mémoire"),
        "spot": _("Profil ou pas"),
        "expert": _("L'expert, c'est qui ?"),
    }


@blueprint.route("/workshops", methods=["GET", "POST"])
@role_required("facilitator", "admin", "recruiter", "dpo")
def workshops() -> ResponseReturnValue:
    """All workshops, and a new one."""
    if current_user.role not in RUNNERS:
        return redirect(url_for("desk.leads"))
    form = _new_form()
    if form.validate_on_submit():
        return redirect(url_for("prepare.edit", workshop_id=_create(form)))
    with current().store.session() as s:
        rows = s.execute(
            select(Workshop, func.count(Player.id))
            .outerjoin(Player, Player.workshop_id == Workshop.id)
            .group_by(Workshop.id)
            .order_by(Workshop.created_at.desc())
        ).all()
    status = 422 if form.is_submitted() else 200
    return render_template("prepare/workshops.html", form=form, rows=rows), status


def _new_form() -> NewForm:
    form = NewForm(lang=lang())
    packs = current().packs
    pack = packs.get(form.lang.data or "fr") or current().pack("fr")
    form.agenda.choices = [*((a.key, a.title) for a in pack.agendas), ("", _("Vide"))]
    return form


def _create(form: NewForm) -> str:
    game, by = current(), current_user.id
    pack = game.pack(form.lang.data)
    return game.writer.write(
        lambda s: (
            create.create(
                s,
                user_id=by,
                name=form.name.data,
                lang=pack.lang,
                held_on=form.held_on.data,
                agenda_key=form.agenda.data or None,
                pack=pack,
            ).id
        )
    )


@blueprint.post("/workshops/demo")
@role_required(*RUNNERS)
def demo() -> ResponseReturnValue:
    """One click to a ready-made workshop, its lobby open."""
    game, by, pack = current(), current_user.id, current().pack(lang())
    made = game.writer.write(lambda s: create.create_demo(s, pack, by).id)
    return redirect(url_for("remote.page", workshop_id=made))


@blueprint.post("/workshops/<workshop_id>/copy")
@role_required(*RUNNERS)
def copy(workshop_id: str) -> ResponseReturnValue:
    """The same workshop again, not yet played."""
    game, by = current(), current_user.id
    name = _("%(name)s (copie)", name=_workshop(workshop_id).name)[:120]
    made = game.writer.write(lambda s: create.copy(s, workshop_id, user_id=by, name=name).id)
    return redirect(url_for("prepare.edit", workshop_id=made))


@blueprint.route("/workshops/<workshop_id>/delete", methods=["GET", "POST"])
@role_required(*RUNNERS)
def delete(workshop_id: str) -> ResponseReturnValue:
    """Asks, then deletes; the leads stay in the pool."""
    workshop = _workshop(workshop_id)
    if request.method == "GET":
        return render_template("prepare/delete.html", workshop=workshop)
    current().writer.write(lambda s: create.delete(s, workshop_id))
    flash(_("L'atelier est supprimé ; ses leads restent dans le vivier."))
    return redirect(url_for("prepare.workshops"))


def _workshop(workshop_id: str) -> Workshop:
    with current().store.session() as s:
        found = s.get(Workshop, workshop_id)
    return found or abort(404)


@blueprint.route("/workshops/<workshop_id>", methods=["GET", "POST"])
@role_required(*RUNNERS)
def edit(workshop_id: str) -> ResponseReturnValue:
    """One workshop: everything about it on one page."""
    form = _workshop_form(_workshop(workshop_id))
    if form.validate_on_submit():
        _write(workshop_id, lambda s: _save(s, workshop_id, form))
        flash(_("C'est enregistré."))
        return redirect(url_for("prepare.edit", workshop_id=workshop_id))
    return _page(workshop_id, form), 422 if form.is_submitted() else 200


def _workshop_form(workshop: Workshop) -> WorkshopForm:
    with current().store.session() as s:
        teams = s.scalars(
            select(Team.name).where(Team.workshop_id == workshop.id).order_by(Team.place)
        ).all()
    left = (workshop.code_expires_at or 0) - now_ms()
    names = teams or create.TEAM_NAMES[workshop.lang][:3]
    return WorkshopForm(
        obj=workshop,
        team_names="\n".join(names),
        code_days=max(1, round(left / DAY_MS)) if workshop.code_expires_at else 0,
    )


def _save(s: Session, workshop_id: str, form: WorkshopForm) -> None:
    row = s.get_one(Workshop, workshop_id)
    row.name, row.lang, row.held_on = form.name.data, form.lang.data, form.held_on.data
    row.asks = form.asks.data
    days = form.code_days.data
    row.code_expires_at = now_ms() + days * DAY_MS if days else None
    create.set_teams(s, row, form.teaming.data, (form.team_names.data or "").splitlines())
    touch(s, workshop_id)


def _write(workshop_id: str, job: Any) -> None:
    current().writer.write(job)
    current().changed(workshop_id)


def _page(workshop_id: str, form: WorkshopForm, **more: Any) -> str:
    with current().store.session() as s:
        workshop = s.get_one(Workshop, workshop_id)
        rounds = agenda_of(s, workshop_id)
        briefs = list(s.scalars(select(BriefRow).where(BriefRow.workshop_id == workshop_id)))
    pack = current().pack(workshop.lang)
    return render_template(
        "prepare/edit.html",
        workshop=workshop,
        form=form,
        rounds=[(r, options_form.fields(r.kind, r.options, pack)) for r in rounds],
        briefs=briefs,
        pack=pack,
        kinds=[(name, kind_names().get(name, name)) for name in sorted(kinds())],
        kind_names=kind_names(),
        worth={**pack.points.model_dump(), **workshop.points},
        point_names=messages.reasons(),
        minutes=round(sum(r.seconds for r in rounds) / 60),
        **{"faults": {}, **more},
    )


@blueprint.post("/workshops/<workshop_id>/code")
@role_required(*RUNNERS)
def regenerate(workshop_id: str) -> ResponseReturnValue:
    """A new join code; the old one stops working."""

    def job(s: Session) -> None:
        s.get_one(Workshop, workshop_id).code = create.new_code(s)
        touch(s, workshop_id)

    _workshop(workshop_id)
    _write(workshop_id, job)
    return redirect(url_for("prepare.edit", workshop_id=workshop_id))


@blueprint.post("/workshops/<workshop_id>/points")
@role_required(*RUNNERS)
def points(workshop_id: str) -> ResponseReturnValue:
    """What things are worth in this workshop."""
    workshop = _workshop(workshop_id)
    usual = current().pack(workshop.lang).points.model_dump()
    faults, chosen = {}, {}
    for name in Points.model_fields:
        sent = request.form.get(name, "").strip()
        if not sent.isdigit() or int(sent) > 1000:
            faults[name] = _("Un nombre de 0 à 1000.")
        elif int(sent) != usual[name]:
            chosen[name] = int(sent)
    if faults:
        return _page(workshop_id, _workshop_form(workshop), faults=faults), 422

    def job(s: Session) -> None:
        s.get_one(Workshop, workshop_id).points = chosen
        touch(s, workshop_id)

    _write(workshop_id, job)
    return redirect(url_for("prepare.edit", workshop_id=workshop_id, _anchor="points"))


@blueprint.post("/workshops/<workshop_id>/rounds")
@role_required(*RUNNERS)
def add_round(workshop_id: str) -> ResponseReturnValue:
    """Adds a round of a kind, or all rounds of a ready-made agenda."""
    workshop = _workshop(workshop_id)
    pack = current().pack(workshop.lang)
    ready = next((a for a in pack.agendas if a.key == request.form.get("agenda")), None)

    def job(s: Session) -> None:
        if ready:
            agenda.fill(s, s.get_one(Workshop, workshop_id), ready.rounds, pack)
        else:
            kind = request.form.get("kind", "")
            agenda.add(s, workshop_id, kind=kind, seconds=300, options={})

    return _try(workshop_id, job, "agenda")


def _try(workshop_id: str, job: Any, anchor: str) -> ResponseReturnValue:
    """Does it, or says at the top of the page why not."""
    try:
        _write(workshop_id, job)
    except Refusal as refusal:
        faults = [messages.text(code) for code in refusal.fields.values()]
        form = _workshop_form(_workshop(workshop_id))
        said = " ".join(faults) or messages.text(refusal.code)
        return _page(workshop_id, form, refused=said), 422
    return redirect(url_for("prepare.edit", workshop_id=workshop_id, _anchor=anchor))


@blueprint.post("/workshops/<workshop_id>/rounds/<round_id>")
@role_required(*RUNNERS)
def edit_round(workshop_id: str, round_id: str) -> ResponseReturnValue:
    """Brief, duration, title and options of a round."""
    with current().store.session() as s:
        row = s.get(RoundRow, round_id) or abort(404)
    options = options_form.read(row.kind, request.form)
    seconds = _seconds(request.form.get("minutes", ""), request.form.get("rest", "0"))
    title = request.form.get("title", "")
    brief_id = request.form.get("brief_id") or None
    return _try(
        workshop_id,
        lambda s: agenda.edit(
            s,
            workshop_id,
            round_id,
            seconds=seconds,
            options=options,
            brief_id=brief_id,
            title=title,
        ),
        f"round-{round_id}",
    )


def _seconds(minutes: str, rest: str) -> int:
    """Minutes and seconds as typed, in seconds; 0, which is refused, for what is no number."""
    if not (minutes or "0").isdigit() or not (rest or "0").isdigit():
        return 0
    return 60 * int(minutes or 0) + int(rest or 0)


@blueprint.post("/workshops/<workshop_id>/rounds/<round_id>/<any(up, down, copy, remove):what>")
@role_required(*RUNNERS)
def change_round(workshop_id: str, round_id: str, what: str) -> ResponseReturnValue:
    """Moves, duplicates or removes a round."""
    verbs = {
        "up": lambda s: agenda.move(s, workshop_id, round_id, -1),
        "down": lambda s: agenda.move(s, workshop_id, round_id, 1),
        "copy": lambda s: agenda.duplicate(s, workshop_id, round_id),
        "remove": lambda s: agenda.remove(s, workshop_id, round_id),
    }
    return _try(workshop_id, verbs[what], "agenda")


@blueprint.route("/workshops/<workshop_id>/briefs/<brief_id>", methods=["GET", "POST"])
@role_required(*RUNNERS)
def brief(workshop_id: str, brief_id: str) -> ResponseReturnValue:
    """A brief, edited in place."""
    with current().store.session() as s:
        row = s.get(BriefRow, brief_id)
    if row is None or row.workshop_id != workshop_id:
        abort(404)
    musts = {f"must_{n}": must for n, must in enumerate(row.must_haves, 1)}
    form = BriefForm(obj=row, **musts)
    if form.validate_on_submit():
        values = form.values()
        _write(workshop_id, lambda s: agenda.edit_brief(s, workshop_id, brief_id, values))
        return redirect(url_for("prepare.edit", workshop_id=workshop_id, _anchor="briefs"))
    status = 422 if form.is_submitted() else 200
    shown = render_template("prepare/brief.html", form=form, workshop=_workshop(workshop_id))
    return shown, status


@blueprint.post("/workshops/<workshop_id>/briefs")
@role_required(*RUNNERS)
def add_brief(workshop_id: str) -> ResponseReturnValue:
    """The workshop's own copy of a ready-made brief."""
    pack = current().pack(_workshop(workshop_id).lang)
    found = next((b for b in pack.briefs if b.key == request.form.get("brief")), None)
    if found is None:
        abort(404)
    return _try(workshop_id, lambda s: agenda.add_brief(s, workshop_id, found), "briefs")
