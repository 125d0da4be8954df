"""The demo district: built once, from the pack and invented people, with something on every screen."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import authenticate
from django.db import transaction
from django.test import RequestFactory, override_settings

from jishiyu.assessment import queries as assessment
from jishiyu.cases import queries as cases
from jishiyu.cases.queries import life_after as life
from jishiyu.doors.jobs.demo.posts import demo_posts
from jishiyu.doors.jobs.demo_district import SHOWN_LOG_INS, build_demo, log_ins
from jishiyu.evidence import queries as evidence
from jishiyu.foundations.outcomes import CannotBecause
from jishiyu.funds import queries as funds
from jishiyu.journal import queries as journal
from jishiyu.law.queries import pack
from jishiyu.notices import queries as notices
from jishiyu.offices.operations import acting
from jishiyu.offices.queries import liaison_officers, post_by_code, posts_held
from jishiyu.offices.rules import SCOPE_OF_ROLE, SYSTEM, Post
from jishiyu.oversight import queries as oversight
from jishiyu.registry import queries as registry
from tests.conftest import NOON, TODAY
from tests.fixtures import plan_by_indexes

HOUSEHOLDS = 600
DESHENG = "110102010"


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: Any) -> Iterator[list[str]]:
    """One demo for the whole page, rolled back at its end: building it takes seconds."""
    said: list[str] = []
    with django_db_blocker.unblock(), transaction.atomic():
        plan_by_indexes()
        build_demo(households=HOUSEHOLDS, say=said.append, today=TODAY)
        yield said
        transaction.set_rollback(True)


@pytest.fixture
def system(built: list[str]) -> Iterator[Post]:
    with acting(SYSTEM, moment=NOON):
        yield SYSTEM


class TestWhoIsThere:
    def test_every_role_and_every_unit_has_somebody(self) -> None:
        made = list(demo_posts(pack()))
        assert len({post.username for post in made}) == len(made)
        roles = Counter(post.role for post in made)
        assert roles["caseworker"] == 30
        assert roles["reviewer"] == 15
        assert roles["expert"] == 5
        deciding = {post.agency for post in made if post.role == "decider"}
        assert {programme.lead for programme in pack().programmes} <= deciding
        assert set(roles) == set(SCOPE_OF_ROLE) - {
            "public",
            "system",
            "partner",
        }  # a partner is another system: no person sits there

    def test_names_are_those_of_posts_and_log_ins_are_readable(self) -> None:
        made = {post.username: post for post in demo_posts(pack())}
        assert made["desheng.jingban"].holder == "德胜经办甲"
        assert made["xichanganjie.shenhe"].area == "110102001"
        assert {name for name, _, _ in SHOWN_LOG_INS} <= set(made)
        assert all(name.isascii() and name == name.lower() for name in made)

    def test_all_may_log_in_with_the_one_password(self, built: list[str]) -> None:
        request = RequestFactory().post("/login/")
        for username, _, _ in SHOWN_LOG_INS:
            officer = authenticate(request, username=username, password=settings.DEMO_PASSWORD)
            assert officer is not None, username
            (post,) = posts_held(officer.pk, TODAY)
            assert post.code == username
        assert settings.DEMO_PASSWORD in log_ins()[-1]

    def test_the_printed_password_opens_nothing_outside_the_demo(self, built: list[str]) -> None:
        request = RequestFactory().post("/login/")
        with override_settings(DEMO=False):
            assert authenticate(request, username="shenji", password=settings.DEMO_PASSWORD) is None

    def test_each_unit_has_one_liaison_officer(self, built: list[str]) -> None:
        units = Counter(row.agency_id or row.area_id for row in liaison_officers(TODAY))
        assert set(units.values()) == {1}
        assert set(pack().district.member_units()) <= set(units)


class TestOnce:
    def test_a_second_call_changes_nothing(self, built: list[str]) -> None:
        with acting(SYSTEM, moment=NOON):
            before = journal.length(), registry.households(SYSTEM).count()
        again: list[str] = []
        build_demo(households=HOUSEHOLDS, say=again.append, today=TODAY)
        assert any("already there" in line for line in again)
        with acting(SYSTEM, moment=NOON):
            assert (journal.length(), registry.households(SYSTEM).count()) == before

    @override_settings(DEMO=False)
    def test_it_is_refused_outside_the_demo(self, built: list[str]) -> None:
        with pytest.raises(CannotBecause, match=r"demo\.not_here"):
            build_demo(households=HOUSEHOLDS, say=print, today=TODAY)


class TestEveryScreenHasSomething:
    def test_households_in_every_sub_district_with_their_evidence(self, system: Post) -> None:
        homes = list(registry.households(system))
        assert len(homes) >= HOUSEHOLDS
        assert len({home.sub_district_id for home in homes}) == 15
        assert len(registry.latest_snapshot_ids(system)) == len(homes)

    def test_a_caseworker_sees_the_households_of_the_own_sub_district_only(self, built: list[str]) -> None:
        post = post_by_code("guanganmenwai.jingban", TODAY)
        with acting(post, moment=NOON):
            seen = list(registry.households(post))
        assert seen
        assert {household.sub_district_id for household in seen} == {"110102020"}

    def test_cases_stand_at_many_steps_and_all_kinds_of_ends(self, system: Post) -> None:
        rows = list(cases.cases(system))
        assert len(rows) >= 30
        items = {row.item for row in rows}
        assert {"ZK01", "ZK05", "ZY03", "CS01", "ZC02", "ZX02"} <= items
        # Of every programme something runs, and so do many kinds of table.
        assert {item[:2] for item in items} == {one.code for one in pack().programmes}
        tables = {pack().procedure_for(item, TODAY).like for item in items}
        assert len(tables) >= 10, tables
        assert {"open", "granted", "ended"} <= {row.state for row in rows}
        assert len({row.step for row in rows if row.state == "open"}) >= 4
        assert all(row.opened_on < TODAY for row in rows)

    @pytest.mark.parametrize("code", ["desheng.jingban", "desheng.shenhe", "minzheng.shenpi"])
    def test_the_shown_desks_have_open_work(self, built: list[str], code: str) -> None:
        post = post_by_code(code, TODAY)
        with acting(post, moment=NOON):
            assert cases.open_work(post, TODAY)

    def test_every_step_was_taken_by_the_post_whose_turn_it_was_and_nobody_took_two_that_watch(
        self, system: Post
    ) -> None:
        for row in cases.cases(system):
            steps = cases.steps_of(row.id)
            by_step = {step.step: step.officer for step in steps}
            if {"review", "visit"} <= set(by_step):
                assert by_step["review"] != by_step["visit"]
            if {"review", "decide"} <= set(by_step):
                assert by_step["review"] != by_step["decide"]
            moments = [step.at for step in steps]
            assert moments == sorted(moments)

    def test_nothing_happened_today_or_later(self, system: Post) -> None:
        midnight = NOON.replace(hour=0)
        assert all(step.at <= midnight for row in cases.cases(system) for step in cases.steps_of(row.id))

    def test_grants_above_what_the_rules_computed_say_why(self, system: Post) -> None:
        awards = [award for row in cases.cases(system) for award in cases.awards_of_case(row.id)]
        assert awards
        for award in awards:
            assert award.amount > 0 or award.form != "cash"  # a service may have no amount
            assert (award.computed_amount or 0) == award.amount or award.reasons

    def test_notices_are_up_and_one_was_objected_to(self, system: Post) -> None:
        assert notices.current_notices(TODAY)
        assert notices.objections(system).exists()

    def test_each_source_has_money_and_each_month_was_paid(self, system: Post) -> None:
        assert {one.kind for one in funds.sources()} == {"upper_level", "government", "donation"}
        assert len({run.month for run in funds.runs()}) >= 4
        assert funds.payments(system).exists()

    def test_the_district_was_screened_lately_and_some_weeks_ago(self, system: Post) -> None:
        lately, earlier = assessment.screening_runs()
        assert (lately.state, earlier.state) == ("done", "done")
        assert earlier.done < lately.done <= HOUSEHOLDS + 60
        assert lately.asked_by == "bangongshi"
        assert earlier.asked_at < earlier.ended_at < lately.asked_at
        assert 0 < lately.counts["scores_new"] < lately.done  # what was found before stands
        assert sum(lately.counts.get(f"eligible.{item.id}", 0) for item in pack().items) > HOUSEHOLDS

    def test_experts_judged_and_every_household_is_scored(self, system: Post) -> None:
        assert len(assessment.panel()) == 5
        assert all(one.weights.ratio < 0.1 for one in assessment.panel())
        assert assessment.model_in_force(TODAY).approved is not None
        assert assessment.unscored(system) == 0
        bands = {row.band for row in assessment.distribution(system)}
        assert len(bands) >= 3

    def test_reports_bulletins_meetings_and_training(self, system: Post) -> None:
        issued = [row for row in oversight.reports() if row.status == "issued"]
        assert len(issued) == 2
        assert oversight.bulletins().filter(status="issued").count() == 2
        held = [row for row in oversight.meetings() if row.held_on < TODAY]
        coming = [row for row in oversight.meetings() if row.held_on > TODAY]
        assert len(held) == 2
        assert len(coming) == 1
        assert oversight.open_decisions(TODAY)
        assert {bool(row.held_on) for row in oversight.trainings()} == {True, False}

    def test_a_workbook_came_in_with_good_and_bad_rows(self, system: Post) -> None:
        (batch,) = evidence.batches(system)
        assert batch.state == "done"
        assert batch.sub_district_id == DESHENG
        states = evidence.state_counts(batch)
        assert states.get("taken", 0) >= 10
        assert 3 <= evidence.open_rows(batch).count() <= 15

    def test_children_were_born_and_questions_answered(self, system: Post) -> None:
        for act in ("registry.move_in", "registry.tell"):
            households = {entry.household for entry in journal.entries(act=act)}
            assert households, act
            for one in households:
                assert registry.changes(one)
                assert registry.answers(one)

    def test_the_journal_is_whole(self, system: Post) -> None:
        assert journal.length() > 500
        assert list(journal.find_faults()) == []


def test_any_day_will_do_as_today(django_db_setup: None, django_db_blocker: Any) -> None:
    """A holiday week, the turn of the year, the end of a quarter: the demo is built on whatever day somebody tries it."""
    for day in (date(2026, 10, 3), TODAY + timedelta(days=31)):
        with django_db_blocker.unblock(), transaction.atomic():
            build_demo(households=120, say=lambda _: None, today=day)
            transaction.set_rollback(True)


class TestWhatComesAfter:
    def test_awards_are_suspended_fading_out_and_to_be_looked_at_again(self, system: Post) -> None:
        done = {(one.kind, one.state) for one in life.measures(system)}
        assert {("suspend", "confirmed"), ("grace", "confirmed"), ("stop", "proposed")} <= done
        assert life.rechecks(system, life.RecheckAsked(until=TODAY + timedelta(days=30))).exists()
        assert {one.kind for one in life.appeals(system)} == {"reconsideration"}
