"""The district screened: the same answers as one by one, once each, gone on with where it stopped, one run at a time."""

import shutil
from collections import Counter, deque
from dataclasses import replace
from datetime import date, timedelta
from multiprocessing import active_children
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, transaction
from django.test.utils import override_settings

from jishiyu.assessment import queries as assessment
from jishiyu.assessment.models import HardshipScore, ScreeningRun
from jishiyu.assessment.operations import assess_household
from jishiyu.foundations.beside import LostBeside
from jishiyu.foundations.canonical import digest
from jishiyu.foundations.outcomes import CannotBecause, NotYours
from jishiyu.journal.models import Entry
from jishiyu.journeys.screen_the_district import ask_for_screening, begin_screening, screen_the_district
from jishiyu.law.models import PackVersion
from jishiyu.offices.operations import acting
from jishiyu.offices.rules import SYSTEM, Post
from jishiyu.programmes.models import EntitlementRun, RunInWords
from jishiyu.programmes.operations import compute_entitlements
from jishiyu.programmes.queries import latest_run
from jishiyu.programmes.rules.entitlement import entitlement_data
from jishiyu.programmes.rules.kept_words import take_out
from jishiyu.registry.operations import record_answer, store_households, store_snapshots
from jishiyu.registry.queries import latest_snapshot
from jishiyu.registry.rules.answers import NewAnswer
from jishiyu.registry.rules.newcomers import NewHousehold
from tests.conftest import NOON
from tests.fixtures import DESHENG, PACK_DIR, SHICHAHAI, a_newcomer, a_post, open_offices

pytestmark = pytest.mark.django_db
DAY = date(2024, 3, 1)
SOME = 9


@pytest.fixture
def homes() -> list[NewHousehold]:
    """Nine households in two sub-districts, of different means."""
    ones = [
        a_newcomer(n, area=DESHENG if n % 2 else SHICHAHAI, wage=n * 900_000, bills=((5_000_000, 1_000_000),) if n == 4 else ())
        for n in range(SOME)
    ]  # fmt: skip
    with acting(SYSTEM, moment=NOON):
        open_offices()
        store_households(ones, recorded_by="test", moment=NOON)
    return ones


def begun(actor: Post = SYSTEM, day: date = DAY, after: timedelta = timedelta(0)) -> int:
    with acting(actor, moment=NOON + after):
        return begin_screening(day=day, actor=actor, moment=NOON + after)


def run_through(
    number: int, *, part: int = 4, actor: Post = SYSTEM, processes: int | None = None
) -> list[tuple[int, int]]:
    told = screen_the_district(number, actor=actor, clock=lambda: NOON, part=part, processes=processes)
    return [(one.done, one.total) for one in told]


def the_run(number: int) -> ScreeningRun:
    with acting(SYSTEM, moment=NOON):
        return assessment.screening_run(number)


def other_pack(tmp_path: Path) -> Path:
    """The pack with one line more: another version."""
    folder = tmp_path / "xicheng"
    shutil.copytree(PACK_DIR, folder)
    (folder / "district.yaml").write_text((folder / "district.yaml").read_text() + "\n")
    return folder


@pytest.mark.parametrize("processes", [0, 2])
def test_everybody_gets_what_they_would_get_alone(homes: list[NewHousehold], processes: int) -> None:
    number = begun()
    assert run_through(number, processes=processes) == [(4, 9), (8, 9), (9, 9)]
    run = the_run(number)
    assert (run.state, run.done, run.percent) == ("done", 9, 100)
    assert run.counts["scores_new"] == run.counts["answers_new"] == run.counts["households"] == SOME
    assert sum(count for name, count in run.counts.items() if name.startswith("band.")) == SOME
    with acting(SYSTEM, moment=NOON):
        for home in homes:
            household = UUID(home.household_id)
            kept, answers = HardshipScore.objects.get(household_id=household), latest_run(household)
            assert answers is not None
            assert (kept.screening_id, answers.screening_id) == (run.pk, run.pk)
            assert (kept.pack_version, kept.day, kept.snapshot_id) == (
                run.pack_version,
                DAY,
                answers.snapshot_id,
            )
            assert digest(kept.numbers) == kept.digest
            snapshot = latest_snapshot(household)
            assert snapshot is not None
            alone = assess_household(snapshot.id, actor=SYSTEM, moment=NOON, day=DAY)
            assert (alone.pk, alone.score, alone.band) == (kept.pk, kept.score, kept.band)
            compute_entitlements(snapshot.id, actor=SYSTEM, moment=NOON, day=DAY)
        assert HardshipScore.objects.count() == EntitlementRun.objects.count() == SOME


