"""Saved views: facets and order under a name, each recruiter's own; never the words of a search."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.base.refusal import Refusal
from game.privacy.audit import audit
from game.rules.person import squeeze
from game.store.tables import SavedView

NAME, MOST = 60, 30  # characters of a name, views of a user


def save(session: Session, user_id: str, name: str, query: Mapping[str, object]) -> str:
    """Keeps a view, in the place of the one of that name; returns its id. Raises Refusal."""
    name, own = squeeze(name), views(session, user_id)
    if not name or len(name) > NAME:
        raise Refusal("bad_input", {"view": "too_long" if name else "missing"})
    found = next((one for one in own if one.name == name), None)
    if found is None and len(own) >= MOST:
        raise Refusal("bad_input", {"view": "invalid"})
    found = found or SavedView(user_id=user_id, name=name, created_at=now_ms())
    found.filter = {key: value for key, value in query.items() if key != "text"}
    session.add(found)
    session.flush()
    audit(session, user_id, "view_saved", {"view": found.id})
    return found.id


def views(session: Session, user_id: str) -> Sequence[SavedView]:
    """A user's views, by name."""
    rows = select(SavedView).where(SavedView.user_id == user_id)
    return session.scalars(rows.order_by(SavedView.name, SavedView.id)).all()


def remove(session: Session, user_id: str, id: str) -> None:
    """Removes a view of one's own. Raises Refusal."""
    found = session.get(SavedView, id)
    if found is None or found.user_id != user_id:
        raise Refusal("unknown_view")
    session.delete(found)
    audit(session, user_id, "view_removed", {"view": id})
