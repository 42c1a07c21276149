"""Days and moments as a reader of a language writes them, the first of a month included."""

import re
from datetime import date, datetime

from babel.dates import format_date, format_datetime, format_time

BRITISH = {"en": "en_GB"}  # as our English is
FIRST = re.compile(r"(?<!\d)1(?= \w)")


def locale_of(lang: str) -> str:
    """The locale of a language of ours."""
    return BRITISH.get(lang, lang)


def day_words(day: date, lang: str, pattern: str = "medium") -> str:
    """28 nov. 2026, 1er déc. 2026; `pattern` is one of Babel's."""
    return _first(format_date(day, pattern, locale=locale_of(lang)), day, lang)


def moment_words(moment: datetime, lang: str) -> str:
    """28 nov. 2026, 20:05."""
    text = format_datetime(moment, "d MMM y, HH:mm", locale=locale_of(lang))
    return _first(text, moment, lang)


def time_words(moment: datetime, lang: str) -> str:
    """15:05, in either language."""
    return str(format_time(moment, "short", locale=locale_of(lang)))


def _first(text: str, day: date, lang: str) -> str:
    """French has an ordinal for the first of a month; the locale data has no word for it."""
    return FIRST.sub("1er", text, count=1) if lang == "fr" and day.day == 1 else text
