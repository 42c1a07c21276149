"""Days, moments and shares as a reader of the page's language writes them."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from babel.numbers import format_percent
from flask import Flask

from game.context import current
from game.web.i18n import lang

BRITISH = {"en": "en_GB"}  # as our English is


def _locale() -> str:
    return BRITISH.get(lang(), lang())


def zone() -> ZoneInfo:
    """The house's time zone."""
    return ZoneInfo(current().settings.time_zone)


def local(ms: int) -> datetime:
    """A moment, in milliseconds since the epoch, by the house's clock."""
    return datetime.fromtimestamp(ms / 1000, UTC).astimezone(zone())


def today() -> date:
    """The day that it is in the house."""
    return datetime.now(zone()).date()


def day(value: date | int | None) -> str:
    """A day, or that of a moment in milliseconds: 28 nov. 2026; a dash for none."""
    if value is None:
        return "–"
    return format_date(local(value) if isinstance(value, int) else value, locale=_locale())


def moment(ms: int | None) -> str:
    """A moment, in milliseconds: 28 nov. 2026, 20:05; a dash for none."""
    if ms is None:
        return "–"
    return format_datetime(local(ms), "d MMM y, HH:mm", locale=_locale())


def percent(share: float) -> str:
    """A share of 0 to 100: 50 % in French, 50% in English."""
    return format_percent(share / 100, locale=_locale())


def install(app: Flask) -> None:
    """Makes the three known to templates, as filters."""
    app.jinja_env.filters.update(day=day, moment=moment, percent=percent)
