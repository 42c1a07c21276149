"""The list as a file."""

from collections.abc import Iterator

from flask import request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from game.accounts.policy import EXPORT_LEADS
from game.base.days import today
from game.context import Game, current
from game.exports import csv_file, rows, xlsx_file
from game.exports.beside import Exports, Wanted
from game.exports.columns import COLUMNS, titles
from game.exports.pace import Players, paced
from game.exports.words import words
from game.pool import seen
from game.privacy.inform import Purpose
from game.privacy.objection import returned
from game.web.desk.leads.table import wanted
from game.web.desk.surface import attachment, blueprint
from game.web.i18n import lang
from game.web.security import needs

TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
SMALL = 1_000  # leads
exports = Exports()


@blueprint.post("/desk/export/<any(csv, xlsx):kind>")
@needs(EXPORT_LEADS)
def export(kind: str) -> ResponseReturnValue:
    """The filtered list as a file; noted before the first byte leaves.

    With `outside`, it is for somebody out of the house: then it has those alone who were told.
    """
    game, asked, by = current(), wanted(), current_user.id
    separator = csv_file.SEPARATORS.get(request.form.get("separator", ""), ",")
    purpose: Purpose = "handover" if request.form.get("outside") else "export"
    plays = Players(lambda: game.writer.committed)
    with game.store.session() as s:
        gone = tuple(returned(s, game.secret, lambda told: paced(told, plays)))
        count = rows.count(s, asked, today(), gone, SMALL + 1, purpose)
    url = game.settings.database_url
    what = Wanted(url, asked, today(), kind, lang(), separator, gone, purpose=purpose)
    count, body = exports.counted(what) if count > SMALL else (count, _small(game, what))
    game.writer.write(lambda s: seen.note_export(s, asked, count, kind, by))
    return attachment(body, TYPES[kind], f"sourcerie-{today().isoformat()}.{kind}")


def _small(game: Game, what: Wanted) -> Iterator[bytes]:
    """The file, made here: a process of its own would take longer to start."""
    plays = Players(lambda: game.writer.committed)
    read = words(game.pack(what.lang), what.lang)
    given = game.store.session, what.filter, what.today, read, what.returned
    lines = paced(rows.every(*given, purpose=what.purpose), plays)
    if what.kind == "xlsx":
        return xlsx_file.stream(COLUMNS, titles(what.lang), lines, game.aside)
    return csv_file.write(titles(what.lang), lines, what.separator)
