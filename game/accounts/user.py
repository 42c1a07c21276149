"""Accounts of those who run things: passwords, roles, and sign-in links good for one use."""

from contextlib import suppress
from dataclasses import dataclass
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask import Flask
from flask_login import UserMixin
from itsdangerous import BadSignature, URLSafeTimedSerializer
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from game.accounts.policy import ROLES
from game.base.address import public_url
from game.base.clock import now_ms
from game.rules.person import mail_of
from game.store.base import new_id
from game.store.tables import User

LINK_SECONDS = 86_400
SHORTEST_PASSWORD = 10
FIRST_ADMIN = "admin@sourcerie.example"
hasher = PasswordHasher()


class AccountError(Exception):
    """What is wrong with an account, as a code."""


@dataclass(frozen=True)
class SignedIn(UserMixin):  # type: ignore[misc]
    """Who is signed in, for the pages."""

    id: str
    mail: str
    name: str
    role: str
    lang: str


def signed_in(session: Session, user_id: str) -> SignedIn | None:
    """The user of this id, unless disabled."""
    user = session.get(User, user_id)
    if user is None or user.disabled_at:
        return None
    return SignedIn(user.id, user.mail, user.name, user.role, user.lang)


def add_user(
    session: Session, mail: str, role: str, password: str | None = None, name: str = ""
) -> User:
    """A new user. Raises AccountError: mail_invalid, mail_taken, role_unknown, password_short."""
    address = mail_of(mail)
    if not address:
        raise AccountError("mail_invalid")
    if role not in ROLES:
        raise AccountError("role_unknown")
    if session.scalar(select(User.id).where(User.mail == address)):
        raise AccountError("mail_taken")
    user = User(id=new_id(), mail=address, role=role, name=name[:80], created_at=now_ms())
    if password is not None:
        set_password(user, password)
    session.add(user)
    session.flush()
    return user


def set_password(user: User, password: str) -> None:
    """Sets a password of at least ten characters. Raises AccountError('password_short')."""
    if len(password) < SHORTEST_PASSWORD:
        raise AccountError("password_short")
    user.password_hash = hasher.hash(password)


def check_password(session: Session, mail: str, password: str) -> User | None:
    """The user whom mail and password name; an unknown mail takes as long as a known one."""
    user = session.scalar(select(User).where(User.mail == mail.strip().lower()))
    known = user.password_hash if user and user.password_hash else _nobody()
    right = False
    with suppress(VerificationError, InvalidHashError):
        right = hasher.verify(known, password)
    return user if right and user and not user.disabled_at else None


@cache
def _nobody() -> str:
    """A password that nobody has, hashed once."""
    return hasher.hash(new_id())


def _signer(secret: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(secret, salt="sign-in-link")


def link_token(secret: str, user: User) -> str:
    """A token that signs this user in, once, within a day."""
    return str(_signer(secret).dumps([user.id, user.nonce]))


def user_of_link(session: Session, secret: str, token: str) -> User | None:
    """The user whom a token signs in; None when it is used, too old or forged."""
    try:
        user_id, nonce = _signer(secret).loads(token, max_age=LINK_SECONDS)
    except (BadSignature, ValueError, TypeError):
        return None
    user = session.get(User, user_id)
    return user if user and user.nonce == nonce and not user.disabled_at else None


def use_link(session: Session, secret: str, token: str) -> User | None:
    """The same, and the token is used up."""
    user = user_of_link(session, secret, token)
    if user:
        user.nonce = new_id()
    return user


def change(session: Session, secret: str, user_id: str, what: str) -> str:
    """Disables or enables a user, or ('link') makes a new sign-in link and returns its token."""
    user = session.get_one(User, user_id)
    if what == "link":
        user.nonce = new_id()
        return link_token(secret, user)
    user.disabled_at = now_ms() if what == "disable" else None
    return ""


def first_admin_link(app: Flask) -> str | None:
    """A sign-in link for the first administrator while nobody has ever signed in; else None."""
    game = app.extensions["sourcerie"]

    def job(session: Session) -> str | None:
        users = session.scalar(select(func.count()).select_from(User)) or 0
        first = session.scalar(select(User).where(User.mail == FIRST_ADMIN))
        if users > (1 if first else 0) or (first and first.password_hash):
            return None
        return link_token(game.secret, first or add_user(session, FIRST_ADMIN, "admin"))

    token = game.writer.write(job)
    return f"{public_url(game.settings)}/sign-in/link/{token}" if token else None
