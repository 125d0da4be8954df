"""The way into another band really leads there and no shorter one does; and a change is laid at the door of what caused it."""

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from jishiyu.assessment.rules.change import KeptScore, what_changed
from jishiyu.assessment.rules.explanation import Assessment, assess, assessment_data
from jishiyu.assessment.rules.indicators import BEYOND
from jishiyu.assessment.rules.points import FULL, Bound, bounds_of, points_of
from jishiyu.assessment.rules.score import Model, model_of
from jishiyu.assessment.rules.ways import Move, Way, standings, ways
from jishiyu.law.rules.columns import Column
from jishiyu.registry.rules.situation import HouseholdSituation
from tests.fixtures import a_member, a_newcomer, the_pack
from tests.situations import households_and_days, without_one_fact

few = settings(max_examples=60, deadline=None)
DAY = date(2021, 12, 15)


def the_model() -> Model:
    return model_of(the_pack().indicators)


def bounds_on(day: date) -> dict[str, tuple[Bound, ...]]:
    return {one.key: bounds_of(one, the_pack(), day) for one in the_pack().indicators.indicators}


def kept(result: Assessment, model: Model | None = None) -> KeptScore:
    data = assessment_data(result)
    version = (model or the_model()).version
    return KeptScore(result.score, result.band.key, "", version, result.pack_version, data["indicators"])


def ways_of(result: Assessment, day: date) -> tuple[Way, ...]:
    return ways(result.score, standings(assessment_data(result)["indicators"]), bounds_on(day), the_model())


def points_at(move: Move, day: date) -> int:
    one = the_pack().indicators.indicator(move.indicator)
    given_ = points_of(one, Column(np.array([move.target or 0], np.int64)), bounds_on(day)[one.key])
    return (the_model().full[one.key] * int(given_.points.values[0]) * 2 + FULL) // (2 * FULL)


@few
@given(households_and_days())
def test_each_way_leads_into_another_band(found: tuple[HouseholdSituation, date]) -> None:
    situation, day = found
    result = assess(situation, day, the_pack(), the_model())
    own = {one.key: one for one in result.indicators}
    for way in ways_of(result, day):
        harder = way.points > 0
        for move in way.alone:
            after = the_model().band_of(result.score + move.points)
            if harder:
                assert after.basis_points >= way.band.basis_points > result.band.basis_points
            else:
                assert after.basis_points <= way.band.basis_points < result.band.basis_points
            if move.target is not None:
                assert points_at(move, day) == own[move.indicator].points + move.points
            else:
                assert not own[move.indicator].known
        together = sum(move.points for move in way.together)
        assert not way.together or (together >= way.points if harder else together <= way.points)
        assert not (way.alone and way.together)


@few
@given(households_and_days(), st.data())
def test_no_nearer_value_would_do(found: tuple[HouseholdSituation, date], data: Any) -> None:
    situation, day = found
    result = assess(situation, day, the_pack(), the_model())
    own = {one.key: one for one in result.indicators}
    for way in ways_of(result, day):
        for move in way.alone:
            value, one = own[move.indicator].value, the_pack().indicators.indicator(move.indicator)
            if (
                move.target is None
                or one.cases
                or value in (None, BEYOND)
                or abs(move.target - (value or 0)) < 2
            ):
                continue
            low, high = sorted((value, move.target))
            nearer = data.draw(st.integers(low + 1, high - 1))
            there = points_at(replace(move, target=nearer), day) - own[move.indicator].points
            assert there < way.points if way.points > 0 else there > way.points


@few
@given(households_and_days())
def test_every_move_is_said_in_both_languages(found: tuple[HouseholdSituation, date]) -> None:
    situation, day = found
    for way in ways_of(assess(situation, day, the_pack(), the_model()), day):
        sizes = [move.size for move in way.alone]
        assert sizes == sorted(sizes)
        assert all(move.said.say("zh") and move.said.say("en") for move in (*way.alone, *way.together))


def test_a_household_just_above_a_cut_off_is_told_by_how_much() -> None:
    situation = a_newcomer(1, wage=0).situation
    assert situation is not None
    result = assess(situation, DAY, the_pack(), the_model())
    said = [move.said.say("zh") for way in ways_of(result, DAY) for move in (*way.alone, *way.together)]
    assert any("元" in one and ("少" in one or "多" in one) for one in said)


