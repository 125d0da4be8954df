"""The rules once more, written in SQL from the law's texts: both models say the same of every household, to the fen."""

import random
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pytest
from django.db import connection

from jishiyu.assessment.rules.facts import population_from
from jishiyu.assessment.rules.parameters import given
from jishiyu.assessment.rules.score import model_of, score_population
from jishiyu.law.rules.columns import Column, Population
from jishiyu.law.rules.engine import run
from jishiyu.programmes.rules.amounts import all_of
from jishiyu.programmes.rules.from_pack import rules_of_pack
from jishiyu.programmes.rules.ready import ready_for
from jishiyu.programmes.rules.used_aid import VALUES
from tests.fixtures import the_pack
from tests.second_model.the_sample import a_sample, fill, open_model, wholly_on_record, work_out

DAYS = (date(2006, 3, 1), date(2013, 11, 28), date(2020, 2, 20), date(2021, 12, 15))
EACH = 150
ASKED = ("heats_with_coal",)

# What the engine calls it, and where the second model has it.
VALUES_OF = {
    "counted_members": "select n from means",
    "income": "select income from means",
    "reductions": "select reductions from means",
    "net_income": "select net from standing",
    "income_below_dibao": "select poor from standing",
    "vehicles_ok": "select car_ok from standing",
    "housing_ok": "select home_ok from standing",
    "money_ok": "select money_ok from standing",
    "property_within_limits": "select property_ok from hh",
    "on_dibao": "select on_dibao from hh",
    "low_income_family": "select low_income from hh",
    "on_hardship_allowance": "select so from hardship_allowance",
    "dibao_exact": "select amount from dibao",
    "has_destitute": "select anybody from tekun",
    "support_amount": "select amount from tekun",
    "burdens": "select burden from medical",
    "medical_aid_now": "select aid from medical",
    "left_after_aid_sum": "select rest from charity",
    "chunyu_amount": "select amount from charity",
    "sudden_difficulty": "select recent from relief",
    "relief_amount": "select amount from relief",
}
# Items of the pack: the right, and the amount of who has it.
ITEMS_OF = {
    "ZK01": ("select entitled from dibao", ""),
    "ZK02": ("select entitled from tekun", ""),
    "ZK05": ("select entitled from relief", ""),
    "ZY03": ("select entitled from medical", ""),
    "CS01": ("select entitled from charity", ""),
    "ZK03": ("select lowly and property_ok and local from hh", ""),
    "ZK07": ("select entitled from heating", "select amount from heating"),
    "ZK08": ("select entitled from festival", "select amount from festival"),
    "ZC01": ("select entitled from disability", "select amount from disability"),
}  # fmt: skip

# Amounts that the engine reckons only with a standard of the day, even for who has no right to anything.
RECKONED_WITH_A_RIGHT = {"support_amount", "relief_amount"}
FIRST_WHOLE_YEAR = (
    2006  # of earlier days the age of a lone parent's child is not known: the engine asks for it of everybody
)


@dataclass(frozen=True)
class Both:
    """One value of one household by both models; None where it is not known."""

    name: str
    day: date
    certain: bool
    household: int
    engine: Any
    sql: Any
    whole: bool


def asked_of(size: int, seed: int) -> dict[str, list[bool]]:
    """What a caseworker would answer about the heating."""
    chance = random.Random(seed)
    return {key: [chance.random() < 0.3 for _ in range(size)] for key in ASKED}


def told(column: Column) -> list[Any]:
    known = column.mask()
    return [value if known[row] else None for row, value in enumerate(column.values.tolist())]


def by_sql(cursor: Any, query: str) -> list[Any]:
    head, _, rest = query.partition(" from ")
    cursor.execute(f"select household, {head.removeprefix('select ')} from {rest} order by household")  # noqa: S608 - ours
    return [
        value if value is None or isinstance(value, bool) else float(value) for _, value in cursor.fetchall()
    ]


def people_of(sample: Any, day: date, asked: dict[str, list[bool]]) -> Population:
    """The sample as columns, with the answers, and nobody with aid had already."""
    people = population_from(sample, day)
    sizes = {"household": len(people.counts), "person": int(people.counts.sum())}
    none = {name: Column(np.zeros(sizes[per], np.int64)) for name, per in VALUES.items()}
    own = {name: column for name, column in none.items() if VALUES[name] == "household"}
    own |= {f"asked.{key}": Column(np.array(values)) for key, values in asked.items()}
    theirs = {name: column for name, column in none.items() if VALUES[name] == "person"}
    return Population(people.counts, {**people.households, **own}, {**people.members, **theirs})


def by_engine(people: Population, day: date, *, certain: bool) -> dict[str, list[Any]]:
    """Every value by the rules, with or without the standards that are only uncertain."""
    pack = the_pack()
    ready, rules = ready_for(pack, day), rules_of_pack(pack, day)
    parameters = dict(ready.parameters) | given(
        pack, rules.parameters, list(ready.parameters), day, certain=certain
    )
    found = run(
        ready.whole, people, {name: one for name, one in parameters.items() if name not in people.households}
    )
    values = {name: told(found[name]) for name in VALUES_OF if name in found}
    for id in ITEMS_OF:
        item = rules.items[id]
        if not {test.rule for test in item.tests} <= found.keys():
            continue  # not in force that day
        values[id] = told(
            found[item.gate] if item.gate else all_of(*(found[test.rule] for test in item.tests))
        )
        if item.amount and ITEMS_OF[id][1]:
            values[f"{id} amount"] = told(found[item.amount])
    return values


