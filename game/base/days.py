"""Dates from the clock's milliseconds, by the clock on the house's wall.

The house lives in one time zone, which its process is told once, at its start (`live_in`): what a
page calls today is then the day that a term ends on, for every rule and every job.
"""

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from game.base.clock import now_ms

DAY_MS = 86_400_000  # milliseconds
Day = date
_house: list[tzinfo] = [UTC]


def live_in(zone: str) -> None:
    """Tells this process the time zone of its house, like Europe/Paris."""
    _house[0] = ZoneInfo(zone)


def zone() -> tzinfo:
    """The house's time zone."""
    return _house[0]


def local(ms: int) -> datetime:
    """A moment, in milliseconds since the epoch, by the house's clock."""
    return datetime.fromtimestamp(ms / 1000, zone())


def day_of(ms: int) -> date:
    """The day that it was in the house, so many milliseconds since the epoch."""
    return local(ms).date()


def today() -> date:
    """The day that it is in the house."""
    return day_of(now_ms())


def start_of(day: date) -> int:
    """When a day begins in the house, in milliseconds since the epoch."""
    return int(datetime.combine(day, time(), zone()).timestamp() * 1000)


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


def day_from(text: str) -> date | None:
    """The day that a form's field holds, as 2026-11-30; None where it holds none."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None
