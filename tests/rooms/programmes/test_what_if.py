"""A change tried over many households: the quick way gives what the whole way gives, and both what one household gets."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from jishiyu.assessment.rules.explanation import assess
from jishiyu.assessment.rules.score import model_of
from jishiyu.doors.jobs.population.census import read_census
from jishiyu.doors.jobs.population.generate import table
from jishiyu.foundations.outcomes import CannotBecause
from jishiyu.programmes.rules.changes import Policy, changed, changes_data, policy_of, read_changes
from jishiyu.programmes.rules.changes_conditions import offered_tests, written_test
from jishiyu.programmes.rules.changes_said import say_change, say_test
from jishiyu.programmes.rules.compute import entitlements_of
from jishiyu.programmes.rules.what_if import Compared, against, chunks, compare
from jishiyu.programmes.rules.what_if_base import baseline
from jishiyu.programmes.rules.what_if_behind import behind
from jishiyu.programmes.rules.what_if_cliffs import curve
from jishiyu.programmes.rules.what_if_figures import figures_of, poverty_line
from jishiyu.programmes.rules.what_if_plan import ready, times_a_year
from jishiyu.registry.rules.arrow_form import batch_of, situations_of
from tests.fixtures import PACK_DIR, the_pack

DAY = date(2021, 12, 15)
DIBAO = {"kind": "parameter", "id": "bj.dibao.urban", "value": "1320"}
WEIGHTS = {"kind": "weights", "weights": {"income": 40}}
CUT = {"kind": "cut_off", "indicator": "inc_ratio", "number": 0, "value": "1.1"}
BAND = {"kind": "band", "band": "yellow", "least": "20"}
NO_HUKOU = {"kind": "condition", "item": "ZK01", "condition": "has_local_hukou"}
TRIALS: list[list[dict[str, Any]]] = [
    [DIBAO],
    [WEIGHTS],
    [CUT],
    [BAND],
    [NO_HUKOU],
    [DIBAO, WEIGHTS, NO_HUKOU],
]


@cache
def known_households() -> pa.Table:
    census = read_census(Path(PACK_DIR) / "population.csv")
    return table(census, households=600, kind="known", seed=5, as_of=date(2021, 11, 30))


@cache
def base() -> Policy:
    return policy_of(the_pack(), model_of(the_pack().indicators), DAY)


def tried(changes: list[dict[str, Any]], whole: bool = False) -> Compared:
    return compare(known_households(), base(), changed(base(), read_changes(changes)), whole=whole)


@pytest.mark.parametrize("changes", TRIALS)
def test_computing_only_what_is_reached_gives_the_same(changes: list[dict[str, Any]]) -> None:
    quick, whole = tried(changes), tried(changes, whole=True)
    for name in ("aid", "touched", "month", "score", "band"):
        for one, other in zip(getattr(quick, name), getattr(whole, name), strict=True):
            assert np.array_equal(one, other), name
    assert quick.totals == whole.totals


def test_each_household_gets_what_it_gets_alone() -> None:
    after = changed(base(), read_changes([DIBAO]))
    compared, plans = tried([DIBAO]), {0: ready(base()), 1: ready(after)}
    for row, situation in enumerate(situations_of(known_households().slice(0, 60))):
        for side, policy in enumerate((base(), after)):
            told = entitlements_of(situation, DAY, policy.pack)
            year = sum(
                ((one.amount or one.at_least or 0) - one.given_up) * times_a_year(one.item, plans[side])
                for one in told
            )
            assert compared.aid[side][row] == year
            result = assess(situation, DAY, policy.pack, policy.model)
            assert compared.score[side][row] == result.score
            bands = sorted(policy.model.indicators.bands, key=lambda one: one.basis_points)
            assert bands[compared.band[side][row]].key == result.band.key


def test_what_people_told_counts_as_it_does_for_one_household() -> None:
    part, plan = known_households().slice(0, 40), ready(base())
    told = {key: True for key, one in base().rules.questions.items() if one.unit == "flag"}
    compared = compare(part, base(), base(), asked=dict.fromkeys(range(0, 40, 2), told))
    for row, situation in enumerate(situations_of(part)):
        alone = entitlements_of(situation, DAY, base().pack, told={} if row % 2 else told)
        year = sum(
            ((one.amount or one.at_least or 0) - one.given_up) * times_a_year(one.item, plan) for one in alone
        )
        assert compared.aid[0][row] == compared.aid[1][row] == year


def test_the_figures_add_up() -> None:
    compared = tried([DIBAO])
    found = figures_of(compared)
    whole = found["whole"]
    assert whole["gaining"] > 0
    assert whole["households"] == 600
    assert whole["after"] - whole["before"] == whole["gain"] - whole["loss"]
    for part in ("areas", "bands", "kinds"):
        for name in ("households", "gaining", "losing", "gain", "loss", "before", "after"):
            assert sum(one[name] for one in found[part]) == whole[name], (part, name)
    assert sum(one["after"] for one in found["programmes"]) == whole["after"]
    assert sum(one["households"] for one in found["band_moves"]) == 600
    assert 0 < found["years"][0]["after"] - found["years"][0]["before"] < whole["after"] - whole["before"]
    assert next(one["month"] for one in found["months"] if one["before"] != one["after"]) == "2021-12"
    assert (
        found["poverty"]["after"]["gap"]
        <= found["poverty"]["before"]["gap"]
        <= found["poverty"]["without"]["gap"]
    )
    assert found["targeting"]["covered"][1] >= found["targeting"]["covered"][0]
    item = next(one for one in found["items"] if one["key"] == "ZK01")
    assert item["gaining"] > 0
    assert item["losing"] == 0
    changes_of = [
        after - before
        for _, _, before, after, _, _ in zip(*(one.tolist() for one in compared.moves), strict=True)
    ]
    assert sum(changes_of) == whole["gain"] - whole["loss"]


def test_the_side_before_serves_one_trial_after_another() -> None:
    base_side = baseline(known_households(), base())
    for changes in TRIALS:
        after = changed(base(), read_changes(changes))
        assert figures_of(against(base_side, after)) == figures_of(tried(changes))


def test_the_years_ahead_go_by_the_standards_that_are_known_for_them() -> None:
    found = figures_of(tried([{**DIBAO, "value": "1320"}]))
    raised = [
        one["from"] for one in found["eras"] if "bj.dibao.urban" in {each["id"] for each in one["standards"]}
    ]
    assert "2022-07" in raised  # the standard of July 2022 is 1320 yuan as well
    by_month = {one["month"]: one for one in found["months"]}
    assert by_month["2022-06"]["after"] > by_month["2022-06"]["before"]
    assert by_month["2022-07"]["before"] > by_month["2022-06"]["before"]
    assert by_month["2022-07"]["after"] == by_month["2022-07"]["before"]  # both go by the same standard then
    assert [one["year"] for one in found["years"]] == [2021, 2022, 2023]


def test_a_lower_standard_makes_losers() -> None:
    found = figures_of(tried([{**DIBAO, "value": "900"}]))
    assert found["whole"]["losing"] > 0
    assert found["whole"]["loss"] > found["whole"]["gain"]


def test_weights_alone_move_no_money() -> None:
    compared = tried([WEIGHTS])
    assert not compared.difference.any()
    assert not compared.reached
    assert (compared.score[0] != compared.score[1]).any()


def test_a_dropped_condition_lets_more_in() -> None:
    compared = tried([NO_HUKOU])
    before, after = compared.totals["ZK01"].eligible
    assert after >= before
    assert compared.totals["ZK01"].losing == 0
    assert compared.reached == ("ZK01",)


def test_a_value_that_was_not_known_can_be_tried() -> None:
    late = policy_of(the_pack(), model_of(the_pack().indicators), date(2026, 11, 24))
    after = changed(late, read_changes([{**DIBAO, "value": "1500"}]))
    compared = compare(known_households(), late, after)
    assert compared.totals["ZK01"].unknown[0] > compared.totals["ZK01"].unknown[1]
    assert "未知" in say_change(read_changes([DIBAO])[0], late).say("zh")


def test_one_more_yuan_at_a_cliff() -> None:
    found = figures_of(tried([DIBAO]))["cliffs"]
    assert found["looked_at"] >= found["before"]["households"] > 0
    assert found["before"]["loss"] > 0
    assert found["before"]["items"]
    one = next(iter(situations_of(known_households().slice(0, 1))))
    people = next(chunks(pa.Table.from_batches([batch_of([one])]), base()))
    wages = list(range(0, 400_000, 10_000))
    points = curve(people, base(), wages)
    assert [wage for wage, _ in points] == wages
    assert all(net >= wage for wage, net in points)


def test_changes_are_read_written_and_said() -> None:
    wanted = read_changes([DIBAO, WEIGHTS, CUT, BAND, NO_HUKOU])
    assert read_changes(changes_data(wanted)) == wanted
    for one in wanted:
        assert say_change(one, base()).say("zh")
        assert say_change(one, base()).say("en")
    said = say_change(wanted[0], base())
    assert "1245" in said.say("zh")
    assert "1320" in said.say("en")


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ([], "what_if.nothing"),
        ([{"kind": "parameter", "id": "bj.dibao.urban", "value": "-1"}], "what_if.unreadable"),
        ([{"kind": "magic"}], "what_if.unreadable"),
        ([{"kind": "parameter", "id": "no.such", "value": "1"}], "what_if.no_such_thing"),
        ([{"kind": "parameter", "id": "bj.dibao.urban", "value": "0.001"}], "what_if.too_fine"),
        ([{"kind": "weights", "weights": {"luck": 1}}], "what_if.no_such_thing"),
        ([{"kind": "cut_off", "indicator": "inc_ratio", "number": 99}], "what_if.no_such_thing"),
        ([{"kind": "band", "band": "green", "least": "5"}], "what_if.lowest_band"),
        ([{"kind": "condition", "item": "ZK01", "condition": "luck"}], "what_if.no_such_thing"),
        ([{**NO_HUKOU, "test": "no_such_test"}], "programmes.no_such_test"),
        ([{**NO_HUKOU, "test": {"all": []}}], "what_if.unreadable"),
        (
            [{"kind": "more", "item": "ZK01", "test": {"is": "aged_from", "with": {"age": "no.such"}}}],
            "programmes.no_such_test",
        ),
        ([{"kind": "condition", "item": "QQ99", "condition": "x"}], "what_if.no_such_thing"),
    ],
)
def test_what_cannot_be_changed_is_refused_in_words(wrong: list[dict[str, Any]], code: str) -> None:
    with pytest.raises(CannotBecause) as refused:
        changed(base(), read_changes(wrong))
    assert refused.value.code == code
    assert refused.value.reason.say("en") != refused.value.reason.say("zh")


@pytest.mark.parametrize("item", ["ZK01", "ZC01"])
def test_one_more_condition_takes_some_out(item: str) -> None:
    change = {"kind": "more", "item": item, "test": {"not": "has_local_hukou"}}
    compared = tried([change])
    before, after = compared.totals[item].eligible
    assert after < before
    assert compared.totals[item].no_longer == before - after
    assert "不是" in say_change(read_changes([change])[0], base()).say("zh")


def test_another_test_may_stand_for_a_condition_of_an_item_whose_rules_are_code() -> None:
    quick = tried([{**NO_HUKOU, "test": {"any": ["has_local_hukou", "living_alone"]}}])
    dropped = tried([NO_HUKOU])
    assert (
        quick.totals["ZK01"].eligible[0]
        <= quick.totals["ZK01"].eligible[1]
        <= dropped.totals["ZK01"].eligible[1]
    )


def test_what_may_be_picked_can_be_tried() -> None:
    offered = offered_tests(the_pack())
    assert len(offered) > 40
    for one in offered.values():
        assert say_test(one, base()).say("en")
    changed(
        base(),
        read_changes([{"kind": "more", "item": "ZK01", "test": one.as_data()} for one in offered.values()]),
    )


@pytest.mark.parametrize("text", ["{all: [", "[1, 2]", "", "{any: }"])
def test_a_test_that_cannot_be_read_is_refused_in_words(text: str) -> None:
    with pytest.raises(CannotBecause) as refused:
        written_test(text)
    assert refused.value.reason.say("zh")
    assert refused.value.mend


def test_another_test_may_stand_for_a_condition_of_the_pack() -> None:
    item = next(one for one in the_pack().items if one.tested and len(one.conditions) > 1)
    change = {
        "kind": "condition",
        "item": item.id,
        "condition": item.conditions[0].key,
        "test": {"not": "has_local_hukou"},
    }
    assert item.id in tried([change]).reached
    with pytest.raises(CannotBecause):
        changed(base(), read_changes([{**change, "test": {"no": 1}}]))


def test_the_households_entitled_before_and_after_are_as_many_as_the_figures_say() -> None:
    found = tried([DIBAO])
    lists = behind(found, poverty_line(found.before))
    for line in figures_of(found)["items"]:
        sides = [len(lists.get(f"item.{line['key']}.{side}", ())) for side in ("before", "after")]
        assert sides == line["eligible"], line["key"]
    assert len(lists["item.ZK01.after"]) > len(lists["item.ZK01.before"]) > 0
    assert set(lists["item.ZK01.newly"]) == set(lists["item.ZK01.after"]) - set(lists["item.ZK01.before"])
