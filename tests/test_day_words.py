"""Days as a reader of the language writes them."""

from datetime import date, datetime

import pytest

from game.base.day_words import day_words, moment_words, time_words


@pytest.mark.parametrize(
    ("day", "lang", "pattern", "said"),
    [
        (date(2026, 12, 1), "fr", "medium", "1er déc. 2026"),
        (date(2026, 12, 1), "fr", "EEEE d MMMM", "mardi 1er décembre"),
        (date(2026, 12, 11), "fr", "medium", "11 déc. 2026"),
        (date(2026, 12, 21), "fr", "d MMMM", "21 décembre"),
        (date(2026, 12, 1), "en", "medium", "1 Dec 2026"),
    ],
)
def test_the_first_of_a_month_is_an_ordinal_in_french(
    day: date, lang: str, pattern: str, said: str
) -> None:
    assert day_words(day, lang, pattern) == said


def test_a_moment_has_its_hour() -> None:
    assert moment_words(datetime(2026, 12, 1, 1, 5), "fr") == "1er déc. 2026, 01:05"
    assert moment_words(datetime(2026, 12, 1, 1, 5), "en") == "1 Dec 2026, 01:05"


def test_an_hour_is_told_by_twenty_four_in_each_language() -> None:
    afternoon = datetime(2026, 12, 1, 17, 8)
    assert time_words(afternoon, "fr") == time_words(afternoon, "en") == "17:08"
