"""What became of a person whom a player named, as that player is told it."""

from collections.abc import Sequence

OUTCOMES = ("hired", "contacted", "pursued", "not_now")


def outcome(
    at: int, judged: Sequence[tuple[int, str]], contacted_at: int | None, hired_at: int | None
) -> str:
    """One of OUTCOMES, or empty while there is no answer.

    Only what came after the recommendation (`at`) counts: an older verdict, contact or hire would
    tell that the person was known. `judged` are (when, verdict), oldest first; all in milliseconds
    since the epoch.
    """
    if hired_at and hired_at >= at:
        return "hired"
    given = [verdict for when, verdict in judged if when >= at]
    if not given:
        return ""
    if given[-1] != "pursue":
        return "not_now"
    return "contacted" if contacted_at and contacted_at >= at else "pursued"


def of_sealed(kept: object, due_at: int, now: int) -> str:
    """The outcome of somebody who was erased: as it was then, or as one that came to nothing.

    Nobody will judge them any more. A wait without end would tell it.
    """
    if kept in OUTCOMES:
        return str(kept)
    return "not_now" if now > due_at else ""
