"""The room check: what was found out about a room before anyone came."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.base.refusal import Refusal
from game.store.tables import ProjectorLine, Workshop

BEFORE = ("draft", "lobby")  # stages in which a room is checked


def note_phone(session: Session, workshop_id: str) -> None:
    """A phone in the room reached us just now. Raises Refusal once the workshop has begun."""
    workshop = session.get_one(Workshop, workshop_id)
    if workshop.stage not in BEFORE:
        raise Refusal("not_now")
    workshop.checked = {"phone": now_ms()}


def found(session: Session, workshop_id: str) -> dict[str, object]:
    """When a phone reached us (milliseconds, or None), and how many projectors are connected."""
    workshop = session.get_one(Workshop, workshop_id)
    lines = select(func.count()).where(ProjectorLine.workshop_id == workshop_id)
    at = (workshop.checked or {}).get("phone")
    return {"phone": at, "projectors": session.scalar(lines) or 0}
