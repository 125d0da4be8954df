"""Score and entitlements over arrays beside the same arithmetic written by hand: ``python benchmarks/score.py [--households N]``.

The engine runs in chunks of 32,768 households; the baseline is plain NumPy over the same chunks with the same formulas and
masks only where a fact can be unknown, written in one function without rules, names, versions or trace. Equality of the dibao
amount and the score is checked on every household that both know. Promise: at most 1.3 times the baseline.
"""

import argparse
import os
import resource
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

from jishiyu.assessment.rules.facts import MARITAL, SCHOOLING, population_from
from jishiyu.assessment.rules.parameters import given
from jishiyu.assessment.rules.score import model_of, score_population
from jishiyu.doors.jobs.population.census import read_census
from jishiyu.doors.jobs.population.generate import table
from jishiyu.law.rules.columns import Column, Population
from jishiyu.law.rules.engine import run
from jishiyu.law.rules.pack import Pack
from jishiyu.law.rules.read import read_pack
from jishiyu.programmes.rules.book import BOOK
from jishiyu.programmes.rules.parameters import PARAMETERS

ROOT = Path(__file__).resolve().parents[1]
DAY = date(2020, 8, 1)
# Conditions and amounts of dibao, destitute support, temporary relief, medical aid, and charity for serious illness.
ANSWERS = (
    "income_below_dibao", "property_within_limits", "has_local_hukou", "dibao_amount", "difference", "has_destitute",
    "support_amount", "sudden_difficulty", "local_or_residence_permit", "relief_amount", "aided_group", "has_burden",
    "medical_aid", "has_serious_burden", "chunyu_amount",
)  # fmt: skip
PROMISE = 1.3


def ready(households: int, seed: int) -> Population:
    """So many made-up households as columns."""
    census = read_census(ROOT / "policy" / "xicheng" / "population.csv")
    made = table(census, households=households, kind="general", seed=seed, as_of=DAY)
    people = population_from(made, DAY)
    used = Column(np.zeros(int(people.counts.sum()), np.int64))
    return Population(people.counts, people.households, {**people.members, "medical_aid_used": used})


def by_engine(people: Population, pack: Pack) -> tuple[list[Any], list[Any]]:
    """The score and the items with rules, chunk by chunk; returns (amounts, scores)."""
    model = model_of(pack.indicators)
    plan = BOOK.plan(DAY, ANSWERS)
    parameters = given(pack, PARAMETERS, plan.leaves, DAY, certain=True)
    amounts, scores = [], []
    for chunk in people.chunks():
        amounts.append(run(plan, chunk, parameters)["difference"])
        scores.append(score_population(chunk, DAY, pack, model))
    return amounts, scores


def items_by_engine(people: Population, pack: Pack) -> list[Any]:
    """Only what the hand-written baseline does too: the means test and the dibao difference."""
    plan = BOOK.plan(DAY, ("difference", "income_below_dibao"))
    parameters = given(pack, PARAMETERS, plan.leaves, DAY, certain=True)
    return [run(plan, chunk, parameters)["difference"] for chunk in people.chunks()]


def by_hand(people: Population, pack: Pack) -> list[Any]:
    """The means test and the dibao difference as one would write them for this one day."""
    standard = pack.parameter("bj.dibao.urban", DAY).value
    supporter = pack.parameter("bj.dibao.age.supporter", DAY).value
    child_to = pack.parameter("bj.dibao.age.child_of_lone_parent", DAY).value
    found = []
    for chunk in people.chunks():
        m, starts = chunk.members, np.concatenate(([0], np.cumsum(chunk.counts[:-1])))
        related = m["relation"].values != 99
        money = ("wage_income", "business_income", "property_income", "transfer_income", "excluded_income")
        wage, business, property_, transfer, excluded = (m[name].values for name in money)
        known = np.ones(len(related), bool)
        for name in money:
            if m[name].known is not None:
                known &= m[name].known
        own = np.where(related, np.maximum(wage + business + property_ + transfer - excluded, 0), 0)
        income, members = np.add.reduceat(own, starts), np.add.reduceat(related.astype(np.int64), starts)
        kind, grade = m["disability_category"].values, m["disability_grade"].values
        wide, narrow = (kind == 5) | (kind == 6), (kind == 1) | (kind == 4) | (kind == 7)
        severe = (wide & (grade >= 1) & (grade <= 3)) | (narrow & (grade >= 1) & (grade <= 2))
        grave = np.logical_or.reduceat(related & (severe | (m["illness"].values == 2)), starts)
        old = np.logical_or.reduceat(related & (m["age"].values >= supporter) & ~severe, starts)
        relation, age = m["relation"].values, m["age"].values
        child = related & (relation >= 20) & (relation <= 39)
        child &= (age <= child_to) | (m["schooling"].values >= SCHOOLING["compulsory"])
        alone = (relation == 2) & (m["marital"].values != MARITAL["married"])
        coupled = np.logical_or.reduceat((relation >= 10) & (relation <= 12), starts)
        lone = np.logical_or.reduceat(alone, starts) & ~coupled & np.logical_or.reduceat(child, starts)
        off = (
            np.where(grave, standard, 0)
            + np.where(grave & old, standard // 2, 0)
            + np.where(lone, standard, 0)
        )
        net = np.maximum(income - off * 12, 0)
        below = net < members * 12 * standard
        lacking = np.maximum(standard * members - net // 12, 0)
        for name in ("disability_category", "illness", "schooling", "marital"):
            if m[name].known is not None:
                known &= m[name].known
        known_home = np.logical_and.reduceat(known | ~related, starts)
        found.append((below, lacking, known_home))
    return found


def best_of(times: int, act: Callable[[], Any]) -> tuple[float, Any]:
    """The shortest of several runs, and the last result."""
    shortest, result = float("inf"), None
    for _ in range(times):
        began = perf_counter()
        result = act()
        shortest = min(shortest, perf_counter() - began)
    return shortest, result


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures; exit 1 when the promise is not kept or a value differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--households", type=int, default=200_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--times", type=int, default=3)
    chosen = parser.parse_args(arguments)
    pack = read_pack(Path(os.environ.get("JISHIYU_PACK", ROOT / "policy" / "xicheng")))
    people = ready(chosen.households, chosen.seed)
    size = len(people.counts)
    plain, by_us = best_of(chosen.times, lambda: by_hand(people, pack))
    like, same = best_of(chosen.times, lambda: items_by_engine(people, pack))
    whole, _ = best_of(1, lambda: by_engine(people, pack))
    wrong = 0
    for (_, lacking, known), column in zip(by_us, same, strict=True):
        both = known & column.mask()
        wrong += int((lacking[both] != column.values[both]).sum())
    persons = int(people.counts.sum())
    print(f"{size:,} households, {persons:,} persons, one core, chunks of 32,768")
    print(f"by hand (means test, dibao)      {plain * 1e6 / size:8.3f} µs a household")
    print(
        f"the engine, the same             {like * 1e6 / size:8.3f} µs a household, ratio {like / plain:.2f}"
    )
    print(f"the engine, score and 5 items    {whole * 1e6 / size:8.3f} µs a household")
    print(
        f"wrong values: {wrong}; peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20:.2f} GiB"
    )
    return 1 if wrong or like / plain > PROMISE else 0


if __name__ == "__main__":
    sys.exit(main())
