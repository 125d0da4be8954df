"""The pages that watch over the work, in use: a report drafted, a bulletin issued, a meeting held, the journal walked."""

from datetime import date

import pytest
from django.test import Client

from jishiyu.foundations.clock import day_of, moment_now
from jishiyu.journal.queries import length
from jishiyu.offices.operations import acting
from jishiyu.offices.rules import SYSTEM
from jishiyu.oversight.models import Bulletin, Decision, Meeting, QuarterlyReport, Training
from tests.conftest import NOON
from tests.fixtures import DESHENG, SHICHAHAI, engage_all, open_offices
from tests.journeys.logged_in import logged_in
from tests.rooms.funds.an_award import an_award

pytestmark = pytest.mark.django_db


@pytest.fixture
def today():
    with acting(SYSTEM, moment=NOON):
        open_offices()
        engage_all(date(2020, 1, 1))
        day = day_of(moment_now())
        an_award(1, first=day.replace(day=1))
        an_award(2, area=SHICHAHAI, first=day.replace(day=1))
    return day


def only(model):
    with acting(SYSTEM, moment=NOON):
        return model.objects.get()


def said(answer) -> str:
    assert answer.status_code == 200, answer.content.decode()[:2000]
    return answer.content.decode()


PAGES = (
    "/desk/oversight/", "/desk/oversight/?q=2025-3", "/desk/oversight/?q=rubbish", "/desk/oversight/units/",
    "/desk/oversight/bulletins/", "/desk/oversight/meetings/", "/desk/oversight/trainings/",
    "/desk/oversight/offices/", f"/desk/oversight/offices/{DESHENG}/",
)  # fmt: skip


@pytest.mark.parametrize("who", ["office", f"caseworker.{DESHENG}", "decider.MZ", "auditor", "finance"])
@pytest.mark.parametrize("english", [False, True])
def test_every_staff_post_reads_the_pages(today, who, english):
    client = logged_in(who, english=english)
    for page in PAGES:
        said(client.get(page))


@pytest.mark.clause("C22", "C32")
def test_a_quarter_is_drafted_and_becomes_a_bulletin(today):
    office = logged_in("office")
    said(office.post("/desk/oversight/reports/draft/", follow=True))
    report = only(QuarterlyReport)
    page = said(office.get(f"/desk/oversight/reports/{report.id}/"))
    assert report.seal in page
    assert "数字完全一致" in page
    street = said(logged_in(f"caseworker.{SHICHAHAI}").get(f"/desk/oversight/reports/{report.id}/"))
    assert "什刹海街道办事处" in street
    assert "德胜街道办事处" not in street
    early = office.post(f"/desk/oversight/reports/{report.id}/", {"plan": "继续"})
    assert early.status_code in (302, 422)  # only on a quarter's last day is it over today
    sheet = office.post("/desk/oversight/export/")
    assert sheet.content[:2] == b"PK"

    assert report.id.hex in said(office.get(f"/desk/oversight/bulletins/new/?report={report.id}")).replace(
        "-", ""
    )
    told = {"sign": "西社救", "title": "季度情况通报", "report": str(report.id), "body": ""}
    said(office.post("/desk/oversight/bulletins/new/", told, follow=True))
    bulletin = only(Bulletin)
    address = f"/desk/oversight/bulletins/{bulletin.id}/"
    assert logged_in("finance").get(address).status_code == 200
    assert logged_in("decider.MZ").get(address).status_code == 404  # a draft is nobody else's
    assert office.post(address, {"title": "", "body": "x"}).status_code == 422
    said(office.post(address, {"title": "季度通报（改）", "body": "第一段\n第二段"}, follow=True))
    assert f"西社救〔{today.year}〕1号" in said(office.post(f"{address}issue/", follow=True))
    assert "季度通报（改）" in said(logged_in("decider.MZ").get(address))
    assert office.post(address, {"title": "再改", "body": "x"}).status_code == 422


@pytest.mark.clause("C22")
def test_a_meeting_is_planned_held_and_followed(today):
    office = logged_in("office")
    assert "联络员" in said(office.get("/desk/oversight/meetings/new/"))
    told = {"kind": "quarterly", "title": "季度例会", "held_on": today, "place": "", "agenda": "一\n\n二"}
    said(office.post("/desk/oversight/meetings/new/", told, follow=True))
    meeting = only(Meeting)
    address = f"/desk/oversight/meetings/{meeting.id}/"
    said(office.post(address, {"what": "attendance", "came-MZ": "on", "who-MZ": "副局长"}, follow=True))
    said(office.post(address, {"what": "minutes", "minutes": "会议认为"}, follow=True))
    assert office.post(address, {"what": "minutes", "minutes": ""}).status_code == 422
    late = office.post(address, {"what": "decision", "text": "办好", "unit": "MZ", "due_on": "2020-01-01"})
    assert late.status_code == 422
    assert "期限不早于会议日期" in late.content.decode()
    page = said(
        office.post(address, {"what": "decision", "text": "办好", "unit": "MZ", "due_on": today}, follow=True)
    )
    assert "副局长" in page
    assert "今天到期" in said(office.get("/desk/oversight/meetings/"))
    decision = only(Decision)
    finish = f"/desk/oversight/decisions/{decision.id}/finish/"
    assert logged_in("auditor").post(finish, {"outcome": "x"}).status_code == 403
    said(office.post(finish, {"outcome": "已办"}, follow=True))
    assert (
        logged_in(f"caseworker.{DESHENG}").post(address, {"what": "minutes", "minutes": "改"}).status_code
        == 403
    )


@pytest.mark.clause("C29")
def test_a_training_is_planned_and_counted(today):
    office = logged_in("office")
    told = {
        "kind": "regular",
        "title": "新办法",
        "planned_on": today,
        "place": "",
        "teacher": "",
        "content": "",
        "enrolled-MZ": "3",
    }
    said(office.post("/desk/oversight/trainings/new/", told, follow=True))
    address = f"/desk/oversight/trainings/{only(Training).id}/"
    assert office.post(address, {"attended-MZ": "1", "passed-MZ": "2"}).status_code == 422
    said(office.post(address, {"attended-MZ": "3", "passed-MZ": "2"}, follow=True))
    assert logged_in("decider.MZ").post(address, {"attended-MZ": "3"}).status_code == 403


def test_the_journal_is_filtered_exported_and_walked(today):
    auditor = logged_in("auditor")
    logged_in(f"caseworker.{DESHENG}").get("/desk/funds/")
    assert "doors.refuse" in said(auditor.get("/desk/oversight/journal/?outcome=refused"))
    assert "doors.refuse" not in said(auditor.get("/desk/oversight/journal/?act=registry"))
    assert "没有符合条件的日志" in said(auditor.get("/desk/oversight/journal/?household=XC000-0000-000000"))
    with acting(SYSTEM, moment=NOON):
        before = length()
    assert "没有改动、缺失或调换" in said(auditor.post("/desk/oversight/journal/verify/"))
    assert "journal.verify" in said(auditor.get("/desk/oversight/journal/?act=journal"))
    assert before > 0
    assert auditor.post("/desk/oversight/journal/export/").content[:2] == b"PK"
    assert logged_in("admin").post("/desk/oversight/journal/verify/").status_code == 403
    assert logged_in("finance").get("/desk/oversight/journal/").status_code == 403


def test_strangers_are_sent_to_log_in(today):
    for page in PAGES:
        assert Client().get(page).status_code == 302
