"""Tokens of programs: made by somebody who may, shown once, good for some time and some acts.

What a token may do is never more than what its owner may do now.
"""

import hashlib
import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Row, select, update
from sqlalchemy.orm import Session

from game.accounts.policy import EXPORT_LEADS, JUDGE_LEADS, READ_AUDIT, READ_LEADS, Right, may
from game.base.clock import now_ms
from game.base.days import DAY_MS
from game.base.refusal import Refusal
from game.base.speech import marked as _
from game.privacy.audit import audit
from game.rules.person import squeeze
from game.store.base import new_id
from game.store.tables import ApiToken, User

PREFIX = "srcr_"  # by which scanners of secrets know one that was let slip
NAME = 60  # characters
DAYS = (30, 90, 180, 365)  # to choose from
USED = 60_000  # milliseconds: last uses are kept to the minute


@dataclass(frozen=True)
class Scope:
    """What a token may do, in words, and the right that its owner must have."""

    label: str
    right: Right


SCOPES: Mapping[str, Scope] = {
    "leads:read": Scope(_("Lire les pistes, comme un export"), EXPORT_LEADS),
    "leads:write": Scope(
        _("Ajouter des pistes, les juger, noter contacts et étiquettes"), JUDGE_LEADS
    ),
    "workshops:read": Scope(_("Lire les ateliers, leurs chiffres et leurs postes"), READ_LEADS),
    "audit:read": Scope(_("Lire le journal"), READ_AUDIT),
}


@dataclass(frozen=True)
class Caller:
    """A program that calls, and whom it acts for."""

    token: str
    scopes: Collection[str]
    id: str
    role: str
    used_at: int

    def may(self, scope: str) -> bool:
        """Does the token open this, and has its owner the right?"""
        return scope in self.scopes and may(self, SCOPES[scope].right)


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


def make(session: Session, by: str, name: str, scopes: Sequence[str], days: int) -> str:
    """A new token of this user, good for so many days; returns its key, told once.

    Raises Refusal naming the fields at fault.
    """
    name, fields = squeeze(name), {}
    if not name or len(name) > NAME:
        fields["name"] = "too_long" if name else "missing"
    if not scopes or not set(scopes) <= SCOPES.keys():
        fields["scopes"] = "invalid" if scopes else "missing"
    if days not in DAYS:
        fields["days"] = "invalid"
    if fields:
        raise Refusal("bad_input", fields)
    key, now = PREFIX + secrets.token_urlsafe(32), now_ms()
    made = ApiToken(id=new_id(), user_id=by, name=name, digest=_digest(key), created_at=now)
    made.scopes, made.expires_at = sorted(set(scopes)), now + days * DAY_MS
    session.add(made)
    audit(session, by, "token_made", {"made": made.id, "scopes": made.scopes, "days": days})
    return key


def revoke(session: Session, token_id: str, by: str) -> None:
    """Ends a token at once. Raises Refusal where there is none."""
    found = session.get(ApiToken, token_id)
    if found is None:
        raise Refusal("unknown_token")
    if found.revoked_at is None:
        found.revoked_at = now_ms()
        audit(session, by, "token_revoked", {"revoked": token_id})


def every(session: Session) -> Sequence[Row[ApiToken, str, str]]:
    """(token, its owner's name, their mail), the newest first."""
    rows = select(ApiToken, User.name, User.mail).join(User, User.id == ApiToken.user_id)
    return session.execute(rows.order_by(ApiToken.created_at.desc(), ApiToken.id)).all()


def caller(session: Session, key: str) -> Caller | None:
    """Who calls with this key; None where it is nobody's, over, revoked, or its owner disabled."""
    found = session.execute(
        select(ApiToken, User.role)
        .join(User, User.id == ApiToken.user_id)
        .where(ApiToken.digest == _digest(key), User.disabled_at.is_(None))
        .where(ApiToken.revoked_at.is_(None), ApiToken.expires_at > now_ms())
    ).one_or_none()
    if found is None:
        return None
    token, role = found
    return Caller(token.id, token.scopes, token.user_id, role, token.last_used_at or 0)


def note_use(session: Session, caller: Caller) -> None:
    """Notes that a token was used, to the minute."""
    now = now_ms()
    if now - caller.used_at >= USED:
        mine = update(ApiToken).where(ApiToken.id == caller.token)
        session.execute(mine.values(last_used_at=now))
