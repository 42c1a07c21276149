"""The days on which somebody is to be contacted."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.base.days import months_after
from game.rules.touch import MOST, UNITS, call_back_on, next_on, trial_ends, workday_before

DAYS = st.dates(date(2020, 1, 1), date(2060, 12, 31))


@pytest.mark.parametrize(
    ("began", "length", "unit", "ends"),
    [
        ("2027-02-01", 2, "months", "2027-03-31"),
        ("2027-02-15", 4, "months", "2027-06-14"),
        ("2027-01-31", 1, "months", "2027-02-28"),  # February has no 31st
        ("2027-08-31", 3, "months", "2027-11-30"),
        ("2028-01-30", 1, "months", "2028-02-29"),
        ("2027-12-01", 1, "months", "2027-12-31"),
        ("2027-03-01", 2, "weeks", "2027-03-14"),
        ("2027-03-01", 30, "days", "2027-03-30"),
        ("2027-03-01", 1, "days", "2027-03-01"),
    ],
)
def test_a_trial_is_counted_from_date_to_date(
    began: str, length: int, unit: str, ends: str
) -> None:
    assert trial_ends(date.fromisoformat(began), length, unit) == date.fromisoformat(ends)


@given(DAYS, st.sampled_from(UNITS), st.data())
def test_the_call_comes_on_a_workday_before_the_trial_is_over(
    began: date, unit: str, data: st.DataObject
) -> None:
    length = data.draw(st.integers(1, MOST[unit]))
    ahead = data.draw(st.integers(0, 60))
    ends, call = trial_ends(began, length, unit), call_back_on(began, length, unit, ahead)
    assert ends >= began
    assert call.weekday() < 5
    assert timedelta(ahead) <= ends - call <= timedelta(ahead + 2)
    if length < MOST[unit]:
        assert trial_ends(began, length + 1, unit) > ends


@pytest.mark.parametrize(
    ("length", "unit", "ahead"),
    [(0, "months", 0), (13, "months", 0), (-1, "days", 0), (1, "years", 0), (1, "days", -1)],
)
def test_what_is_no_length_is_refused(length: int, unit: str, ahead: int) -> None:
    with pytest.raises(ValueError, match="invalid"):
        call_back_on(date(2027, 1, 1), length, unit, ahead)


@given(DAYS, st.integers(1, 24), DAYS)
def test_a_rule_waits_its_months_and_never_plans_into_the_past(
    last: date, months: int, today: date
) -> None:
    due = next_on([last, last - timedelta(400)], months, today)
    assert due >= today
    assert due in (today, months_after(last, months))


def test_a_weekend_is_moved_to_its_friday() -> None:
    assert workday_before(date(2026, 11, 28)) == date(2026, 11, 27)  # a Saturday
    assert workday_before(date(2026, 11, 29)) == date(2026, 11, 27)
    assert workday_before(date(2026, 11, 30)) == date(2026, 11, 30)
