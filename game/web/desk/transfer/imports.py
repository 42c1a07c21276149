"""Files of people from elsewhere: handed over, and told what to do with them."""

from collections.abc import Sequence

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage

from game.accounts.policy import IMPORT_LEADS
from game.base.clock import now_ms
from game.base.refusal import Refusal
from game.base.sizes import MEGABYTE
from game.context import current
from game.exports.columns import COLUMNS, titles
from game.imports import mapping
from game.imports.kept import Kept
from game.jobs import imports as jobs
from game.privacy.audit import audit
from game.screens import messages
from game.store.base import new_id
from game.store.tables import ImportFile, ImportProfile, PoolImport
from game.web.desk.surface import blueprint
from game.web.i18n import lang
from game.web.security import needs, takes

MOST = 32  # megabytes
SHOWN = 50


def kept() -> Kept:
    """Where files lie until their import ends."""
    return Kept(current().settings.instance_dir)


def file_of(session: Session, import_id: str) -> ImportFile:
    """The file of this id; ends the request with 404 where there is none, or it has gone."""
    return session.get(ImportFile, import_id) or abort(404)


@blueprint.get("/desk/import")
@needs(IMPORT_LEADS)
def imports() -> str:
    """A place for a file, and what became of earlier ones."""
    return _page("")


def _page(fault: str) -> str:
    with current().store.session() as s:
        waiting = select(ImportFile).where(ImportFile.id.not_in(select(PoolImport.id)))
        files = s.scalars(waiting.order_by(ImportFile.at.desc()).limit(SHOWN)).all()
        made = s.scalars(select(PoolImport).order_by(PoolImport.at.desc()).limit(SHOWN)).all()
    return render_template("desk/imports.html", fault=fault, files=files, made=made, most=MOST)


@blueprint.post("/desk/import")
@needs(IMPORT_LEADS)
@takes(MOST * MEGABYTE)
def upload() -> ResponseReturnValue:
    """Keeps a file, and goes on to its columns."""
    given, id = request.files.get("file"), new_id()
    try:
        looks = current().aside(_keep, kept(), id, given) if given and given.filename else None
        if given is None or looks is None:
            raise Refusal("bad_input", {"file": "missing"})
    except Refusal as refusal:
        kept().drop(id)
        code = refusal.fields.get("file", refusal.code)
        return _page(messages.text("busy_with_files" if code == "busy" else code)), 422
    return _noted(id, (given.filename or "")[-120:], looks)


def _keep(here: Kept, id: str, given: FileStorage) -> list[mapping.Look]:
    """What is seen of a file, once it lies where it is safe. Raises Refusal."""
    here.keep(id, given.stream)
    looks = mapping.look(here.file(id))
    here.note(id, "look", mapping.said(looks))
    return looks


def _noted(id: str, name: str, looks: Sequence[mapping.Look]) -> ResponseReturnValue:
    game, by = current(), current_user.id
    signature = mapping.signature(looks, game.secret)
    cards = mapping.is_of_cards(looks)

    def verb(s: Session) -> None:
        profile = s.get(ImportProfile, signature)
        fields = profile.fields if profile and not cards else [one.fields for one in looks]
        file = ImportFile(
            id=id, name=name, signature=signature, fields=fields, user_id=by, at=now_ms()
        )
        s.add(file)
        s.flush()
        audit(s, by, "import_uploaded", {"import": id})
        if cards:
            jobs.ask_to_rehearse(s, file, by)

    game.writer.write(verb)
    return redirect(url_for("desk.import_page" if cards else "desk.columns", import_id=id))


@blueprint.get("/desk/import/<import_id>/columns")
@needs(IMPORT_LEADS)
def columns(import_id: str) -> str:
    """Each column with its first values, and which field it is."""
    with current().store.session() as s:
        file = file_of(s, import_id)
    return _columns(file, file.fields, "")


def _columns(file: ImportFile, fields: mapping.Fields, fault: str) -> str:
    looks = mapping.looks_of(kept().noted(file.id, "look")) or abort(404)
    with current().store.session() as s:
        profile = s.get(ImportProfile, file.signature)
    if request.args.get("guess"):
        fields = [one.fields for one in looks]
    said = zip((column.key for column in COLUMNS), titles(lang()), strict=True)
    return render_template(
        "desk/import_columns.html",
        file=file,
        looks=looks,
        fields=fields,
        profile=profile,
        choices=list(said),
        fault=fault,
    )


@blueprint.post("/desk/import/<import_id>/columns")
@needs(IMPORT_LEADS)
def map_columns(import_id: str) -> ResponseReturnValue:
    """Remembers what the columns are, and has the file looked through."""
    by = current_user.id
    with current().store.session() as s:
        file = file_of(s, import_id)
    fields = [
        [request.form.get(f"c-{t}-{n}", "") for n in range(len(each))]
        for t, each in enumerate(file.fields)
    ]
    freelance = bool(request.form.get("freelance"))
    if freelance:
        fields = mapping.of_freelances(fields)
    try:
        mapping.check(fields)
    except Refusal as refusal:
        return _columns(file, fields, messages.text(refusal.fields["fields"])), 422
    kept().forget(import_id, "preview")

    def verb(s: Session) -> None:
        there = s.get(ImportFile, import_id)
        if there is None or s.get(PoolImport, import_id) is not None:
            raise Refusal("not_now")
        there.fields = fields
        there.channel = mapping.FREELANCE_CHANNEL if freelance else ""
        s.merge(ImportProfile(signature=there.signature, fields=fields, at=now_ms()))
        audit(s, by, "import_mapped", {"import": import_id})
        jobs.ask_to_rehearse(s, there, by)

    current().writer.write(verb)
    return redirect(url_for("desk.import_page", import_id=import_id))
