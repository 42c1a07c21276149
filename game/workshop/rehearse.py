"""A rehearsal of a workshop: a copy of it, marked as such, which is gone with one click."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from game.base.refusal import Refusal
from game.store.tables import Workshop
from game.workshop import create

MOST = 200  # simulated players


def begin(session: Session, workshop_id: str, *, user_id: str | None, name: str) -> Workshop:
    """A copy in its lobby to play in; what is named there stays out of the pool.

    The rehearsal that there was of the same workshop goes.
    """
    end(session, workshop_id, user_id)
    made = create.copy(session, workshop_id, user_id=user_id, name=name[:120])
    made.sort, made.stage, made.copy_of = "rehearsal", "lobby", workshop_id
    made.after_days = 0
    session.flush()
    return made


def of(session: Session, workshop_id: str) -> Workshop | None:
    """The rehearsal that there is of a workshop."""
    rows = select(Workshop).where(Workshop.copy_of == workshop_id, Workshop.sort == "rehearsal")
    return session.scalars(rows.order_by(Workshop.created_at.desc())).first()


def end(session: Session, workshop_id: str, by: str | None) -> None:
    """Deletes a workshop's rehearsals, with all that was said in them."""
    rows = select(Workshop.id).where(Workshop.copy_of == workshop_id, Workshop.sort == "rehearsal")
    for id in session.scalars(rows).all():
        create.delete(session, id, by)


def end_this(session: Session, workshop_id: str, by: str | None) -> str:
    """Deletes this rehearsal; the id of the workshop it was of, or empty. Raises Refusal."""
    workshop = session.get_one(Workshop, workshop_id)
    if workshop.sort != "rehearsal":
        raise Refusal("not_allowed")
    of_which = workshop.copy_of or ""
    create.delete(session, workshop_id, by)
    there = session.scalar(select(Workshop.id).where(Workshop.id == of_which))
    return there or ""
