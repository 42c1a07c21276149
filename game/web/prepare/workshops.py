"""The list of workshops: a new one, a demonstration, the same again, and the end of one."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import func, select

from game.accounts import policy
from game.base.languages import SOURCE
from game.context import current
from game.store.tables import Player, Workshop
from game.web.i18n import lang
from game.web.prepare.forms import NewForm
from game.web.security import needs
from game.workshop import create

blueprint = Blueprint("prepare", __name__)


@blueprint.route("/workshops", methods=["GET", "POST"])
@needs(policy.BE_STAFF)
def workshops() -> ResponseReturnValue:
    """One's workshops, and a new one; who makes none is taken to the desk."""
    if not policy.may(current_user, policy.MAKE_WORKSHOPS):
        return redirect(url_for("desk.leads"))
    form = _new_form()
    if form.validate_on_submit():
        return redirect(url_for("prepare.edit", workshop_id=_create(form)))
    with current().store.session() as s:
        rows = s.execute(
            select(Workshop, func.count(Player.id))
            .outerjoin(Player, Player.workshop_id == Workshop.id)
            .where(policy.theirs(current_user))
            .group_by(Workshop.id)
            .order_by(Workshop.created_at.desc())
        ).all()
    status = 422 if form.is_submitted() else 200
    return render_template("prepare/workshops.html", form=form, rows=rows), status


def _new_form() -> NewForm:
    form = NewForm(lang=lang())
    packs = current().packs
    pack = packs.get(form.lang.data or SOURCE) or current().pack(SOURCE)
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
                also=game.packs.values(),
            ).id
        )
    )


@blueprint.post("/workshops/demo")
@needs(policy.MAKE_WORKSHOPS)
def demo() -> ResponseReturnValue:
    """One click to a ready-made workshop, its lobby open."""
    game, by, pack = current(), current_user.id, current().pack(lang())
    made = game.writer.write(lambda s: create.create_demo(s, pack, by, game.packs.values()).id)
    return redirect(url_for("remote.page", workshop_id=made))


@blueprint.post("/workshops/<workshop_id>/copy")
@needs(policy.PREPARE_WORKSHOP)
def copy(workshop_id: str) -> ResponseReturnValue:
    """The same workshop again, not yet played."""
    game, by = current(), current_user.id
    name = _("%(name)s (copie)", name=workshop_of(workshop_id).name)[:120]
    made = game.writer.write(lambda s: create.copy(s, workshop_id, user_id=by, name=name).id)
    return redirect(url_for("prepare.edit", workshop_id=made))


@blueprint.route("/workshops/<workshop_id>/delete", methods=["GET", "POST"])
@needs(policy.DELETE_WORKSHOP)
def delete(workshop_id: str) -> ResponseReturnValue:
    """Asks, then deletes; the leads stay in the pool."""
    workshop = workshop_of(workshop_id)
    if request.method == "GET":
        return render_template("prepare/delete.html", workshop=workshop)
    by = current_user.id
    current().writer.write(lambda s: create.delete(s, workshop_id, by))
    flash(_("L'atelier est supprimé ; ses pistes restent dans le vivier."))
    return redirect(url_for("prepare.workshops"))


def workshop_of(workshop_id: str) -> Workshop:
    """The workshop of this id; ends the request with 404 where there is none."""
    with current().store.session() as s:
        found = s.get(Workshop, workshop_id)
    return found or abort(404)
