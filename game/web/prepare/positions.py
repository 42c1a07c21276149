"""Positions of the house's own: the brief, and the prompts and cards that come with it."""

from collections.abc import Sequence
from functools import partial
from io import BytesIO

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from game.accounts import policy
from game.base.languages import NAMES
from game.base.refusal import Refusal
from game.base.sizes import MEGABYTE
from game.context import current
from game.exports.hour_report import TYPES
from game.imports import position_sheet
from game.imports.content_report import said
from game.imports.content_sheets import Fault
from game.pool.wording_choice import by_language
from game.screens import messages
from game.store.tables import Position
from game.web.desk.surface import attachment
from game.web.i18n import lang
from game.web.prepare.forms import NewPositionForm, PositionForm
from game.web.prepare.position_texts import PositionSheet, musts
from game.web.security import needs, takes
from game.workshop import position as positions

blueprint = Blueprint("positions", __name__)
MOST = MEGABYTE  # of a spreadsheet
SHOWN = 50  # mistakes in one: it may have hundreds of thousands
XLSX = TYPES["xlsx"]


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
        called = by_language(s, [row.title for row in rows])
    status = 422 if form.is_submitted() else 200
    told = {"rows": rows, "called": called, "names": NAMES}
    shown = render_template("prepare/positions.html", form=form, **told)
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
    sheet = PositionSheet(PositionForm(obj=row, **musts(row.must_haves)), row, row.lang)
    if sheet.is_right():
        values = sheet.values()
        current().writer.write(lambda s: positions.save(s, position_id, values, by))
        flash(_("C'est enregistré. Les ateliers qui en ont déjà pris une copie gardent la leur."))
        return redirect(url_for("positions.edit", position_id=position_id))
    return _shown(row, sheet, []), 422 if sheet.is_sent else 200


def _shown(row: Position, sheet: PositionSheet, told: list[str]) -> str:
    with current().store.session() as s:
        called = by_language(s, [row.title]).get(row.title, {})
    return render_template(
        "prepare/position.html", written=sheet, row=row, told=told, called=called
    )


@blueprint.get("/positions/<position_id>/content.xlsx")
@needs(policy.WRITE_POSITIONS)
def sheet(position_id: str) -> ResponseReturnValue:
    """The position and its content as a spreadsheet; what is empty is a pattern to fill in."""
    made = BytesIO()
    position_sheet.write(_position(position_id), lang(), made)
    return attachment(iter([made.getvalue()]), XLSX, "sourcerie-poste.xlsx")


@blueprint.post("/positions/<position_id>/content")
@needs(policy.WRITE_POSITIONS)
@takes(MOST)
def take_sheet(position_id: str) -> ResponseReturnValue:
    """Takes a spreadsheet back, where all of it is right; else says what is wrong, by cell."""
    row, by, given = _position(position_id), current_user.id, request.files.get("file")
    if given is None or not given.filename:
        return _refused(row, [messages.text("missing")])
    try:
        found = current().aside(partial(position_sheet.read, given.read(), row))
    except Refusal as refusal:
        code = "busy_with_files" if refusal.code == "busy" else refusal.code
        return _refused(row, [messages.text(code)])
    if found.faults:
        return _refused(row, _told(found.faults))
    current().writer.write(lambda s: positions.save(s, position_id, found.values, by))
    flash(_("C'est enregistré. Les ateliers qui en ont déjà pris une copie gardent la leur."))
    return redirect(url_for("positions.edit", position_id=position_id))


def _told(faults: Sequence[Fault]) -> list[str]:
    """What is wrong with a spreadsheet, by cell; of more than anybody reads, how many more."""
    told, more = [said(fault, lang()) for fault in faults[:SHOWN]], len(faults) - SHOWN
    if more > 0:
        told.append(ngettext("Et %(num)s autre erreur.", "Et %(num)s autres erreurs.", more))
    return told


def _refused(row: Position, told: list[str]) -> ResponseReturnValue:
    form = PositionForm(None, obj=row, **musts(row.must_haves))
    sheet = PositionSheet(form, row, row.lang, is_sent=False)
    return _shown(row, sheet, told), 422


@blueprint.post("/positions/<position_id>/remove")
@needs(policy.WRITE_POSITIONS)
def remove(position_id: str) -> ResponseReturnValue:
    """Removes it; workshops keep their copies."""
    by = current_user.id
    _position(position_id)
    current().writer.write(lambda s: positions.remove(s, position_id, by))
    flash(_("Le poste est supprimé ; les ateliers qui en ont pris une copie gardent la leur."))
    return redirect(url_for("positions.page"))
