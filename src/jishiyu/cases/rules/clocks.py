"""Counting days into a year whose holidays nobody has published yet: provisionally, and marked as such.

The State Council's office publishes a year's holidays in the November before it. A case must not stand still until then: days of an
unpublished year are counted Monday to Friday, and every screen says that the day is provisional.
"""

from datetime import date

from jishiyu.foundations.periods import add_months
from jishiyu.law.rules.faults import UnknownValue
from jishiyu.law.rules.life_after import Within
from jishiyu.law.rules.working_days import Calendar, due_day


class Foreseen(Calendar):
    """The published calendar, and Monday to Friday where no year is published."""

    def is_working_day(self, day: date) -> bool:
        """Whether offices work that day, as far as can be foreseen."""
        try:
            return super().is_working_day(day)
        except UnknownValue:
            return day.weekday() < 5


def foreseen(calendar: Calendar) -> Foreseen:
    """The same calendar, going on into unpublished years."""
    return Foreseen(calendar.own)


def due_within(limit: Within, day: date, calendar: Calendar) -> date:
    """The last day of a limit that began on a day; the day itself is not counted."""
    if limit.unit == "months":
        return add_months(day, limit.n)
    return due_day(day, limit.n, limit.unit, foreseen(calendar))


def provisional(day: date | None, calendar: Calendar) -> bool:
    """Whether a day lies in a year whose holidays are not published, so that it may still move."""
    if day is None:
        return False
    try:
        calendar.is_working_day(day)
    except UnknownValue:
        return True
    return False
