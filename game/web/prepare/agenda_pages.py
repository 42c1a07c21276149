"""Preparing the agenda: its rounds and its briefs, on the page of their workshop."""

from collections.abc import Callable, Mapping

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from game.accounts import policy
from game.base.refusal import Refusal
from game.context import current
from game.pool.wording_choice import by_language
from game.screens import messages, option_fields
from game.store.tables import BriefRow, Position, RoundRow, Workshop
from game.web.prepare.forms import BriefForm, NewBriefForm
from game.web.prepare.pages import full_page, workshop_form, write
from game.web.prepare.position_texts import PositionSheet, musts
from game.web.prepare.workshops import workshop_of
from game.web.security import needs
from game.workshop import agenda, brief_languages
from game.workshop import position as positions

blueprint = Blueprint("agenda", __name__)


@blueprint.post("/workshops/<workshop_id>/rounds")
@needs(policy.PREPARE_WORKSHOP)
def add_round(workshop_id: str) -> ResponseReturnValue:
    """Adds a round of a kind, or all rounds of a ready-made agenda."""
    workshop = workshop_of(workshop_id)
    packs, pack = current().packs.values(), current().pack(workshop.lang)
    ready = next((a for a in pack.agendas if a.key == request.form.get("agenda")), None)

    kind = request.form.get("kind", "")  # read here: the writer has no request

    def job(s: Session) -> None:
        if ready:
            agenda.fill(s, s.get_one(Workshop, workshop_id), ready.rounds, pack, packs)
        else:
            agenda.add(s, workshop_id, kind=kind, seconds=300, options={})

    return _try(workshop_id, job, "agenda")


def _try(
    workshop_id: str, job: Callable[[Session], object], anchor: str, edited: str = ""
) -> ResponseReturnValue:
    """Does it, or says why not: at the top of the page, and at the round that was edited."""
    try:
        write(workshop_id, job)
    except Refusal as refusal:
        faults = [messages.text(code) for code in refusal.fields.values()]
        form = workshop_form(workshop_of(workshop_id))
        said = " ".join(faults) or messages.text(refusal.code)
        return full_page(workshop_id, form, edited, refused=said), 422
    return redirect(url_for("prepare.edit", workshop_id=workshop_id, _anchor=anchor))


@blueprint.post("/workshops/<workshop_id>/rounds/<round_id>")
@needs(policy.PREPARE_WORKSHOP)
def edit_round(workshop_id: str, round_id: str) -> ResponseReturnValue:
    """Brief, duration, title and options of a round."""
    with current().store.session() as s:
        row = s.get(RoundRow, round_id) or abort(404)
    options = option_fields.read(row.kind, request.form, row.options)
    seconds = _seconds(request.form.get("minutes", ""), request.form.get("rest", "0"))
    title, notes = request.form.get("title", ""), request.form.get("notes", "")
    brief_id = request.form.get("brief_id") or None
    warm_up = "warm_up" in request.form
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
            notes=notes.replace("\r\n", "\n"),
            warm_up=warm_up,
        ),
        f"round-{round_id}",
        round_id,
    )


def _seconds(minutes: str, rest: str) -> int:
    """Minutes and seconds as typed, in seconds; 0, which is refused, for what is no number."""
    typed = (minutes or "0", rest or "0")
    if not all(one.isdecimal() and len(one) < 6 for one in typed):
        return 0
    return 60 * int(minutes or 0) + int(rest or 0)


@blueprint.post("/workshops/<workshop_id>/rounds/<round_id>/<any(up, down, copy, remove):what>")
@needs(policy.PREPARE_WORKSHOP)
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
@needs(policy.PREPARE_WORKSHOP)
def brief(workshop_id: str, brief_id: str) -> ResponseReturnValue:
    """A brief, edited in place."""
    with current().store.session() as s:
        row = s.get(BriefRow, brief_id)
    if row is None or row.workshop_id != workshop_id:
        abort(404)
    workshop = workshop_of(workshop_id)
    form = BriefForm(obj=row, **musts(row.must_haves))
    sheet = PositionSheet(form, row, row.lang or workshop.lang)
    if sheet.is_right():
        values, packs = sheet.values(), current().packs.values()
        write(workshop_id, lambda s: agenda.edit_brief(s, workshop_id, brief_id, values, packs))
        return redirect(url_for("prepare.edit", workshop_id=workshop_id, _anchor="briefs"))
    return _brief_page(workshop, sheet, row.title)


def _brief_page(workshop: Workshop, sheet: PositionSheet, title: str = "") -> ResponseReturnValue:
    with current().store.session() as s:
        called = by_language(s, [title]).get(title, {})
    told = {"written": sheet, "called": called}
    shown = render_template("prepare/brief.html", workshop=workshop, **told)
    return shown, 422 if sheet.is_sent else 200


@blueprint.route("/workshops/<workshop_id>/briefs/new", methods=["GET", "POST"])
@needs(policy.PREPARE_WORKSHOP)
def new_brief(workshop_id: str) -> ResponseReturnValue:
    """A position of one's own, from a blank form."""
    workshop, form = workshop_of(workshop_id), NewBriefForm()
    sheet = PositionSheet(form, None, workshop.lang)
    if sheet.is_right():
        values, everywhere = sheet.values(), bool(form.everywhere.data)
        write(workshop_id, lambda s: _write_brief(s, workshop_id, values, everywhere))
        return redirect(url_for("prepare.edit", workshop_id=workshop_id, _anchor="briefs"))
    return _brief_page(workshop, sheet)


def _write_brief(
    session: Session, workshop_id: str, values: Mapping[str, object], everywhere: bool
) -> None:
    brief_id = agenda.write_brief(session, workshop_id, values)
    if everywhere:
        agenda.play_everywhere(session, workshop_id, brief_id)


@blueprint.post("/workshops/<workshop_id>/briefs")
@needs(policy.PREPARE_WORKSHOP)
def add_brief(workshop_id: str) -> ResponseReturnValue:
    """The workshop's own copy of a ready-made brief, or of a position of the house's."""
    position_id = request.form.get("position", "")[:16]
    if position_id:
        with current().store.session() as s:
            position = s.get(Position, position_id)
        if position is None or not position.is_whole:
            abort(404)
        return _try(workshop_id, lambda s: positions.copy_to(s, position, workshop_id), "briefs")
    packs, pack = current().packs.values(), current().pack(workshop_of(workshop_id).lang)
    found = next((b for b in pack.briefs if b.key == request.form.get("brief")), None)
    if found is None:
        abort(404)
    return _try(workshop_id, lambda s: agenda.add_brief(s, workshop_id, found, packs), "briefs")


@blueprint.post("/workshops/<workshop_id>/briefs/languages")
@needs(policy.PREPARE_WORKSHOP)
def bring_languages(workshop_id: str) -> ResponseReturnValue:
    """Ready-made briefs that say one language alone say the others, too."""
    packs = tuple(current().packs.values())
    write(workshop_id, lambda s: brief_languages.bring(s, workshop_id, packs))
    flash(_("C'est ajouté : chaque téléphone lit ces postes dans sa langue."))
    return redirect(url_for("prepare.edit", workshop_id=workshop_id, _anchor="briefs"))
