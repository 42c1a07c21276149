"""Files of public reference: ROME's titles, Sirene's employers; brought, read, taken out."""

from datetime import date
from pathlib import Path
from typing import Any

from flask import Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy.orm import Session

from game.accounts.policy import IMPORT_LEADS
from game.base.days import today
from game.base.refusal import Refusal
from game.base.sizes import MEGABYTE
from game.base.text import printable
from game.context import current
from game.imports import reference as files
from game.imports.reference_lines import Found
from game.imports.sirene import LEAST, Wanted
from game.jobs import references as jobs
from game.pool import reference
from game.rules.departments import departments_of
from game.rules.naf import codes_of
from game.screens import messages
from game.screens.reference_words import reference_words
from game.store.tables import Job, ReferenceFile
from game.web.desk.surface import blueprint, watched
from game.web.desk.transfer.imports import MOST, kept
from game.web.i18n import lang
from game.web.security import needs, takes

SECONDS = 2  # until a page that shows progress is asked for again


@blueprint.get("/desk/references")
@needs(IMPORT_LEADS)
def references() -> ResponseReturnValue:
    """What was brought, how far it is read, and a place for more."""
    return _page({})


@blueprint.post("/desk/references")
@needs(IMPORT_LEADS)
@takes(MOST * MEGABYTE)
def bring_reference() -> ResponseReturnValue:
    """Has a file read: one that is sent, or one that lies in the folder."""
    by, given, there = current_user.id, request.files.get("file"), request.form.get("there", "")
    try:
        wanted, day = _wanted(), _day()
        if there and there not in _lying():
            raise Refusal("bad_input", {"there": "invalid"})
        if not there and not (given and given.filename):
            raise Refusal("bad_input", {"file": "missing"})
        name = there or str(given.filename if given else "")
        id = current().writer.write(lambda s: reference.begin(s, name, day, files.said(wanted), by))
    except Refusal as refusal:
        return _page(messages.refusal(refusal)["fields"]), 422
    path = jobs.folder(current().settings.instance_dir) / there if there else kept().file(id)
    try:
        if given and not there:
            current().aside(kept().keep, id, given.stream)
        _check(current().aside(files.look, path), wanted)
    except Refusal as refusal:
        kept().drop(id)
        current().writer.write(lambda s: reference.drop(s, id, by))
        return _page(messages.refusal(refusal)["fields"]), 422
    current().writer.write(lambda s: jobs.ask(s, id, there, by))
    return redirect(url_for("desk.references"))


@blueprint.post("/desk/references/<file_id>/<any(stop, drop):act>")
@needs(IMPORT_LEADS)
def change_reference(file_id: str, act: str) -> ResponseReturnValue:
    """Stops the reading of a file, or takes out what was kept of it."""
    by = current_user.id

    def verb(s: Session) -> bool:
        row = s.get(ReferenceFile, file_id)
        job = s.get(Job, row.job_id) if row and row.job_id else None
        if row is None or (act == "drop" and job and job.is_going):
            return False
        (jobs.stop if act == "stop" else reference.drop)(s, file_id, by)
        return True

    if not current().writer.write(verb):
        raise Refusal("not_now")
    if act == "drop":
        kept().drop(file_id)
        flash(_("Ce qui venait de ce fichier est retiré."))
    return redirect(url_for("desk.references"))


def _lying() -> list[str]:
    """The names of the files that an administrator put into the folder.

    One that is no text, like those of an old disk, can be neither shown nor asked for.
    """
    here = jobs.folder(current().settings.instance_dir)
    there = [one.name for one in here.iterdir() if one.is_file()] if here.is_dir() else []
    return sorted(name for name in there if name == printable(name))


def _wanted() -> Wanted:
    """What is wanted of Sirene. Raises Refusal."""
    codes = codes_of(request.form.get("naf", ""))
    if codes is None:
        raise Refusal("bad_input", {"naf": "naf_unknown"})
    departments = departments_of(request.form.get("departments", ""))
    if departments is None:
        raise Refusal("bad_input", {"departments": "department_unknown"})
    least = LEAST.get(request.form.get("least", "10"), LEAST["10"])
    return Wanted(codes, departments, least)


def _day() -> date:
    """The file's day. Raises Refusal."""
    try:
        typed = request.form.get("day", "")
        return date.fromisoformat(typed) if typed else today()
    except ValueError:
        raise Refusal("bad_input", {"day": "invalid"}) from None


def _check(found: list[Found], wanted: Wanted) -> None:
    """Is it said which activities of a whole country's companies are wanted? Raises Refusal."""
    if files.is_of_companies(found) and not wanted.activities:
        raise Refusal("bad_input", {"naf": "naf_missing"})


def _page(faults: dict[str, str]) -> Response:
    folder: Path = jobs.folder(current().settings.instance_dir)
    with current().store.session() as s:
        brought = reference.files(s)
        states = {one.id: s.get(Job, one.job_id) if one.job_id else None for one in brought}
    going = any(job and job.is_going for job in states.values())
    values: dict[str, Any] = {"faults": faults, "typed": request.form, "words": reference_words()}
    return watched(
        "desk/references.html",
        SECONDS,
        going=going and not faults,
        brought=brought,
        jobs=states,
        lying=_lying(),
        folder=folder.name,
        most=MOST,
        least=LEAST,
        today=today(),
        spoken=lang(),
        **values,
    )
