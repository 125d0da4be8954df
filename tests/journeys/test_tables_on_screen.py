"""The pages of decision tables: read by every post, a new version written, tried, proposed by one and approved by another."""

from datetime import date, timedelta
from typing import Any

import pytest

from jishiyu.law.models import TableRevision
from jishiyu.offices.operations import acting, engage, establish_post
from jishiyu.offices.rules import ROLE_NAMES, SYSTEM
from jishiyu.registry.operations import register_household
from tests.conftest import NOON
from tests.fixtures import a_newcomer, engage_all, open_offices, the_pack
from tests.journeys.logged_in import logged_in

pytestmark = pytest.mark.django_db
BASE = "/desk/policy/tables/"
FIRST = date.today() + timedelta(days=400)


@pytest.fixture(autouse=True)
def _offices() -> None:
    with acting(SYSTEM, moment=NOON):
        open_offices()
        engage_all(date(2020, 1, 1))
        establish_post(code="office.2", role="office", title=ROLE_NAMES["office"], area="", agency="")
        engage(
            username="office.2",
            name="测试二",
            password="only-for-tests-1",
            post_code="office.2",
            first_day=date(2020, 1, 1),
        )


def said(answer: Any, status: int = 200) -> str:
    text: str = answer.content.decode()
    assert answer.status_code == status, text[:1500]
    return text


def a_form(**more: Any) -> dict[str, Any]:
    """Two rows of the festival gift: one person 600, the others 1200."""
    return {
        "rows": "2", "r0-size-lowkind": "from", "r0-size-low": "", "r0-size-highkind": "to", "r0-size-high": "bj.festival.one_to",
        "r0-then-amount": "600", "r1-size-low": "", "r1-size-high": "", "r1-then-amount": "1,200", "else-then-amount": "",
        "first_day": FIRST.isoformat(), "document": "京民发〔2026〕99号", "reason": "标准调整",
    } | more  # fmt: skip


def test_every_post_reads_every_table_and_edition() -> None:
    client = logged_in("caseworker.110102010")
    page = said(client.get(BASE))
    for table in the_pack().tables:
        assert table.name.zh in page
        own = said(client.get(f"{BASE}{table.key}/"))
        assert all(edition.citation.zh in own for edition in table.editions)
        assert "提出新版本" not in own
    gift = said(client.get(f"{BASE}festival_gift/"))
    assert "不超过1人" in gift
    assert "500元" in gift
    assert "bj.festival.one_to" in gift
    assert client.get(f"{BASE}festival_gift/revise/").status_code == 403
    english = said(logged_in("caseworker.110102010", english=True).get(f"{BASE}nursing_allowance/"))
    assert "visual or physical or intellectual or mental" in english


def test_a_new_version_is_written_looked_at_and_proposed_and_another_approves_it() -> None:
    client = logged_in("office")
    form = said(client.get(f"{BASE}festival_gift/revise/"))
    assert 'value="bj.festival.one_to"' in form
    gap = said(client.post(f"{BASE}festival_gift/check/", a_form(rows="1")))
    assert "没有一行覆盖这种情况：家庭人口数2人及以上" in gap
    assert 'id="row-0-note" hx-swap-oob="true"' in gap
    wrong = said(
        client.post(f"{BASE}festival_gift/check/", a_form(**{"r0-then-amount": "bj.festival.nothing"}))
    )
    assert "没有此参数或规则值" in wrong
    assert said(client.post(f"{BASE}festival_gift/revise/", a_form(act="propose", reason="")), 422)
    assert said(
        client.post(f"{BASE}festival_gift/revise/", a_form(act="propose", first_day="2020-01-01")), 422
    )
    assert not TableRevision.objects.exists()
    done = client.post(f"{BASE}festival_gift/revise/", a_form(act="propose"))
    assert done.status_code == 302
    row = TableRevision.objects.get()
    assert "由您提出，须由另一人批准" in said(client.get(f"{BASE}festival_gift/"))
    assert client.post(f"/desk/policy/revisions/{row.id}/approve/").status_code == 409
    other = logged_in("office.2")
    assert "待批准" in said(other.get(BASE))
    assert other.post(f"/desk/policy/revisions/{row.id}/approve/").status_code == 302
    page = said(other.get(f"{BASE}festival_gift/"))
    assert f"{FIRST.isoformat()} –" in page
    assert "1,200元" in page
    exported = said(other.get(f"/desk/policy/revisions/{row.id}/export/"))
    assert exported.startswith("table: festival_gift\n")
    assert "2026" in exported


def test_rows_are_added_moved_and_taken_away() -> None:
    client = logged_in("office")

    def after(act: str) -> str:
        return said(client.post(f"{BASE}festival_gift/revise/", a_form(act=act)))

    assert 'name="rows" value="3"' in after("add")
    assert 'name="rows" value="1"' in after("delete-1")
    moved = after("down-0")
    assert moved.index('value="1,200"') < moved.index('value="600"')
    assert "永远到不了这一行" in moved
    assert "错误" in said(client.post(f"{BASE}festival_gift/revise/"))  # nothing sent: a table without rows
    for odd in ("up-0", "down-9", "delete-x", "nothing"):
        assert 'name="rows" value="2"' in after(odd)


def test_it_is_tried_on_one_case_and_over_the_district() -> None:
    with acting(SYSTEM, moment=NOON):
        for running, wage in enumerate((0, 9_000_000), 1):
            register_household(a_newcomer(running, wage=wage), actor=SYSTEM, moment=NOON)
    client = logged_in("office")
    form = a_form(act="case", trial_day="2021-12-15", **{"case-size": "2"})
    page = said(client.post(f"{BASE}festival_gift/revise/", form))
    assert "第2行：任何情况 → 1,000元" in page
    assert "第2行：任何情况 → 1,200元" in page
    unknown = said(client.post(f"{BASE}festival_gift/revise/", form | {"case-size": ""}))
    assert "有未知情况" in unknown
    tried = said(client.post(f"{BASE}festival_gift/revise/", form | {"act": "try"}))
    assert "全区 2 户中 1 户增加，0 户减少" in tried
    nursing = said(client.get(f"{BASE}nursing_allowance/revise/"))
    assert 'value="multiple"' in nursing
    for table in the_pack().tables:
        assert "错误" not in said(client.get(f"{BASE}{table.key}/revise/")), table.key
