"""The sound of an interview: agreed to, recorded here or brought as a file, heard, stopped.

Nothing is recorded before it is noted that the person agrees. The file lies where the jobs' worker
finds it, and nowhere once hearing has begun or somebody stops it.
"""

import re
from collections.abc import Iterable

from flask import Response, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage

from game.accounts.policy import JUDGE_LEADS
from game.base.refusal import Refusal
from game.base.sounds import Sounds
from game.context import current
from game.helpers import hear
from game.jobs import queue
from game.pool import sound
from game.screens import messages
from game.store.tables import Sound
from game.web.desk.posts.interview_page import MOST, interview_page
from game.web.desk.surface import blueprint
from game.web.security import needs, takes

MEGABYTE = 1024 * 1024
BEGIN = re.compile(r"(?:(\d{1,2}):)?(\d{1,3}):([0-5]\d)")


def folder() -> Sounds:
    """Where sounds lie until they are begun."""
    return Sounds(current().settings.instance_dir)


def stop_sounds(s: Session, here: Sounds, those: Iterable[Sound], why: str, by: str | None) -> None:
    """Ends what goes on of these; their files, which lie here, go at once."""
    for one in those:
        job = sound.end(s, one.id, why, by)
        if job:
            queue.cancel(s.connection(), job)
        here.drop(one.id)


@blueprint.post("/desk/interviews/<interview_id>/sound")
@needs(JUDGE_LEADS)
@takes(MOST * MEGABYTE)
def bring_sound(interview_id: str) -> ResponseReturnValue:
    """Takes a recording that is there already; whom it is of agreed to it."""
    by, form, file = current_user.id, request.form, request.files.get("sound")
    _offered()
    try:
        if file is None or not file.filename:
            raise Refusal("bad_input", {"sound": "missing"})
        second, agreed = _begin(form.get("begins", "")), form.get("sound_agreed") == "1"
        made = current().writer.write(
            lambda s: sound.agree(s, interview_id, by, agreed=agreed, second=second)
        )
        try:
            _keep(made, file, by)
        except Refusal:
            current().writer.write(lambda s: sound.end(s, made, "nothing", by))
            raise
    except Refusal as refusal:
        told = messages.refusal(refusal)
        return interview_page(interview_id, told["fields"] or {"sound": told["text"]}), 422
    return redirect(url_for("desk.interview", interview_id=interview_id) + "#sound")


@blueprint.post("/desk/interviews/<interview_id>/sound/agree")
@needs(JUDGE_LEADS)
def agree_to_sound(interview_id: str) -> ResponseReturnValue:
    """Notes that the person agrees, right before the microphone is listened to: {id}."""
    by, agreed = current_user.id, request.form.get("sound_agreed") == "1"
    _offered()
    try:
        made = current().writer.write(lambda s: sound.agree(s, interview_id, by, agreed=agreed))
    except Refusal as refusal:
        return _fault(refusal)
    return {"id": made}


@blueprint.post("/desk/interviews/<interview_id>/sounds/<sound_id>")
@needs(JUDGE_LEADS)
@takes(MOST * MEGABYTE)
def hand_over_sound(interview_id: str, sound_id: str) -> ResponseReturnValue:
    """Takes what was recorded on the page."""
    file = request.files.get("sound")
    _theirs(interview_id, sound_id)
    try:
        if file is None:
            raise Refusal("bad_input", {"sound": "missing"})
        _keep(sound_id, file, current_user.id)
    except Refusal as refusal:
        return _fault(refusal)
    return Response(status=204)


@blueprint.post("/desk/interviews/<interview_id>/sounds/<sound_id>/stop")
@needs(JUDGE_LEADS)
def stop_sound(interview_id: str, sound_id: str) -> ResponseReturnValue:
    """Ends hearing a sound, or gives it up before; nothing of it stays."""
    by, here = current_user.id, folder()
    row = _theirs(interview_id, sound_id)
    current().writer.write(lambda s: stop_sounds(s, here, [row], "cancelled", by))
    return redirect(url_for("desk.interview", interview_id=interview_id) + "#sound")


def _offered() -> None:
    if not hear.is_there():
        abort(404)


def _theirs(interview_id: str, sound_id: str) -> Sound:
    with current().store.session() as s:
        row = s.get(Sound, sound_id)
    return row if row and row.interview_id == interview_id else abort(404)


def _keep(sound_id: str, file: FileStorage, by: str) -> None:
    """Writes a sound and asks for it to be heard; where that fails, nothing of it stays here.

    Sent twice, as where a line broke after the first, the one that waits is left as it is.
    """
    here, is_named = folder(), False
    received, count = current().aside(here.receive, file.stream)

    def take(s: Session) -> None:
        nonlocal is_named
        sound.hand_over(s, sound_id, by)
        here.keep(sound_id, received)  # a worker may begin it as soon as this is committed
        is_named = True

    try:
        if not count:
            raise Refusal("bad_input", {"sound": "missing"})
        current().writer.write(take)
    except BaseException:
        if is_named:
            here.drop(sound_id)
        raise
    finally:
        received.unlink(missing_ok=True)


def _begin(told: str) -> int:
    """The second of the talk in which a sound begins. Raises Refusal."""
    found = BEGIN.fullmatch(told.strip() or "0:00")
    if found is None:
        raise Refusal("bad_input", {"begins": "sound_begin"})
    return int(found[1] or 0) * 3600 + int(found[2]) * 60 + int(found[3])


def _fault(refusal: Refusal) -> ResponseReturnValue:
    told = messages.refusal(refusal)
    return {"fault": next(iter(told["fields"].values()), told["text"])}, 422
