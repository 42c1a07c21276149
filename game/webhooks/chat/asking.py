"""Asking for a notice in chat, in the transaction of what causes it."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from game.store.asking import enqueue
from game.store.database_clock import clock
from game.store.tables import ChatRoom, Workshop

KIND, SOON, HIRED = "chat", "chat_soon", "chat_hired"
HOUR = 3_600_000  # milliseconds
UNDO = 600_000  # milliseconds in which a press by mistake is taken back


def ask_soon(session: Session, workshop: Workshop) -> None:
    """An hour before a workshop begins, its house's rooms are told; at once where it is later."""
    at = workshop.starts_at
    now = clock(session.connection())
    if at is None or at <= now or workshop.sort != "real":
        return
    given = {"workshop": workshop.id, "at": at}
    once = f"{SOON} {workshop.id} {at}"
    enqueue(session, SOON, given, once=once, due_at=max(at - HOUR, now))


def ask_hired(session: Session, lead_id: str) -> None:
    """Somebody was hired: is it the first of a workshop, the rooms are told a little later."""
    if session.scalar(select(ChatRoom.id).limit(1)) is None:
        return
    due = clock(session.connection()) + UNDO
    enqueue(session, HIRED, {"lead": lead_id}, due_at=due)


def ask_one(session: Session, room_id: str, said: str, workshop_id: str, once: str | None) -> None:
    """One room is told one thing: `soon`, `hired` or `trial`."""
    given = {"room": room_id, "said": said, "workshop": workshop_id}
    enqueue(session, KIND, given, once=once)
