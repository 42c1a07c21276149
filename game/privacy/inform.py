"""When people must be told that their data are held, and what must not happen before and after.

The General Data Protection Regulation, article 14(3): within a month at the latest, at the first
communication with the person, at the first disclosure to another recipient, whichever comes first.

A file for whoever makes it (`export`) has no other recipient: they read the same at the desk. What
goes to another system, to a program, or is said to go out of the house is handed over (`handover`),
which is a disclosure unless the company says that its exports stay in the house.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from sqlalchemy import ColumnElement, ScalarSelect, and_, case, func, select, true
from sqlalchemy.orm import Session

from game.base.refusal import Refusal
from game.privacy import notice
from game.store.among import Among
from game.store.tables import CompanyFact, Lead

MOST = 1_000  # people; more are not counted on each page of the desk
SOON, VERY_SOON = 10, 3  # days before the last one, on which the desk is told
TO_OTHERS = "exports_to_others"  # the company's fact: 'yes' where exports go to another company
Purpose = Literal["export", "handover", "contact", "notice"]
UNINFORMED = Lead.informed_at.is_(None)


def overdue(today: date) -> ColumnElement[bool]:
    """The condition on leads whom nobody told in time."""
    return and_(UNINFORMED, Lead.inform_by < today)


def due_within(days: int, today: date) -> ColumnElement[bool]:
    """The condition on leads who are still to be told, in so many days at most."""
    last = today + timedelta(days=days)
    return and_(UNINFORMED, Lead.inform_by >= today, Lead.inform_by <= last)


def bar(
    session: Session, purpose: Purpose, today: date, returned: Collection[str] = ()
) -> ColumnElement[str]:
    """Why a lead must not be exported, contacted or told, as a refusal's code; '' where it may.

    `returned` are the leads who objected as another lead (`objection.returned`): the database
    knows of them no more than keyed digests.
    The notice alone may still be given late: it is owed all the same. But there must be one: what
    was never published has no version that a person could be said to have been given.
    """
    whens: list[tuple[ColumnElement[bool], str]] = [
        (Lead.objected_at.is_not(None), "lead_objected")
    ]
    if returned:
        whens.append((Lead.id.in_(returned), "lead_objected"))
    if purpose != "notice":
        whens.append((overdue(today), "lead_overdue"))
    if purpose == "contact" or _is_disclosure(session, purpose):
        whens.append((UNINFORMED, "lead_uninformed"))
    if purpose == "notice" and notice.newest(session) is None:
        whens.append((true(), "notice_unpublished"))
    return case(*whens, else_="")


def _is_disclosure(session: Session, purpose: Purpose) -> bool:
    if purpose == "handover":
        return not stays_inside(session)
    return purpose == "export" and discloses(session)


def discloses(session: Session) -> bool:
    """Do exports go to another company? Then the person is told before (article 14(3)(c))."""
    return _to_others(session) == "yes"


def stays_inside(session: Session) -> bool:
    """Did the company say that exports go to no other one? Then they are no disclosure."""
    return _to_others(session) == "no"


def is_unsaid(session: Session) -> bool:
    """Did the company not say yet where its exports go?"""
    return _to_others(session) == ""


def _to_others(session: Session) -> str:
    told = select(CompanyFact.value).where(CompanyFact.name == TO_OTHERS)
    return session.scalar(told) or ""


def may(
    session: Session, purpose: Purpose, today: date, returned: Collection[str]
) -> ColumnElement[bool]:
    """The condition on leads with whom this may be done today; `returned` as `bar` has them."""
    return bar(session, purpose, today, returned) == ""


def barred(
    session: Session, lead_ids: Sequence[str], purpose: Purpose, today: date
) -> dict[str, str]:
    """Those of these leads with whom this must not be done today, and why, as refusals' codes."""
    why = bar(session, purpose, today)
    rows = session.execute(select(Lead.id, why).where(Among(Lead.id, lead_ids), why != ""))
    return {row[0]: row[1] for row in rows}


def check(session: Session, lead_id: str, purpose: Purpose, today: date) -> None:
    """Raises Refusal where this must not be done with a lead today."""
    why = barred(session, [lead_id], purpose, today).get(lead_id)
    if why:
        raise Refusal(why)


def bring_forward(session: Session, lead_id: str, day: date) -> None:
    """There was a first contact or disclosure on this day: by then the person must be told."""
    lead = session.get_one(Lead, lead_id)
    if lead.informed_at is None and day < lead.inform_by:
        lead.inform_by = day


@dataclass(frozen=True)
class Due:
    """How many are to be told: too late already, within three days, within ten.

    Each is counted up to one more than MOST: beyond, the desk says only that there are more.
    """

    overdue: int
    very_soon: int
    soon: int


def due(session: Session, today: date) -> Due:
    """What the desk is reminded of; `soon` counts those of `very_soon`, too."""
    told = select(
        _at_most(overdue(today)),
        _at_most(due_within(VERY_SOON, today)),
        _at_most(due_within(SOON, today)),
    )
    return Due(*session.execute(told).one())


def _at_most(condition: ColumnElement[bool]) -> ScalarSelect[int]:
    some = select(Lead.id).where(condition, Lead.rehearsed.is_(False)).limit(MOST + 1)
    return select(func.count()).select_from(some.subquery()).scalar_subquery()
