"""Importing through the pages: hand in, watch, read the reasons, mend, take the bad rows home. By the right posts only."""

import io
import re
from typing import Any
from urllib.parse import quote

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from jishiyu.doors.jobs.tasks import run_waiting_jobs
from jishiyu.evidence.queries import Batch, Row
from jishiyu.journal.queries import entries
from jishiyu.offices.operations import acting
from jishiyu.offices.rules import SYSTEM
from jishiyu.registry import queries as registry
from tests.conftest import NOON
from tests.fixtures import DESHENG, SHICHAHAI, engage_all, open_offices
from tests.journeys.imports.a_workbook import a_family, a_head, a_son, a_workbook
from tests.journeys.logged_in import logged_in

pytestmark = pytest.mark.django_db
LIST = "/desk/imports/"


@pytest.fixture
def desk(db: None) -> Client:
    """The desk of Desheng's caseworker."""
    with acting(SYSTEM, moment=NOON):
        open_offices()
        engage_all()
    return logged_in(f"caseworker.{DESHENG}")


def hand_in(client: Client, content: bytes, name: str = "家庭.xlsx") -> Any:
    return client.post(LIST, {"file": SimpleUploadedFile(name, content)})


def imported(client: Client, content: bytes) -> str:
    """The address of the finished import."""
    response = hand_in(client, content)
    assert response.status_code == 302, response.content.decode()
    run_waiting_jobs()
    return str(response.url)


def page_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, response.content.decode()[:2000]
    return response.content.decode()


def test_the_empty_list_leads_to_the_template(desk: Client) -> None:
    assert "还没有导入过工作簿" in page_of(desk, LIST)
    template = desk.get("/desk/imports/template/")
    assert openpyxl.load_workbook(io.BytesIO(template.content)).sheetnames[0] == "家庭与成员"


def test_handing_in_watching_and_the_result(desk: Client) -> None:
    response = hand_in(desk, a_workbook(a_family(1)))
    waiting = page_of(desk, response.url)
    assert 'hx-trigger="every 1s"' in waiting
    assert "等待处理" in waiting
    assert desk.get(f"{response.url}progress/").status_code == 200
    run_waiting_jobs()
    assert desk.get(f"{response.url}progress/").headers["HX-Refresh"] == "true"
    done = page_of(desk, response.url)
    assert "没有待改的行" in done
    assert "已完成" in done
    with acting(SYSTEM, moment=NOON):
        assert registry.households(SYSTEM).count() == 1


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"not a workbook", "这不是 Excel 工作簿"), (b"", "文件是空的"), (b"PK\x03\x04x", "文件已损坏"), (None, "没有选择文件")],
)  # fmt: skip
def test_a_refused_file_says_why_and_how_to_mend(desk: Client, content: bytes | None, says: str) -> None:
    response = desk.post(LIST) if content is None else hand_in(desk, content)
    assert response.status_code == 422
    assert says in response.content.decode()
    with acting(SYSTEM, moment=NOON):
        assert not Batch.objects.exists()


def test_the_same_file_leads_to_its_first_import(desk: Client) -> None:
    content = a_workbook(a_family(1))  # written once: a workbook carries the second it was made in
    first = imported(desk, content)
    again = desk.post(LIST, {"file": SimpleUploadedFile("x.xlsx", content)}, follow=True)
    assert again.redirect_chain[0][0] == first or "已经上传过" in again.content.decode()


def test_reasons_stand_beside_masked_cells(desk: Client) -> None:
    rows = [a_head(1, id_number="119900197503040011", phone="没有写"), a_head(2, "2", wage_income="许多")]
    page = page_of(desk, imported(desk, a_workbook(rows, extra={"备注": "x"})))
    assert "校验位不符" in page
    assert "119900********0011" in page
    assert "119900197503040011" not in page
    assert "没有写" not in page
    assert "许多" in page
    assert "保留但不登记的列" in page


def test_rows_are_narrowed_by_problem_and_household(desk: Client) -> None:
    address = imported(desk, a_workbook([a_head(1, wage_income="许多"), a_head(2, "2", phone="x1")]))
    narrowed = page_of(desk, f"{address}?problem=bad_phone")
    assert "户 2" in narrowed
    assert "户 1" not in narrowed
    assert "没有符合条件的待改行" in page_of(desk, f"{address}?q=没有这户")


