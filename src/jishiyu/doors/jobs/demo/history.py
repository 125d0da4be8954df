"""The demo's past: about half a year of cases, notices, payments and reports, done by the people whose work it is."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from jishiyu.doors.jobs.demo.desks import Desks
from jishiyu.doors.jobs.demo.diary import Diary
from jishiyu.doors.jobs.demo.meetings import enter_meetings
from jishiyu.doors.jobs.demo.money import enter_money
from jishiyu.doors.jobs.demo.panel import enter_panel
from jishiyu.doors.jobs.demo.services import enter_services
from jishiyu.doors.jobs.demo.stories import SHOWN, stories
from jishiyu.doors.jobs.demo.walk import Walk
from jishiyu.doors.jobs.demo.workbook import enter_workbook
from jishiyu.doors.jobs.population.draws import Draws
from jishiyu.doors.jobs.population.people import IdNumbers
from jishiyu.foundations.clock import SHANGHAI
from jishiyu.foundations.periods import add_months, month_start
from jishiyu.law.rules import Pack
from jishiyu.registry.rules.newcomers import NewHousehold

_MONTHS = 5
_PLACES = 1001  # a stream of draws apart from those of the population


def first_day_of_history(today: date) -> date:
    """The first of the month some months ago: the last two quarters lie within."""
    return add_months(month_start(today), -_MONTHS)


def new_diary(pack: Pack, *, seed: int, today: date) -> Diary:
    """A diary that ends where today begins."""
    return Diary(
        pack.calendar, Draws(seed, _PLACES, 1), last=datetime.combine(today, time(0), tzinfo=SHANGHAI)
    )


def enter_history(
    diary: Diary,
    pack: Pack,
    known: Sequence[NewHousehold],
    *,
    desks: Desks,
    numbers: IdNumbers,
    seed: int,
    today: date,
) -> int:
    """Enter the cases of the known households and the money; the diary then lives through them. Returns how many cases."""
    first = first_day_of_history(today)
    enter_money(diary, desks, first_month=first, last_month=today)
    enter_panel(diary, desks, pack, Draws(seed, _PLACES, 3), first=first, today=today)
    enter_meetings(diary, desks, pack, first=first, today=today)
    enter_workbook(diary, desks, numbers, seed=seed + 2, area=SHOWN, day=today - timedelta(days=4))
    told = list(stories(pack, known, Draws(seed, _PLACES, 2), first=first, last=today, at=diary.office_hours))
    for story in told:
        Walk(diary, desks, story).begin()
    served = enter_services(diary, desks, known, besides=[story.household_id for story in told], today=today)
    return len(told) + served
