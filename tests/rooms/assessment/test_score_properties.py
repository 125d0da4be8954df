"""What holds for every household's score: more income never raises it, order is nothing, what is missing is told."""

from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from jishiyu.assessment.rules.explanation import Assessment, assess
from jishiyu.assessment.rules.facts import population_of
from jishiyu.assessment.rules.score import model_of, score_population
from jishiyu.registry.rules.situation import HouseholdSituation
from tests.fixtures import the_pack
from tests.situations import households_and_days, with_more_income, without_one_fact

few = settings(max_examples=80, deadline=None)


def score(situation: HouseholdSituation, day: date) -> Assessment:
    return assess(situation, day, the_pack(), model_of(the_pack().indicators))


@few
@given(households_and_days(), st.data())
def test_more_income_never_raises_the_score(found: tuple[HouseholdSituation, date], data: Any) -> None:
    situation, day = found
    before, after = score(situation, day), score(with_more_income(data.draw, situation), day)
    assert after.highest <= before.highest
    for old, new in zip(before.indicators, after.indicators, strict=True):
        assert new.most <= old.most
        assert not (old.known and new.known) or new.points <= old.points


@few
@given(households_and_days(), st.randoms())
def test_the_order_of_members_does_not_matter(found: tuple[HouseholdSituation, date], shuffler: Any) -> None:
    situation, day = found
    others = list(situation.members)
    shuffler.shuffle(others)
    before, after = score(situation, day), score(replace(situation, members=tuple(others)), day)
    assert [(one.points, one.known) for one in before.indicators] == [
        (one.points, one.known) for one in after.indicators
    ]


@few
@given(households_and_days(), st.data())
def test_a_missing_fact_widens_the_score_and_is_told(
    found: tuple[HouseholdSituation, date], data: Any
) -> None:
    situation, day = found
    before, after = score(situation, day), score(without_one_fact(data.draw, situation), day)
    assert after.score <= before.score
    assert before.highest <= after.highest
    for old, new in zip(before.indicators, after.indicators, strict=True):
        assert not new.known or (new.points, new.known) == (old.points, old.known)
    assert len(after.missing) == sum(not one.known for one in after.indicators)


@few
@given(households_and_days())
def test_points_add_up_and_stay_in_range(found: tuple[HouseholdSituation, date]) -> None:
    result = score(*found)
    assert result.score == sum(one.points for one in result.indicators)
    assert sum(one.full for one in result.indicators) == 10_000
    assert 0 <= result.score <= result.highest <= 10_000
    assert all(0 <= one.points <= one.full for one in result.indicators)
    assert all(one.reason.say("zh") and one.reason.say("en") for one in result.indicators)


@settings(max_examples=20, deadline=None)
@given(st.lists(households_and_days(), min_size=2, max_size=6))
def test_many_together_score_as_each_alone(found: list[tuple[HouseholdSituation, date]]) -> None:
    day = found[0][1]
    alone = [_apart(one, place) for place, (one, _) in enumerate(found)]
    together = score_population(population_of(alone, day), day, the_pack(), model_of(the_pack().indicators))
    assert together.score.tolist() == [score(one, day).score for one in alone]
    assert together.highest.tolist() == [score(one, day).highest for one in alone]


def _apart(one: HouseholdSituation, place: int) -> HouseholdSituation:
    members = tuple(replace(member, person_id=f"{place}.{member.person_id}") for member in one.members)
    bills = tuple(replace(bill, person_id=f"{place}.{bill.person_id}") for bill in one.bills)
    return replace(one, household_id=str(place), members=members, bills=bills)


@few
@given(households_and_days())
def test_nothing_known_is_not_no_hardship(found: tuple[HouseholdSituation, date]) -> None:
    situation, day = found
    head = situation.members[0]
    unknown: dict[str, Any] = {
        name: None
        for name in head.__dataclass_fields__
        if name not in ("person_id", "relation", "born", "sex", "identities")
    }
    blank = replace(
        situation, members=(replace(head, **unknown),), bills=(), tenure=None, homes_owned=None, usable_area_dm2=None,
        unsafe_housing=None, monthly_rent=None, vehicles=None, liquid_assets=None, debt=None, support=None, event=None,
    )  # fmt: skip
    result = score(blank, day)
    assert not result.certain
    assert result.highest > 8_000
    assert len(result.missing) >= 15
