"""How the members live: school, work, capacity for work and income by kind, following age and health."""

from dataclasses import dataclass

import numpy as np

from jishiyu.doors.jobs.population.census import Kind
from jishiyu.doors.jobs.population.draws import Bools, Draws, Ints
from jishiyu.doors.jobs.population.health import Health
from jishiyu.doors.jobs.population.members import FEMALE, Members
from jishiyu.doors.jobs.population.vocabulary import (
    EMPLOYMENT,
    ILLNESS,
    INSURANCE,
    SCHOOLING,
    WORK_CAPACITY,
    band,
)

EMPLOYED, FLEXIBLE, UNEMPLOYED, RETIRED, STUDENT, NOT_WORKING = (
    EMPLOYMENT.index(word)
    for word in ("employed", "flexible", "unemployed", "retired", "student", "not_working")
)
FULL, PARTIAL, NONE = (WORK_CAPACITY.index(word) for word in ("full", "partial", "none"))
_SERIOUS = ILLNESS.index("serious")

# Schooling (none, preschool, compulsory, senior, vocational, higher) per 10 000, by age from 0, 3, 6, 15, 18, 23, 27.
_SCHOOL_STARTS = (3, 6, 15, 18, 23, 27)
_SCHOOL = np.array(
    [
        [10_000, 0, 0, 0, 0, 0],
        [1_000, 9_000, 0, 0, 0, 0],
        [50, 0, 9_950, 0, 0, 0],
        [300, 0, 200, 6_500, 3_000, 0],
        [3_200, 0, 0, 400, 800, 5_600],
        [8_700, 0, 0, 0, 0, 1_300],
        [10_000, 0, 0, 0, 0, 0],
    ],
    dtype=np.int64,
)

# Employment of people of working age (employed, flexible, unemployed, not working) per 10 000, by capacity full, partial, none.
_WORK = {
    "general": ((7_900, 900, 400, 800), (3_200, 1_500, 1_300, 4_000), (0, 0, 300, 9_700)),
    "known": ((2_300, 2_700, 3_600, 1_400), (500, 1_500, 2_500, 5_500), (0, 0, 300, 9_700)),
}
_HAS_PENSION = {"general": 9_500, "known": 5_500}

# Monthly yuan at the points 0, 10, 25, 50, 75, 90, 99, 100 per cent.
_WAGE = {
    "general": (2_600, 4_800, 6_800, 9_800, 15_500, 26_000, 60_000, 150_000),
    "known": (1_800, 2_540, 2_600, 2_900, 3_500, 4_300, 6_500, 9_000),
}
_FLEXIBLE = {
    "general": (1_000, 2_500, 3_800, 5_500, 8_000, 12_000, 30_000, 60_000),
    "known": (200, 600, 1_000, 1_500, 2_100, 2_700, 4_000, 6_000),
}
_PENSION = {
    "general": (2_200, 3_200, 4_000, 5_200, 6_800, 9_500, 14_000, 20_000),
    "known": (1_500, 1_900, 2_300, 2_800, 3_300, 3_900, 4_800, 6_000),
}
_BASIC_PENSION = (900, 924, 950, 980, 1_050, 1_150, 1_300, 1_500)
_OUT_OF_WORK_BENEFIT = (1_500, 1_900, 2_034, 2_070, 2_100, 2_143, 2_200, 2_300)
_MAINTENANCE = (200, 400, 600, 900, 1_300, 1_800, 3_000, 5_000)
_RENTS_AND_INTEREST = {
    "general": (10, 30, 80, 200, 900, 3_500, 9_000, 20_000),
    "known": (2, 5, 10, 20, 40, 90, 400, 900),
}
_ALLOWANCE = (50, 100, 180, 300, 400, 600, 1_000, 1_600)


@dataclass(frozen=True, slots=True)
class Livelihood:
    """School, work and income of each member; money in fen over twelve months. Excluded income is part of transfers."""

    schooling: Ints
    employment: Ints
    work_capacity: Ints
    insurance: Ints
    wage: Ints
    business: Ints
    property: Ints
    transfer: Ints
    excluded: Ints
    education_cost: Ints


def livelihood_of(draws: Draws, members: Members, health: Health, kind: Kind) -> Livelihood:
    """Draw school, work and income for each member."""
    n = len(members)
    schooling = draws.choice_by(_SCHOOL, band(members.age, _SCHOOL_STARTS))
    capacity = _capacity(draws, members, health)
    employment = _employment(draws, members, schooling, capacity, kind)
    wage = np.where(employment == EMPLOYED, draws.amount(_WAGE[kind], n) * 12, 0)
    business = np.where(employment == FLEXIBLE, draws.amount(_FLEXIBLE[kind], n) * 12, 0)
    holds = draws.happens(3_000 if kind == "general" else 800, n) & (members.age >= 18)
    rents = np.where(holds, draws.amount(_RENTS_AND_INTEREST[kind], n) * 12, 0)
    excluded = _allowances(draws, members, health)
    transfer = _transfers(draws, members, employment, kind) + excluded
    insurance = _insurance(draws, members, employment, kind)
    cost = _school_cost(draws, schooling, kind)
    return Livelihood(
        schooling, employment, capacity, insurance, wage, business, rents, transfer, excluded, cost
    )


