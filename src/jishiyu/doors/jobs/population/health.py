"""Illness, disability and care: rarer in the young, common in the old, and far more common among known households."""

from dataclasses import dataclass

import numpy as np

from jishiyu.doors.jobs.population.census import Kind
from jishiyu.doors.jobs.population.draws import Draws, Ints
from jishiyu.doors.jobs.population.members import Members
from jishiyu.doors.jobs.population.vocabulary import band

# Age bands: under 18, 18–44, 45–59, 60–74, 75 and over. Shares per 10 000: none, chronic, serious.
_STARTS = (18, 45, 60, 75)
_ILLNESS = {
    "general": (
        (9_890, 100, 10),
        (9_560, 400, 40),
        (8_080, 1_800, 120),
        (5_500, 4_200, 300),
        (3_500, 6_000, 500),
    ),
    "known": (
        (9_300, 500, 200),
        (7_900, 1_400, 700),
        (5_800, 3_100, 1_100),
        (3_900, 4_900, 1_200),
        (2_800, 5_900, 1_300),
    ),
}
_DISABLED = {"general": (90, 160, 400, 800, 1_400), "known": (700, 1_700, 2_100, 2_000, 2_400)}
# GB/T 26341 categories 1 sight, 2 hearing, 3 speech, 4 limbs, 5 intellect, 6 mind, 7 several; by the same age bands.
_CATEGORY = np.array(
    [
        [800, 1_300, 700, 2_400, 3_300, 600, 900],
        [900, 900, 300, 3_200, 1_900, 2_300, 500],
        [1_100, 900, 200, 4_600, 900, 1_900, 400],
        [1_500, 1_900, 100, 5_200, 300, 600, 400],
        [1_900, 2_900, 100, 4_300, 100, 200, 500],
    ],
    dtype=np.int64,
)
_GRADE = {"general": (1_300, 2_200, 2_600, 3_900), "known": (2_200, 3_400, 2_600, 1_800)}
# Daily activities lost (0 to 6 of the six in the 特困 rules), per 10 000: able, aged 75+, grade 1 or 2, serious illness.
_LOST = np.array(
    [
        [9_970, 20, 10, 0, 0, 0, 0],
        [7_600, 900, 500, 350, 250, 200, 200],
        [4_500, 1_200, 1_100, 1_000, 900, 600, 700],
        [6_800, 1_100, 700, 500, 400, 300, 200],
    ],
    dtype=np.int64,
)
# Yearly yuan that a person pays for outpatient care and medicine, besides settled bills: by illness.
_MEDICINE = {
    "general": (
        (0, 0, 50, 200, 600, 1_500, 5_000, 12_000),
        (300, 900, 1_600, 2_800, 5_000, 9_000, 20_000, 40_000),
        (1_500, 4_000, 8_000, 15_000, 30_000, 60_000, 120_000, 240_000),
    ),
    "known": (
        (0, 0, 30, 120, 400, 1_000, 3_000, 6_000),
        (200, 700, 1_300, 2_400, 4_200, 7_500, 15_000, 24_000),
        (1_200, 3_000, 6_000, 11_000, 20_000, 36_000, 80_000, 120_000),
    ),
}
_REHABILITATION = (0, 0, 0, 600, 3_600, 12_000, 36_000, 72_000)


@dataclass(frozen=True, slots=True)
class Health:
    """Health of each member. Category and grade are 0 for a person without a disability; costs are fen over twelve months."""

    illness: Ints
    category: Ints
    grade: Ints
    activities_lost: Ints
    medicine: Ints
    rehabilitation: Ints


def health_of(draws: Draws, members: Members, kind: Kind) -> Health:
    """Draw illness, disability, care needs and their costs for each member."""
    n = len(members)
    ages = band(members.age, _STARTS)
    illness = draws.choice_by(np.array(_ILLNESS[kind], dtype=np.int64), ages)
    disabled = draws.happens(np.array(_DISABLED[kind], dtype=np.int64)[ages], n)
    category = np.where(disabled, 1 + draws.choice_by(_CATEGORY, ages), 0)
    grade = np.where(disabled, 1 + draws.choice(_GRADE[kind], n), 0)
    severe = (grade == 1) | (grade == 2)
    state = np.where(severe, 2, np.where(illness == 2, 3, np.where(members.age >= 75, 1, 0)))
    # A child under six is not measured by what it cannot do alone yet.
    lost = np.where(members.age < 6, 0, draws.choice_by(_LOST, state))
    medicine = draws.amount_by(np.array(_MEDICINE[kind], dtype=np.int64), illness)
    rehabilitation = np.where(disabled, draws.amount(_REHABILITATION, n), 0)
    return Health(illness, category, grade, lost, medicine, rehabilitation)
