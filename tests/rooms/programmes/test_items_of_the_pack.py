"""Items whose rules the pack writes: whatever the household, nothing breaks, nothing unknown becomes a no, order is nothing."""

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from jishiyu.assessment.rules.facts import population_of
from jishiyu.assessment.rules.parameters import given as given_parameters
from jishiyu.law.rules.engine import run
from jishiyu.law.rules.rulebook import Plan
from jishiyu.programmes.rules.compute import entitlements_of, with_answers, with_used_aid
from jishiyu.programmes.rules.coordination import covered_by, require_closed
from jishiyu.programmes.rules.entitlement import Entitlement
from jishiyu.programmes.rules.from_pack import rules_of_pack
from jishiyu.programmes.rules.items import ITEMS
from jishiyu.programmes.rules.ready import plan_of
from jishiyu.registry.rules.situation import HouseholdSituation
from tests.fixtures import the_pack
from tests.situations import DAYS, households_and_days, situations, without_one_fact

few = settings(max_examples=25, deadline=None)
Found = tuple[HouseholdSituation, date]
Told = dict[str, int | bool]


@st.composite
def told(draw: Any) -> Told:
    """Answers to some of the pack's questions."""
    questions = rules_of_pack(the_pack(), date(2020, 8, 1)).questions
    keys = draw(st.lists(st.sampled_from(sorted(questions)), unique=True))
    amounts = st.integers(0, 10_000_000)
    return {key: draw(st.booleans() if questions[key].unit == "flag" else amounts) for key in keys}


def answers(found: Found, told: Told | None = None) -> dict[str, Entitlement]:
    """All items of a household on a day, by id."""
    situation, day = found
    return {one.item: one for one in entitlements_of(situation, day, the_pack(), told=told)}


def test_every_item_of_the_pack_has_rules() -> None:
    rules = rules_of_pack(the_pack(), date(2020, 8, 1))
    assert set(rules.items) == {item.id for item in the_pack().items}
    assert all(item.tested != (item.id in ITEMS) for item in the_pack().items)


@few
@given(households_and_days(), told())
def test_every_item_has_an_answer_that_holds_together(found: Found, told: Told) -> None:
    for id, one in answers(found, told).items():
        item = the_pack().item(id)
        pays = id in ITEMS or (item.amount is not None and bool(item.amount.rows))
        assert (one.amount is not None) == (one.outcome == "eligible" and pays), id
        assert one.at_least is None or (one.outcome == "cannot_compute" and one.at_least > 0), id
        assert one.reason.say("zh")
        assert one.reason.say("en")
        assert all(each.reason.say("zh") and "{" not in each.reason.say("en") for each in one.conditions), id
        if one.amount is not None:
            require_closed(one.chain)
            paid = covered_by(one.chain, "government", "charity", "other_aid", "supplementary_insurance")
            assert id in ITEMS or paid == one.amount, id


def _no_more_is_known(before: Entitlement, after: Entitlement) -> None:
    """What was known with more facts is the same with fewer, or not known; it is never something else."""
    told = {one.code: one.outcome for one in before.conditions}
    for one in after.conditions:
        assert one.outcome in (told[one.code], "unknown"), (before.item, one.code)
    assert after.outcome in (before.outcome, "cannot_compute"), before.item
    if after.outcome == "eligible":
        assert after.amount == before.amount, before.item
    if after.at_least is not None:
        known = before.amount if before.outcome == "eligible" else before.at_least
        assert known is None or after.at_least <= known, before.item


@few
@given(households_and_days(), told(), st.data())
def test_a_missing_fact_is_never_taken_for_a_value(found: Found, told: Told, data: Any) -> None:
    situation, day = found
    fewer = answers((without_one_fact(data.draw, situation), day), told)
    for id, before in answers(found, told).items():
        if id not in ITEMS:
            _no_more_is_known(before, fewer[id])


@few
@given(households_and_days(), told())
def test_a_question_not_answered_is_never_taken_for_a_no(found: Found, told: Told) -> None:
    nothing_told = answers(found)
    for id, before in answers(found, told).items():
        if id not in ITEMS:
            _no_more_is_known(before, nothing_told[id])


@few
@given(households_and_days(), told(), st.randoms())
def test_the_order_of_members_does_not_matter(found: Found, told: Told, shuffler: Any) -> None:
    situation, day = found
    people = list(situation.members)
    shuffler.shuffle(people)
    other = answers((replace(situation, members=tuple(people)), day), told)
    for id, one in answers(found, told).items():
        same = other[id]
        assert (one.outcome, one.amount, one.at_least) == (same.outcome, same.amount, same.at_least), id
        assert [each.outcome for each in one.conditions] == [each.outcome for each in same.conditions], id


@few
@given(DAYS, st.data(), told())
def test_a_chunk_is_answered_as_each_household_alone(day: date, data: Any, told: Told) -> None:
    homes = [_renamed(data.draw(situations(day)), place) for place in range(data.draw(st.integers(2, 4)))]
    rules = rules_of_pack(the_pack(), day)
    people = with_used_aid(
        population_of(homes, day), None, [m.person_id for one in homes for m in one.members]
    )
    alone = [answers((one, day), told) for one in homes]
    for id, own in rules.items.items():
        plan = plan_of(rules, own, day)
        if own.gate is None or not isinstance(plan, Plan):
            continue
        parameters = given_parameters(the_pack(), rules.parameters, plan.leaves, day, certain=True)
        columns = run(plan, with_answers(people, rules, told), parameters | rules.unanswered(told))
        gate = columns[own.gate]
        for place, each in enumerate(alone):
            open_ = bool(gate.mask()[place]) and bool(gate.values[place])
            shut = bool(gate.mask()[place]) and not gate.values[place]
            assert (each[id].outcome == "not_eligible") == shut, id
            if own.amount and each[id].outcome == "eligible":
                assert open_
                assert int(columns[own.amount].values[place]) == each[id].amount, id
            assert columns[own.gate].values.dtype in (np.dtype(bool), np.dtype(np.int64))


def _renamed(one: HouseholdSituation, place: int) -> HouseholdSituation:
    members = tuple(replace(each, person_id=f"{place}.{each.person_id}") for each in one.members)
    bills = tuple(replace(each, person_id=f"{place}.{each.person_id}") for each in one.bills)
    return replace(one, household_id=str(place), members=members, bills=bills)
