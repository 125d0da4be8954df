"""A new version of a decision table is written in the browser: the check answers beside the row, without a press."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.conftest import Desk


def test_the_check_answers_beside_the_row(desk: Desk, axe: Any, tmp_path: Path) -> None:
    page = desk.log_in("office", bypass_csp=True)
    page.goto("/desk/policy/tables/festival_gift/")
    expect(page.get_by_text("不超过1人")).to_be_visible()
    assert axe(page) == []
    page.screenshot(path=tmp_path / "table.png", full_page=True)
    page.goto("/desk/policy/tables/festival_gift/revise/")
    page.wait_for_function("window.htmx !== undefined")
    page.fill("[name=r0-then-amount]", "bj.festival.nothing")
    page.press("[name=r0-then-amount]", "Tab")
    expect(page.locator("#row-0-note").get_by_text("没有此参数或规则值")).to_be_visible()
    page.fill("[name=r0-then-amount]", "600")
    page.fill("[name=r1-size-high]", "3")
    page.press("[name=r1-size-high]", "Tab")
    expect(page.locator("#checks").get_by_text("家庭人口数4人及以上")).to_be_visible()
    page.screenshot(path=tmp_path / "revise.png", full_page=True)
    page.get_by_role("button", name="加一行").click()
    expect(page.locator("#row-2-note")).to_be_attached()
    page.fill("[name=r2-then-amount]", "1300")
    page.fill("[name=case-size]", "5")
    page.get_by_role("button", name="试这一种情况").click()
    expect(page.locator("#case").get_by_text("第3行：任何情况 → 1,300元")).to_be_visible()
    page.fill("[name=first_day]", (date.today() + timedelta(days=400)).isoformat())
    page.fill("[name=document]", "京民发〔2026〕99号")
    page.fill("[name=reason]", "标准调整")
    assert axe(page) == []
    page.get_by_role("button", name="提出新版本").click()
    expect(page.get_by_text("由您提出，须由另一人批准。")).to_be_visible()
    assert axe(page) == []
    page.screenshot(path=tmp_path / "proposed.png", full_page=True)
    _on_the_phone(desk, axe, tmp_path)


def _on_the_phone(desk: Desk, axe: Any, tmp_path: Path) -> None:
    page: Page = desk.log_in("office", phone=True, english=True, bypass_csp=True)
    for name, path in (
        ("list", ""),
        ("nursing", "nursing_allowance/"),
        ("revise", "nursing_allowance/revise/"),
        ("rent", "market_rent_subsidy/revise/"),
    ):
        page.goto(f"/desk/policy/tables/{path}")
        page.screenshot(path=tmp_path / f"phone-{name}.png", full_page=name != "rent")
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth + 1"), path
        assert axe(page) == []
