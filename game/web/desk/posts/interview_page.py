"""The page of an interview: questions to tap, sound, what is to be filed, and the grid."""

from collections.abc import Sequence

from flask import Response, make_response, render_template, request
from flask_login import current_user
from sqlalchemy.orm import Session

from game.base.json_object import Json
from game.context import current
from game.helpers import hear, near
from game.helpers.grid import Asked, words_of
from game.helpers.transcript import proposals
from game.pool import grid_interview, seen, sound
from game.screens.sound_words import sound_words
from game.store.tables import GridInterview, GridPassage, Job, Sound
from game.web.desk.surface import lead_of
from game.web.security import permissions

MOST = 64  # megabytes of a sound


def interview_page(interview_id: str, faults: dict[str, str]) -> Response:
    """The page of one interview; it alone may use the microphone, and only where sound is heard."""
    by = current_user.id
    with current().store.session() as s:
        row = grid_interview.of_id(s, interview_id)
        lead = lead_of(s, row.lead_id)
        said = grid_interview.passages_of(s, interview_id)
        heard = [(one, _seconds(s, one)) for one in sound.of_interview(s, interview_id)]
    hears = hear.is_there()
    current().writer.write(lambda s: seen.note_lead(s, row.lead_id, by))
    page = render_template(
        "desk/interview.html",
        row=row,
        lead=lead,
        now=row.taps[-1][1] if row.taps and not row.ended_at else "",
        filed={q["key"]: [one for one in said if one.filed == q["key"]] for q in row.questions},
        waiting=_waiting(row, said),
        texts={q["key"]: q["text"] for q in row.questions},
        typed=request.form,
        faults=faults,
        hears=hears,
        sounds=heard,
        going=any(one.state in sound.GOING[1:] for one, _at in heard),
        words=sound_words(),
        most=MOST,
        near=near.is_there(),
    )
    answer = make_response(page)
    if hears:
        answer.headers["Permissions-Policy"] = permissions("microphone")
    return answer


def _seconds(s: Session, one: Sound) -> int:
    """How far hearing a sound is."""
    job = s.get(Job, one.job_id) if one.job_id and one.state == sound.HEARING else None
    return job.done if job else one.heard


def _asked(kept: Json) -> Asked:
    texts = {name: str(kept[name]) for name in ("key", "must_have", "theme", "text")}
    return Asked(**texts, levels=())


def _waiting(
    row: GridInterview, said: Sequence[GridPassage]
) -> list[tuple[GridPassage, list[str]]]:
    """What nobody confirmed yet, each with the questions proposed: the tapped one, or three."""
    keys = [str(q["key"]) for q in row.questions]
    themes = current().pack(row.lang).themes
    asked = [_asked(q) for q in row.questions]
    known = [keys.index(k) if (k := one.filed or one.tapped) in keys else "" for one in said]
    words = [words_of(one, themes) for one in asked]
    meant = [one.near or () for one in said]
    whole = meant if all(len(one) == len(keys) for one in meant) else ()
    found = proposals([one.text for one in said], words, row.lang, known, whole)
    return [
        (one, [one.tapped] if one.tapped in keys else [keys[place] for place in places])
        for one, places in zip(said, found, strict=True)
        if not one.filed
    ]
