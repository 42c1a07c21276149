"""Passwords: hashed slowly, compared slowly, and refused where anybody would guess them.

All of it takes a processor for tens of milliseconds: the caller runs it aside from the players.
"""

from collections.abc import Sequence
from contextlib import suppress
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from zxcvbn import zxcvbn

from game.store.base import new_id

SHORTEST, LONGEST = 10, 200  # characters
LOOKED_AT = 72  # characters: the estimate's cost grows with the square of the length
STRONG = 3  # of zxcvbn's 0 to 4: not guessed in ten to the eighth tries
OWN_WORDS = ("sourcerie", "motdepasse", "recrutement", "vivier", "atelier")
# argon2id with what OWASP recommends at least, on one thread: players have the other processors
hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)


def hash_of(password: str) -> str:
    """What is kept of a password."""
    return hasher.hash(password)


def is_right(kept: str, password: str) -> bool:
    """Is this the password of which `kept` is the hash? No hash takes as long as one."""
    with suppress(VerificationError, InvalidHashError):
        return hasher.verify(kept or _nobody(), password)
    return False


@cache
def _nobody() -> str:
    """A password that nobody has, hashed once."""
    return hasher.hash(new_id() + new_id())


def is_outdated(kept: str) -> bool:
    """Was it hashed with other parameters than today's?"""
    return hasher.check_needs_rehash(kept)


def fault(password: str, about: Sequence[str] = ()) -> str:
    """Why a new password is refused, as a code: password_short, password_weak; empty if it is not.

    `about` are words that others know of its owner: mail, name. Common passwords, rows of keys,
    repetitions and dates are weak, by the lists of zxcvbn.
    """
    if not SHORTEST <= len(password) <= LONGEST:
        return "password_short"
    own = [word for text in about for word in (text, *text.replace("@", ".").split("."))]
    found = zxcvbn(password[:LOOKED_AT], user_inputs=[*OWN_WORDS, *filter(None, own)])
    return "" if found["score"] >= STRONG else "password_weak"
