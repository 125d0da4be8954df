"""Working days (工作日) and calendar days: when a step is due, with pauses; a year nobody published is not guessed.

The day on which something happens is not counted: the first day of a limit is the next one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

import chinese_calendar

from jishiyu.foundations.outcomes import sentence
from jishiyu.foundations.periods import Period
from jishiyu.law.rules.faults import UnknownValue
from jishiyu.law.rules.parts import Part, Words

_DAY = timedelta(days=1)


class HolidayYear(Part):
    """One year as the State Council's office published it: days off, and weekend days that are worked (调休)."""

    year: int
    doc_no: str
    days_off: tuple[date, ...]
    days_worked: tuple[date, ...]


class HolidayPage(Part):
    """``holidays.yaml``: years that the calendar library lacks or has wrong. A year given here goes before it."""

    how_to_add: Words
    years: tuple[HolidayYear, ...]


@dataclass(frozen=True, slots=True)
class Calendar:
    """The published years of the pack, with the calendar library behind them."""

    own: Mapping[int, HolidayYear] = field(default_factory=dict)

    def is_working_day(self, day: date) -> bool:
        """Whether offices work that day. Raises :class:`UnknownValue` for a year that nobody published."""
        year = self.own.get(day.year)
        if year:
            return day in year.days_worked or (day.weekday() < 5 and day not in year.days_off)
        try:
            return bool(chinese_calendar.is_workday(day))
        except NotImplementedError:
            why = sentence(
                "{y}年的放假调休安排尚未录入（见 holidays.yaml）",
                "the holiday schedule of {y} has not been entered (see holidays.yaml)",
                y=day.year,
            )
            raise UnknownValue("working_days", day, why, "holidays.yaml") from None


def add_working_days(day: date, n: int, calendar: Calendar) -> date:
    """The n-th working day after ``day`` (``day`` itself when n is 0). Raises ValueError for n < 0."""
    _not_negative(n)
    while n:
        day += _DAY
        n -= calendar.is_working_day(day)
    return day


def add_calendar_days(
    day: date, n: int, calendar: Calendar | None = None, *, roll_over: bool = False
) -> date:
    """The n-th day after ``day``; with ``roll_over`` a last day that is no working day moves to the next working day."""
    _not_negative(n)
    day += n * _DAY
    while roll_over and calendar and not calendar.is_working_day(day):
        day += _DAY
    return day


def due_day(
    start: date,
    n: int,
    unit: str,
    calendar: Calendar,
    pauses: Sequence[Period] = (),
    *,
    roll_over: bool = False,
) -> date:
    """The last day of a limit of ``n`` days (``working`` or ``calendar``) that began on ``start``; paused days do not count.

    An open pause has to be closed first (ValueError): while it lasts there is no due day.
    """
    _not_negative(n)
    if any(pause.last is None for pause in pauses):
        raise ValueError("a pause is still open: there is no due day yet")
    day = start
    while n:
        day += _DAY
        if any(pause.holds(day) for pause in pauses):
            continue
        n -= unit == "calendar" or calendar.is_working_day(day)
    while roll_over and not calendar.is_working_day(day):
        day += _DAY
    return day


def working_days_between(first: date, last: date, calendar: Calendar) -> int:
    """How many working days lie after ``first`` up to and including ``last`` (negative when last is before first)."""
    if last < first:
        return -working_days_between(last, first, calendar)
    span = (last - first).days
    return sum(calendar.is_working_day(first + step * _DAY) for step in range(1, span + 1))


def _not_negative(n: int) -> None:
    if n < 0:
        raise ValueError(f"a limit cannot be {n} days")
