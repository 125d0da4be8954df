"""An expert judges in the browser and sees the consistency change without sending the form; axe finds nothing serious."""

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
    assert serious(page) == []
    page.screenshot(path=tmp_path / "experts.png", full_page=True)
    for field, value in (("pair-0-1", "9"), ("pair-1-2", "9"), ("pair-0-2", "1/9")):
        page.select_option(f"#{field}", value)
    expect(page.get_by_text("请复核")).to_be_visible()
    expect(page.locator("a[href='#pair-0-2']")).to_be_visible()
    page.screenshot(path=tmp_path / "experts_bad.png", full_page=True)
    page.select_option("#pair-0-2", "9")
    page.select_option("#pair-1-2", "")
    expect(page.get_by_text("可以采用")).to_be_visible()
    page.get_by_role("button", name="保存判断").click()
    expect(page.get_by_text("判断已保存")).to_be_visible()
    expect(page.locator("#pair-0-1")).to_have_value("9")

    office = desk.log_in("office", bypass_csp=True)
    office.goto("/desk/experts/weights/")
    expect(office.get_by_text("测试expert")).to_be_visible()
    assert serious(office) == []
    office.screenshot(path=tmp_path / "weights.png", full_page=True)
    phone = desk.log_in("expert", phone=True)
    phone.goto("/desk/experts/")
    phone.screenshot(path=tmp_path / "experts_phone.png")
