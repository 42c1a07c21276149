"""Chat rooms as administrators keep them: declared, tried, removed."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.base.refusal import Refusal
from game.privacy.audit import audit
from game.store.base import new_id
from game.store.tables import ChatRoom
from game.webhooks import address
from game.webhooks.chat import PROVIDERS
from game.webhooks.chat.asking import ask_one

MOST = 20  # rooms of a house


def declare(session: Session, by: str, provider: str, url: str, *, private: bool) -> str:
    """A new room; returns its id. Raises Refusal naming each field that cannot be."""
    url, fields = url.strip(), {}
    if provider not in PROVIDERS:
        fields["provider"] = "invalid" if provider else "missing"
    try:
        address.checked(url, private=private)
    except Refusal as refusal:
        fields |= refusal.fields if url else {"url": "missing"}
    if not fields and (session.scalar(select(func.count()).select_from(ChatRoom)) or 0) >= MOST:
        fields["url"] = "too_many"
    if fields:
        raise Refusal("bad_input", fields)
    made = ChatRoom(id=new_id(), provider=provider, url=url, created_by=by, created_at=now_ms())
    session.add(made)
    session.flush()
    audit(session, by, "chat_room_made", {"room": made.id, "provider": provider})
    return made.id


def _of(session: Session, room_id: str) -> ChatRoom:
    found = session.get(ChatRoom, room_id)
    if found is None:
        raise Refusal("unknown_chat_room")
    return found


def attempt(session: Session, room_id: str, by: str) -> None:
    """Has the room told that it can be told. Raises Refusal."""
    ask_one(session, _of(session, room_id).id, "trial", "", None)
    audit(session, by, "chat_room_tried", {"room": room_id})


def remove(session: Session, room_id: str, by: str) -> None:
    """The room is told of nothing any more. Raises Refusal."""
    session.delete(_of(session, room_id))
    audit(session, by, "chat_room_removed", {"room": room_id})


def every(session: Session) -> Sequence[ChatRoom]:
    """All rooms, the oldest first."""
    return session.scalars(select(ChatRoom).order_by(ChatRoom.created_at, ChatRoom.id)).all()
