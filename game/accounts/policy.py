"""Who may do what: each right once, for pages, the remote's commands, previews and exports."""

from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import ColumnElement, exists, or_, select, true
from sqlalchemy.orm import Session

from game.base.refusal import Refusal
from game.base.roles import ROLES
from game.store.tables import Helper, Workshop

RUNNERS = ("facilitator", "admin")
READERS = ("recruiter", "admin", "dpo")
JUDGES = ("recruiter", "admin")
OWNER, HELPER = "owner", "helper"
MEMBERS = (OWNER, HELPER)


class Who(Protocol):
    """Somebody who runs things."""

    @property
    def id(self) -> str: ...

    @property
    def role(self) -> str: ...


def bound(who: Who) -> str:
    """The one workshop that they may run, and do nothing else; empty for whoever is free."""
    return str(getattr(who, "workshop_id", "") or "")


@dataclass(frozen=True)
class Right:
    """Who has it: these roles and, where it is about one workshop, only these members."""

    roles: tuple[str, ...]
    memberships: tuple[str, ...] = ()


BE_STAFF = Right(ROLES)  # one's own account, and the page one comes to
MANAGE_USERS = Right(("admin",))
WRITE_POSITIONS = Right(("facilitator", "recruiter", "admin"))
MAKE_WORKSHOPS = Right(RUNNERS)
PREPARE_WORKSHOP = Right(RUNNERS, MEMBERS)
RUN_WORKSHOP = Right(RUNNERS, MEMBERS)
SHARE_WORKSHOP = Right(RUNNERS, (OWNER,))
DELETE_WORKSHOP = Right(RUNNERS, (OWNER,))
READ_LEADS = Right(READERS)
INFORM_LEADS = Right(READERS)
ERASE_LEADS = Right(READERS)
JUDGE_LEADS = Right(JUDGES)
EXPORT_LEADS = Right(JUDGES)
IMPORT_LEADS = Right(JUDGES)
CONNECT_TARGETS = Right(("admin",))  # give the keys of other systems
KEEP_PAPERS = Right(("admin", "dpo"))
WRITE_NOTICE = Right(("facilitator", "recruiter", "admin", "dpo"))  # who keeps papers publishes it
LINK_CONTACTS = Right(READERS)
READ_AUDIT = Right(("admin", "dpo"))
TOUCH_LEADS = Right(JUDGES)  # plan, write, call, and all that keeps the pool warm
OBJECT_LEADS = Right(READERS)
REACH_NOMINEES = Right(JUDGES)
READ_INTEGRATIONS = Right(("admin", "dpo"))  # which programs have tokens, which are told of events
KEEP_INTEGRATIONS = Right(("admin",))
READ_FIGURES = Right(READERS)  # counts of the house, nobody in them
KEEP_COSTS = Right(("admin",))  # what was spent, and what an agency takes


def may(who: Who, right: Right) -> bool:
    """Has this role the right, whatever workshop it is about?"""
    return who.role in right.roles and (not bound(who) or right is RUN_WORKSHOP)


def membership(session: Session, who: Who, workshop_id: str) -> str:
    """'owner', 'helper', or empty for who has nothing to do with a workshop, or there is none.

    An administrator stands to all workshops as their owner does.
    """
    owner = session.execute(
        select(Workshop.created_by).where(Workshop.id == workshop_id)
    ).one_or_none()
    if owner is None:
        return ""
    if who.role == "admin" or owner.created_by == who.id:
        return OWNER
    return HELPER if session.get(Helper, (workshop_id, who.id)) else ""


def check(session: Session, who: Who, right: Right, workshop_id: str = "") -> None:
    """Lets pass who has the right.

    Raises Refusal: not_allowed, or unknown_workshop for one that is not theirs to know of.
    """
    if not may(who, right):
        raise Refusal("not_allowed")
    if not right.memberships:
        return
    if bound(who) not in ("", workshop_id):
        raise Refusal("unknown_workshop")
    found = membership(session, who, workshop_id)
    if not found:
        raise Refusal("unknown_workshop")
    if found not in right.memberships:
        raise Refusal("not_allowed")


def theirs(who: Who) -> ColumnElement[bool]:
    """The condition on workshops that leaves those which somebody owns, helps in or administers."""
    if who.role == "admin":
        return true()
    helps = exists().where(Helper.workshop_id == Workshop.id, Helper.user_id == who.id)
    return or_(Workshop.created_by == who.id, helps)
