"""One household from registration to the quarter's figure, in Chromium, each step by the post whose turn it is."""

import re
from datetime import date, datetime

import pytest
from playwright.sync_api import Page, expect

from jishiyu.foundations.clock import SHANGHAI
from tests.browser.conftest import Desk
from tests.fixtures import DESHENG, an_id
from tests.rooms.cases.a_case import AID

HEAD, SPOUSE = "岳明珂", "余舟"
RUNNING = 77


def tick_all_papers(page: Page) -> None:
    for box in page.locator("input[name=papers]").all():
        box.check()


def register(page: Page) -> None:
    page.goto("/desk/households/register/")
    page.fill("#id_community", "德胜社区")
    page.fill("#id_address", "甲一胡同7号（虚构）")
    page.fill("#id_phone", "19900000007")
    head, spouse = an_id(date(1980, 3, 4), 2, RUNNING), an_id(date(1978, 5, 6), 1, RUNNING)
    page.fill("#id_member-0-name", HEAD)
    page.fill("#id_member-0-id_number", head.text)
    page.select_option("#id_member-0-relation", "02")
    page.click("[data-adds=member-template]")
    page.fill("#id_member-1-name", SPOUSE)
    page.fill("#id_member-1-id_number", spouse.text)
    page.select_option("#id_member-1-relation", "10")
    page.get_by_role("button", name="登记", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(HEAD)


FACTS_OF_HOME = {
    "tenure": "public_rent", "homes_owned": "0", "usable_area_dm2": "24", "unsafe_housing": "False", "monthly_rent": "120",
    "vehicles": "0", "liquid_assets": "5000", "debt": "0", "support": "none", "event": "none",
}  # fmt: skip
FACTS_OF_ALL = {
    "local_hukou": "True", "work_capacity": "full", "medical_insurance": "resident", "wage_income": "0", "business_income": "0",
    "property_income": "0", "transfer_income": "0", "excluded_income": "0", "illness": "none", "disability_category": "0",
    "disability_grade": "0", "daily_activities_lost": "0", "medical_self_paid": "0", "education_cost": "0",
    "rehabilitation_cost": "0",
}  # fmt: skip
FACTS = (
    FACTS_OF_ALL
    | {"marital": "married", "employment": "flexible", "schooling": "none", "wage_income": "6000"},
    FACTS_OF_ALL | {"marital": "married", "employment": "unemployed", "schooling": "none"},
)


def fill(page: Page, prefix: str, facts: dict[str, str]) -> None:
    for name, value in facts.items():
        field = page.locator(f"#id_{prefix}-{name}")
        if field.evaluate("element => element.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)


def record_snapshot(page: Page) -> None:
    page.get_by_role("link", name="登记经济状况").first.click()
    page.fill("#id_home-source", "入户了解")
    fill(page, "home", FACTS_OF_HOME)
    for place, facts in enumerate(FACTS):
        fill(page, f"m{place}", facts)
    page.get_by_role("button", name="保存为新快照").click()
    expect(page.get_by_text("已登记经济状况")).to_be_visible()


def apply(page: Page) -> str:
    page.get_by_role("button", name=re.compile("评估")).first.click()
    expect(page.get_by_text("已评估")).to_be_visible()
    expect(page.locator(".jsy-score").first).to_be_visible()
    page.get_by_role("link", name=re.compile("^申请 .*最低生活保障")).first.click()
    page.fill("#id_statement", "一人失业，收入低，生活困难")
    tick_all_papers(page)
    page.get_by_role("button", name="提交申请").click()
    expect(page.get_by_text("当前环节：受理")).to_be_visible()
    return page.url


def take(page: Page, case: str, outcome: str, *, button: str) -> None:
    page.goto(case)
    tick_all_papers(page)
    page.get_by_label(outcome, exact=True).check()
    page.get_by_role("button", name=button).click()
    expect(page.get_by_text("已办理")).to_be_visible()


SEEN = {
    "home": "worn",
    "furnishing": "bare",
    "present": "as_told",
    "income": "as_told",
    "neighbours": "agree",
}


def visit(page: Page, case: str) -> None:
    page.goto(case)
    page.get_by_role("link", name="登记入户调查").click()
    page.fill("#id_second_visitor", "测试乙")
    page.fill("#id_met_whom", HEAD)
    for question, answer in SEEN.items():
        page.check(f"input[name=living_{question}][value={answer}]")
    page.fill("#id_findings", "住房简陋，收入与申报一致")
    page.check("input[name=agrees][value=yes]")
    page.fill("#id_signed_by_household", HEAD)
    tick_all_papers(page)
    page.check("input[name=outcome][value=visited]")
    page.get_by_role("button", name="保存入户调查").click()
    expect(page.get_by_text("入户调查已登记")).to_be_visible()


def confirm(page: Page) -> None:
    """Answer the question that a script asks before an act that cannot be taken back."""
    page.locator("#confirm-dialog").get_by_role("button", name=re.compile("确定|是")).click()


@pytest.fixture
def caseworker(desk: Desk) -> Page:
    """The caseworker's window, on a telephone's width from the visit on is another test's."""
    return desk.log_in(f"caseworker.{DESHENG}")


def test_from_registration_to_the_quarterly_figure(desk: Desk, caseworker: Page) -> None:
    register(caseworker)
    caseworker.goto("/desk/")
    caseworker.fill("[data-search]", "ymk")
    caseworker.get_by_role("link", name=re.compile(HEAD)).first.click()
    record_snapshot(caseworker)
    case = apply(caseworker)
    take(caseworker, case, "受理", button="完成“受理”")
    caseworker.fill("#id_authorised_by", HEAD)
    tick_all_papers(caseworker)
    caseworker.get_by_label("核对完成", exact=True).check()
    caseworker.get_by_role("button", name="完成“家庭经济状况核对”").click()
    visit(caseworker, case)
    expect(caseworker.get_by_text("街道审核").first).to_be_visible()  # who must act now is said

    reviewer = desk.log_in(f"reviewer.{DESHENG}")
    expect(reviewer.get_by_text(HEAD).first).to_be_visible()  # it is on the reviewer's work desk
    take(reviewer, case, "拟同意", button="完成“审核”")

    caseworker.goto(case)
    caseworker.get_by_role("link", name="去办理公示").click()
    caseworker.wait_for_url("**/desk/notices/case/**")
    caseworker.get_by_role("button", name="发布公示").click()
    confirm(caseworker)
    expect(caseworker.get_by_text("公示已发布")).to_be_visible()
    notice = caseworker.url

    public = desk.window()
    public.goto("/notices/")
    public.get_by_role("link", name=re.compile("岳\\*\\*")).first.click()
    expect(public.locator(".jsy-poster")).to_contain_text("最低生活保障")
    for private in (HEAD, SPOUSE, "19900000007", "甲一胡同", "119900"):
        assert private not in public.content()

    desk.site.wind_to(datetime(2024, 6, 20, 9, 30, tzinfo=SHANGHAI))
    public.reload()
    assert "岳**" not in public.content()
    caseworker.goto(notice)
    caseworker.get_by_role("button", name="结束公示，进入审批").click()
    expect(caseworker.get_by_text("公示已结束，案件进入审批")).to_be_visible()

    decider = desk.log_in("decider.MZ")
    decider.goto(case)
    decider.get_by_role("link", name="去审批").click()
    decider.wait_for_url("**/decide/")
    expect(decider.get_by_role("heading", name="系统测算：先保险，后政府，再慈善")).to_be_visible()
    amount = decider.input_value("#id_amount")
    assert float(amount) > 0
    tick_all_papers(decider)
    decider.get_by_label("同意", exact=True).check()
    decider.get_by_role("button", name="作出决定").click()
    confirm(decider)
    expect(decider.get_by_text("决定已作出并记入日志")).to_be_visible()
    expect(decider.get_by_role("heading", name="救助决定")).to_be_visible()
    decider.get_by_role("link", name="决定书", exact=True).click()
    expect(decider.get_by_role("heading", level=1)).to_have_text("社会救助决定书")

    pay_and_report(desk, case, amount)


def pay_and_report(desk: Desk, case: str, amount: str) -> None:
    desk.site.wind_to(datetime(2024, 7, 10, 9, 0, tzinfo=SHANGHAI))
    finance = desk.log_in("finance")
    finance.goto("/desk/funds/sources/new/")
    finance.select_option("#id_kind", "government")
    finance.fill("#id_name_zh", "区级社会救助资金")
    finance.fill("#id_name_en", "District social assistance fund")
    finance.locator("main form button.btn-primary").click()
    finance.goto("/desk/funds/deposits/new/")
    finance.select_option("#id_source", index=1 if finance.locator("#id_source option").count() > 1 else 0)
    finance.fill("#id_amount", "100000")
    finance.fill("#id_received_on", "2024-07-01")
    finance.fill("#id_document_no", "西财指〔2024〕1号")
    finance.locator("main form button.btn-primary").click()
    finance.goto("/desk/funds/runs/preview/?month=2024-07")
    # The seed has paid into a source before; what came first is spent first.
    expect(finance.get_by_role("table", name="由以下来源支付")).to_contain_text("来源")
    finance.get_by_role("button", name="确认发放").click()
    confirm(finance)
    expect(finance.get_by_text(re.compile("已发放 \\d+ 笔"))).to_be_visible()
    finance.goto(case)
    expect(finance.get_by_text("当前环节：动态复核")).to_be_visible()

    office = desk.log_in("office")
    office.goto("/desk/oversight/")
    # The seeded case that waited for its payment was paid in the same run.
    shown = f"{float(amount) + AID / 100:,.2f}"
    expect(office.get_by_text(re.compile(re.escape(shown))).first).to_be_visible()
    office.goto("/desk/oversight/journal/")
    expect(office.get_by_text("funds.pay").first).to_be_visible()
