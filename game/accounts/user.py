"""Accounts of those who run things: added, disabled, signed in by password or by link."""

from typing import cast

from flask import Flask
from sqlalchemy import CursorResult, func, select, update
from sqlalchemy.orm import Session

from game.accounts import second_factor, sign_in
from game.accounts.sign_in import SignedIn
from game.base import sign_in_link
from game.base.address import public_url
from game.base.clock import now_ms
from game.base.roles import ROLES
from game.privacy.audit import audit
from game.rules.person import mail_of
from game.store.base import new_id
from game.store.tables import SignIn, User

FRESH_MS = 3_600_000  # so long a sign-in by link may set a password without the old one
FIRST_ADMIN = "admin@sourcerie.example"


class AccountError(Exception):
    """What is wrong with an account, as a code."""


def add_user(session: Session, mail: str, role: str, name: str = "", by: str | None = None) -> User:
    """A new user. Raises AccountError: mail_invalid, mail_taken, role_unknown."""
    address = mail_of(mail)
    if not address:
        raise AccountError("mail_invalid")
    if role not in ROLES:
        raise AccountError("role_unknown")
    if named(session, address):
        raise AccountError("mail_taken")
    user = User(id=new_id(), mail=address, role=role, name=name[:80], created_at=now_ms())
    session.add(user)
    session.flush()
    audit(session, by, "user_added", {"user": user.id, "role": role})
    return user


def named(session: Session, mail: str) -> User | None:
    """The user of a mail, however it is written."""
    return session.scalar(select(User).where(User.mail == mail.strip().lower()))


def enter(
    session: Session,
    user_id: str,
    kept: str,
    user_agent: str,
    renewed: str = "",
    *,
    in_two_steps: bool = False,
) -> SignedIn | None:
    """Signs in who knew the password of which `kept` is the hash; `renewed` is to replace it.

    None where the user was disabled, or their password changed, while it was looked at.
    """
    user = session.get(User, user_id)
    if user is None or user.disabled_at or user.password_hash != kept:
        sign_in.note_failure(session, user_id)
        return None
    user.password_hash = renewed or kept
    return sign_in.begin(session, user, user_agent, in_two_steps=in_two_steps)


def link_token(secret: str, user: User) -> str:
    """A token that signs this user in, once, within a day."""
    return sign_in_link.token(secret, user.id, user.nonce)


def user_of_link(session: Session, secret: str, token: str) -> User | None:
    """The user whom a token signs in; None when it is used, too old or forged."""
    said = sign_in_link.named(secret, token)
    user = session.get(User, said.user_id) if said else None
    if said is None or user is None or user.nonce != said.nonce or user.disabled_at:
        return None
    return user


def use_link(
    session: Session, secret: str, token: str, user_agent: str, *, in_two_steps: bool = False
) -> SignedIn | None:
    """Signs in whom a token names: it is used up, and every other sign-in of theirs ends."""
    user = user_of_link(session, secret, token)
    if user is None or not _use_up(session, user):
        return None
    sign_in.end_all(session, user.id)
    return sign_in.begin(session, user, user_agent, sign_in.BY_LINK, in_two_steps=in_two_steps)


def _use_up(session: Session, user: User) -> bool:
    """Ends the links of now; False where another worker has just done so for the same one."""
    mine = (User.id == user.id, User.nonce == user.nonce)
    used = session.execute(update(User).where(*mine).values(nonce=new_id()))
    return cast("CursorResult[*tuple[object, ...]]", used).rowcount == 1


def new_link(session: Session, secret: str, user: User, by: str | None) -> str:
    """A new sign-in link's token; the older ones are worth nothing from now on."""
    user.nonce = new_id()
    audit(session, by, "link_made", {"user": user.id})
    return link_token(secret, user)


def set_disabled(session: Session, user_id: str, by: str, *, disabled: bool) -> None:
    """Disables a user, who is out everywhere at once, or enables them again."""
    user = session.get_one(User, user_id)
    user.disabled_at = now_ms() if disabled else None
    user.nonce = new_id()
    sign_in.end_all(session, user_id)
    audit(session, by, "user_disabled" if disabled else "user_enabled", {"user": user_id})


def reset_second(session: Session, user_id: str, by: str | None) -> None:
    """Takes away a second factor whose phone is lost; whoever is signed in with it is out."""
    second_factor.remove(session, user_id, by)
    sign_in.end_all(session, user_id)


def must_prove(session: Session, mine: SignedIn) -> bool:
    """Does a new password take the old one? Not in the first hour after a sign-in by link."""
    user, row = session.get_one(User, mine.id), session.get_one(SignIn, mine.sign_in)
    is_fresh = row.by_link and now_ms() - row.started_at < FRESH_MS
    return bool(user.password_hash) and not is_fresh


def change_password(session: Session, mine: SignedIn, kept: str) -> SignedIn:
    """Sets a password, given its hash; all other sign-ins end, and this one goes on anew.

    Links that wait to be used sign nobody in any more.
    """
    user = session.get_one(User, mine.id)
    user.password_hash, user.nonce = kept, new_id()
    audit(session, mine.id, "password_changed")
    return sign_in.renew(session, mine)


def first_admin_link(app: Flask) -> str | None:
    """A sign-in link for the first administrator while nobody has ever signed in; else None."""
    game = app.extensions["sourcerie"]

    def job(session: Session) -> str | None:
        users = session.scalar(select(func.count()).select_from(User)) or 0
        first = named(session, FIRST_ADMIN)
        if users > (1 if first else 0) or (first and first.password_hash):
            return None
        return link_token(game.secret, first or add_user(session, FIRST_ADMIN, "admin"))

    token = game.writer.write(job)
    return f"{public_url(game.settings)}/sign-in/link/{token}" if token else None