def test_mending_on_screen(desk: Client) -> None:
    rows = a_family(1, "甲1")
    rows[2]["relation"] = "邻居"
    address = imported(desk, a_workbook(rows))
    mend = f"{address}mend/?key={quote('甲1')}"
    form = page_of(desk, mend)
    assert rows[2]["id_number"] in form
    with acting(SYSTEM, moment=NOON):
        bad = Row.objects.get(state="bad")
        assert entries(act="evidence.look").count() == 1
    still = desk.post(mend, {f"cell-{bad.pk}-relation": "远亲"}, follow=True)
    assert "远亲" in still.content.decode()
    done = desk.post(mend, {f"cell-{bad.pk}-relation": "子"}, follow=True)
    assert "已登记 1 户" in done.content.decode()
    assert desk.get(mend).status_code == 404
    assert "已完成" in page_of(desk, LIST)


def test_a_row_is_dropped_on_screen(desk: Client) -> None:
    address = imported(desk, a_workbook([a_head(1), a_head(2, name="王多余")]))
    with acting(SYSTEM, moment=NOON):
        second = Row.objects.get(number=3)
    desk.post(f"{address}mend/?key=1", {f"drop-{second.pk}": "1"})
    with acting(SYSTEM, moment=NOON):
        assert [row.state for row in Row.objects.order_by("number")] == ["taken", "dropped"]


def test_bad_rows_are_taken_home_by_post_only(desk: Client) -> None:
    address = imported(desk, a_workbook([a_head(1, wage_income="许多")]))
    assert desk.get(f"{address}bad-rows/").status_code == 405
    paper = desk.post(f"{address}bad-rows/")
    assert paper.headers["Content-Disposition"].startswith("attachment")
    assert openpyxl.load_workbook(io.BytesIO(paper.content))["家庭与成员"]["A3"].value == "1"
    assert "还有 1 户需要改正" in desk.post(f"{address}check/", follow=True).content.decode()


@pytest.mark.parametrize(
    ("who", "list_", "page", "import_"),
    [
        (f"caseworker.{DESHENG}", 200, 200, 302),
        (f"reviewer.{DESHENG}", 200, 200, 403),
        (f"caseworker.{SHICHAHAI}", 200, 404, 302),
        ("office", 200, 200, 403),
        ("auditor", 200, 200, 403),
        ("agency_officer.MZ", 200, 404, 403),
        ("finance", 403, 403, 403),
        ("expert", 403, 403, 403),
        ("admin", 403, 403, 403),
    ],
)
def test_who_may_open_and_hand_in(desk: Client, who: str, list_: int, page: int, import_: int) -> None:
    address = imported(desk, a_workbook([a_head(1, wage_income="许多")]))
    client = logged_in(who)
    assert client.get(LIST).status_code == list_
    assert client.get(address).status_code == page
    refused = {404} if who == f"caseworker.{SHICHAHAI}" else {403, 404}  # out of reach, or out of right
    for part in ("bad-rows/", "check/", "resume/"):
        expected = {200, 302} if who == f"caseworker.{DESHENG}" else refused
        assert client.post(f"{address}{part}").status_code in expected, part
    given = hand_in(client, a_workbook([a_head(7, "7")]))
    assert given.status_code == import_ or (import_ == 403 and given.status_code in (403, 422))
    if who not in (f"caseworker.{DESHENG}", f"caseworker.{SHICHAHAI}"):
        with acting(SYSTEM, moment=NOON):
            assert Batch.objects.count() == 1


def test_english_pages_open(desk: Client) -> None:
    address = imported(desk, a_workbook([a_head(1, wage_income="许多")]))
    english = logged_in(f"caseworker.{DESHENG}", english=True)
    assert "is not an amount of money" in page_of(english, address)
    assert reverse("desk:imports_list") == LIST


def test_another_member_is_registered_on_the_household_s_page_and_the_row_then_goes_in(desk: Client) -> None:
    imported(desk, a_workbook([a_head(1)]))
    address = imported(desk, a_workbook([a_head(1, wage_income=7000), a_son(1)]))
    page = page_of(desk, address)
    assert "去家庭档案变更成员" in page
    (file,) = set(re.findall(r"/desk/households/[0-9a-f-]+/changes/", page))
    son = a_son(1)
    coming = {
        "kind": "coming", "name": son["name"], "id_number": son["id_number"], "relation": "20",
        "day": str(NOON.date()), "reason": "导入表中有此人", "paper": "户口本",
    }  # fmt: skip
    assert desk.post(f"{file}come/", coming).status_code == 302
    said = desk.post(f"{address}check/", follow=True).content.decode()
    assert "已登记 1 户" in said
    assert "没有待改的行" in said
