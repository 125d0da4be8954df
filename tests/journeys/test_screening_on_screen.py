"""The office screens the district on screen: begins a run, watches it, is refused a second one, and reads what it came to."""

from datetime import timedelta

import pytest
from django.test import Client

from jishiyu.assessment.models import ScreeningRun
from jishiyu.doors.jobs.tasks import run_waiting_jobs
from jishiyu.journeys.screen_the_district import begin_screening
from jishiyu.offices.operations import acting
from jishiyu.offices.rules import SYSTEM
from jishiyu.registry.operations import store_households
from tests.conftest import NOON
from tests.fixtures import a_newcomer, engage_all, open_offices
from tests.journeys.logged_in import logged_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Client:
    with acting(SYSTEM, moment=NOON):
        open_offices()
        engage_all()
        store_households([a_newcomer(n, wage=n * 900_000) for n in range(3)], recorded_by="test", moment=NOON)
    return logged_in("office")


def the_run() -> ScreeningRun:
    with acting(SYSTEM, moment=NOON):
        return ScreeningRun.objects.get()


def test_begun_watched_and_read(office: Client) -> None:
    assert "还没有筛查过" in office.get("/desk/screening/").content.decode()
    answer = office.post("/desk/screening/", {"day": "2024-03-01"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/desk/screening/1/")
    page = office.get("/desk/screening/1/").content.decode()
    assert "等待处理" in page
    assert 'hx-get="/desk/screening/1/progress/"' in page
    assert "0 / 3 户" in office.get("/desk/screening/1/progress/").content.decode()
    assert run_waiting_jobs() == 1
    assert office.get("/desk/screening/1/progress/").headers["HX-Refresh"] == "true"
    page = office.get("/desk/screening/1/").content.decode()
    assert "已完成" in page
    assert "screening/1/progress" not in page
    run = the_run()
    assert run.asked_by == "office"
    assert run.pack_version in page
    assert run.rules_version in page
    assert "最低生活保障" in page
    assert "第 1 次" in office.get("/desk/screening/").content.decode()


def test_a_second_run_is_refused_on_the_page_while_one_is_open(office: Client) -> None:
    office.post("/desk/screening/", {"day": "2024-03-01"})
    answer = office.post("/desk/screening/", {"day": "2024-04-01"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "同时只能进行一次" in page
    assert "请等它结束" in page
    assert the_run().day.month == 3


def test_a_day_that_is_none_is_asked_for_again(office: Client) -> None:
    assert office.post("/desk/screening/", {"day": "2024-02-30"}).status_code == 422
    with acting(SYSTEM, moment=NOON):
        assert ScreeningRun.objects.count() == 0


def test_one_that_fell_silent_is_gone_on_with(office: Client) -> None:
    with acting(SYSTEM, moment=NOON - timedelta(days=400)):
        begin_screening(day=NOON.date(), actor=SYSTEM, moment=NOON - timedelta(days=400))
    page = office.get("/desk/screening/1/").content.decode()
    assert "好一会儿没有动静" in page
    assert office.post("/desk/screening/1/resume/").status_code == 302
    assert run_waiting_jobs() == 1
    assert the_run().state == "done"


def test_only_the_office_sees_it(office: Client) -> None:
    assert "全区筛查" in office.get("/desk/").content.decode()
    assert office.get("/desk/screening/7/").status_code == 404
    for name in ("caseworker.110102010", "auditor", "finance"):
        client = logged_in(name)
        assert "全区筛查" not in client.get("/desk/").content.decode()
        for address in ("/desk/screening/", "/desk/screening/1/", "/desk/screening/1/progress/"):
            assert client.get(address).status_code == 403
        assert client.post("/desk/screening/", {"day": "2024-03-01"}).status_code == 403
