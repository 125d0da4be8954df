"""What the procedure tables say reaches the screens: limits with how sure they are, every item to choose, papers and steps for the public."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from jishiyu.cases.queries import running_procedure
from jishiyu.foundations.clock import wind_to
from tests.conftest import NOON, TODAY
from tests.doors.conftest import Open
from tests.doors.conftest import Street as Homes
from tests.fixtures import DESHENG, the_pack
from tests.rooms.cases.a_case import Street as Posts

pytestmark = pytest.mark.django_db


# What the page of an application says of the amount: how much, not entitled, a person sets it, or no money at all.
ANSWERS = ("测算金额", "有条件不符合", "金额不能由系统计算", "不计金额")


def text_of(page: object) -> str:
    return re.sub(r"\s+", " ", page.content.decode())  # type: ignore[attr-defined]


@pytest.mark.clause("C6")
def test_every_item_in_force_can_be_chosen_and_one_without_a_computed_amount_says_so(
    caseworker: Client, street: Homes
) -> None:
    page = text_of(caseworker.get(f"/desk/cases/new/{street.our_id}/"))
    for item in the_pack().items:
        here = f"/{item.id}/" in page
        assert here == (item.effective_to is None or item.effective_to >= TODAY), item.id
    one_of_each_kind = {
        one.like: one.items[0] for one in the_pack().procedures if one.era == "E3" and one.holds(TODAY)
    }
    assert len(one_of_each_kind) > 12
    for item_id in list(one_of_each_kind.values())[::3]:
        told = text_of(caseworker.get(f"/desk/cases/new/{street.our_id}/{item_id}/"))
        says = [words for words in ANSWERS if words in told]
        assert len(says) == 1, (item_id, says)
        for paper in running_procedure(item_id, "E3", TODAY).first.papers:
            assert paper.name.zh in told, item_id


def test_a_limit_that_nobody_saw_is_marked_where_the_clock_stands(
    log_in: Open, street: Homes, tmp_path: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JISHIYU_CLOCK_FILE", f"{tmp_path}/clock")
    wind_to(NOON + timedelta(hours=1))
    posts = Posts(now=NOON)
    case = posts.apply(71)
    posts.to_review(case)
    page = text_of(log_in(f"reviewer.{DESHENG}").get(f"/desk/cases/{case}/"))
    now = page[page.index('class="card jsy-now"') :]
    now = now[: now.index("</section>")]
    assert "时限 3个工作日" in now
    assert "示例" in now
    assert "57号只定总时限，单步时限为示例" in now
    whole = page[page.index("全案期限") :][:1200]
    assert "30个工作日" in whole
    assert "未见原文" in whole
    assert "特殊情况最长45个工作日" in whole


def test_while_the_clock_stands_it_is_said_how_sure_that_is(log_in: Open, street: Homes) -> None:
    posts = Posts(now=NOON)
    case = posts.apply(72)
    posts.to_notice(case)
    page = text_of(log_in(f"caseworker.{DESHENG}").get(f"/desk/cases/{case}/"))
    whole = page[page.index("全案期限") :][:1500]
    assert "暂停计时" in whole
    assert "待核实" in whole
    assert "57号未见公示、补正、核对等待是否计入总时限" in whole


def test_the_policy_page_shows_the_walk_of_any_item_with_what_each_outcome_leads_to(
    caseworker: Client,
) -> None:
    page = text_of(caseworker.get("/desk/policy/items/ZX02/"))
    for words in (
        "学校核实",
        "成员单位经办",
        "10个工作日",
        "就读学校审核意见",
        "退回学校核实 → 学校核实",
        "不予受理 → 结束",
    ):
        assert words in page, words
    before = text_of(caseworker.get("/desk/policy/items/ZK01/?day=2012-12-11"))
    assert "30日（自然日）" in before
    assert "以户为单位公布" in before
    assert "民主评议" not in before[before.index("办理程序") :]


def test_the_public_reads_papers_steps_and_limits_of_every_item() -> None:
    for programme in the_pack().programmes:
        page = text_of(Client().get(f"/programmes/{programme.code}/"))
        for item in the_pack().items_of(programme.code):
            here = page[page.index(f'aria-labelledby="item-{item.id}"') :]
            here = here[: here.index("</section>")]
            assert "怎么办、要多久" in here
            if item.effective_to is not None and item.effective_to < TODAY:
                assert "现在不办理这一项" in here
                continue
            procedure = the_pack().procedure_for(item.id, TODAY)
            for paper in procedure.first.papers:
                assert paper.name.zh in here, (item.id, paper.key)
            assert procedure.publicity is not None
            assert ("这一项不公示" in here) != procedure.publicity.published
