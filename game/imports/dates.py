"""Dates as people write them, days before months."""

from datetime import UTC, date, datetime, timedelta

import dateparser

from game.base.languages import LANGS

EPOCH = datetime(1899, 12, 30)
SERIALS = range(20_000, 80_000)  # 1954 to 2119: a number in between is a day of Excel's
YEARS = range(1950, 2101)
SETTINGS: dict[str, object] = {
    "DATE_ORDER": "DMY",
    "STRICT_PARSING": True,  # day, month and year, or nothing: no guessing
    "PARSERS": ["absolute-time"],
    "RETURN_AS_TIMEZONE_AWARE": False,
}


def moment_of(cell: str | date | datetime) -> datetime | None:
    """The moment in UTC, without its zone; midnight where only a day is given; None for none."""
    match cell:
        case datetime():
            found: datetime | None = cell
        case date():
            found = datetime(cell.year, cell.month, cell.day)
        case _:
            found = _read(cell.strip())
    if found is None or found.year not in YEARS:
        return None
    return found.astimezone(UTC).replace(tzinfo=None) if found.tzinfo else found


def _read(text: str) -> datetime | None:
    try:
        is_iso = "-" in text or (len(text) == 8 and text.isdecimal())
        return datetime.fromisoformat(text) if is_iso else _serial(text)
    except (ValueError, OverflowError):
        pass
    try:
        return dateparser.parse(text, languages=list(LANGS), settings=SETTINGS)
    except (ValueError, OverflowError, RecursionError):
        return None


def _serial(text: str) -> datetime:
    """A day of Excel's, with its hour as a fraction. Raises ValueError."""
    days = float(text.replace(",", "."))
    if int(days) not in SERIALS:
        raise ValueError
    return EPOCH + timedelta(seconds=round(days * 86_400))


def ms_of(moment: datetime) -> int:
    """A moment in UTC, without its zone, as milliseconds since the epoch."""
    return int(moment.replace(tzinfo=UTC).timestamp()) * 1000
