"""Positions of the house's own: the brief, and the prompts and cards that come with it."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from game.accounts import policy
from game.base.json_object import Json
from game.base.languages import NAMES
from game.context import current
from game.screens import part_fields
from game.store.tables import Position
from game.web.i18n import lang
from game.web.prepare.forms import BriefForm, NewPositionForm, PositionForm
from game.web.security import needs
from game.workshop import position as positions

blueprint = Blueprint("positions", __name__)


@blueprint.route("/positions", methods=["GET", "POST"])
@needs(policy.WRITE_POSITIONS)
def page() -> ResponseReturnValue:
    """The list, and a blank one."""
    form, by = NewPositionForm(lang=lang()), current_user.id
    if form.validate_on_submit():
        title, spoken = form.title.data, form.lang.data
        made = current().writer.write(lambda s: positions.create(s, title, spoken, by))
        return redirect(url_for("positions.edit", position_id=made))
    with current().store.session() as s:
        rows = positions.listed(s)
    status = 422 if form.is_submitted() else 200
    shown = render_template("prepare/positions.html", form=form, rows=rows, names=NAMES)
    return shown, status


def _position(position_id: str) -> Position:
    with current().store.session() as s:
        found = s.get(Position, position_id)
    return found or abort(404)


@blueprint.route("/positions/<position_id>", methods=["GET", "POST"])
@needs(policy.WRITE_POSITIONS)
def edit(position_id: str) -> ResponseReturnValue:
    """One position: all of it is checked as a pack's files are, and said at its fields."""
    row, by = _position(position_id), current_user.id
    form = PositionForm(obj=row, **musts(row.must_haves))
    own, faults = written(form, row.own)
    if form.is_submitted() and form.validate() and not faults:
        values = {**form.values(), "own": own}
        current().writer.write(lambda s: positions.save(s, position_id, values, by))
        flash(_("C'est enregistré. Les ateliers qui en ont déjà pris une copie gardent la leur."))
        return redirect(url_for("positions.edit", position_id=position_id))
    shown = render_template(
        "prepare/position.html", form=form, row=row, parts=part_fields.shown(own, faults)
    )
    return shown, 422 if form.is_submitted() else 200


def musts(held: list[str]) -> dict[str, str]:
    """The must-haves as the fields of a form."""
    return {f"must_{n}": must for n, must in enumerate(held, 1)}


def written(form: BriefForm, held: Json) -> tuple[Json, dict[str, str]]:
    """The content of the position's own that was sent, with its faults by field; else what is."""
    if not form.is_submitted():
        return held, {}
    own = part_fields.read(request.form)
    return own, part_fields.faults(own)


@blueprint.post("/positions/<position_id>/remove")
@needs(policy.WRITE_POSITIONS)
def remove(position_id: str) -> ResponseReturnValue:
    """Removes it; workshops keep their copies."""
    by = current_user.id
    _position(position_id)
    current().writer.write(lambda s: positions.remove(s, position_id, by))
    flash(_("Le poste est supprimé ; les ateliers qui en ont pris une copie gardent la leur."))
    return redirect(url_for("positions.page"))
