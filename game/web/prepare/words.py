"""Content of a workshop's own, for all its rounds: prompts, in each language spoken there."""

from collections.abc import Mapping

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from pydantic import TypeAdapter

from game.accounts import policy
from game.base.json_object import Json
from game.base.languages import LANGS, NAMES
from game.rules.own import list_parts
from game.screens import part_fields, part_form
from game.store.tables import Workshop
from game.web.prepare.pages import write
from game.web.prepare.workshops import workshop_of
from game.web.security import needs

blueprint = Blueprint("words", __name__)
OWN = TypeAdapter(dict[str, Json])  # content of a workshop's own, by language


@blueprint.route("/workshops/<workshop_id>/content", methods=["GET", "POST"])
@needs(policy.PREPARE_WORKSHOP)
def page(workshop_id: str) -> ResponseReturnValue:
    """One form a language, checked as a pack's files are; nothing of a form at fault is lost."""
    workshop, faults = workshop_of(workshop_id), {}
    own = OWN.validate_python(workshop.own)
    spoken = request.values.get("lang", "")
    if request.method == "POST" and spoken in LANGS:
        names = {part.name for part in list_parts()}
        sent = part_form.read(request.form)
        own[spoken] = {name: rows for name, rows in sent.items() if name in names}
        faults = part_fields.faults(own[spoken])
        if not faults:
            write(workshop_id, lambda s: _save(s.get_one(Workshop, workshop_id), own))
            flash(_("C'est enregistré."))
            return redirect(url_for("words.page", workshop_id=workshop_id, lang=spoken))
    shown = spoken if spoken in LANGS else workshop.lang
    parts = part_fields.shown(own.get(shown, {}), faults, list_parts())
    page = render_template(
        "prepare/words.html", workshop=workshop, parts=parts, lang=shown, names=NAMES, faults=faults
    )
    return page, 422 if faults else 200


def _save(workshop: Workshop, own: Mapping[str, Json]) -> None:
    workshop.own = {lang: held for lang, held in own.items() if held}
    workshop.version += 1
