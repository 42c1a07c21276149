"""Contacts with leads, written: planned, done, cancelled."""

from sqlalchemy.orm import Session

from game.base.refusal import Refusal
from game.base.speech import marked as _
from game.pool import leaving
from game.pool import touchpoint as touchpoints
from game.store.tables import BriefRow, Touchpoint
from game.web.api.lead_shapes import TouchpointDone, TouchpointGiven, TouchpointTaken
from game.web.api.leads import OF_A_LEAD, TAG, leaving_lead
from game.web.api.surface import Call, Told, operation
from game.web.api.taking import WRITE


@operation(
    "POST",
    "/leads/{lead}/touchpoints",
    WRITE,
    summary=_("Prévoit un contact, ou note celui qui vient d'avoir lieu"),
    tag=TAG,
    query=None,
    body=TouchpointGiven,
    answer=TouchpointTaken,
    statuses=(201,),
    refusals=(
        *OF_A_LEAD,
        "objected",
        "lead_uninformed",
        "notice_unpublished",
        "key_reused",
    ),
    is_once=True,
)
def touch_lead(call: Call, body: TouchpointGiven, lead: str) -> Told:
    """A touchpoint, by the same rules as at the desk."""
    secret, by = call.secret, call.caller.id

    def verb(s: Session) -> TouchpointTaken:
        leaving_lead(s, call, lead)
        wanted = _plan(s, body, by)
        if body.due_on:
            made = touchpoints.plan(s, secret, lead, wanted, by)
        else:
            made = touchpoints.note_done(s, secret, lead, wanted, by, body.answer or "")
        state = "planned" if body.due_on else "done"
        return TouchpointTaken.model_validate({"id": made, "lead": lead, "state": state})

    return call.write(verb, 201)


OF_A_TOUCHPOINT = ("unknown_touchpoint", "not_planned", "key_reused")


@operation(
    "POST",
    "/touchpoints/{touchpoint}/done",
    WRITE,
    summary=_("Note qu'un contact prévu a eu lieu"),
    tag=TAG,
    query=None,
    body=TouchpointDone,
    answer=TouchpointTaken,
    refusals=(*OF_A_TOUCHPOINT, "objected", "lead_uninformed", "notice_unpublished"),
    is_once=True,
)
def finish_touchpoint(call: Call, body: TouchpointDone, touchpoint: str) -> Told:
    """A planned touchpoint took place, by the same rules as at the desk."""
    by, note = call.caller.id, body.note.strip()

    def verb(s: Session) -> TouchpointTaken:
        _known(s, call, touchpoint)
        lead = touchpoints.finish(s, call.secret, touchpoint, by, note, body.answer or "")
        return TouchpointTaken(id=touchpoint, lead=lead, state="done")

    return call.write(verb)


@operation(
    "POST",
    "/touchpoints/{touchpoint}/cancel",
    WRITE,
    summary=_("Annule un contact prévu"),
    tag=TAG,
    query=None,
    body=None,
    answer=TouchpointTaken,
    refusals=OF_A_TOUCHPOINT,
    is_once=True,
)
def cancel_touchpoint(call: Call, touchpoint: str) -> Told:
    """A planned touchpoint will not take place."""

    def verb(s: Session) -> TouchpointTaken:
        _known(s, call, touchpoint)
        lead = touchpoints.cancel(s, touchpoint, call.caller.id)
        return TouchpointTaken(id=touchpoint, lead=lead, state="cancelled")

    return call.write(verb)


def _known(session: Session, call: Call, id: str) -> None:
    """Raises Refusal where there is none, or its lead may not leave: nobody learns which."""
    found = session.get(Touchpoint, id)
    if found is None or leaving.one(session, call.secret, found.lead_id, call.today) is None:
        raise Refusal("unknown_touchpoint")


def _plan(session: Session, given: TouchpointGiven, by: str) -> touchpoints.Plan:
    if given.due_on and given.answer:
        raise Refusal("bad_input", {"answer": "not_done"})
    if given.brief and session.get(BriefRow, given.brief) is None:
        raise Refusal("bad_input", {"brief": "brief_unknown"})
    return touchpoints.Plan(
        kind=given.kind,
        medium=given.medium,
        due_on=given.due_on,
        note=given.note.strip(),
        direction=given.direction,
        user_id=by,
        brief_id=given.brief,
    )
