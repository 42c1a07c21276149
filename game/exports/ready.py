"""Who may go to a target: ready, lacking something, there already, or held back and why.

Who left for it in a file before counts as left: whether they arrived, only the other system knows.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from game.exports.remote import filed_among, there_among
from game.exports.target import Options, Target
from game.privacy import inform
from game.privacy.objection import objected_among
from game.rules.name_parts import first_and_last
from game.store.tables import Lead, Push, PushItem

State = Literal["ready", "lacks", "there", "left", "held"]
STATES: tuple[State, ...] = ("lacks", "held", "left", "there", "ready")  # what needs a look first
ALWAYS = 2**62  # later than any moment
DOUBTFUL = ("sending", "unsure")


@dataclass(frozen=True)
class Ready:
    """`why` has the fields that are lacking, the ids that a person has there, or a code.

    `at` is when a person left in a file.
    """

    state: State
    why: tuple[str, ...] = ()
    at: int | None = None


def look(
    session: Session,
    secret: str,
    target: Target,
    options: Options,
    leads: Sequence[Lead],
    today: date,
    *,
    untold: bool,
    left_before: int = ALWAYS,
) -> dict[str, Ready]:
    """How each of these leads stands to a target; `untold` lets those go who were not told yet.

    Who left in a file `left_before` this moment is not ready; 0 lets them go again.
    """
    held = held_among(session, secret, [lead.id for lead in leads], today)
    return sort_out(session, target, options, leads, held, untold=untold, left_before=left_before)


def held_among(session: Session, secret: str, ids: Sequence[str], today: date) -> dict[str, str]:
    """Those of these leads whom the law lets go to nobody, and why, as codes."""
    held = inform.barred(session, ids, "export", today)
    return held | dict.fromkeys(objected_among(session, secret, ids), "lead_objected")


def sort_out(
    session: Session,
    target: Target,
    options: Options,
    leads: Sequence[Lead],
    held: Mapping[str, str],
    *,
    untold: bool,
    left_before: int = ALWAYS,
) -> dict[str, Ready]:
    """The same, for who knows already whom the law holds back, and why."""
    ids = [lead.id for lead in leads]
    there = there_among(session, ids, target.key).get(target.key, {})
    doubtful = doubtful_among(session, ids, target.key).get(target.key, set())
    filed = filed_among(session, ids, target.key).get(target.key, {}) if left_before else {}
    left = {id: at for id, at in filed.items() if at < left_before}
    held = dict.fromkeys(doubtful, "push_unsure") | dict(held)
    return {
        lead.id: stand(
            *(target, options, lead, held.get(lead.id, ""), there.get(lead.id)),
            untold=untold,
            left=left.get(lead.id),
        )
        for lead in leads
    }


def stand(
    target: Target,
    options: Options,
    lead: Lead,
    held: str,
    there: tuple[str, ...] | None,
    *,
    untold: bool,
    left: int | None = None,
) -> Ready:
    """How one lead stands: `held` is why the law holds them back, `there` their ids if there.

    `left` is when they left in a file, if they did.
    """
    if there is not None:  # first: who objects is to be found there, too
        return Ready("there", there)
    if held or lead.rehearsed:
        return Ready("held", (held or "lead_rehearsed",))
    lacking = lacks(target, lead)
    if lacking:
        return Ready("lacks", lacking)
    code = _holds(target, options, lead, untold=untold)
    if code:
        return Ready("held", (code,))
    return Ready("ready") if left is None else Ready("left", at=left)


def _holds(target: Target, options: Options, lead: Lead, *, untold: bool) -> str:
    if target.recipient and lead.informed_at is None and not untold:
        return "lead_uninformed"
    told_twice = lead.informed_at is not None and options.get("mails_people") == "yes"
    return "second_notice" if told_twice else ""


def lacks(target: Target, lead: Lead) -> tuple[str, ...]:
    """The fields that a target requires and that a lead has not."""
    return tuple(name for name in target.required if not _known(lead, name))


def _known(lead: Lead, name: str) -> str:
    if name in ("first_name", "last_name"):
        return first_and_last(lead.name)[name == "last_name"]
    return getattr(lead, name, "") or ""  # of what is no column, such as a CV, there is none


def may_go_untold(session: Session, *, wanted: bool) -> bool:
    """Do those go along who were not told yet? Where it is no disclosure, or by somebody's will."""
    return inform.stays_inside(session) or (wanted and not inform.discloses(session))


def doubtful_among(session: Session, ids: Sequence[str], target: str = "") -> dict[str, set[str]]:
    """By target, those of the leads of whom nobody knows whether they arrived there."""
    rows = select(Push.target, PushItem.lead_id).join(Push, Push.id == PushItem.push_id)
    rows = rows.where(PushItem.state.in_(DOUBTFUL), PushItem.lead_id.in_(ids))
    found: dict[str, set[str]] = {}
    for key, lead_id in session.execute(rows.where(Push.target == target) if target else rows):
        found.setdefault(key, set()).add(lead_id)
    return found
