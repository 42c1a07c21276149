"""What the pages of the desk share: the day, its leads, and the words of a lead."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from flask import Blueprint, Response, abort, make_response, render_template
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage

from game.base.refusal import Refusal
from game.context import current
from game.exports import words as exported
from game.exports.words import Words
from game.imports.document import clean, text_of
from game.jobs import queue
from game.pool.verdict import Worth, worth
from game.store.tables import Lead
from game.web.i18n import lang

blueprint = Blueprint("desk", __name__)


def words() -> Words:
    """The labels of a lead in the reader's language, as its exports have them."""
    found, unread = exported.words(current().pack(lang()), lang()), _("À juger")
    return replace(found, verdicts={**found.verdicts, "none": unread, "": unread})


def show(workshops: Iterable[str]) -> None:
    """Screens of these workshops follow."""
    for workshop_id in workshops:
        current().changed(workshop_id)


def attachment(body: Iterator[bytes], mimetype: str, name: str) -> Response:
    """A file to keep."""
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(body, content_type=mimetype, headers=disposition)


def stop(job_of: Callable[[Session], str | None], verb: Callable[[Session], int]) -> int:
    """Ends what a job does, if one does it, and what it has not done yet; returns how much that is.

    `job_of` finds the job; `verb` ends the rest, in the same transaction.
    """

    def both(session: Session) -> int:
        job = job_of(session)
        if job:
            queue.cancel(session.connection(), job)
        return verb(session)

    return current().writer.write(both)


def watched(template: str, seconds: int, *, going: bool, **values: object) -> Response:
    """A page that shows progress: while something goes on it brings itself up to date.

    A script does so in its place, or else the browser asks for it anew. `values` are those of the
    template, which has `going`, too.
    """
    watch = seconds if going else 0
    return make_response(render_template(template, going=going, watch=watch, **values))


def lead_of(session: Session, lead_id: str) -> Lead:
    """The lead of this id; ends the request with 404 where there is none."""
    return session.get(Lead, lead_id) or abort(404)


def usual_points() -> Worth:
    """What things are worth where a workshop says nothing else, by language."""
    points = {lang: pack.points for lang, pack in current().packs.items()}
    return worth(points, current().settings.credit_days)


def existing(session: Session, lead_id: str) -> str:
    """The id of a lead that is still there. Raises Refusal."""
    if session.get(Lead, lead_id) is None:
        raise Refusal("unknown_lead")
    return lead_id


def given_text(file: FileStorage | None, pasted: str) -> str:
    """The text of a file, or what was pasted. Raises Refusal."""
    if file is not None and file.filename:
        return current().aside(text_of, file.stream.read())
    return clean(pasted)
