"""Dates from the clock's milliseconds."""

from calendar import monthrange
from datetime import UTC, date, datetime, timedelta

DAY_MS = 86_400_000  # milliseconds


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
