"""Touchpoints: their words, and the days on which they are due.

Pure: days come in, days go out.
"""

from collections.abc import Collection, Iterable
from typing import Annotated

from pydantic import AfterValidator

from game.base.days import Day, days_after, months_after

NOTICE = "notice"
KINDS = (
    *("message", "call", "callback", "article", "newsletter", "event", "invitation"),
    NOTICE,
)
MEDIA = ("mail", "phone", "meeting", "post", "other")
OUT, IN = "out", "in"
DIRECTIONS = (OUT, IN)
ANSWERS = ("answered", "silent", "bounced")
OUTCOMES = ("hired", "not_now")
UNITS = ("months", "weeks", "days")
MOST = {"months": 12, "weeks": 52, "days": 365}  # what is typed beyond is a slip
MOST_MONTHS = 24  # between two touchpoints of a rule: nobody is kept longer without a word
SATURDAY = 5


def _one_of(among: Collection[str]) -> AfterValidator:
    """Raises ValueError for what is none of these."""

    def check(value: str) -> str:
        if value not in among:
            raise ValueError(f"must be one of {', '.join(among)}")
        return value

    return AfterValidator(check)


Sent = Annotated[str, _one_of([kind for kind in KINDS if kind != NOTICE])]
Kind = Annotated[str, _one_of(KINDS)]
Medium = Annotated[str, _one_of(MEDIA)]


def trial_ends(began: Day, length: int, unit: str) -> Day:
    """The last day of a trial period of so many calendar months, weeks or days.

    It ends on the eve of the day of the same number, as periods counted from date to date do;
    where the last month has no such day, on the last one that it has. How long a trial is, is
    typed: it is a matter of the contract. Raises ValueError for a length that is none.
    """
    if unit not in UNITS or not 1 <= length <= MOST[unit]:
        raise ValueError("invalid")
    if unit != "months":
        return days_after(began, length * (7 if unit == "weeks" else 1) - 1)
    same = months_after(began, length)
    return days_after(same, -1) if same.day == began.day else same


def workday_before(day: Day) -> Day:
    """The day itself, or the Friday before where it is in a weekend."""
    return days_after(day, min(0, SATURDAY - 1 - day.weekday()))


def call_back_on(began: Day, length: int, unit: str, ahead: int = 0) -> Day:
    """The day to ring somebody whom another employer hired: when the trial ends, or before.

    So many days `ahead` of the trial's last day, and never in a weekend. Raises ValueError.
    """
    if not 0 <= ahead <= MOST["days"]:
        raise ValueError("invalid")
    return workday_before(days_after(trial_ends(began, length, unit), -ahead))


def next_on(heard: Iterable[Day], months: int, today: Day) -> Day:
    """When a rule wants the next touchpoint: so many months after the newest day something
    was heard or said, but not in the past."""
    return max(months_after(max(heard), months), today)
