"""The remote on a phone without a password: a link that is good once, and for ten minutes.

Whoever uses it is signed in as its maker, for the remote of one workshop and for nothing else.
"""

import hashlib
import secrets

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from game.accounts import sign_in
from game.accounts.sign_in import SignedIn
from game.base.clock import now_ms
from game.privacy.audit import audit
from game.store.tables import RemoteLink, User

GOOD_MS = 10 * 60 * 1000
BYTES = 16


def make(session: Session, user_id: str, workshop_id: str) -> str:
    """A link's token; those made before by the same person for the same room are worth nothing."""
    now, token = now_ms(), secrets.token_urlsafe(BYTES)
    old = (RemoteLink.user_id == user_id) & (RemoteLink.workshop_id == workshop_id)
    session.execute(delete(RemoteLink).where(old | (RemoteLink.until <= now)))
    session.add(
        RemoteLink(
            digest=_digest(token), workshop_id=workshop_id, user_id=user_id, until=now + GOOD_MS
        )
    )
    audit(session, user_id, "remote_link_made", {"workshop": workshop_id})
    return token


def is_good(session: Session, token: str) -> bool:
    """Can this link still be used?"""
    return _found(session, token) is not None


def use(session: Session, token: str, user_agent: str) -> SignedIn | None:
    """Signs in for the remote, and the link is used up; None where it is good no more."""
    link = _found(session, token)
    user = session.get(User, link.user_id) if link else None
    if link is None or user is None or user.disabled_at:
        return None
    workshop_id = link.workshop_id
    session.delete(link)
    session.flush()
    return sign_in.begin(session, user, user_agent, only=workshop_id)


def _found(session: Session, token: str) -> RemoteLink | None:
    wanted = select(RemoteLink).where(
        RemoteLink.digest == _digest(token), RemoteLink.until > now_ms()
    )
    return session.scalar(wanted.with_for_update())


def _digest(token: str) -> str:
    return hashlib.sha256(token[:80].encode()).hexdigest()
