"""A recruiter's private calendar address: made, revoked, and whose it is."""

import hashlib

from sqlalchemy import select
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.base.refusal import Refusal
from game.privacy.audit import audit
from game.store.base import new_key
from game.store.tables import Feed, User

SHOWS = ("count", "kind", "name")


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


def make(session: Session, user_id: str, shows: str) -> str:
    """A new address for a user, in the place of the one before; returns its key, told once.

    Raises Refusal where `shows` is none of SHOWS.
    """
    if shows not in SHOWS:
        raise Refusal("bad_input", {"shows": "invalid"})
    key = new_key()
    session.merge(Feed(user_id=user_id, digest=_digest(key), shows=shows, created_at=now_ms()))
    audit(session, user_id, "feed_made", {"shows": shows})
    return key


def revoke(session: Session, user_id: str) -> None:
    """Ends a user's address."""
    found = session.get(Feed, user_id)
    if found:
        session.delete(found)
        audit(session, user_id, "feed_revoked")


def of(session: Session, user_id: str) -> Feed | None:
    """A user's address, if there is one."""
    return session.get(Feed, user_id)


def opened_by(session: Session, key: str) -> tuple[Feed, User] | None:
    """Whose address this is; None where it was revoked, never was, or its user is disabled."""
    row = session.execute(
        select(Feed, User)
        .join(User, User.id == Feed.user_id)
        .where(Feed.digest == _digest(key), User.disabled_at.is_(None))
    ).one_or_none()
    return (row[0], row[1]) if row else None


def note_read(session: Session, user_id: str, count: int) -> None:
    """So many names are about to go to a calendar."""
    audit(session, user_id, "feed_read", {"count": count})
