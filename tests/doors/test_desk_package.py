"""A household's whole package on two days: every item of every programme with its reason, within reach, looked at on record."""

from dataclasses import replace
from datetime import date

import pytest
from django.test import Client

from jishiyu.doors.desk.package.gathering import evidence_on, package_of
from jishiyu.journal import queries as journal
from jishiyu.law.queries import pack
from jishiyu.offices.operations import acting
from jishiyu.offices.rules import SYSTEM
from jishiyu.registry.operations import record_snapshot
from jishiyu.registry.queries import latest_snapshot, situation
from tests.conftest import NOON
from tests.doors.conftest import Open, Street
from tests.fixtures import SHICHAHAI

EARLY, LATE = date(2019, 12, 15), date(2021, 12, 15)


@pytest.mark.clause("C25")
def test_every_item_stands_under_its_programme_with_a_reason_for_each_no(street: Street) -> None:
    with acting(SYSTEM, moment=NOON):
        whole = package_of(street.our_id, EARLY, LATE)
    assert whole is not None
    lines = [line for group in whole.groups for line in (*group.shown, *group.others)]
    assert len(lines) == len(pack().items)
    assert len(whole.groups) == len(pack().programmes)
    for line in lines:
        for side in (line.before, line.after):
            assert side.answer.reason.say("zh")
            assert side.answer.reason.say("en")
            assert side.answer.outcome != "not_eligible" or side.answer.conditions
    assert {line.after.answer.outcome for group in whole.groups for line in group.others} == {"not_eligible"}


def test_amounts_follow_the_law_of_each_day(street: Street) -> None:
    with acting(SYSTEM, moment=NOON):
        whole = package_of(street.our_id, EARLY, LATE)
        assert whole is not None
        dibao = next(one for group in whole.groups for one in group.shown if one.after.answer.item == "ZK01")
        assert (dibao.before.amount or 0) < (dibao.after.amount or 0)  # 1,100 against 1,245 a head and month
        assert dibao.change is not None
        assert whole.monthly[0] < whole.monthly[1]


def test_what_asks_for_an_award_says_which_to_apply_for_first(street: Street) -> None:
    with acting(SYSTEM, moment=NOON):
        whole = package_of(street.our_id, EARLY, LATE)
    assert whole is not None
    lines = {line.item.id: line for group in whole.groups for line in group.shown}
    assert "先申请“城市居民最低生活保障”" in lines["ZK08"].after.answer.depends_on[0].say("zh")
    assert lines["ZK01"].after.answer.depends_on == ()


def test_each_day_rests_on_the_facts_of_its_time(street: Street) -> None:
    with acting(SYSTEM, moment=NOON):
        first = latest_snapshot(street.our_id)
        assert first is not None
        told = situation(first.id)
        head, *rest = told.members
        later = replace(
            told, members=(replace(head, wage_income=90_000_000), *rest), as_of=date(2026, 11, 20)
        )
        record_snapshot(later, source="test", actor=SYSTEM, moment=NOON)
        early = evidence_on(street.our_id, date(2020, 1, 1))
        middle, now = evidence_on(street.our_id, told.as_of), evidence_on(street.our_id, date(2026, 11, 24))
        assert early
        assert early.later
        assert early.snapshot.id == first.id
        assert middle
        assert not middle.later
        assert middle.snapshot.id == first.id
        assert now
        assert now.snapshot.id != first.id


def test_the_page_is_for_those_who_reach_the_household(
    street: Street, log_in: Open, caseworker: Client
) -> None:
    page = f"/desk/households/{street.our_id}/package/"
    shown = caseworker.get(f"{page}?before=2019-12-15&after=2021-12-15")
    assert shown.status_code == 200
    assert "2019-12-15" in shown.content.decode()
    assert log_in(f"reviewer.{SHICHAHAI}").get(page).status_code == 404
    for who in ("office", "auditor", "decider.MZ"):
        assert log_in(who).get(f"{page}?before=rubbish").status_code == 200
    with acting(SYSTEM, moment=NOON):
        assert len(journal.entries(act="registry.look", household=street.our_id)) >= 4


def test_it_is_read_in_english_and_before_any_law(street: Street, caseworker: Client) -> None:
    caseworker.cookies["language"] = "en"
    page = f"/desk/households/{street.our_id}/package/"
    assert caseworker.get(page).status_code == 200
    assert caseworker.get(f"{page}?before=1990-01-01&after=2005-01-01").status_code == 200
