"""One household on single values against arrays: every rule of the score and of all items, each value and what is not known."""

from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from jishiyu.assessment.rules.book import BOOK, measure_of
from jishiyu.assessment.rules.facts import household_of, population_of
from jishiyu.assessment.rules.parameters import PARAMETERS
from jishiyu.assessment.rules.parameters import given as given_parameters
from jishiyu.foundations.outcomes import CannotBecause
from jishiyu.law.rules.alone import Kernel, alone
from jishiyu.law.rules.engine import run
from jishiyu.programmes.rules.compute import entitlements_of, with_used_aid
from jishiyu.programmes.rules.in_numbers import in_numbers
from jishiyu.programmes.rules.numbers import numbers_of
from jishiyu.programmes.rules.ready import ready_for
from jishiyu.registry.rules.situation import HouseholdSituation
from tests.fixtures import the_pack
from tests.situations import DAYS, situations, without_one_fact


@st.composite
def half_known(draw: Any) -> tuple[HouseholdSituation, date]:
    """Any household on any day, up to a dozen of its facts not known."""
    day = draw(DAYS)
    found = draw(situations(day))
    for _ in range(draw(st.integers(0, 12))):
        found = without_one_fact(draw, found)
    return found, day


def measures(day: date) -> list[str]:
    """What indicators measure by rules in force that day."""
    keys = [measure_of(one.key) for one in the_pack().indicators.indicators]
    return [key for key in keys if _in_force(key, day)]


def _in_force(key: str, day: date) -> bool:
    try:
        return bool(BOOK.plan(day, [key]).rules)
    except CannotBecause:
        return False


@settings(max_examples=40, deadline=None)
@given(half_known())
def test_every_rule_is_the_same_alone_and_in_arrays(found: tuple[HouseholdSituation, date]) -> None:
    situation, day = found
    ready, people = ready_for(the_pack(), day), population_of([situation], day)
    people = with_used_aid(people, None, [one.person_id for one in situation.members])
    scored = BOOK.plan(day, measures(day))
    asked = given_parameters(the_pack(), PARAMETERS, scored.leaves, day, certain=False)
    household = alone(people)
    for plan, parameters in ((ready.whole, ready.parameters), (scored, asked)):
        kernel = Kernel(plan, parameters, household)
        single = kernel(household)
        for name, column in run(plan, people, parameters).items():
            shown = zip(column.values.tolist(), column.mask().tolist(), strict=True)
            assert single.shown(name) == tuple(value if known else None for value, known in shown), name
            assert all(
                one is None or (type(one) is bool) is (name in kernel.flags) for one in single.shown(name)
            ), name


@settings(max_examples=40, deadline=None)
@given(half_known())
def test_in_numbers_it_is_what_the_words_say(found: tuple[HouseholdSituation, date]) -> None:
    assert in_numbers(*found, the_pack()) == numbers_of(entitlements_of(*found, the_pack()), the_pack())


@settings(max_examples=60, deadline=None)
@given(half_known())
def test_facts_are_read_as_the_register_writes_them(found: tuple[HouseholdSituation, date]) -> None:
    situation, day = found
    straight, written = household_of(situation, day), alone(population_of([situation], day))
    assert straight.own.keys() == written.own.keys()
    assert straight.members.keys() == written.members.keys()
    for name, one in written.own.items():
        assert _told(straight.own[name]) == _told(one), name
    for name, each in written.members.items():
        assert list(map(_told, straight.members[name])) == list(map(_told, each)), name


def _told(one: Any) -> tuple[Any, Any]:
    return type(one.values), one.values.item() if one.known is None else None
