"""Days, moments, shares and numbers as a reader of the page's language writes them."""

from datetime import date

from babel.numbers import format_decimal, format_percent
from flask import Flask

from game.base.day_words import day_words, locale_of, moment_words
from game.base.days import local
from game.web.i18n import lang


def day(value: date | int | None) -> str:
    """A day, or that of a moment in milliseconds: 28 nov. 2026; a dash for none."""
    if value is None:
        return "–"
    return day_words(local(value) if isinstance(value, int) else value, lang())


def moment(ms: int | None) -> str:
    """A moment, in milliseconds: 28 nov. 2026, 20:05; a dash for none."""
    if ms is None:
        return "–"
    return moment_words(local(ms), lang())


def percent(share: float) -> str:
    """A share of 0 to 100: 50 % in French, 50% in English."""
    return format_percent(share / 100, locale=locale_of(lang()))


def number(value: float, places: int = 1) -> str:
    """A number with so many places at most: 1,5 in French, 1.5 in English."""
    rounded = round(value, places)
    return format_decimal(rounded, locale=locale_of(lang()), decimal_quantization=False)


def install(app: Flask) -> None:
    """Makes the four known to templates, as filters."""
    app.jinja_env.filters.update(day=day, moment=moment, percent=percent, number=number)
