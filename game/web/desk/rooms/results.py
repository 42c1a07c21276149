"""What rounds came to, for the recruiter: on a page, and as a file."""

from flask import abort, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from game.accounts.policy import READ_LEADS
from game.context import current
from game.exports import csv_file
from game.web.desk.surface import attachment, blueprint
from game.web.desk.transfer.export import TYPES
from game.web.i18n import lang
from game.web.security import needs
from game.workshop import results as rounds


@blueprint.get("/desk/results")
@needs(READ_LEADS)
def results() -> ResponseReturnValue:
    """The rounds that left something to the recruiter, the newest first."""
    with current().store.session() as s:
        found = rounds.results(s, current().pack(lang()))
    return render_template("desk/results.html", results=found, spoken=lang())


@blueprint.get("/desk/results/<string(length=16):round_id>.csv")
@needs(READ_LEADS)
def result_file(round_id: str) -> ResponseReturnValue:
    """One round's table as a file; it holds nobody's data."""
    with current().store.session() as s:
        found = rounds.results(s, current().pack(lang()), round_id)
    if not found:
        abort(404)
    header = [_(column) for column in found[0].columns]
    lines = [[str(cell) for cell in row] for row in found[0].rows]
    body = csv_file.write(header, lines, csv_file.separator_of(lang()))
    return attachment(body, TYPES["csv"], f"sourcerie-{found[0].kind}-{round_id}.csv")
