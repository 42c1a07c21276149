"""Helpers: who prepares and runs a workshop with its owner."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from game.accounts import policy
from game.base.clock import now_ms
from game.base.refusal import Refusal
from game.privacy.audit import audit
from game.store.tables import Helper, User, Workshop


def of(session: Session, workshop_id: str) -> list[User]:
    """The helpers of a workshop, by mail."""
    rows = select(User).join(Helper, Helper.user_id == User.id)
    return list(session.scalars(rows.where(Helper.workshop_id == workshop_id).order_by(User.mail)))


def owner(session: Session, workshop_id: str) -> User | None:
    """Who made a workshop; None where the command line did."""
    made = select(User).join(Workshop, Workshop.created_by == User.id)
    return session.scalar(made.where(Workshop.id == workshop_id))


def invite(session: Session, workshop_id: str, mail: str, by: str) -> None:
    """Makes a colleague a helper, known by their mail; one who is already stays one.

    Raises Refusal with the field `mail`: no_facilitator for who could not run a workshop.
    """
    user = session.scalar(select(User).where(User.mail == mail.strip().lower()))
    if user is None or user.disabled_at or not policy.may(user, policy.RUN_WORKSHOP):
        raise Refusal("bad_input", {"mail": "no_facilitator"})
    if policy.membership(session, user, workshop_id):
        return
    session.add(Helper(workshop_id=workshop_id, user_id=user.id, at=now_ms()))
    audit(session, by, "helper_invited", {"workshop": workshop_id, "helper": user.id})


def dismiss(session: Session, workshop_id: str, user_id: str, by: str) -> None:
    """Ends somebody's help, if they gave any."""
    found = session.get(Helper, (workshop_id, user_id))
    if found is None:
        return
    session.delete(found)
    audit(session, by, "helper_dismissed", {"workshop": workshop_id, "helper": user_id})
