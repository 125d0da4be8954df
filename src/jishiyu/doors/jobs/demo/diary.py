"""What happens when in the demo's past: acts in the order of their moments across all cases, as in a real half-year."""

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from jishiyu.doors.jobs.population.draws import Draws
from jishiyu.foundations.clock import SHANGHAI
from jishiyu.law.rules.faults import UnknownValue
from jishiyu.law.rules.working_days import Calendar

Act = Callable[[datetime], None]


@dataclass(order=True)
class _Entry:
    moment: datetime
    position: int
    act: Act = field(compare=False)


class Diary:
    """Acts wait here for their moment; an act may enter later ones. What lies beyond the last moment never happens."""

    def __init__(self, calendar: Calendar, draws: Draws, *, last: datetime) -> None:
        self._calendar, self._draws, self._last = calendar, draws, last
        self._waiting: list[_Entry] = []
        self._entered = 0

    def enter(self, moment: datetime, act: Act) -> None:
        """Let something happen at a moment; the same moment keeps the order of entry."""
        self._entered += 1
        heapq.heappush(self._waiting, _Entry(moment, self._entered, act))

    def live_through(self) -> None:
        """Let everything happen, earliest first, up to the last moment."""
        while self._waiting and self._waiting[0].moment <= self._last:
            entry = heapq.heappop(self._waiting)
            entry.act(entry.moment)

    def office_hours(self, day: date, after: int = 0) -> datetime:
        """A moment in office hours on the ``after``-th working day after a day (0: that day, or the next working one)."""
        day = self._next_working(day)
        minutes = int(self._draws.whole(0, 7 * 60, 1)[0])
        for _ in range(after):
            day = self._next_working(day + timedelta(days=1))
        return datetime.combine(day, time(9), tzinfo=SHANGHAI) + timedelta(minutes=minutes)

    def morning(self, day: date) -> datetime:
        """Half past nine on a day, or on the next working one: for what needs no chance."""
        return datetime.combine(self._next_working(day), time(9, 30), tzinfo=SHANGHAI)

    def some_days_after(self, moment: datetime, fewest: int, most: int) -> datetime:
        """Office hours a few working days later, always after the moment itself."""
        days = int(self._draws.whole(fewest, most, 1)[0])
        return max(self.office_hours(moment.date(), days), moment + timedelta(minutes=20))

    def _next_working(self, day: date) -> date:
        """The day itself, or the next working one. Where the year's holidays are not published yet, made-up lives go by weekdays."""
        while True:
            try:
                works = self._calendar.is_working_day(day)
            except UnknownValue:
                works = day.weekday() < 5
            if works:
                return day
            day += timedelta(days=1)
