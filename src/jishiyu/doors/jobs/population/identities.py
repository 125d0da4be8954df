"""Circumstances that single programmes ask for (orphan, veteran, model worker …), each only where it can be true."""

import numpy as np

from jishiyu.doors.jobs.population.census import Kind
from jishiyu.doors.jobs.population.draws import Bools, Draws, Ints
from jishiyu.doors.jobs.population.members import CHILD1, FEMALE, GRAND1, GRAND2, HEAD, MALE, SPOUSE, Members
from jishiyu.doors.jobs.population.vocabulary import EMPLOYMENT, IDENTITY


def identities_of(draws: Draws, members: Members, employment: Ints, local: Bools, kind: Kind) -> Bools:
    """One row a member, one column for each of :data:`IDENTITY`."""
    n = len(members)
    known = kind == "known"
    minor = members.age < 18
    parent = (members.slot == HEAD) | (members.slot == SPOUSE)
    has_child = members.per_household((members.slot == CHILD1).astype(np.int64))[members.household] == 1
    skipped = ((members.slot == GRAND1) | (members.slot == GRAND2)) & ~has_child & minor
    childless = parent & ~has_child & (members.age >= 49)
    at_work = employment == EMPLOYMENT.index("employed")
    old = members.age >= 55
    # The chance of each, per 10 000, among those in whom it can be true.
    chances: dict[str, tuple[Bools, int]] = {
        "orphan": (skipped, 1_500),
        "unsupervised_child": (skipped, 3_500),
        "bereaved_parent": (childless, 500 if known else 120),
        "family_planning_hardship": (parent & (members.age >= 49), 90 if known else 40),
        "model_worker": (old, 60),
        "union_member": (at_work, 5_500),
        "overseas_chinese": (members.age >= 18, 90),
        "religious": (members.age >= 18, 25),
        "veteran": ((members.sex == MALE) & (members.age >= 21), 350),
        "former_womens_representative": (old & (members.sex == FEMALE), 25),
        "migrant_child": (minor & ~local & (members.age >= 3), 8_000),
        "martyr_family": (old, 15),
    }
    nobody = np.zeros(n, bool)  # what no chance is said of, such as serving a sentence
    drawn = {word: true & draws.happens(chance, n) for word, (true, chance) in chances.items()}
    return np.column_stack([drawn.get(word, nobody) for word in IDENTITY])
