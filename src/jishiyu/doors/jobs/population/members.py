"""The members of a block of households: relation, age, sex and marital state, as in families and not at random."""

from dataclasses import dataclass

import numpy as np

from jishiyu.doors.jobs.population.census import Census, Kind
from jishiyu.doors.jobs.population.draws import Bools, Days, Draws, Ints
from jishiyu.doors.jobs.population.shapes import SHAPES, SLOTS, presence, shape_weights
from jishiyu.doors.jobs.population.vocabulary import DIVORCED, MARRIED, SINGLE, WIDOWED, band

HEAD, SPOUSE, CHILD1, CHILD2, CHILD3, IN_LAW, GRAND1, GRAND2, FATHER, MOTHER, SIB1, SIB2, OTHER = range(
    len(SLOTS)
)
MALE, FEMALE = 1, 2
OLDEST = 103
_YOUNGEST_MARRIED = 22
# Per 10 000: single, married, widowed, divorced of people who live with their parents or siblings, by age (<24, <35, 35+).
_CHILD_MARITAL = np.array([[10_000, 0, 0, 0], [9500, 0, 0, 500], [7000, 0, 200, 2800]], dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Members:
    """The members of a block, flat, in household order; ``household`` is the row and ``first`` the offset of each household."""

    household: Ints
    offsets: Ints
    slot: Ints
    relation: Ints
    age: Ints
    born: Days
    sex: Ints
    marital: Ints

    def __len__(self) -> int:
        return len(self.household)

    @property
    def sizes(self) -> Ints:
        """Members of each household."""
        return np.diff(self.offsets)

    def per_household(self, values: Ints) -> Ints:
        """The sum of a member value over each household (none is empty)."""
        return np.add.reduceat(values, self.offsets[:-1])


def members_of_block(draws: Draws, census: Census, kind: Kind, n: int, as_of: np.datetime64) -> Members:
    """Draw the shapes of ``n`` households and fill them with people, aged as of the given day."""
    shape = draws.choice(shape_weights(kind, census.households_by_size), n)
    present = presence()[shape] == 1
    sex = _sexes(draws, shape, n)
    days = _ages_in_days(draws, shape, present, n)
    age = days * 4 // 1461
    relation = _relations(draws, present, sex, age)
    marital = _marital(draws, shape, present, age)
    household, slot = np.nonzero(present)
    offsets = np.concatenate([[0], np.cumsum(present.sum(axis=1))]).astype(np.int64)
    born = as_of - days[present].astype("timedelta64[D]")
    return Members(
        household=household.astype(np.int64),
        offsets=offsets,
        slot=slot.astype(np.int64),
        relation=relation[present],
        age=age[present],
        born=born,
        sex=sex[present],
        marital=marital[present],
    )


def _sexes(draws: Draws, shape: Ints, n: int) -> Ints:
    female = np.array([s.head_female for s in SHAPES], dtype=np.int64)[shape]
    sex = 1 + draws.happens(4_900, n * len(SLOTS)).astype(np.int64).reshape(n, len(SLOTS))
    sex[:, HEAD] = 1 + draws.happens(female, n)
    sex[:, SPOUSE] = 3 - sex[:, HEAD]
    sex[:, IN_LAW] = 3 - sex[:, CHILD1]
    sex[:, FATHER], sex[:, MOTHER] = MALE, FEMALE
    return sex


def _ages_in_days(draws: Draws, shape: Ints, present: Bools, n: int) -> Ints:
    age = np.zeros((n, len(SLOTS)), dtype=np.int64)
    age[:, HEAD] = _head_age(draws, shape, n)
    wed = draws.whole(-4, 4, n)
    age[:, SPOUSE] = np.maximum(age[:, HEAD] + wed, _YOUNGEST_MARRIED)
    younger = np.where(present[:, SPOUSE], np.minimum(age[:, HEAD], age[:, SPOUSE]), age[:, HEAD])
    grown = present[:, IN_LAW]
    gap = np.where(grown, draws.whole(21, 27, n), np.minimum(draws.whole(21, 38, n), younger))
    age[:, CHILD1] = younger - gap
    age[:, CHILD2] = np.maximum(age[:, CHILD1] - draws.whole(2, 6, n), 0)
    age[:, CHILD3] = np.maximum(age[:, CHILD2] - draws.whole(2, 5, n), 0)
    age[:, IN_LAW] = np.maximum(age[:, CHILD1] + draws.whole(-3, 3, n), _YOUNGEST_MARRIED)
    parent = np.minimum(age[:, CHILD1], age[:, IN_LAW])
    by_parent = np.maximum(parent - draws.whole(22, 34, n), 0)
    age[:, GRAND1] = np.where(grown, by_parent, draws.whole(1, 17, n))
    age[:, GRAND2] = np.maximum(age[:, GRAND1] - draws.whole(2, 5, n), 0)
    age[:, MOTHER] = np.minimum(np.maximum(age[:, HEAD], age[:, SPOUSE]) + draws.whole(20, 31, n), OLDEST - 4)
    age[:, FATHER] = np.minimum(age[:, MOTHER] + draws.whole(-1, 4, n), OLDEST)
    for slot in (SIB1, SIB2):
        age[:, slot] = np.maximum(age[:, HEAD] + draws.whole(-8, 8, n), 18)
    age[:, OTHER] = draws.whole(20, 70, n)
    birthdays = draws.whole(0, 364, n * len(SLOTS)).reshape(n, len(SLOTS))
    return (age * 1461 + 3) // 4 + birthdays


def _head_age(draws: Draws, shape: Ints, n: int) -> Ints:
    low, middle, high = (np.array([s.head_age[i] for s in SHAPES], dtype=np.int64)[shape] for i in range(3))
    place = draws.whole(0, 1_999, n)
    return np.where(
        place < 1_000,
        low + (middle - low) * place // 1_000,
        middle + (high - middle + 1) * (place - 1_000) // 1_000,
    )


def _relations(draws: Draws, present: Bools, sex: Ints, age: Ints) -> Ints:
    n = len(sex)
    relation = np.zeros((n, len(SLOTS)), dtype=np.int64)
    male_head = sex[:, HEAD] == MALE
    relation[:, HEAD] = 2
    relation[:, SPOUSE] = np.where(draws.happens(1_000, n), 10, np.where(sex[:, SPOUSE] == MALE, 11, 12))
    _child_relations(draws, present, sex, relation)
    relation[:, IN_LAW] = np.where(sex[:, IN_LAW] == MALE, 28, 38)
    through_son = sex[:, CHILD1] == MALE
    for slot in (GRAND1, GRAND2):
        grandson = np.where(through_son, 41, 43)
        relation[:, slot] = grandson + (sex[:, slot] == FEMALE)
    own = ~present[:, SPOUSE] | draws.happens(7_000, n)
    relation[:, FATHER] = np.where(own, 51, np.where(male_head, 55, 53))
    relation[:, MOTHER] = np.where(own, 52, np.where(male_head, 56, 54))
    for slot in (SIB1, SIB2):
        elder = age[:, slot] > age[:, HEAD]
        relation[:, slot] = np.where(sex[:, slot] == MALE, np.where(elder, 71, 73), np.where(elder, 75, 77))
    relation[:, OTHER] = 97
    return relation


def _child_relations(draws: Draws, present: Bools, sex: Ints, relation: Ints) -> None:
    """21/31 for an only child, 22/32 and on by order among sons or daughters, now and then 27/37 (adopted or step)."""
    only = ~present[:, CHILD2]
    for place, slot in enumerate((CHILD1, CHILD2, CHILD3)):
        before = sum((sex[:, other] == sex[:, slot]).astype(np.int64) for other in range(CHILD1, slot))
        code = np.where(only, 1, 2 + before) if place == 0 else 2 + before
        adopted = draws.happens(80, len(sex))
        relation[:, slot] = np.where(sex[:, slot] == MALE, 20, 30) + np.where(adopted, 7, code)


def _marital(draws: Draws, shape: Ints, present: Bools, age: Ints) -> Ints:
    n = len(shape)
    marital = np.full((n, len(SLOTS)), SINGLE, dtype=np.int64)
    marital[:, HEAD] = draws.choice_by(np.array([s.head_marital for s in SHAPES], dtype=np.int64), shape)
    marital[:, SPOUSE] = marital[:, IN_LAW] = MARRIED
    for slot in (CHILD1, CHILD2, CHILD3, SIB1, SIB2, OTHER):
        marital[:, slot] = draws.choice_by(_CHILD_MARITAL, band(age[:, slot], (24, 35)))
    marital[:, CHILD1] = np.where(present[:, IN_LAW], MARRIED, marital[:, CHILD1])
    parent = np.where(draws.happens(8_500, n), WIDOWED, DIVORCED)
    both = present[:, FATHER] & present[:, MOTHER]
    marital[:, FATHER] = marital[:, MOTHER] = np.where(both, MARRIED, parent)
    return marital
