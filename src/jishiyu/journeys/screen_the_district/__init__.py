"""The district screened: every household scored and every item computed, restartable, one run at a time."""

from jishiyu.journeys.screen_the_district.screening import PART, Progress, screen_the_district
from jishiyu.journeys.screen_the_district.waiting import TASK, ask_for_screening, begin_screening

__all__ = ["PART", "TASK", "Progress", "ask_for_screening", "begin_screening", "screen_the_district"]
