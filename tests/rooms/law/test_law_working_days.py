"""Working days with the adjusted workdays of the festivals, pauses, and years that nobody published."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jishiyu.foundations.periods import Period
from jishiyu.law.rules import UnknownValue
from jishiyu.law.rules.working_days import (
    Calendar,
    HolidayYear,
    add_calendar_days,
    add_working_days,
    due_day,
    working_days_between,
)

CALENDAR = Calendar()
KNOWN = st.dates(date(2012, 1, 1), date(2026, 6, 30))


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2026-02-13", True),  # Friday before the Spring Festival
        ("2026-02-14", True),  # Saturday, worked for the festival
        ("2026-02-15", False),
        ("2026-02-16", False),
        ("2026-02-23", False),  # Monday, the last day off
        ("2026-02-24", True),
        ("2026-02-28", True),  # Saturday, worked
        ("2026-03-01", False),  # an ordinary Sunday
        ("2013-10-01", False),
        ("2013-11-28", True),
    ],
)
def test_the_spring_festival_of_2026_and_other_days(day: str, works: bool) -> None:
    assert CALENDAR.is_working_day(date.fromisoformat(day)) is works


def test_counting_begins_on_the_next_day_and_steps_over_the_festival() -> None:
    assert add_working_days(date(2026, 2, 13), 1, CALENDAR) == date(2026, 2, 14)
    assert add_working_days(date(2026, 2, 13), 2, CALENDAR) == date(2026, 2, 24)
    assert add_working_days(date(2026, 2, 24), 4, CALENDAR) == date(2026, 2, 28)
    assert add_working_days(date(2026, 2, 15), 0, CALENDAR) == date(2026, 2, 15)


def test_calendar_days_may_roll_over_to_the_next_working_day() -> None:
    assert add_calendar_days(date(2026, 2, 9), 7) == date(2026, 2, 16)
    assert add_calendar_days(date(2026, 2, 9), 7, CALENDAR, roll_over=True) == date(2026, 2, 24)


def test_a_pause_does_not_count() -> None:
    pause = Period(date(2026, 3, 4), date(2026, 3, 6))  # Wednesday to Friday
    assert due_day(date(2026, 3, 2), 3, "working", CALENDAR) == date(2026, 3, 5)
    assert due_day(date(2026, 3, 2), 3, "working", CALENDAR, [pause]) == date(2026, 3, 10)
    assert due_day(date(2026, 3, 2), 7, "calendar", CALENDAR, [pause]) == date(2026, 3, 12)
    with pytest.raises(ValueError, match="still open"):
        due_day(date(2026, 3, 2), 3, "working", CALENDAR, [Period(date(2026, 3, 4))])


def test_a_year_that_nobody_published_is_refused() -> None:
    with pytest.raises(UnknownValue) as unknown:
        add_working_days(date(2026, 12, 30), 5, CALENDAR)
    assert "2027" in unknown.value.reason.say("zh")
    assert "2027" in unknown.value.reason.say("en")


def test_an_office_adds_a_year_or_corrects_one() -> None:
    year = HolidayYear(
        year=2027, doc_no="示例", days_off=(date(2027, 1, 1),), days_worked=(date(2027, 1, 2),)
    )
    calendar = Calendar({2027: year})
    assert not calendar.is_working_day(date(2027, 1, 1))
    assert calendar.is_working_day(date(2027, 1, 2))
    assert add_working_days(date(2026, 12, 31), 2, calendar) == date(2027, 1, 4)


def test_a_limit_is_never_negative() -> None:
    with pytest.raises(ValueError, match="cannot be -1"):
        add_working_days(date(2026, 3, 2), -1, CALENDAR)


@given(KNOWN, st.integers(0, 60))
def test_adding_and_counting_agree(day: date, n: int) -> None:
    due = add_working_days(day, n, CALENDAR)
    assert working_days_between(day, due, CALENDAR) == n
    assert n == 0 or CALENDAR.is_working_day(due)
    assert due_day(day, n, "working", CALENDAR) == due


@given(KNOWN, st.integers(0, 60))
def test_calendar_days_without_pauses_are_plain(day: date, n: int) -> None:
    assert due_day(day, n, "calendar", CALENDAR) == add_calendar_days(day, n)
