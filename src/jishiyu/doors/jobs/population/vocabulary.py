"""The words of the situation as small whole numbers, so that a million households stay arrays until they are written."""

from typing import get_args

import numpy as np

from jishiyu.doors.jobs.population.draws import Ints
from jishiyu.registry.rules import situation as facts

MARITAL = get_args(facts.Marital)
EMPLOYMENT = get_args(facts.Employment)
WORK_CAPACITY = get_args(facts.WorkCapacity)
SCHOOLING = get_args(facts.Schooling)
ILLNESS = get_args(facts.Illness)
INSURANCE = get_args(facts.MedicalInsurance)
TENURE = get_args(facts.Tenure)
SUPPORT = get_args(facts.Support)
EVENT = get_args(facts.Event)
IDENTITY = get_args(facts.Identity)

SINGLE, MARRIED, WIDOWED, DIVORCED = (
    MARITAL.index(word) for word in ("single", "married", "widowed", "divorced")
)


def band(ages: Ints, starts: tuple[int, ...]) -> Ints:
    """The index of the age band of each age; ``starts`` are the first years of each band after the first."""
    return np.searchsorted(np.array(starts), ages, side="right").astype(np.int64)