def _capacity(draws: Draws, members: Members, health: Health) -> Ints:
    n = len(members)
    graded = np.array([FULL, NONE, NONE, PARTIAL, PARTIAL], dtype=np.int64)[health.grade]
    ill = np.where(draws.happens(5_500, n), NONE, PARTIAL)
    capacity = np.where(health.illness == _SERIOUS, np.maximum(graded, ill), graded)
    old = np.where(members.age >= 65, NONE, np.where(draws.happens(5_000, n), PARTIAL, NONE))
    capacity = np.where(members.age >= 60, np.maximum(capacity, old), capacity)
    return np.where(members.age < 16, NONE, capacity)


def _employment(draws: Draws, members: Members, schooling: Ints, capacity: Ints, kind: Kind) -> Ints:
    codes = np.array([EMPLOYED, FLEXIBLE, UNEMPLOYED, NOT_WORKING], dtype=np.int64)
    work = codes[draws.choice_by(np.array(_WORK[kind], dtype=np.int64), capacity)]
    retires = np.where(members.sex == FEMALE, 50 + 5 * draws.happens(5_000, len(members)), 60)
    pension = np.where(draws.happens(_HAS_PENSION[kind], len(members)), RETIRED, NOT_WORKING)
    work = np.where(members.age >= retires, pension, work)
    at_school = (schooling != SCHOOLING.index("none")) & (schooling != SCHOOLING.index("preschool"))
    return np.where(at_school, STUDENT, np.where(members.age < 16, NOT_WORKING, work))


def _transfers(draws: Draws, members: Members, employment: Ints, kind: Kind) -> Ints:
    n = len(members)
    pension = np.where(employment == RETIRED, draws.amount(_PENSION[kind], n), 0)
    basic = np.where((employment == NOT_WORKING) & (members.age >= 60), draws.amount(_BASIC_PENSION, n), 0)
    insured = (employment == UNEMPLOYED) & draws.happens(2_500, n)
    benefit = np.where(insured, draws.amount(_OUT_OF_WORK_BENEFIT, n), 0)
    kept = (members.age < 18) & draws.happens(1_500 if kind == "known" else 300, n)
    kept |= (members.age >= 70) & draws.happens(1_200, n)
    return np.asarray((pension + basic + benefit + np.where(kept, draws.amount(_MAINTENANCE, n), 0)) * 12)


def _allowances(draws: Draws, members: Members, health: Health) -> Ints:
    """What the state already gives and income rules leave out: disability, old age, special care."""
    n = len(members)
    given = ((health.grade > 0) & draws.happens(7_000, n)) | ((members.age >= 80) & draws.happens(9_000, n))
    return np.where(given | draws.happens(150, n), draws.amount(_ALLOWANCE, n) * 12, 0)


def _insurance(draws: Draws, members: Members, employment: Ints, kind: Kind) -> Ints:
    employee, resident, none = (INSURANCE.index(word) for word in ("employee", "resident", "none"))
    n = len(members)
    works: Bools = (
        (employment == EMPLOYED)
        | (employment == RETIRED)
        | ((employment == FLEXIBLE) & draws.happens(4_000, n))
    )
    covered = np.where(works, employee, resident)
    return np.where(draws.happens(250 if kind == "known" else 150, n), none, covered)


def _school_cost(draws: Draws, schooling: Ints, kind: Kind) -> Ints:
    yearly = {
        "none": (0,) * 8,
        "preschool": (3_000, 7_000, 9_000, 12_000, 24_000, 42_000, 90_000, 180_000),
        "compulsory": (200, 600, 1_000, 2_500, 9_000, 24_000, 60_000, 150_000),
        "senior": (800, 2_000, 3_000, 5_000, 15_000, 36_000, 80_000, 150_000),
        "vocational": (500, 1_200, 2_000, 3_500, 6_000, 9_000, 15_000, 25_000),
        "higher": (4_000, 6_000, 8_000, 12_000, 20_000, 36_000, 80_000, 200_000),
    }
    cost = draws.amount_by(np.array([yearly[word] for word in SCHOOLING], dtype=np.int64), schooling)
    return cost * 45 // 100 // 100 * 100 if kind == "known" else cost
