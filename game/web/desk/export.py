"""The list as a file."""

from flask import Response, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from game.accounts.policy import EXPORT_LEADS
from game.context import current
from game.exports import csv_file, rows, xlsx_file
from game.pool import search, seen
from game.web.desk.leads import wanted
from game.web.desk.surface import blueprint, today
from game.web.security import needs

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def headers() -> list[str]:
    """The columns' names in the reader's language."""
    named = {
        "id": _("Identifiant"),
        "name": _("Nom"),
        "role": _("Métier"),
        "company": _("Entreprise"),
        "skills": _("Compétences"),
        "mail": _("Mail"),
        "phone": _("Téléphone"),
        "link": _("Lien"),
        "channel": _("Canal"),
        "type": _("Type"),
        "verdict": _("Avis"),
        "verdict_reason": _("Raison de l'avis"),
        "internal": _("Mobilité interne"),
        "inform_by": _("À informer avant"),
        "informed": _("Informée le"),
        "created": _("Entrée au vivier"),
        "brief": _("Poste"),
        "requisition_ref": _("Référence"),
        "workshop": _("Atelier"),
        "round": _("Manche"),
        "recommender": _("Recommandée par"),
        "relationship": _("Relation"),
        "aware": _("Au courant"),
        "reasons": _("Raisons"),
        "reason": _("En quelques mots"),
        "recommended": _("Recommandée le"),
    }
    return [named[column] for column in rows.COLUMNS]


@blueprint.post("/desk/export/<any(csv, xlsx):kind>")
@needs(EXPORT_LEADS)
def export(kind: str) -> ResponseReturnValue:
    """The filtered list as a file; noted before the first byte leaves."""
    game, asked, by = current(), wanted(), current_user.id
    with game.store.session() as s:
        count = search.count(s, asked, today())
    game.writer.write(lambda s: seen.note_export(s, asked, count, kind, by))
    lines = rows.every(game.store.session, asked, today())
    name = f"sourcerie-{today().isoformat()}.{kind}"
    if kind == "xlsx":
        return _file(xlsx_file.write(headers(), lines), XLSX, name)
    separator = csv_file.SEPARATORS.get(request.form.get("separator", ""), ",")
    body = csv_file.write(headers(), lines, separator).encode()
    return _file(body, "text/csv; charset=utf-8", name)


def _file(body: bytes, mimetype: str, name: str) -> Response:
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(body, content_type=mimetype, headers=disposition)
