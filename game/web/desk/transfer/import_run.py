"""One import: what would come of it, how far it is, what came of it, and the way back."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Response, abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.orm import Session

from game.accounts.policy import IMPORT_LEADS
from game.base.json_object import Json, members, objects
from game.base.refusal import Refusal
from game.base.speech import typeset
from game.context import current
from game.imports import report
from game.jobs import imports as jobs
from game.privacy.audit import audit
from game.screens import messages
from game.store.tables import ImportFile, Job, Lead, PoolImport
from game.web.desk.leads.doubles import REASONS
from game.web.desk.surface import blueprint, watched
from game.web.desk.transfer.imports import file_of, kept
from game.web.i18n import lang
from game.web.security import needs

SECONDS = 2  # until a page that shows progress is asked for again


@dataclass(frozen=True)
class Standing:
    """What there is of an import: its file as long as it waits, the import once it was begun."""

    file: ImportFile | None
    made: PoolImport | None
    job: Job | None

    @property
    def going(self) -> bool:
        """Is a job at it?"""
        return self.job is not None and self.job.is_going


def _standing(session: Session, import_id: str) -> Standing:
    file, made = session.get(ImportFile, import_id), session.get(PoolImport, import_id)
    if file is None and made is None:
        abort(404)
    job_id = made.job_id if made else file.job_id if file else None
    return Standing(file, made, session.get(Job, job_id) if job_id else None)


@blueprint.get("/desk/import/<import_id>")
@needs(IMPORT_LEADS)
def import_page(import_id: str) -> ResponseReturnValue:
    """A preview to decide on, the progress of a job, or the report that stays."""
    with current().store.session() as s:
        here = _standing(s, import_id)
    if here.made is not None:
        return _refreshed("desk/import_report.html", here, made=here.made)
    preview = None if here.going else kept().noted(import_id, "preview")
    if not here.going and preview is None:
        return redirect(url_for("desk.columns", import_id=import_id))
    told = members(preview)
    names = _seen(import_id, objects(told["rows"])) if "rows" in told else {}
    fault = messages.text(str(told["fault"])) if "fault" in told else ""
    more = {"preview": preview, "names": names, "fault": fault, "reasons": REASONS}
    return _refreshed("desk/import_preview.html", here, file=here.file, **more)


def _refreshed(template: str, here: Standing, **values: object) -> Response:
    return watched(template, SECONDS, going=here.going, job=here.job, why=_why, **values)


def _why(faults: dict[str, str]) -> str:
    return typeset(report.why(faults, lang()), lang())


def _seen(import_id: str, rows: Sequence[Json]) -> dict[str, str]:
    """The names of the leads that lines may be; that they were shown is noted."""
    ids, by = {row["lead"] for row in rows if row.get("lead")}, current_user.id
    with current().store.session() as s:
        found = s.execute(select(Lead.id, Lead.name).where(Lead.id.in_(ids))).all()
    detail = {"import": import_id, "count": len(rows)}
    current().writer.write(lambda s: audit(s, by, "import_previewed", detail))
    return {row[0]: row[1] for row in found}


@blueprint.post("/desk/import/<import_id>/start")
@needs(IMPORT_LEADS)
def start_import(import_id: str) -> ResponseReturnValue:
    """The file was looked through, and is wanted."""
    by = current_user.id

    def verb(s: Session) -> None:
        here = s.get(ImportFile, import_id)
        if here is None:
            raise Refusal("not_now")
        jobs.ask_to_take(s, here, by)

    with current().store.session() as s:
        file_of(s, import_id)
    if kept().noted(import_id, "preview") is None:
        raise Refusal("not_now")
    current().writer.write(verb)
    return redirect(url_for("desk.import_page", import_id=import_id))


@blueprint.post("/desk/import/<import_id>/stop")
@needs(IMPORT_LEADS)
def stop_import(import_id: str) -> ResponseReturnValue:
    """Gives a file up, or stops its import where it is."""
    by = current_user.id

    def verb(s: Session) -> tuple[bool, bool]:
        file = s.get(ImportFile, import_id)
        begun = s.get(PoolImport, import_id) is not None
        return begun, file is not None and jobs.give_up(s, file, by)

    begun, gone = current().writer.write(verb)
    if gone:
        kept().drop(import_id)
    if begun:
        flash(_("L'import s'arrête. Qui est déjà au vivier y reste, jusqu'à ce que vous annuliez."))
        return redirect(url_for("desk.import_page", import_id=import_id))
    flash(_("Le fichier est supprimé : personne n'a été ajouté."))
    return redirect(url_for("desk.imports"))


@blueprint.post("/desk/import/<import_id>/undo")
@needs(IMPORT_LEADS)
def undo_import(import_id: str) -> ResponseReturnValue:
    """Whom the import brought goes, unless somebody has worked on them since."""
    by = current_user.id

    def verb(s: Session) -> None:
        made = s.get(PoolImport, import_id)
        if made is None:
            raise Refusal("not_now")
        jobs.ask_to_take_back(s, made, by)

    current().writer.write(verb)
    return redirect(url_for("desk.import_page", import_id=import_id))
