"""An interview by a grid, on a tablet: a question is tapped while it is asked.

What is typed under it has its time and waits for a person to confirm it. A transcript, made
elsewhere and with the person's agreement, is pasted: time marks file what was tapped, and for the
rest there are three proposals. Sound has routes of its own (`sounds.py`).
"""

from collections.abc import Callable

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy.orm import Session

from game.accounts.policy import JUDGE_LEADS
from game.base.days import today
from game.base.refusal import Refusal
from game.context import current
from game.helpers.transcript import passages, tapped
from game.pool import cv_reading, grid_interview, seen, sound
from game.pool import grid as grids
from game.screens import messages
from game.store.scrub import scrub
from game.web.desk.posts.interview_page import interview_page
from game.web.desk.posts.sounds import folder, stop_sounds
from game.web.desk.surface import blueprint, lead_of
from game.web.security import needs

LONGEST = 200_000  # characters of a transcript


@blueprint.get("/desk/leads/<lead_id>/interviews")
@needs(JUDGE_LEADS)
def interviews(lead_id: str) -> ResponseReturnValue:
    """A person's interviews, and a grid to begin one with."""
    return _list(lead_id, {})


@blueprint.post("/desk/leads/<lead_id>/interviews")
@needs(JUDGE_LEADS)
def begin_interview(lead_id: str) -> ResponseReturnValue:
    """Begins one; the clock runs from now."""
    by, title = current_user.id, request.form.get("grid", "")

    def verb(s: Session) -> str:
        lead_of(s, lead_id)
        found = grids.grid_of(s, title)
        if found is None:
            raise Refusal("bad_input", {"grid": "missing"})
        return grid_interview.begin(s, lead_id, found, by, today())

    try:
        made = current().writer.write(verb)
    except Refusal as refusal:
        told = messages.refusal(refusal)
        return _list(lead_id, told["fields"] or {"grid": told["text"]}), 422
    return redirect(url_for("desk.interview", interview_id=made))


@blueprint.get("/desk/interviews/<interview_id>")
@needs(JUDGE_LEADS)
def interview(interview_id: str) -> ResponseReturnValue:
    """The questions to tap, what was noted under each, and what is still to be filed."""
    return interview_page(interview_id, {})


@blueprint.post("/desk/interviews/<interview_id>/tap")
@needs(JUDGE_LEADS)
def tap_question(interview_id: str) -> ResponseReturnValue:
    """Notes what was typed, and goes to the question that was tapped; or ends the talk."""
    by, form = current_user.id, request.form

    def verb(s: Session) -> None:
        grid_interview.tap(s, interview_id, form.get("question", ""), form.get("note", ""))
        if form.get("do") == "end":
            grid_interview.end(s, interview_id, by)

    return _done(interview_id, verb)


@blueprint.post("/desk/interviews/<interview_id>/transcript")
@needs(JUDGE_LEADS)
def paste_transcript(interview_id: str) -> ResponseReturnValue:
    """Takes a transcript in; who was asked agreed to it."""
    by, form = current_user.id, request.form
    told = form.get("transcript", "").replace("\r\n", "\n")
    said = passages(told) if len(told) <= LONGEST else ()

    def verb(s: Session) -> None:
        if len(told) > LONGEST:
            raise Refusal("bad_input", {"transcript": "transcript_long"})
        row = grid_interview.of_id(s, interview_id)
        of = tapped(said, [(at, key) for at, key in row.taps])
        pieces = [
            grid_interview.Passage(one.text, one.second, key)
            for one, key in zip(said, of, strict=True)
        ]
        agreed = form.get("agreed") == "1"
        grid_interview.transcribe(s, interview_id, pieces, agreed=agreed, by=by)

    return _done(interview_id, verb)


@blueprint.post("/desk/interviews/<interview_id>/transcript/withdraw")
@needs(JUDGE_LEADS)
def withdraw_transcript(interview_id: str) -> ResponseReturnValue:
    """The person agrees to a transcript no more: what came of it goes."""
    by, here = current_user.id, folder()

    def verb(s: Session) -> None:
        stop_sounds(s, here, sound.of_interview(s, interview_id), "withdrawn", by)
        grid_interview.withdraw(s, interview_id, by)  # what was being written is there by now

    answer = _done(interview_id, verb)
    scrub(current().store)
    return answer


@blueprint.post("/desk/interviews/<interview_id>/file")
@needs(JUDGE_LEADS)
def file_passage(interview_id: str) -> ResponseReturnValue:
    """Confirms where a passage stands, or all that was tapped; takes one back; throws it away."""
    by, form = current_user.id, request.form

    def verb(s: Session) -> None:
        if form.get("do") == "tapped":
            grid_interview.file_tapped(s, interview_id, by)
        elif form.get("do") == "back":
            grid_interview.take_back(s, interview_id, form.get("passage", ""), by)
        else:
            given = (form.get("passage", ""), form.get("question", ""))
            grid_interview.file(s, interview_id, *given, by)

    return _done(interview_id, verb)


def _done(interview_id: str, verb: Callable[[Session], None]) -> ResponseReturnValue:
    try:
        current().writer.write(verb)
    except Refusal as refusal:
        if not refusal.fields:
            raise
        return interview_page(interview_id, messages.refusal(refusal)["fields"]), 422
    return redirect(url_for("desk.interview", interview_id=interview_id))


def _list(lead_id: str, faults: dict[str, str]) -> str:
    by = current_user.id
    with current().store.session() as s:
        lead = lead_of(s, lead_id)
        found = grid_interview.of_lead(s, lead_id)
        offered = [one.title for one in grids.grids(s)]
        noted = cv_reading.done_of(s, lead_id)
    current().writer.write(lambda s: seen.note_lead(s, lead_id, by))
    return render_template(
        "desk/interviews.html",
        lead=lead,
        interviews=found,
        offered=offered,
        asks=[line["question"] for one in noted for line in one.noted if line["question"]],
        faults=faults,
    )