@few
@given(households_and_days(), st.data())
def test_causes_sum_to_the_change(found: tuple[HouseholdSituation, date], data: Any) -> None:
    situation, day = found
    before = assess(situation, day, the_pack(), the_model())
    after = assess(without_one_fact(data.draw, situation), day, the_pack(), the_model())
    change = what_changed(kept(before), kept(after))
    assert change.points == after.score - before.score == sum(one.points for one in change.causes)
    assert all(one.kind == "no_longer_known" for one in change.causes)
    assert [abs(one.points) for one in change.causes] == sorted(
        (abs(one.points) for one in change.causes), reverse=True
    )


def test_a_cause_is_the_facts_the_standard_or_the_weights() -> None:
    situation = a_newcomer(2, wage=3_200_000).situation
    assert situation is not None
    model, even = the_model(), model_of(the_pack().indicators, [1] * len(the_pack().indicators.dims), "even")
    first = assess(situation, DAY, the_pack(), model)
    head, *rest = situation.members
    poorer = replace(situation, members=(replace(head, wage_income=0), *rest))
    facts = what_changed(kept(first), kept(assess(poorer, DAY, the_pack(), model)))
    assert {one.kind for one in facts.causes} == {"facts"}
    assert facts.points > 0
    weights = what_changed(kept(first), kept(assess(situation, DAY, the_pack(), even), even))
    assert {one.kind for one in weights.causes} == {"weights"}
    assert "even" in weights.notes[0].say("en")
    later = what_changed(kept(first), kept(assess(situation, date(2024, 3, 1), the_pack(), model)))
    assert {one.kind for one in later.causes} <= {"facts", "standard"}
    assert later.causes


def test_a_brace_in_a_stored_reason_does_no_harm() -> None:
    line = {
        "key": "x",
        "name": {"zh": "甲{b}", "en": "A{b}"},
        "points": 1,
        "full": 5,
        "known": True,
        "value": 1,
    }
    old = KeptScore(1, "green", "", "1", "1", [{**line, "reason": {"zh": "{", "en": "}"}}])
    new = KeptScore(
        3, "green", "", "1", "1", [{**line, "points": 3, "value": 2, "reason": {"zh": "{x}", "en": "{y}"}}]
    )
    (cause,) = what_changed(old, new).causes
    assert (cause.name.say("zh"), cause.before.say("zh"), cause.after.say("en")) == ("甲{b}", "{", "{y}")


@few
@given(households_and_days(), st.data())
def test_a_members_attribute_reaches_no_other_household(
    found: tuple[HouseholdSituation, date], data: Any
) -> None:
    """Two households side by side: what changes in one leaves the other's score as it was."""
    from jishiyu.assessment.rules.facts import population_of
    from jishiyu.assessment.rules.score import score_population

    situation, day = found
    other = replace(
        situation,
        household_id="other",
        members=(a_member("o1", relation="02", born=date(1980, 1, 1), sex=1),),
        bills=(),
    )
    changed = without_one_fact(data.draw, situation)
    for pair in ((situation, other), (changed, other), (other, changed)):
        scores = score_population(population_of(pair, day), day, the_pack(), the_model())
        alone = assess(other, day, the_pack(), the_model())
        assert scores.score[pair.index(other)] == alone.score


@few
@given(households_and_days(), st.data())
def test_an_attribute_of_one_member_is_told_of_that_member_only(
    found: tuple[HouseholdSituation, date], data: Any
) -> None:
    """Whoever of the household is the ill one, the score is the same; a second healthy member takes nothing over."""
    situation, day = found
    place = data.draw(st.integers(0, len(situation.members) - 1))
    ill = tuple(
        replace(one, illness="serious" if at == place else "none", disability_category=0, disability_grade=0)
        for at, one in enumerate(situation.members)
    )
    result = assess(replace(situation, members=ill), day, the_pack(), the_model())
    part = next(one for one in result.indicators if one.key == "major_ill")
    assert part.value == 1  # one seriously ill, never two
