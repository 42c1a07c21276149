"""Whom the house's provider of identities (OpenID Connect) knows: invited, or of a mail it admits.

A person is bound to the provider's own name for them at their first sign-in: a mail address that
later goes to somebody else opens nothing.
"""

import hashlib
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from game.accounts import sign_in
from game.accounts.sign_in import SignedIn
from game.accounts.user import add_user, named
from game.base.refusal import Refusal
from game.privacy.audit import audit
from game.store.tables import User


@dataclass(frozen=True)
class Known:
    """What the provider says of somebody; `subject` is its own name for them.

    `mail` is one that is to be believed. `is_doubtful` says that it told one that is not.
    """

    issuer: str
    subject: str
    mail: str
    name: str
    is_doubtful: bool = False

    @property
    def digest(self) -> str:
        """What is kept of who they are to the provider."""
        return hashlib.sha256(f"{self.issuer}\0{self.subject}".encode()).hexdigest()


def role_of(admits: str, mail: str) -> str:
    """The role of a mail that nobody invited, by the setting OIDC_ADMITS; empty for none.

    The setting is 'example.org=facilitator, ada@example.org=recruiter': an address wins over its
    domain.
    """
    pairs = (line.partition("=") for line in admits.split(",") if "=" in line)
    roles = {who.strip().lower(): role.strip() for who, _, role in pairs}
    address = mail.strip().lower()
    return roles.get(address) or roles.get(address.partition("@")[2], "")


def enter(session: Session, known: Known, admits: str, user_agent: str) -> SignedIn:
    """Signs in whom the provider knows.

    Raises Refusal: house_unknown, house_unverified where nobody stands for their mail, house_other
    where it is bound to somebody else, house_disabled.
    """
    user = session.scalar(select(User).where(User.subject == known.digest))
    user = user or _by_mail(session, known, admits)
    if user.disabled_at:
        raise Refusal("house_disabled")
    return sign_in.begin(session, user, user_agent, sign_in.BY_HOUSE)


def _by_mail(session: Session, known: Known, admits: str) -> User:
    """Who comes from the provider for the first time: bound to it from now on."""
    user = named(session, known.mail) if known.mail else None
    if user is None:
        role = role_of(admits, known.mail)
        if not role:
            raise Refusal("house_unverified" if known.is_doubtful else "house_unknown")
        user = add_user(session, known.mail, role, known.name)
    if user.subject is not None:
        raise Refusal("house_other")
    user.subject, user.name = known.digest, user.name or known.name[:80]
    audit(session, user.id, "account_bound")
    return user
