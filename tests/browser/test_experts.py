"""An expert judges in the browser and sees the consistency change without sending the form; axe finds nothing serious."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import ROOT, Desk

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"


def serious(page: Page) -> list[str]:
    """What axe finds serious or critical on a page."""
    page.add_script_tag(path=AXE)
    found = page.evaluate("axe.run({resultTypes: ['violations']})")
    return [
        f"{one['id']}: {one['nodes'][0]['html'][:120]}"
        for one in found["violations"]
        if one["impact"] in ("serious", "critical")
    ]


def test_consistency_is_seen_at_once_and_judgements_are_kept(desk: Desk, tmp_path: Path) -> None:
    page = desk.log_in("expert", bypass_csp=True)
    page.goto("/desk/experts/")
    page.wait_for_selector("[data-scales][data-ready]")
    assert serious(page) == []
    # By the keyboard: a digit sets the strength on the side where the slider stands, left is the first thing.
    for field in ("pair-0-1", "pair-1-2"):
        page.locator(f"#{field}").press("9")
    page.locator("#pair-0-2").press("End")
    expect(page.get_by_text("请复核")).to_be_visible()
    expect(page.locator("a[href='#pair-0-2']")).to_be_visible()
    page.screenshot(path=tmp_path / "experts_bad.png", full_page=True)
    page.locator("#pair-0-2").press("Home")
    page.locator("#pair-1-2").press("Backspace")
    page.locator("#pair-0-3").press("Enter")
    expect(page.locator("#pair-0-3")).to_have_attribute("aria-valuetext", re.compile("同样重要"))
    expect(page.get_by_text("请再比较")).to_be_visible()
    for column in range(4, 9):
        page.locator(f"#pair-0-{column}").press("2")
    page.locator("#pair-2-3").press("ArrowRight")
    expect(page.get_by_text("一致性比率")).to_be_visible()
    expect(page.locator(".jsy-standing .jsy-bars")).to_be_visible()
    page.get_by_role("button", name="保存判断").click()
    expect(page.get_by_text("判断已保存")).to_be_visible()
    expect(page.locator("#pair-0-1")).to_have_value("-8")
    expect(page.locator("select[name='pair-2-3']")).to_have_value("1/2")
    expect(page.locator("select[name='pair-1-2']")).to_have_value("")

    office = desk.log_in("office", bypass_csp=True)
    office.goto("/desk/experts/weights/")
    office.get_by_text("1 位专家的判断").click()
    expect(office.get_by_text("测试expert")).to_be_visible()
    assert serious(office) == []
    office.screenshot(path=tmp_path / "weights.png", full_page=True)
    phone = desk.log_in("expert", phone=True)
    phone.goto("/desk/experts/")
    phone.screenshot(path=tmp_path / "experts_phone.png")
