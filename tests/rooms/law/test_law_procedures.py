"""Procedures by era: the day of acceptance decides; the full tables have no dead end and a post for each step."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jishiyu.foundations.outcomes import NotFound
from jishiyu.law.rules import UnknownValue
from jishiyu.law.rules.procedures import Procedure
from jishiyu.law.rules.walk import reached_from
from jishiyu.offices.rules import ROLE_NAMES
from tests.fixtures import the_pack

FULL = [one for one in the_pack().procedures if one.status == "full"]
# A citizen's own time, the cycle of re-checks, and the end are the only steps that no limit binds.
UNLIMITED = {"apply", "recheck", "end"}


def name_of(procedure: Procedure) -> str:
    return f"{procedure.items[0]}-{procedure.era}"


@pytest.mark.parametrize(
    ("day", "era"),
    [
        ("2012-12-11", "E1"),
        ("2012-12-12", "E2"),
        ("2013-11-28", "E2"),
        ("2021-06-30", "E2"),
        ("2021-07-01", "E3"),
        ("2026-11-24", "E3"),
    ],
)
def test_the_day_decides_the_era(day: str, era: str) -> None:
    assert the_pack().era_on(date.fromisoformat(day)).key == era
    assert the_pack().procedure_for("ZK01", date.fromisoformat(day)).era == era


def test_before_the_first_era_and_for_unknown_items_it_is_said_so() -> None:
    with pytest.raises(UnknownValue):
        the_pack().era_on(date(1990, 1, 1))
    with pytest.raises(NotFound):
        the_pack().procedure_for("ZZ01", date(2020, 1, 1))
    with pytest.raises(UnknownValue, match="not recorded"):
        the_pack().procedure_for("CS01", date(2005, 1, 1))


def test_these_tables_are_complete() -> None:
    assert {"ZK01-E2", "ZK01-E3", "ZK05-E3", "ZY02-E3", "CS01-E3"} <= {name_of(one) for one in FULL}


@pytest.mark.parametrize("procedure", FULL, ids=name_of)
def test_a_full_table_can_be_walked(procedure: Procedure) -> None:
    keys = {step.key for step in procedure.steps}
    assert procedure.first.key == "apply"
    assert reached_from(procedure, "apply") == keys
    for step in procedure.steps:
        assert step.role in ROLE_NAMES
        assert "end" in reached_from(procedure, step.key)
        assert step.limit is not None or step.key in UNLIMITED
        assert len({outcome.key for outcome in step.outcomes}) == len(step.outcomes)


@pytest.mark.parametrize("procedure", FULL, ids=name_of)
def test_caseworker_reviewer_and_decider_are_three(procedure: Procedure) -> None:
    roles = {step.key: step.role for step in procedure.steps}
    assert (roles["review"], roles["decide"], roles["pay"]) == ("reviewer", "decider", "finance")
    for key in ("apply", "accept", "check", "visit", "notice"):
        assert roles[key] == "caseworker"
    assert {"accept", "check", "visit"} <= set(procedure.step("review").not_by)
    assert {"accept", "check", "visit", "review"} <= set(procedure.step("decide").not_by)
    assert procedure.step("decide").office == "lead_agency"
    assert procedure.step("visit").people == 2


@pytest.mark.parametrize("procedure", FULL, ids=name_of)
def test_nothing_is_granted_before_the_notice_of_seven_days_is_over(procedure: Procedure) -> None:
    assert procedure.publicity is not None
    assert (procedure.publicity.days, procedure.publicity.unit) == (7, "calendar")
    grants = [one for one in procedure.step("decide").outcomes if one.next in ("pay", "deliver", "announce")]
    assert grants
    for grant in grants:
        assert grant.lacks(["apply", "accept", "check", "visit", "review"]) == ("notice",)
        assert grant.lacks(["apply", "accept", "review", "notice", "visit", "review"]) == (
            "notice",
        )  # a notice before the review
        assert grant.lacks(["apply", "accept", "review", "notice"]) == ()
    for way in procedure.step("decide").outcomes:
        if way not in grants:
            assert way.lacks(["review"]) == ()  # a refusal needs no notice


@pytest.mark.parametrize("procedure", FULL, ids=name_of)
@given(choices=st.lists(st.integers(0, 9), min_size=80, max_size=80))
def test_any_walk_that_keeps_choosing_the_last_way_after_forty_steps_ends(
    procedure: Procedure, choices: list[int]
) -> None:
    step = procedure.first
    for number, choice in enumerate(choices):
        if step.key == "end":
            break
        ways = step.outcomes
        # After forty free choices the case goes the shortest way out.
        way = (
            ways[choice % len(ways)]
            if number < 40
            else min(ways, key=lambda one: _distance(procedure, one.next))
        )
        step = procedure.step(way.next)
    assert step.key == "end"


def _distance(procedure: Procedure, key: str) -> int:
    reached, steps = {key}, 0
    while "end" not in reached:
        reached |= {outcome.next for one in procedure.steps if one.key in reached for outcome in one.outcomes}
        steps += 1
    return steps


def test_what_the_eras_differ_in() -> None:
    before, after = (the_pack().procedure_for("ZK01", day) for day in (date(2013, 11, 28), date(2021, 7, 1)))
    assert before.step("visit").outcomes[0].next == "appraisal"
    assert after.step("visit").outcomes[0].next == "review"
    assert [one.next for one in after.step("notice").outcomes if one.key == "objection"] == ["appraisal"]
    assert before.spot_check is not None
    assert (before.spot_check.basis_points, before.spot_check.confidence) == (3_000, "verified")
    assert before.publicity is not None
    assert before.publicity.second_days == 7
    assert after.total is not None
    assert (after.total.n, after.total.unit, after.total.confidence) == (30, "working", "recalled")
    assert [one.months for one in after.rechecks] == [12, 6]


def test_every_item_has_at_least_an_outline_since_2012() -> None:
    pack = the_pack()
    for item in pack.items:
        for day in (date(2013, 11, 28), date(2021, 7, 1)):
            procedure = pack.procedure_for(item.id, day)
            assert procedure.steps or procedure.known


def test_an_exclusion_holds_from_both_sides() -> None:
    pack = the_pack()
    assert "ZK02" in pack.exclusions_of("ZK01")
    assert "ZK01" in pack.exclusions_of("ZK02")
