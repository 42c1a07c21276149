"""Leads, written: added as an import adds them, judged, tagged."""

from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from game.accounts.api_token import Caller
from game.base.clock import now_ms
from game.base.days import DAY_MS, month_after
from game.base.json_object import number
from game.base.refusal import Refusal
from game.base.speech import marked as _
from game.context import current
from game.imports.book import Cell
from game.imports.labels import Labels
from game.imports.line import Reader, Values
from game.imports.pool_file import Outcome
from game.jobs import queue
from game.pool import leaving, tag
from game.pool.contact import is_contacted
from game.pool.incoming import Incoming
from game.pool.intake import NEW, Intake, Taken
from game.pool.verdict import review
from game.privacy.audit import audit
from game.rules.listed import joined
from game.store.base import new_id
from game.store.tables import ApiToken, PoolImport
from game.web.api.lead_shapes import (
    LeadGiven,
    LeadTaken,
    OriginGiven,
    TagsGiven,
    TagsTaken,
    VerdictGiven,
    VerdictTaken,
)
from game.web.api.leads import OF_A_LEAD, TAG, leaving_lead
from game.web.api.surface import Call, Told, operation
from game.web.desk.surface import show, usual_points

WRITE = "leads:write"
SOON = 60_000  # milliseconds until doubles are looked for: more may come
TEXTS = ("name", "role", "company", "mail", "phone", "link", "channel")
ORIGIN = {
    **{"relationship": "relationship", "reason": "reason", "recommender": "recommender"},
    **{"brief": "brief", "requisition_ref": "requisition_ref", "workshop": "workshop"},
    "type": "type",
}
COLUMNS = {column: f"origin.{name}" for name, column in {**ORIGIN, "at": "recommended"}.items()}


@operation(
    "POST",
    "/leads",
    WRITE,
    summary=_("Ajoute une personne au vivier, ou reconnaît celle qui y est"),
    tag=TAG,
    query=None,
    body=LeadGiven,
    answer=LeadTaken,
    statuses=(200, 201),
    refusals=("key_reused",),
    is_once=True,
)
def add_lead(call: Call, body: LeadGiven) -> Told:
    """Takes one person in, by the way of imports."""
    person = _person(body, call)

    def verb(s: Session) -> LeadTaken:
        made = _import(s, call.caller)
        (taken,) = Intake(call.secret, made.id).take(s.connection(), [person])
        _count(s, made, taken, call.caller)
        call.status = 201 if taken.state == NEW else 200
        return _taken(s, call, taken)

    return call.write(verb)


def _person(given: LeadGiven, call: Call) -> Incoming:
    """The person in normal form. Raises Refusal naming each field that cannot be one."""
    game, values = current(), _values(given)
    labels = Labels(game.packs)
    person, faults = Reader(labels, game.settings.default_country).read(values)
    faults = {COLUMNS.get(column, column): code for column, code in faults.items()}
    if given.channel and not labels.key("channels", given.channel):
        faults["channel"] = "channel_unknown"
    if given.collected_on and given.collected_on > call.today:
        faults["collected_on"] = "too_late"
    if given.origin and given.origin.at and given.origin.at > datetime.now(UTC):
        faults["origin.at"] = "too_late"
    if faults:
        raise Refusal("bad_input", faults)
    if given.collected_on:
        person = replace(person, inform_by=month_after(given.collected_on))
    return person


def _values(given: LeadGiven) -> Values:
    values: dict[str, list[Cell]] = {name: [getattr(given, name)] for name in TEXTS}
    values["skills"] = [joined(given.skills)]
    values["internal"] = ["yes" if given.internal else "no"]
    if given.origin:
        values |= {**_origin(given.origin), "aware": ["yes" if given.origin.aware else "no"]}
    return {name: cells for name, cells in values.items() if cells != [""]}


def _origin(given: OriginGiven) -> dict[str, list[Cell]]:
    texts: dict[str, list[Cell]] = {
        column: [getattr(given, name)] for name, column in ORIGIN.items()
    }
    return {**texts, "recommended": [given.at or datetime.now(UTC)]}


def _import(session: Session, caller: Caller) -> PoolImport:
    """Today's import of this program: one a day, which can be taken back like any other."""
    token = session.get_one(ApiToken, caller.token)
    name, now = f"API – {token.name}", now_ms()
    mine = select(PoolImport).where(PoolImport.user_id == caller.id, PoolImport.name == name)
    fresh = mine.where(PoolImport.undone_at.is_(None), PoolImport.job_id.is_(None))
    newest = fresh.where(PoolImport.at > now - DAY_MS).order_by(PoolImport.at.desc()).limit(1)
    found = session.scalars(newest).one_or_none()
    if found is None:
        found = PoolImport(id=new_id(), name=name, at=now, user_id=caller.id, report={})
        session.add(found)
        session.flush()
    return found


def _count(session: Session, made: PoolImport, taken: Taken, caller: Caller) -> None:
    """Notes what came of one; of who is known, not even who it is."""
    is_new = taken.state == NEW
    report = {**Outcome().report(), "ended": "done", **made.report}
    counted = "taken" if is_new else "known"
    made.report = {**report, counted: number(report, counted) + 1}
    told = {"import": made.id, "state": "new" if is_new else "known"}
    audit(session, caller.id, "lead_taken", {**told, "lead": taken.lead_id} if is_new else told)
    if not queue.is_asked_for(session.connection(), "doubles"):
        queue.enqueue(session, "doubles", due_at=now_ms() + SOON, user_id=caller.id)


def _taken(session: Session, call: Call, taken: Taken) -> LeadTaken:
    session.flush()
    session.expire_all()
    lead = leaving.one(session, call.secret, taken.lead_id, call.today)
    state = "new" if taken.state == NEW else "known"
    return LeadTaken.model_validate({"state": state, "lead": lead.id if lead else None})


@operation(
    "POST",
    "/leads/{lead}/verdicts",
    WRITE,
    summary=_("Juge une piste ; les points suivent aussitôt"),
    tag=TAG,
    query=None,
    body=VerdictGiven,
    answer=VerdictTaken,
    statuses=(201,),
    refusals=(*OF_A_LEAD, "key_reused"),
    is_once=True,
)
def judge_lead(call: Call, body: VerdictGiven, lead: str) -> Told:
    """A verdict of the token's owner; whoever was spoken to is not let go without a why."""
    usual, by, reason = usual_points(), call.caller.id, body.reason.strip()
    followed: set[str] = set()

    def verb(s: Session) -> VerdictTaken:
        found = leaving_lead(s, call, lead)
        if body.verdict == "pass" and not reason and is_contacted(s, found):
            raise Refusal("bad_input", {"reason": "reason_missing"})
        followed.update(review(s, lead, by, body.verdict, reason, usual))
        return VerdictTaken(lead=lead, verdict=body.verdict)

    told = call.write(verb, 201)
    show(followed)
    return told


@operation(
    "PUT",
    "/leads/{lead}/tags",
    WRITE,
    summary=_("Remplace les étiquettes d'une piste"),
    tag=TAG,
    query=None,
    body=TagsGiven,
    answer=TagsTaken,
    refusals=OF_A_LEAD,
)
def tag_lead(call: Call, body: TagsGiven, lead: str) -> Told:
    """The tags that a lead has from now on."""

    def verb(s: Session) -> TagsTaken:
        leaving_lead(s, call, lead)
        tag.put(s, lead, joined(body.tags), call.caller.id)
        s.flush()
        return TagsTaken(lead=lead, tags=tag.tags_of(s, lead))

    return call.write(verb)
