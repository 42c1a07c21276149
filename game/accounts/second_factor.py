"""The second factor: codes of an app on their owner's phone (TOTP), and ten on paper for its loss.

The app's key is sealed, the codes on paper are kept as keyed hashes; each is taken once.
"""

import hashlib
import hmac
import secrets
from typing import cast

import pyotp
from sqlalchemy import CursorResult, delete, func, select, update
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.base.refusal import Refusal
from game.base.seal import InvalidToken, seal
from game.privacy.audit import audit
from game.store.tables import RecoveryCode, SecondFactor

PURPOSE = "second factor"
HOUSE = "Sourcerie"  # what the app calls us
STEP_MS = 30_000  # RFC 6238, 5.2
AROUND = (0, -1, 1)  # steps: a phone's clock may be off by half a minute
CODES, HALF = 10, 5  # on paper: two halves of so many signs, 50 bits
SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that looks like another
APP, PAPER = "app", "paper"


def is_on(session: Session, user_id: str) -> bool:
    """Does this user sign in with a second step?"""
    row = session.get(SecondFactor, user_id)
    return row is not None and row.confirmed_at is not None


def all_on(session: Session) -> set[str]:
    """The ids of all users who sign in with a second step."""
    rows = select(SecondFactor.user_id).where(SecondFactor.confirmed_at.is_not(None))
    return set(session.scalars(rows))


def left(session: Session, user_id: str) -> int:
    """How many codes on paper are not used."""
    count = select(func.count()).where(RecoveryCode.user_id == user_id)
    return session.scalar(count) or 0


def begin(session: Session, secret: str, user_id: str) -> None:
    """Makes the key that an app is to be given; it counts once a code of it was confirmed."""
    if is_on(session, user_id):
        raise Refusal("second_on")
    session.execute(delete(SecondFactor).where(SecondFactor.user_id == user_id))
    sealed = seal(secret, PURPOSE).encrypt(pyotp.random_base32().encode()).decode()
    session.add(SecondFactor(user_id=user_id, sealed=sealed, made_at=now_ms()))
    session.flush()


def offered(session: Session, secret: str, user_id: str) -> str:
    """The key that waits for its first code, as an app reads it; empty where none does."""
    row = session.get(SecondFactor, user_id)
    if row is None or row.confirmed_at is not None:
        return ""
    try:
        return _key(secret, row)
    except Refusal:
        return ""  # sealed with another secret: one begins anew


def address(key: str, mail: str) -> str:
    """The key as apps scan it."""
    return str(pyotp.TOTP(key).provisioning_uri(name=mail, issuer_name=HOUSE))


def _key(secret: str, row: SecondFactor) -> str:
    try:
        return seal(secret, PURPOSE).decrypt(row.sealed.encode()).decode()
    except InvalidToken:
        raise Refusal("second_unreadable") from None


def confirm(session: Session, secret: str, user_id: str, typed: str) -> list[str] | None:
    """Turns it on for who typed a code of the new key; returns the codes to keep on paper.

    None where the code is wrong. Raises Refusal: second_on where it is on already.
    """
    if is_on(session, user_id):
        raise Refusal("second_on")
    row = session.get(SecondFactor, user_id)
    if row is None or not _is_of_app(session, secret, row, typed):
        _note_wrong(session, user_id)
        return None
    row.confirmed_at = now_ms()
    audit(session, user_id, "second_factor_set")
    return _new_codes(session, secret, user_id)


def proof(session: Session, secret: str, user_id: str, typed: str) -> str | None:
    """How a code proves that it is them: 'app', or 'paper'; it is used up. None: it is wrong.

    Raises Refusal: second_unreadable, where the house's secret is another by now.
    """
    row = session.get(SecondFactor, user_id)
    if row is not None and row.confirmed_at is not None:
        if _is_of_app(session, secret, row, typed):
            return APP
        if _is_on_paper(session, secret, user_id, typed):
            return PAPER
    _note_wrong(session, user_id)
    return None


def _note_wrong(session: Session, user_id: str) -> None:
    """Notes that a code was wrong, in a transaction that goes on."""
    audit(session, user_id, "second_step_failed")


def _is_of_app(session: Session, secret: str, row: SecondFactor, typed: str) -> bool:
    """Is it the app's code of now, and not taken before? Then it is, and those before it."""
    code, now = "".join(typed.split()), now_ms() // STEP_MS
    app = pyotp.TOTP(_key(secret, row))
    fits = [n for n in AROUND if _same(app.generate_otp(now + n), code)]
    if not fits:
        return False
    step = now + fits[0]
    newer = update(SecondFactor).where(
        SecondFactor.user_id == row.user_id, SecondFactor.last_step < step
    )
    return _count(session, newer.values(last_step=step)) == 1


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())


def _is_on_paper(session: Session, secret: str, user_id: str, typed: str) -> bool:
    mine = (RecoveryCode.hash == _hash(secret, user_id, typed), RecoveryCode.user_id == user_id)
    if _count(session, delete(RecoveryCode).where(*mine)) != 1:
        return False
    audit(session, user_id, "recovery_code_used")
    return True


def _count(session: Session, statement: object) -> int:
    """How many rows it changed: of two that come at once, one does."""
    done = session.execute(statement)  # type: ignore[call-overload]
    return int(cast("CursorResult[*tuple[object, ...]]", done).rowcount)


def renew_codes(session: Session, secret: str, user_id: str, typed: str) -> list[str] | None:
    """New codes on paper for who types one that counts; the older ones count no more."""
    if proof(session, secret, user_id, typed) is None:
        return None
    audit(session, user_id, "recovery_codes_made")
    return _new_codes(session, secret, user_id)


def _new_codes(session: Session, secret: str, user_id: str) -> list[str]:
    session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user_id))
    codes = [f"{_half()}-{_half()}" for _ in range(CODES)]
    session.add_all(RecoveryCode(hash=_hash(secret, user_id, c), user_id=user_id) for c in codes)
    session.flush()
    return codes


def _half() -> str:
    return "".join(secrets.choice(SIGNS) for _ in range(HALF))


def _hash(secret: str, user_id: str, code: str) -> str:
    """A hash that nobody without the house's secret can try codes against."""
    plain = "".join(c for c in code.lower() if c.isalnum())
    text = f"recovery code {user_id} {plain}".encode()
    return hmac.new(secret.encode(), text, hashlib.sha256).hexdigest()


def turn_off(session: Session, secret: str, user_id: str, typed: str) -> bool:
    """One step is enough again, for who types a code that counts; False for who does not."""
    if proof(session, secret, user_id, typed) is None:
        return False
    remove(session, user_id, user_id)
    return True


def remove(session: Session, user_id: str, by: str | None) -> None:
    """Takes a user's second factor away, with its codes on paper: its phone is lost, or new."""
    session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user_id))
    if _count(session, delete(SecondFactor).where(SecondFactor.user_id == user_id)):
        audit(session, by, "second_factor_removed", {"user": user_id})
