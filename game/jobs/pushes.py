"""Handing a push over, one person after the other.

A person is marked before they are handed over and after: one whose worker died in between is shown
as unsure, and not sent a second time. Whether they may go is asked right before.
"""

from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.base.days import today
from game.base.secret import secret_key
from game.exports import push as verbs
from game.exports.delivery import Arrived, Away, Declined, KeyRefused, Line, Unknown
from game.exports.person import Person, persons
from game.exports.ready import Ready, look
from game.exports.remote import note_there
from game.exports.target import Target
from game.exports.target_settings import key_of, setting
from game.exports.targets import targets
from game.exports.words import words
from game.jobs import queue
from game.jobs.run import Run
from game.privacy.audit import audit
from game.store.tables import Lead, Push, PushItem

KIND = "push"


@dataclass(frozen=True)
class Next:
    """A person who may go."""

    item_id: str
    person: Person


def ask(session: Session, push: Push, by: str | None) -> None:
    """Asks for a push, in the transaction that makes it or takes it up again."""
    push.job_id = queue.enqueue(session, KIND, {"push": push.id}, user_id=by)


def send(run: Run) -> dict[str, object]:
    """Hands over what waits; returns how many. Raises Away to be tried again later."""
    push_id = str(run.given["push"])
    with run.session() as session:
        push = session.get(Push, push_id)
        target = targets().get(push.target) if push else None
        if push is None or target is None:
            return {}
        _look_back(session, push_id)
        options, key = setting(session, target).options, key_of(session, _secret(run), target)
    if not key:
        return _halt(run, push_id, "not_connected", 0)
    return _send_all(run, push, target, Line(target, options, key))


def _send_all(run: Run, push: Push, target: Target, line: Line) -> dict[str, object]:
    sent = 0
    with line:
        while (ready := _next(run, push, target, line)) is not None:
            try:
                sent += _hand_over(run, push, ready, line)
            except KeyRefused:
                return _halt(run, push.id, "key_refused", sent)
    return {"sent": sent}


def _secret(run: Run) -> str:
    return secret_key(run.settings)


def _halt(run: Run, push_id: str, fault: str, sent: int) -> dict[str, object]:
    """All of it comes to a stand: what waits goes on waiting until somebody puts it right."""
    with run.session() as session:
        verbs.existing(session, push_id).fault = fault
    return {"sent": sent, "fault": fault}


def _look_back(session: Session, push_id: str) -> None:
    """Those whom an earlier try was handing over when it ended: nobody knows if they arrived."""
    doubtful = update(PushItem).where(PushItem.push_id == push_id, PushItem.state == "sending")
    session.execute(doubtful.values(state="unsure", at=now_ms()))


def _next(run: Run, push: Push, target: Target, line: Line) -> Next | None:
    """The next person who may go, marked; those before who may not are passed over."""
    waiting = select(PushItem).where(PushItem.push_id == push.id, PushItem.state == "waiting")
    while True:
        with run.session() as session:
            item = session.scalar(waiting.order_by(PushItem.id).limit(1))
            ready = _ready(session, run, push, target, line, item) if item else None
            session.flush()
            _step(session, run, push.id)
        if ready or item is None:
            return ready


def _step(session: Session, run: Run, push_id: str) -> None:
    """How far it is: those who are not waiting any more, of all."""
    found = verbs.states(session, push_id)
    total = sum(found.values())
    run.step(session.connection(), total - found.get("waiting", 0), total)


def _ready(
    session: Session, run: Run, push: Push, target: Target, line: Line, item: PushItem
) -> Next | None:
    lead, day = session.get_one(Lead, item.lead_id), today()
    about = (session, _secret(run), target, line.options, [lead], day)
    # who left in a file was looked at when the push was asked for
    stands = look(*about, untold=push.untold, left_before=0)[lead.id]
    item.at = now_ms()
    if stands.state != "ready":
        item.state, item.reason = _passed_over(stands)
        return None
    item.state = "sending"
    said = words(run.packs.get(push.lang) or next(iter(run.packs.values())), push.lang)
    return Next(item.id, next(persons(session, [lead], said, push.lang)))


def _passed_over(stands: Ready) -> tuple[str, str]:
    if stands.state == "there":
        return "there", ""
    return "skipped", "lacks_field" if stands.state == "lacks" else stands.why[0]


def _hand_over(run: Run, push: Push, ready: Next, line: Line) -> bool:
    """Did they arrive? Raises Away where the target takes nothing now, and KeyRefused."""
    try:
        came = line.hand_over(ready.person)
    except (Away, KeyRefused):
        _note(run, push, ready.item_id, "waiting")
        raise
    except Unknown:
        _note(run, push, ready.item_id, "unsure")
        return False
    if isinstance(came, Declined):
        _note(run, push, ready.item_id, "refused", came.code)
        return False
    _note(run, push, ready.item_id, "there" if came.before else "sent", came=came)
    return not came.before


def _note(
    run: Run, push: Push, item_id: str, state: str, reason: str = "", came: Arrived | None = None
) -> None:
    """What came of a person; whoever arrived is disclosed, and has an id there."""
    with run.session() as session:
        item = session.get(PushItem, item_id)
        if item is None:
            return  # the person was erased in between
        item.state, item.reason, item.at = state, reason, now_ms()
        if came is not None:
            note_there(session, push.target, item.lead_id, came.remote_id)
        if state in ("sent", "unsure"):
            verbs.note_disclosed(session, [item.lead_id], today())
        if state in ("sent", "there", "unsure", "refused"):
            told = {"lead": item.lead_id, "push": push.id, "target": push.target, "state": state}
            audit(session, push.user_id, "lead_pushed", told)
