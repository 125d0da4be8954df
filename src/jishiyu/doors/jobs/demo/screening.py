"""The leading group's office screens the demo's district: once some weeks ago, and once lately."""

from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count

from jishiyu.doors.jobs.demo.desks import Desks
from jishiyu.foundations.clock import day_of
from jishiyu.journeys.screen_the_district import begin_screening, screen_the_district
from jishiyu.offices.operations import acting


def screen_all(desks: Desks, moment: datetime) -> None:
    """A run over all households there are at a moment, by that day's law."""
    office = desks.at("office")
    with acting(office, moment=moment, source="demo"):
        number = begin_screening(day=day_of(moment), actor=office, moment=moment)
    deque(screen_the_district(number, actor=office, clock=_ticking(moment), ahead=False), maxlen=0)


def _ticking(moment: datetime) -> Callable[[], datetime]:
    """A clock that goes on a second each time somebody looks."""
    seconds = count(1)
    return lambda: moment + timedelta(seconds=next(seconds))