def test_the_words_of_a_run_s_score_are_made_when_somebody_looks(homes: list[NewHousehold]) -> None:
    run_through(begun())
    household = UUID(homes[1].household_id)
    with acting(SYSTEM, moment=NOON):
        assert HardshipScore.objects.get(household_id=household).reasons is None
        told = assessment.latest_score(household)
    assert told is not None
    assert len(told.reasons) == 21
    assert sum(one["points"] for one in told.dimensions) == told.score
    assert all(one["reason"]["zh"] and one["reason"]["en"] for one in told.reasons)
    assert told.missing == []


def test_where_words_cannot_be_made_any_more_the_score_stands_and_says_why(
    homes: list[NewHousehold], tmp_path: Path
) -> None:
    run_through(begun())
    folder, household = other_pack(tmp_path), UUID(homes[1].household_id)
    PackVersion.objects.update(content=None)
    with override_settings(PACK_DIR=folder), acting(SYSTEM, moment=NOON):
        told = assessment.latest_score(household)
    assert told is not None
    assert told.reasons == told.dimensions == []
    assert told.doubt is not None
    assert "its content is not kept" in told.doubt["en"]
    with acting(SYSTEM, moment=NOON):
        stored = HardshipScore.objects.get(household_id=household)
        stored.digest = "0" * 64  # as if the rules gave other numbers then
        told = assessment.with_words(stored)
    assert len(told.reasons) == 21
    assert told.doubt is not None
    assert "do not fit" in told.doubt["en"]


def test_computed_by_hand_later_the_words_of_each_item_are_added(homes: list[NewHousehold]) -> None:
    run_through(begun())
    with acting(SYSTEM, moment=NOON):
        snapshot = latest_snapshot(UUID(homes[1].household_id))
        assert snapshot is not None
        assert RunInWords.objects.count() == 0
        computed = compute_entitlements(snapshot.id, actor=SYSTEM, moment=NOON, day=DAY)
        assert EntitlementRun.objects.count() == SOME
        assert take_out(RunInWords.objects.get().content) == [entitlement_data(one) for one in computed]


def test_a_second_run_finds_nothing_new_and_a_third_only_what_changed(homes: list[NewHousehold]) -> None:
    run_through(begun())
    second = begun()
    run_through(second)
    assert (the_run(second).counts["scores_new"], the_run(second).counts["answers_new"]) == (0, 0)
    poorer = homes[8].situation
    assert poorer is not None
    poorer = replace(poorer, members=tuple(replace(one, wage_income=0) for one in poorer.members))
    with acting(SYSTEM, moment=NOON):
        store_snapshots([(poorer, 2)], recorded_by="test", moment=NOON + timedelta(hours=1), source="visit")
    early, late = begun(), None
    run_through(early)
    assert the_run(early).counts["scores_new"] == 0  # the evidence came after it began
    late = begun(after=timedelta(hours=2))
    run_through(late)
    assert (the_run(late).counts["scores_new"], the_run(late).counts["answers_new"]) == (1, 1)
    with acting(SYSTEM, moment=NOON):
        assert Counter(HardshipScore.objects.values_list("screening__number", flat=True)) == {
            1: SOME,
            late: 1,
        }


def test_a_run_that_stopped_goes_on_after_its_last_part(homes: list[NewHousehold]) -> None:
    number = begun()
    first = screen_the_district(number, actor=SYSTEM, clock=lambda: NOON, part=4)
    assert next(first).done == 4
    first.close()
    assert the_run(number).state == "open"
    assert run_through(number) == [(8, 9), (9, 9)]
    assert run_through(number) == []  # it is done
    with acting(SYSTEM, moment=NOON):
        assert HardshipScore.objects.count() == EntitlementRun.objects.count() == SOME


def test_a_run_whose_computing_process_is_killed_stays_open_and_goes_on(homes: list[NewHousehold]) -> None:
    number = begun()
    told = screen_the_district(number, actor=SYSTEM, clock=lambda: NOON, part=1, processes=1)
    assert next(told).done == 1
    (beside,) = (one for one in active_children() if one.name == "Kernel")
    beside.kill()
    with pytest.raises(LostBeside):
        deque(told, maxlen=0)
    run = the_run(number)
    assert run.state == "open"
    assert 0 < run.done < SOME
    with acting(SYSTEM, moment=NOON):
        assert HardshipScore.objects.count() == EntitlementRun.objects.count() == run.done
    assert run_through(number, processes=1)[-1] == (SOME, SOME)
    with acting(SYSTEM, moment=NOON):
        assert HardshipScore.objects.count() == EntitlementRun.objects.count() == SOME


def test_only_one_run_is_under_way(homes: list[NewHousehold]) -> None:
    number = begun()
    with acting(a_post("office"), moment=NOON), pytest.raises(CannotBecause) as refusal:
        begin_screening(day=DAY, actor=a_post("office"), moment=NOON)
    assert refusal.value.code == "assessment.screening_under_way"
    assert f"第{number}次" in refusal.value.reason.say("zh")
    assert "0 of 9" in refusal.value.reason.say("en")
    run_through(number, actor=a_post("office"))
    assert begun() == number + 1