def by_second(cursor: Any, day: date, *, certain: bool) -> dict[str, list[Any]]:
    """Every value by the SQL."""
    work_out(cursor, day, "means", "items", certain=certain)
    values = {name: by_sql(cursor, query) for name, query in VALUES_OF.items()}
    for id, (right, amount) in ITEMS_OF.items():
        values[id] = by_sql(cursor, right)
        if amount:
            values[f"{id} amount"] = by_sql(cursor, amount)
    return values


@pytest.fixture(scope="module")
def compared(django_db_setup: None, django_db_blocker: Any) -> list[Both]:
    """Every value of every household on every day by both models."""
    found: list[Both] = []
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        open_model(cursor)
        for seed, day in enumerate(DAYS, 1):
            sample, asked = a_sample(day, households=EACH, seed=seed), asked_of(EACH, seed)
            fill(cursor, sample, asked)
            people, whole = people_of(sample, day, asked), wholly_on_record(sample)
            for certain in (True, False):
                first, second = (
                    by_engine(people, day, certain=certain),
                    by_second(cursor, day, certain=certain),
                )
                if not certain:
                    scores = score_population(people, day, the_pack(), model_of(the_pack().indicators))
                    first |= {"score": scores.score.tolist(), "highest": scores.highest.tolist()}
                    work_out(cursor, day, "means", "score", certain=False)
                    second["score"] = by_sql(cursor, "select score from score")
                    second["highest"] = by_sql(cursor, "select highest from score")
                found += [
                    Both(name, day, certain, row, value, second[name][row], whole[row])
                    for name, values in first.items()
                    for row, value in enumerate(values)
                ]
        connection.close()
    return found


def _told(rows: list[Both]) -> str:
    return "\n".join(
        f"{one.day} household {one.household} {one.name}: {one.engine} ≠ {one.sql}" for one in rows[:12]
    )


def _rights(compared: list[Both]) -> dict[tuple[date, bool, int, str], Any]:
    """Who has a right to what by the second model."""
    return {
        (one.day, one.certain, one.household, one.name): one.sql for one in compared if one.name in ITEMS_OF
    }


def _counted(compared: list[Both]) -> list[Both]:
    """All values but the scores; an item's amount only where there is a right to it, since there is none elsewhere."""
    rights = _rights(compared)
    return [
        one
        for one in compared
        if one.name not in ("score", "highest")
        and (not one.name.endswith(" amount") or rights[one.day, one.certain, one.household, one.name[:4]])
    ]


def test_what_the_engine_says_the_second_model_says(compared: list[Both]) -> None:
    told = [one for one in _counted(compared) if one.engine is not None]
    days = {name: {one.day for one in told if one.name == name} for name in (*VALUES_OF, *ITEMS_OF)}
    assert not (never := {name for name, found in days.items() if not found}), never
    assert len(told) > 20_000
    assert not (wrong := [one for one in told if one.engine != one.sql]), _told(wrong)


def test_where_everything_is_on_record_both_know_and_do_not_know_the_same(compared: list[Both]) -> None:
    whole = [one for one in _counted(compared) if one.whole and one.name not in RECKONED_WITH_A_RIGHT]
    assert not (wrong := [one for one in whole if one.engine != one.sql]), _told(wrong)


def test_what_is_not_known_is_never_nothing(compared: list[Both]) -> None:
    """Facts were taken away: both models then say *not known*, and the engine says it no less often than the other."""
    by_name: dict[str, list[Both]] = {}
    for one in _counted(compared):
        by_name.setdefault(one.name, []).append(one)
    for name in (
        "income",
        "net_income",
        "income_below_dibao",
        "property_within_limits",
        "on_dibao",
        "medical_aid_now",
        "ZC01",
    ):
        assert sum(one.engine is None and one.sql is None for one in by_name[name]) > 3, name
        assert not [one for one in by_name[name] if one.sql is None and one.engine is not None], name


def test_the_right_and_the_amount_reach_every_item(compared: list[Both]) -> None:
    rights = _rights(compared)
    for id in ITEMS_OF:
        found = [value for (*_, name), value in rights.items() if name == id]
        assert {True, False} <= set(found), id


def test_the_scores(compared: list[Both]) -> None:
    """The same for who is wholly on record; of others the engine may know less, and then says a wider span."""
    spans: dict[tuple[date, int], dict[str, Both]] = {}
    for one in compared:
        if one.name in ("score", "highest"):
            spans.setdefault((one.day, one.household), {})[one.name] = one
    assert len(spans) == EACH * len(DAYS)
    same = 0
    for (day, _), span in spans.items():
        score, highest = span["score"], span["highest"]
        told = _told([score, highest])
        assert score.engine <= score.sql <= highest.sql <= highest.engine, told
        same += score.engine == score.sql and highest.engine == highest.sql
        if score.whole and day.year > FIRST_WHOLE_YEAR:
            assert (score.engine, highest.engine) == (score.sql, highest.sql), told
    assert same > 0.9 * len(spans)
