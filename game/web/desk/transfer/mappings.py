"""Columns of one's own: made, saved under a name, shared, removed."""

from collections.abc import Mapping, Sequence

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from game.accounts.policy import EXPORT_LEADS
from game.base.refusal import Refusal
from game.context import current
from game.exports import mapping as verbs
from game.exports.person import FIELDS
from game.screens import messages
from game.store.tables.export_mapping import Column
from game.web.desk.surface import blueprint
from game.web.security import needs

BLANK: Column = {"heading": "", "holds": "", "fixed": "", "needed": False}
MORE = 6  # empty lines below the last column
START = ("first_name", "last_name", "mail", "phone", "company", "role", "note")


@blueprint.get("/desk/mappings")
@needs(EXPORT_LEADS)
def new_mapping() -> str:
    """A table of columns to begin with, named as we call them."""
    columns = [Column(heading=_(FIELDS[key]), holds=key, fixed="", needed=False) for key in START]
    return _page("", {"name": "", "separator": "semicolon", "shared": False}, columns, {})


@blueprint.get("/desk/mappings/<mapping_id>")
@needs(EXPORT_LEADS)
def edit_mapping(mapping_id: str) -> str:
    """Columns that are there, one's own or shared."""
    with current().store.session() as s:
        found = verbs.mapping(s, current_user.id, mapping_id) or abort(404)
        told = {name: getattr(found, name) for name in ("name", "separator", "shared")}
        own = found.user_id == current_user.id
        return _page(mapping_id, {**told, "own": own}, found.columns, {})


def _page(
    id: str,
    told: Mapping[str, object],
    columns: Sequence[Column],
    faults: Mapping[str, str],
) -> str:
    blank = [BLANK] * min(MORE, verbs.MOST_COLUMNS - len(columns))
    return render_template(
        "desk/mapping.html",
        id=id,
        told=told,
        columns=[*columns, *blank],
        fields={key: _(label) for key, label in FIELDS.items()},
        faults=faults,
    )


@blueprint.post("/desk/mappings")
@needs(EXPORT_LEADS)
def save_mapping() -> ResponseReturnValue:
    """Keeps columns under a name; another's are left as they are, and copied."""
    sent, by = request.form, current_user.id
    told = {"name": sent.get("name", ""), "separator": sent.get("separator", "")}
    shared, id = bool(sent.get("shared")), sent.get("id", "")
    columns = _columns()
    try:
        made = current().writer.write(
            lambda s: verbs.save(
                s, by, told["name"], columns, told["separator"], shared=shared, id=id
            )
        )
    except Refusal as refusal:
        if not refusal.fields:
            raise
        faults = messages.refusal(refusal)["fields"]
        kept = [one for one in columns if one["heading"] or one["holds"] or one["fixed"]]
        return _page(id, {**told, "shared": shared, "own": True}, kept, faults), 422
    flash(_("C'est enregistré."))
    return redirect(url_for("desk.export_page", target=f"{verbs.PREFIX}{made}"))


def _columns() -> list[Column]:
    lists = [request.form.getlist(name) for name in ("heading", "holds", "fixed")]
    needed = set(request.form.getlist("needed"))
    rows = zip(*(one[: verbs.MOST_COLUMNS + 1] for one in lists), strict=False)
    return [
        {"heading": row[0], "holds": row[1], "fixed": row[2], "needed": str(n) in needed}
        for n, row in enumerate(rows)
    ]


@blueprint.post("/desk/mappings/<mapping_id>/remove")
@needs(EXPORT_LEADS)
def remove_mapping(mapping_id: str) -> ResponseReturnValue:
    """Removes columns of one's own."""
    by = current_user.id
    current().writer.write(lambda s: verbs.remove(s, by, mapping_id))
    flash(_("Ces colonnes sont supprimées."))
    return redirect(url_for("desk.export_page"))
