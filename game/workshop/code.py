"""The join code: made, and how long it is good for."""

import secrets
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from game.base.days import DAY_MS
from game.store.tables import Workshop

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"  # without I and O, which read as 1 and 0
LENGTH = 5
USUAL_DAYS = 7


def new_code(session: Session) -> str:
    """A join code that no workshop has: five letters, easy to read aloud."""
    while True:
        code = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
        if session.scalar(select(Workshop.id).where(Workshop.code == code)) is None:
            return code


def expiry(held_on: date | None, now: int, days: int = USUAL_DAYS) -> int:
    """When a code ends, in milliseconds: `days` from `now`, and never before its workshop did.

    With a date, that is the end of the day after it, wherever on earth the room is.
    """
    if held_on is None:
        return now + days * DAY_MS
    after = (held_on - date(1970, 1, 1)).days + 2
    return max(now + DAY_MS, after * DAY_MS)


def renew(workshop: Workshop, now: int) -> None:
    """Makes the code good for a day at least: a door that is opened lets people in."""
    if workshop.code_expires_at is not None:
        workshop.code_expires_at = max(workshop.code_expires_at, now + DAY_MS)


def has_expired(workshop: Workshop, now: int) -> bool:
    """Is its code out of date at `now`, so that nobody comes in?"""
    return bool(workshop.code_expires_at and workshop.code_expires_at < now)
