"""A household that a district run screened: its place in the list of its own sub-district, and every point and condition in words."""

from datetime import date, timedelta
from html import unescape
from uuid import UUID

import pytest
from django.test import Client

from jishiyu.assessment.models import ScreeningRun
from jishiyu.assessment.queries import latest_score, latest_scores
from jishiyu.journeys.screen_the_district import begin_screening, screen_the_district
from jishiyu.law.models import PackVersion
from jishiyu.offices.operations import acting
from jishiyu.offices.rules import SYSTEM
from jishiyu.programmes.models import EntitlementRun
from jishiyu.programmes.queries import explained, has_words, latest_run
from jishiyu.registry.operations import store_households
from jishiyu.registry.queries.newest import newest_first
from jishiyu.registry.rules.newcomers import NewHousehold
from tests.conftest import NOON
from tests.fixtures import DESHENG, SHICHAHAI, a_newcomer, engage_all, open_offices, the_pack
from tests.journeys.logged_in import logged_in

pytestmark = pytest.mark.django_db
DAY = date(2024, 3, 1)
CASEWORKER = f"caseworker.{DESHENG}"


@pytest.fixture
def homes() -> list[NewHousehold]:
    """Five households screened: three in one sub-district, two in another."""
    ones = [a_newcomer(n, area=DESHENG if n % 2 == 0 else SHICHAHAI, wage=n * 900_000) for n in range(5)]
    with acting(SYSTEM, moment=NOON):
        open_offices()
        engage_all()
        store_households(ones, recorded_by="test", moment=NOON)
        number = begin_screening(day=DAY, actor=SYSTEM, moment=NOON)
    list(screen_the_district(number, actor=SYSTEM, clock=lambda: NOON))
    return ones


def read(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return unescape(answer.content.decode())


def test_every_point_and_every_condition_is_told(homes: list[NewHousehold]) -> None:
    household = UUID(homes[0].household_id)
    with acting(SYSTEM, moment=NOON):
        row, score = latest_run(household), latest_score(household)
        assert row is not None
        assert score is not None
        assert not has_words(row)  # numbers only
        told = explained(row)
    assert told.doubt is None  # the very numbers of the run
    assert len(told.answers) == len(the_pack().items)
    page = read(logged_in(CASEWORKER), f"/desk/screening/results/{household}/")
    for reason in score.reasons:
        assert reason["reason"]["zh"] in page
    for one in told.answers:
        assert one.name.say() in page
        for each in one.conditions:
            assert each.label.say() in page
            assert each.reason.say() in page
    assert row.pack_version in page
    assert row.rules_version in page
    assert "第 1 次全区筛查" in page


def test_words_that_cannot_be_made_or_do_not_fit_are_said(homes: list[NewHousehold]) -> None:
    with acting(SYSTEM, moment=NOON):
        row = latest_run(UUID(homes[0].household_id))
        assert row is not None
        row.digest = "0" * 64  # as if the rules gave other numbers then
        told = explained(row)
        assert told.doubt is not None
        assert "do not fit" in told.doubt.say("en")
        row.pack_version = "another"
        assert explained(row).answers == []
        assert explained(row).doubt is not None
        assert PackVersion.objects.count() == 1


def test_each_post_lists_its_own_reach_the_hardest_first(homes: list[NewHousehold]) -> None:
    with acting(SYSTEM, moment=NOON):
        number = {one.household_id: one.number for one in homes}
        version = EntitlementRun.objects.values_list("pack_version", flat=True)[0]
    office, own = logged_in("office"), logged_in(CASEWORKER)
    page = read(office, "/desk/screening/results/")
    assert all(one in page for one in number.values())
    assert page.index(homes[0].number) < page.index(homes[4].number)  # no income goes before much
    assert version in page
    assert "第 1 次" in page
    assert DAY.isoformat() in page
    page = read(own, "/desk/screening/results/")
    assert [one.number in page for one in homes] == [True, False, True, False, True]
    assert "第 1 次" in page  # the run's number, though the run itself is not its business
    page = read(office, f"/desk/screening/results/?sub_district={SHICHAHAI}")
    assert [one.number in page for one in homes] == [False, True, False, True, False]
    assert own.get(f"/desk/screening/results/{homes[1].household_id}/").status_code == 404


def test_a_run_tells_when_it_will_be_done() -> None:
    run = ScreeningRun(
        state="open",
        total=100,
        done=30,
        taken_up_done=10,
        taken_up_at=NOON,
        advanced_at=NOON + timedelta(minutes=2),
    )
    assert run.expected_end == NOON + timedelta(minutes=9)
    run.taken_up_done = 30
    assert run.expected_end is None


def test_the_newest_is_looked_up_and_not_joined() -> None:
    # Joined, a planner that believes the snapshots' table empty read all of it for each household: minutes for 8,000.
    told = [str(latest_scores(SYSTEM).query), str(newest_first(EntitlementRun.objects.all()).query)]
    for words in told:
        assert 'FROM "registry_snapshot"' in words
        assert 'JOIN "registry_snapshot"' not in words
