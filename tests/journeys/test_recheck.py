"""A re-check by the rules in force: the class and its cycle by era, a new computation on new evidence, and what comes of it."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from jishiyu.cases import queries as cases
from jishiyu.cases.models import Award
from jishiyu.cases.queries import life_after as life
from jishiyu.cases.rules.recheck_classes import class_of, cycle_of, found_work
from jishiyu.foundations.clock import SHANGHAI
from jishiyu.journeys import life_after as journey
from jishiyu.journeys.apply import apply_for
from jishiyu.journeys.replay import replay_case
from jishiyu.offices.operations import acting
from jishiyu.offices.rules import SYSTEM, Post
from jishiyu.registry import queries as registry
from jishiyu.registry.operations import record_snapshot
from tests.fixtures import a_newcomer, a_post, open_offices, the_pack
from tests.journeys.aided import Aided

DAY = date(2026, 11, 24)
# A working day on which the pack knows the dibao standard for sure.
SURE = datetime(2024, 6, 12, 9, 0, tzinfo=SHANGHAI)


def told(**head: Any):
    home = a_newcomer(1, names=("单春雨",)).situation
    assert home is not None
    return replace(home, members=(replace(home.members[0], **head),))


@pytest.mark.parametrize(
    ("facts", "key"),
    [
        (told(employment="flexible"), "unsteady"),
        (told(employment="not_working", work_capacity="none", wage_income=0), "three_without"),
        (
            replace(told(employment="not_working", work_capacity="none", wage_income=0), support="able"),
            "steady",
        ),
        (told(employment="retired", work_capacity="none"), "steady"),
        (told(employment="employed"), "steady"),
        (told(employment=None), "unsteady"),  # what is not known is never taken for the better
    ],
)
def test_the_class_is_computed_from_the_facts(facts, key: str) -> None:
    assert class_of(facts, DAY).key == key
    assert class_of(facts, DAY).because.zh


@pytest.mark.parametrize(
    ("day", "key", "months"),
    [
        (date(2014, 6, 1), "three_without", 12),
        (date(2014, 6, 1), "steady", 6),
        (date(2014, 6, 1), "unsteady", 1),
        (date(2026, 6, 1), "three_without", 12),
        (date(2026, 6, 1), "steady", 12),
        (date(2026, 6, 1), "unsteady", 6),
    ],
)
def test_the_cycle_of_dibao_is_that_of_the_era_of_the_recheck(day: date, key: str, months: int) -> None:
    cycle = cycle_of(key, the_pack().procedure_for("ZK01", day).rechecks)
    assert cycle is not None
    assert (cycle.months, cycle.confidence) == (months, "verified")


def test_who_found_work_is_told_from_both_evidences() -> None:
    idle, works = told(employment="not_working"), told(employment="employed")
    idle = replace(idle, members=(replace(idle.members[0], person_id=works.members[0].person_id),))
    assert found_work(idle, works)
    assert not found_work(works, works)
    assert not found_work(works, idle)


def test_a_class_that_the_pack_does_not_name_goes_by_the_shortest_cycle() -> None:
    (rechecks,) = [
        one.rechecks for one in the_pack().procedures if one.era == "E2" and one.items == ("ZK01",)
    ]
    cycle = cycle_of("unheard_of", rechecks)
    assert cycle is not None
    assert (cycle.months, cycle.named) == (1, False)
    assert cycle_of("steady", ()) is None


def test_every_change_of_the_pack_leads_somewhere_and_says_how_sure_it_is() -> None:
    table = the_pack().district.life_after
    keys = {one.key for one in table.changes}
    assert {"birth", "death", "job", "imprisoned", "marriage", "recovered", "moved_away"} <= keys
    for one in table.changes:
        assert one.citation or one.confidence == "illustrative", one.key
    assert table.change("death").confidence == "illustrative"  # type: ignore[union-attr]
    assert table.change("job").measure_for("ZK01", alone=False) == "grace"  # type: ignore[union-attr]
    assert table.change("job").measure_for("ZK05", alone=False) == "recheck"  # type: ignore[union-attr]


def test_the_body_of_reconsideration_is_that_of_the_day() -> None:
    table = the_pack().district.life_after
    before, since = (table.way("reconsideration", day) for day in (date(2023, 12, 31), date(2024, 1, 1)))
    assert before is not None
    assert since is not None
    assert [one.zh for one in before.bodies] == ["西城区人民政府", "北京市民政局"]
    assert [one.zh for one in since.bodies] == ["西城区人民政府"]
    assert since.file_within is not None
    assert (since.file_within.n, since.confidence) == (60, "verified")


@pytest.mark.django_db
def test_new_evidence_lowers_an_award_by_the_rules_and_a_replay_agrees() -> None:
    with acting(SYSTEM, moment=SURE):
        open_offices()
    aided = Aided((), names=("单春雨",), begun=SURE, illness="none")
    aided.money("government", 1_000_000)
    award = aided.grant("ZK01")
    street, decider = aided.caseworker, a_post("decider")
    with acting(street, moment=aided.now):
        plan = life.recheck_plan(award.id)
        assert plan is not None
        assert (plan.ground, plan.class_key, plan.months) == ("decision", "unsteady", 6)
        newest = registry.latest_snapshot(aided.household)
        assert newest is not None
        facts = registry.situation(newest.id)
        earning = replace(
            facts, as_of=aided.now.date(), members=(replace(facts.members[0], wage_income=12 * 30_000),)
        )
        record_snapshot(earning, actor=street, moment=aided.now, source="动态复核")
        looked = journey.look_again(award.id, actor=street, moment=aided.now)
        assert (looked.suggested, looked.newer) == ("lower", True)
        assert looked.basis.amount == award.amount - 30_000
        made = journey.recheck(
            award.id, kind="lower", reasons=["本人有了工资收入"], actor=street, moment=aided.now
        )
    with acting(decider, moment=aided.now):
        journey.confirm(made.id, actor=decider, moment=aided.now)
    with acting(SYSTEM, moment=aided.now):
        new = Award.objects.get(case=award.case_id, last_month=None)
        assert new.amount == award.amount - 30_000
        assert new.first_month == made.first_month
        done = replay_case(cases.case(award.case_id, SYSTEM).number, actor=SYSTEM)
        assert done.same


@pytest.mark.django_db
def test_who_applies_again_after_an_end_is_known() -> None:
    with acting(SYSTEM, moment=SURE):
        open_offices()
    aided = Aided((), names=("单春雨",), begun=SURE, illness="none")
    award = aided.grant("ZK01")
    decider: Post = a_post("decider")
    with acting(aided.caseworker, moment=aided.now):
        told = journey.Proposal(
            award.id, "stop", "hand", journey.rules.earliest("stop", aided.now.date()), ["收入超过标准"]
        )
        made = journey.propose(told, actor=aided.caseworker, moment=aided.now)
    with acting(decider, moment=aided.now):
        journey.confirm(made.id, actor=decider, moment=aided.now)
    with acting(aided.caseworker, moment=aided.now):
        papers = tuple(one.key for one in the_pack().procedure_for("ZK01", aided.now.date()).first.papers)
        again = apply_for(
            aided.household,
            "ZK01",
            papers=papers,
            statement="再次困难",
            actor=aided.caseworker,
            moment=aided.now,
        )
        assert again != award.case_id
        assert [one.id for one in life.earlier_cases(aided.household, "ZK01")] == [award.case_id]
