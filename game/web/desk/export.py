"""The list as a file."""

from collections.abc import Iterator

from flask import Response, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from game.accounts.policy import EXPORT_LEADS
from game.context import current
from game.exports import csv_file, rows, xlsx_file
from game.exports.columns import COLUMNS, titles
from game.exports.words import words
from game.pool import search, seen
from game.web.desk.leads import wanted
from game.web.desk.surface import blueprint, today
from game.web.i18n import lang
from game.web.security import needs

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.post("/desk/export/<any(csv, xlsx):kind>")
@needs(EXPORT_LEADS)
def export(kind: str) -> ResponseReturnValue:
    """The filtered list as a file; noted before the first byte leaves."""
    game, asked, by = current(), wanted(), current_user.id
    with game.store.session() as s:
        count = search.count(s, asked, today())
    game.writer.write(lambda s: seen.note_export(s, asked, count, kind, by))
    read = words(game.pack(lang()), lang())
    lines = rows.every(game.store.session, asked, today(), read)
    name = f"sourcerie-{today().isoformat()}.{kind}"
    if kind == "xlsx":
        return _file(xlsx_file.stream(COLUMNS, titles(lang()), lines), XLSX, name)
    separator = csv_file.SEPARATORS.get(request.form.get("separator", ""), ",")
    return _file(csv_file.write(titles(lang()), lines, separator), "text/csv; charset=utf-8", name)


def _file(body: Iterator[bytes], mimetype: str, name: str) -> Response:
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(body, content_type=mimetype, headers=disposition)
