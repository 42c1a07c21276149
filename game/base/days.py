"""Dates from the clock's milliseconds."""

from datetime import UTC, date, datetime


def day_of(ms: int) -> date:
    """The day, in UTC, of so many milliseconds since the epoch."""
    return datetime.fromtimestamp(ms / 1000, UTC).date()
