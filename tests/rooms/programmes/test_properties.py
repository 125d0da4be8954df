"""What holds for every household whatever its facts: order, income, missing facts, the need, one member and another."""

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from jishiyu.assessment.rules.facts import population_of
from jishiyu.assessment.rules.parameters import given as given_parameters
from jishiyu.law.rules.alone import Kernel, alone
from jishiyu.law.rules.engine import run
from jishiyu.programmes.rules.book import BOOK
from jishiyu.programmes.rules.compute import entitlements_of, with_used_aid
from jishiyu.programmes.rules.coordination import require_closed
from jishiyu.programmes.rules.entitlement import Entitlement
from jishiyu.programmes.rules.parameters import PARAMETERS
from jishiyu.registry.rules.situation import HouseholdSituation
from tests.fixtures import the_pack
from tests.situations import households_and_days, with_more_income, without_one_fact

ITEMS = ("ZK01", "ZK02", "ZK05", "ZY03", "CS01")
OWN = ("dibao_amount", "income_below_dibao", "property_within_limits", "has_local_hukou")
few = settings(max_examples=60, deadline=None)


def answers(situation: HouseholdSituation, day: date) -> dict[str, Entitlement]:
    return {one.item: one for one in entitlements_of(situation, day, the_pack()) if one.item in ITEMS}


@few
@given(households_and_days(), st.randoms())
def test_the_order_of_members_does_not_matter(found: tuple[HouseholdSituation, date], shuffler: Any) -> None:
    situation, day = found
    others = list(situation.members)
    shuffler.shuffle(others)
    before, after = answers(situation, day), answers(replace(situation, members=tuple(others)), day)
    for item in ITEMS:
        assert (before[item].outcome, before[item].amount, before[item].at_least) == (
            after[item].outcome,
            after[item].amount,
            after[item].at_least,
        )


@few
@given(households_and_days(), st.data())
def test_more_income_never_raises_what_is_paid(found: tuple[HouseholdSituation, date], data: Any) -> None:
    situation, day = found
    before, after = answers(situation, day), answers(with_more_income(data.draw, situation), day)
    for item in ITEMS:
        if after[item].outcome == "eligible":
            assert before[item].outcome in ("eligible", "cannot_compute")
            assert before[item].outcome != "eligible" or (before[item].amount or 0) >= (
                after[item].amount or 0
            )
        if before[item].outcome == "not_eligible":
            assert after[item].outcome == "not_eligible"


@few
@given(households_and_days(), st.data())
def test_a_missing_fact_is_never_taken_for_a_value(found: tuple[HouseholdSituation, date], data: Any) -> None:
    situation, day = found
    before, after = answers(situation, day), answers(without_one_fact(data.draw, situation), day)
    for item in ITEMS:
        if after[item].outcome == "cannot_compute":
            continue
        assert (after[item].outcome, after[item].amount) == (before[item].outcome, before[item].amount)


@few
@given(households_and_days())
def test_the_chain_is_closed_and_never_above_the_need(found: tuple[HouseholdSituation, date]) -> None:
    for one in answers(*found).values():
        if one.outcome != "eligible":
            assert one.chain == ()
            continue
        require_closed(one.chain)
        aid = sum(line.amount for line in one.chain if line.kind in ("government", "charity"))
        assert aid == one.amount


@few
@given(households_and_days())
def test_the_same_facts_give_the_same_hash(found: tuple[HouseholdSituation, date]) -> None:
    first, again = answers(*found), answers(*found)
    assert {item: one.hash for item, one in first.items()} == {item: one.hash for item, one in again.items()}


def _own_rules(day: date) -> set[str]:
    """Person rules that need nothing of the household, so nothing of another member."""
    own: set[str] = set()
    for rule in BOOK.plan(day, OWN).rules:
        of_household = {"support", "lone_parent", "destitute"}
        needs = {name for name in rule.inputs if name in BOOK} - own
        if rule.entity == "person" and not needs and not of_household & set(rule.inputs):
            own.add(rule.name)
    return own


def _person_values(situation: HouseholdSituation, day: date) -> dict[str, tuple[Any, ...]]:
    plan = BOOK.plan(day, OWN)
    people = with_used_aid(
        population_of([situation], day), None, [one.person_id for one in situation.members]
    )
    household = alone(people)
    parameters = given_parameters(the_pack(), PARAMETERS, plan.leaves, day, certain=True)
    found = Kernel(plan, parameters, household)(household)
    return {name: found.shown(name) for name in _own_rules(day)}


@few
@given(households_and_days(), households_and_days())
def test_one_members_attributes_never_reach_another(
    found: tuple[HouseholdSituation, date], other: tuple[HouseholdSituation, date]
) -> None:
    situation, day = found
    stranger = replace(other[0].members[0], person_id=situation.members[0].person_id)
    changed = replace(situation, members=(stranger, *situation.members[1:]))
    before, after = _person_values(situation, day), _person_values(changed, day)
    assert len(before) >= 5
    for name in before:
        assert before[name][1:] == after[name][1:], name


@settings(max_examples=15, deadline=None)
@given(st.lists(households_and_days(), min_size=2, max_size=6))
def test_many_together_get_what_each_gets_alone(found: list[tuple[HouseholdSituation, date]]) -> None:
    day = found[0][1]
    alone = [replace(one, members=_renamed(one, place), bills=()) for place, (one, _) in enumerate(found)]
    plan = BOOK.plan(day, ("dibao_amount", "income_below_dibao", "property_within_limits"))
    parameters = given_parameters(the_pack(), PARAMETERS, plan.leaves, day, certain=True)
    together = run(plan, population_of(alone, day), parameters)
    for place, one in enumerate(alone):
        single = run(plan, population_of([one], day), parameters)
        for name in ("dibao_amount", "income_below_dibao", "property_within_limits"):
            known = bool(single[name].mask()[0])
            assert bool(together[name].mask()[place]) == known
            assert not known or np.array_equal(together[name].values[place], single[name].values[0])


def _renamed(one: HouseholdSituation, place: int) -> tuple[Any, ...]:
    return tuple(replace(member, person_id=f"{place}.{member.person_id}") for member in one.members)
