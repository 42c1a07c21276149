"""Dates from the clock's milliseconds."""

from calendar import monthrange
from datetime import UTC, date, datetime, timedelta

DAY_MS = 86_400_000  # milliseconds
Day = date


def day_of(ms: int) -> date:
    """The day, in UTC, of so many milliseconds since the epoch."""
    return datetime.fromtimestamp(ms / 1000, UTC).date()


def month_after(day: date) -> date:
    """One calendar month later: the same number, or the last day of a shorter month.

    Within it a person must be told that their data are held (GDPR, article 14(3)(a)); from the
    1st of February that is 28 days.
    """
    month = day.replace(day=1) + timedelta(days=31)
    last = monthrange(month.year, month.month)[1]
    return month.replace(day=min(day.day, last))


def months_before(day: date, months: int) -> date:
    """So many calendar months earlier: the same number, or the last day of a shorter month."""
    years, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    last = monthrange(years, month + 1)[1]
    return date(years, month + 1, min(day.day, last))


def months_after(day: date, months: int) -> date:
    """So many calendar months later: the same number, or the last day of a shorter month."""
    return months_before(day, -months)


def days_after(day: date, days: int) -> date:
    """So many days later; earlier where negative."""
    return day + timedelta(days=days)


def day_from(text: str) -> date:
    """The day that a form's field holds, as 2026-11-30. Raises ValueError."""
    return date.fromisoformat(text.strip())
