"""Rules that plan touchpoints: written by recruiters, and run once a day."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.base.days import day_of, days_after
from game.base.refusal import Refusal
from game.pool import touchpoint
from game.pool.touchpoint import WHO, Plan
from game.pool.verdict import VERDICTS
from game.privacy.audit import audit
from game.privacy.objection import objected_among
from game.rules.person import squeeze
from game.rules.touch import KINDS, MEDIA, MOST_MONTHS, next_on
from game.store.tables import Lead, Touchpoint, TouchRule, User, Verdict

NAME = 80  # characters
AHEAD = 31  # days: what is due later is planned later
CONCERNED = [verdict for verdict in VERDICTS if verdict != "pass"]


def save(session: Session, id: str, typed: Mapping[str, str], months: int, by: str) -> str:
    """Writes a rule, a new one where no id is given; returns its id. Raises Refusal."""
    values = _checked(typed, months)
    found = session.get(TouchRule, id) if id else TouchRule(user_id=by, created_at=now_ms())
    if found is None:
        raise Refusal("unknown_rule")
    for name, value in values.items():
        setattr(found, name, value)
    session.add(found)
    session.flush()
    audit(session, by, "rule_saved", {"rule": found.id, "active": found.active})
    return found.id


def _checked(typed: Mapping[str, str], months: int) -> dict[str, object]:
    name, faults = squeeze(typed.get("name", "")), {}
    if not name:
        faults["name"] = "missing"
    elif len(name) > NAME:
        faults["name"] = "too_long"
    if not 1 <= months <= MOST_MONTHS:
        faults["months"] = "invalid"
    for field, among in (("verdict", CONCERNED), ("kind", KINDS), ("medium", MEDIA)):
        if typed.get(field) not in among:
            faults[field] = "invalid"
    if faults:
        raise Refusal("bad_input", faults)
    same = {field: typed[field] for field in ("verdict", "kind", "medium")}
    return {**same, "name": name, "months": months, "active": bool(typed.get("active"))}


def remove(session: Session, id: str, by: str) -> None:
    """Removes a rule; what it planned stays planned. Raises Refusal."""
    found = session.get(TouchRule, id)
    if found is None:
        raise Refusal("unknown_rule")
    session.delete(found)
    audit(session, by, "rule_removed", {"rule": id})


def rules(session: Session) -> Sequence[Row[TouchRule, str | None]]:
    """(rule, for whom it plans), by name."""
    rows = select(TouchRule, WHO).outerjoin(User, User.id == TouchRule.user_id)
    return session.execute(rows.order_by(TouchRule.name, TouchRule.id)).all()


def concerned(session: Session, rule: TouchRule, after: str, most: int) -> list[str]:
    """The ids of the next leads that a rule is about, in order of their ids."""
    rows = select(Lead.id).where(
        Lead.id > after,
        Lead.verdict == rule.verdict,
        Lead.hired_at.is_(None),
        Lead.objected_at.is_(None),
        Lead.rehearsed.is_(False),
    )
    return list(session.scalars(rows.order_by(Lead.id).limit(most)))


def run(session: Session, secret: str, rule: TouchRule, ids: Sequence[str], today: date) -> int:
    """Plans what a rule wants of these leads; returns how many touchpoints it planned.

    Nothing is planned where the rule has something open already, and a touchpoint of it that was
    cancelled counts as one that took place: it is not asked for again the next day.
    """
    skipped = _open(session, ids, rule.id) | objected_among(session, secret, ids)
    heard, count = _heard(session, ids, rule.id), 0
    for id in ids:
        due = next_on([day_of(heard[id])], rule.months, today)
        if id in skipped or due > days_after(today, AHEAD):
            continue
        wanted = Plan(rule.kind, rule.medium, due, user_id=rule.user_id, rule_id=rule.id)
        touchpoint.plan(session, secret, id, wanted, None)
        count += 1
    return count


def _open(session: Session, ids: Sequence[str], rule_id: str) -> set[str]:
    rows = select(Touchpoint.lead_id).where(
        Touchpoint.lead_id.in_(ids),
        Touchpoint.rule_id == rule_id,
        Touchpoint.done_at.is_(None),
        Touchpoint.cancelled_at.is_(None),
    )
    return set(session.scalars(rows))


def _heard(session: Session, ids: Sequence[str], rule_id: str) -> dict[str, int]:
    """When something was last heard of, said to or decided about each of them."""
    done = select(Touchpoint.lead_id, func.max(Touchpoint.done_at))
    dropped = select(Touchpoint.lead_id, func.max(Touchpoint.cancelled_at))
    judged = select(Verdict.lead_id, func.max(Verdict.at)).where(Verdict.lead_id.in_(ids))
    queries: tuple[Select[str, int | None], ...] = (
        select(Lead.id, Lead.created_at).where(Lead.id.in_(ids)),
        done.where(Touchpoint.lead_id.in_(ids)).group_by(Touchpoint.lead_id),
        dropped.where(Touchpoint.lead_id.in_(ids), Touchpoint.rule_id == rule_id).group_by(
            Touchpoint.lead_id
        ),
        judged.group_by(Verdict.lead_id),
    )
    found: dict[str, int] = dict.fromkeys(ids, 0)
    for query in queries:
        for id, at in session.execute(query):
            found[id] = max(found[id], at or 0)
    return found
