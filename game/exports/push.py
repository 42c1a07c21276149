"""Handing leads to a target by its API: asked for, stopped, taken up again, told how it goes."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import Row, func, insert, select, update
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.base.refusal import Refusal
from game.exports.remote import note_there
from game.exports.target import Target
from game.privacy import inform
from game.privacy.audit import audit
from game.store.base import new_id
from game.store.tables import Job, Lead, Push, PushItem, TargetSetting
from game.store.tables.job import GOING

MOST = 5_000  # people at once
SHOWN = 200
STATES = (
    *("waiting", "sending", "sent", "there", "skipped", "refused", "unsure"),
    "cancelled",
)


def make(
    session: Session,
    target: Target,
    lead_ids: Iterable[str],
    lang: str,
    by: str | None,
    *,
    untold: bool,
) -> str:
    """A push of these people, each once; returns its id. A job hands them over.

    Raises Refusal('push_going') while another one to this target is under way: so nobody is handed
    over by two at once.
    """
    _alone(session, target.key)
    made = Push(target=target.key, lang=lang, untold=untold, user_id=by, created_at=now_ms())
    session.add(made)
    session.flush()
    same = {"push_id": made.id, "state": "waiting", "reason": "", "at": now_ms()}
    rows = [{**same, "id": new_id(), "lead_id": id} for id in dict.fromkeys(lead_ids)]
    if rows:
        session.execute(insert(PushItem), rows)
    told = {"push": made.id, "target": target.key, "count": len(rows)}
    audit(session, by, "push_made", told)
    return made.id


def _alone(session: Session, target: str) -> None:
    """Only one push to a target at a time; on PostgreSQL, two who ask at once wait here in turn."""
    session.scalar(
        select(TargetSetting.target).where(TargetSetting.target == target).with_for_update()
    )
    going = select(Push.id).join(Job, Job.id == Push.job_id).where(Push.target == target)
    if session.scalar(going.where(Job.state.in_(GOING)).limit(1)):
        raise Refusal("push_going")


def resume(session: Session, push_id: str, by: str | None) -> Push:
    """A push whose rest is to be handed over after all. Raises Refusal (not_now, push_going)."""
    found = existing(session, push_id)
    _alone(session, found.target)
    if not states(session, push_id).get("waiting"):
        raise Refusal("not_now")
    found.fault = ""
    audit(session, by, "push_resumed", {"push": push_id})
    return found


def stop(session: Session, push_id: str, by: str | None) -> int:
    """What has not left yet stays; returns how many."""
    waiting = update(PushItem).where(PushItem.push_id == push_id, PushItem.state == "waiting")
    ended = waiting.values(state="cancelled", at=now_ms()).returning(PushItem.id)
    count = len(session.execute(ended).all())
    audit(session, by, "push_stopped", {"push": push_id, "count": count})
    return count


def existing(session: Session, push_id: str) -> Push:
    """The push of this id. Raises Refusal where there is none."""
    found = session.get(Push, push_id)
    if found is None:
        raise Refusal("unknown_push")
    return found


def settle(session: Session, item_id: str, by: str | None, *, arrived: bool) -> str:
    """Somebody looked there: the person arrived, or did not and may be sent again.

    Returns the push. Raises Refusal where there was no doubt.
    """
    item = session.get(PushItem, item_id)
    if item is None or item.state != "unsure":
        raise Refusal("unknown_push")
    item.state, item.reason = ("sent" if arrived else "refused"), ""
    item.at = now_ms()
    if arrived:
        note_there(session, existing(session, item.push_id).target, item.lead_id, "")
    told = {"lead": item.lead_id, "push": item.push_id, "arrived": arrived}
    audit(session, by, "push_settled", told)
    return item.push_id


def note_disclosed(session: Session, lead_ids: Iterable[str], day: date) -> None:
    """These were handed to a recipient: whoever was not told yet is to be told by this day."""
    if not inform.stays_inside(session):
        for lead_id in lead_ids:
            inform.bring_forward(session, lead_id, day)


def states(session: Session, push_id: str) -> dict[str, int]:
    """How many items are in each state, those that there are."""
    rows = session.execute(
        select(PushItem.state, func.count())
        .where(PushItem.push_id == push_id)
        .group_by(PushItem.state)
    )
    found = {row[0]: row[1] for row in rows}
    return {state: found[state] for state in STATES if state in found}


def items_of(session: Session, push_id: str) -> Sequence[Row[PushItem, Lead]]:
    """(item, lead) of a push, what needs a look first, then by name."""
    calm = PushItem.state.in_(("sent", "there", "waiting"))
    rows = (
        select(PushItem, Lead)
        .join(Lead, Lead.id == PushItem.lead_id)
        .where(PushItem.push_id == push_id)
        .order_by(PushItem.state != "unsure", calm, PushItem.state, Lead.folded)
    )
    return session.execute(rows.limit(SHOWN)).all()


def pushes(session: Session, most: int = 10) -> Sequence[Row[Push, str | None, int]]:
    """(push, state of its job, how many people), the newest first."""
    count = select(func.count()).where(PushItem.push_id == Push.id).scalar_subquery()
    rows = select(Push, Job.state, count).outerjoin(Job, Job.id == Push.job_id)
    return session.execute(rows.order_by(Push.created_at.desc()).limit(most)).all()


def note_shown(session: Session, push_id: str, count: int, by: str) -> None:
    """So many people of a push are about to be shown."""
    audit(session, by, "push_shown", {"push": push_id, "count": count})
