"""Touchpoints: planned, done, cancelled; nobody who objected is contacted, and the notice is first.

Every verb that speaks to a person, or plans to, goes through `allowed`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.base.days import day_of
from game.base.refusal import Refusal
from game.pool.lead import note_informed
from game.privacy import inform
from game.privacy.audit import audit
from game.privacy.objection import has_objected
from game.rules.touch import ANSWERS, DIRECTIONS, IN, KINDS, MEDIA, NOTICE, OUT
from game.store.tables import Lead, MessageTemplate, Touchpoint, User

NOTE = 500  # characters
Shown = Row[Touchpoint, str | None, str | None]
WHO = func.coalesce(func.nullif(User.name, ""), User.mail)


@dataclass(frozen=True)
class Plan:
    """What a touchpoint is to be; `due_on` is the day it is planned for."""

    kind: str
    medium: str
    due_on: date | None = None
    note: str = ""
    direction: str = OUT
    user_id: str | None = None
    template_id: str | None = None
    rule_id: str | None = None
    brief_id: str | None = None


def _checked(plan: Plan) -> Plan:
    fields = {}
    for name, among in (("kind", KINDS), ("medium", MEDIA), ("direction", DIRECTIONS)):
        if getattr(plan, name) not in among:
            fields[name] = "invalid"
    if len(plan.note) > NOTE:
        fields["note"] = "too_long"
    if fields:
        raise Refusal("bad_input", fields)
    return plan


def allowed(session: Session, secret: str, lead_id: str, kind: str) -> None:
    """Lets pass a contact of this kind that we make now.

    Raises Refusal: objected for who wants none, lead_uninformed or lead_overdue as long as the
    person was not told that we hold their data, unless this is what tells them, and
    notice_unpublished where it would, but no notice was published.
    """
    if has_objected(session, secret, lead_id):
        raise Refusal("objected")
    session.flush()
    purpose: inform.Purpose = "notice" if kind == NOTICE else "contact"
    inform.check(session, lead_id, purpose, day_of(now_ms()))


def plan(session: Session, secret: str, lead_id: str, wanted: Plan, by: str | None) -> str:
    """Plans a touchpoint for a day; returns its id. Raises Refusal (bad_input, objected)."""
    if _checked(wanted).due_on is None:
        raise Refusal("bad_input", {"due_on": "missing"})
    if has_objected(session, secret, lead_id):
        raise Refusal("objected")
    made = _add(session, lead_id, wanted)
    told = {"lead": lead_id, "touchpoint": made.id, "kind": made.kind}
    audit(session, by, "touchpoint_planned", told)
    return made.id


def _add(session: Session, lead_id: str, wanted: Plan, done_at: int | None = None) -> Touchpoint:
    made = Touchpoint(lead_id=lead_id, done_at=done_at, created_at=now_ms(), **vars(wanted))
    session.add(made)
    session.flush()
    return made


def note_done(
    session: Session, secret: str, lead_id: str, wanted: Plan, by: str | None, answer: str = ""
) -> str:
    """Notes a touchpoint that has just taken place; returns its id.

    What the person did ('in') is always noted. Raises Refusal (bad_input, and as `allowed`).
    """
    _is_answer(answer)
    if _checked(wanted).direction != IN:
        allowed(session, secret, lead_id, wanted.kind)
    made = _add(session, lead_id, wanted, now_ms())
    made.answer = answer
    _follow(session, made, by)
    return made.id


def note_sent(session: Session, lead_id: str, wanted: Plan, by: str | None) -> str:
    """Notes a message that has left already, whatever happened since; returns its id."""
    made = _add(session, lead_id, wanted, now_ms())
    _follow(session, made, by)
    return made.id


def finish(
    session: Session, secret: str, id: str, by: str | None, note: str = "", answer: str = ""
) -> str:
    """Notes that a planned touchpoint is done; returns its lead's id.

    Raises Refusal (unknown_touchpoint, not_planned, objected, lead_uninformed, bad_input).
    """
    found = planned(session, id)
    _is_answer(answer)
    if found.direction != IN:
        allowed(session, secret, found.lead_id, found.kind)
    found.note = _joined(found.note, note)
    found.done_at, found.answer = now_ms(), answer
    _follow(session, found, by)
    return found.lead_id


def _is_answer(answer: str) -> None:
    if answer and answer not in ANSWERS:
        raise Refusal("bad_input", {"answer": "invalid"})


def _joined(first: str, second: str) -> str:
    note = "\n".join(filter(None, (first, second.strip())))
    if len(note) > NOTE:
        raise Refusal("bad_input", {"note": "too_long"})
    return note


def _follow(session: Session, done: Touchpoint, by: str | None) -> None:
    """What a contact that took place changes: the notice informs."""
    told = {"lead": done.lead_id, "touchpoint": done.id, "kind": done.kind}
    audit(session, by, "touchpoint_done", {**told, "direction": done.direction})
    is_told = session.get_one(Lead, done.lead_id).informed_at is not None
    if done.kind == NOTICE and done.direction == OUT and not is_told:
        note_informed(session, done.lead_id, by)


def cancel(session: Session, id: str, by: str | None) -> str:
    """Takes back what was planned; returns its lead's id. Raises Refusal."""
    found = planned(session, id)
    found.cancelled_at = now_ms()
    audit(session, by, "touchpoint_cancelled", {"lead": found.lead_id, "touchpoint": id})
    return found.lead_id


def postpone(session: Session, id: str, due_on: date, by: str | None) -> str:
    """Plans it for another day; returns its lead's id. Raises Refusal."""
    found = planned(session, id)
    found.due_on = due_on
    audit(session, by, "touchpoint_moved", {"lead": found.lead_id, "touchpoint": id})
    return found.lead_id


def note_answer(session: Session, id: str, answer: str, by: str | None) -> str:
    """Notes by hand what came of a contact: an answer, silence, a bounce. Raises Refusal."""
    found = session.get(Touchpoint, id)
    if found is None:
        raise Refusal("unknown_touchpoint")
    if found.done_at is None or answer not in ANSWERS:
        raise Refusal("bad_input", {"answer": "invalid"})
    found.answer = answer
    told = {"lead": found.lead_id, "touchpoint": id, "answer": answer}
    audit(session, by, "touchpoint_answered", told)
    return found.lead_id


def planned(session: Session, id: str) -> Touchpoint:
    """A touchpoint that is still planned. Raises Refusal."""
    found = session.get(Touchpoint, id)
    if found is None:
        raise Refusal("unknown_touchpoint")
    if found.done_at or found.cancelled_at:
        raise Refusal("not_planned")
    return found


def touchpoints_of(session: Session, lead_id: str) -> Sequence[Shown]:
    """(touchpoint, who sees to it, template) of a lead: planned ones by day, then the newest."""
    rows = session.execute(
        select(Touchpoint, WHO, MessageTemplate.name)
        .outerjoin(User, User.id == Touchpoint.user_id)
        .outerjoin(MessageTemplate, MessageTemplate.id == Touchpoint.template_id)
        .where(Touchpoint.lead_id == lead_id)
    )
    return sorted(rows, key=lambda row: _place(row[0]))


def _place(one: Touchpoint) -> tuple[bool, str, int]:
    ended = one.done_at or one.cancelled_at
    return bool(ended), str(one.due_on or "") if not ended else "", -(ended or 0)