def test_two_workers_on_one_run_take_no_part_twice(homes: list[NewHousehold]) -> None:
    number = begun()
    one = screen_the_district(number, actor=SYSTEM, clock=lambda: NOON, part=4)
    other = screen_the_district(number, actor=SYSTEM, clock=lambda: NOON, part=4)
    # One connection may take its own lock twice, so that here only the run itself keeps them apart.
    assert next(one).done == 4
    assert next(other).done == 8
    assert list(one) == []
    assert [progress.done for progress in other] == [9]
    with acting(SYSTEM, moment=NOON):
        assert HardshipScore.objects.count() == SOME


def test_a_run_does_not_mix_two_packs(homes: list[NewHousehold], tmp_path: Path) -> None:
    number = begun()
    first = screen_the_district(number, actor=SYSTEM, clock=lambda: NOON, part=4)
    next(first)
    first.close()
    with override_settings(PACK_DIR=other_pack(tmp_path)):
        assert run_through(number) == []
        run = the_run(number)
        assert (run.state, run.done) == ("failed", 4)
        assert run.failure["code"] == "assessment.screening_outdated"
        assert "policy pack" in run.failure["reason"]["en"]
        again = begun()
        assert run_through(again)[-1] == (9, 9)
    with acting(SYSTEM, moment=NOON):
        assert HardshipScore.objects.count() == 4 + SOME  # another pack: scores of its own


def test_a_household_that_no_rule_takes_is_told_and_left_out(homes: list[NewHousehold]) -> None:
    absurd = homes[3].situation
    assert absurd is not None
    absurd = replace(absurd, liquid_assets=2**50)
    with acting(SYSTEM, moment=NOON):
        store_snapshots([(absurd, 2)], recorded_by="test", moment=NOON, source="a slip of the pen")
    number = begun()
    run_through(number)
    run = the_run(number)
    assert (run.counts["refused"], run.counts["households"], run.done) == (1, SOME - 1, SOME)
    with acting(a_post("auditor"), moment=NOON):
        entry = Entry.objects.get(act="assessment.screen_refused")
        assert entry.household == UUID(homes[3].household_id)
        assert "liquid_assets" in entry.reason


def test_who_may_screen_and_who_sees_what(homes: list[NewHousehold]) -> None:
    for role in ("caseworker", "auditor", "finance"):
        post = a_post(role)  # type: ignore[arg-type]
        with acting(post, moment=NOON), pytest.raises(NotYours):
            begin_screening(day=DAY, actor=post, moment=NOON)
    run_through(begun())
    with acting(a_post("caseworker"), moment=NOON):
        assert HardshipScore.objects.count() == EntitlementRun.objects.count() == 4
        assert ScreeningRun.objects.count() == 0
    with acting(a_post("auditor"), moment=NOON):
        assert ScreeningRun.objects.count() == 1
        with pytest.raises(DatabaseError), transaction.atomic():
            ScreeningRun.objects.create(**plain_run())


def plain_run() -> dict[str, Any]:
    return {
        "number": 99, "day": DAY, "evidence_until": NOON, "pack_version": "-", "set_version": "-", "rules_version": "-",
        "total": 0, "asked_by": "-", "asked_at": NOON,
    }  # fmt: skip


def test_the_worker_takes_it_forward_for_the_post_that_asked(homes: list[NewHousehold]) -> None:
    from jishiyu.doors.jobs.tasks import run_waiting_jobs

    number = begun()
    with acting(SYSTEM, moment=NOON):
        assert ask_for_screening(number, actor=SYSTEM)
        assert not ask_for_screening(number, actor=SYSTEM)  # it waits already
    assert run_waiting_jobs() == 1
    assert the_run(number).state == "done"


def test_an_empty_register_is_soon_done() -> None:
    with acting(SYSTEM, moment=NOON):
        open_offices()
    number = begun()
    assert run_through(number) == [(0, 0)]
    assert (the_run(number).state, the_run(number).percent) == ("done", 100)


def test_what_people_told_counts_in_a_run_as_it_does_alone(homes: list[NewHousehold]) -> None:
    household, other = UUID(homes[1].household_id), UUID(homes[3].household_id)
    struck = NewAnswer("natural_disaster", value=True, said_by="本人", paper="社区证明", first_day=DAY)
    with acting(a_post("caseworker"), moment=NOON):
        record_answer(household, struck, actor=a_post("caseworker"), moment=NOON)
    run_through(begun())
    with acting(SYSTEM, moment=NOON):
        run, plain = latest_run(household), latest_run(other)
        assert run is not None
        assert plain is not None
        assert (run.told, plain.told) == ({"natural_disaster": True}, None)
        compute_entitlements(run.snapshot_id, actor=SYSTEM, moment=NOON, day=DAY)
        assert EntitlementRun.objects.count() == SOME  # the very same numbers
