"""A caseworker's morning by keyboard: found by Ctrl+K, done in a batch and taken back, a colleague called on in a note."""

from playwright.sync_api import expect

from tests.browser.conftest import Desk
from tests.fixtures import DESHENG

CASEWORKER, REVIEWER = f"caseworker.{DESHENG}", f"reviewer.{DESHENG}"


def test_a_morning_at_the_work_desk(desk: Desk) -> None:
    page = desk.log_in(CASEWORKER)
    # Search everywhere, from wherever the cursor stands; arrows and Enter open what is chosen.
    page.keyboard.press("Control+k")
    expect(page.locator("#top-search")).to_be_focused()
    page.keyboard.type("zzz")
    page.keyboard.press("Control+k")
    page.keyboard.type("登记新")
    expect(page.locator("#suggest a mark").first).to_have_text("登记新")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/households/register/")

    # Two cases that wait to be accepted are done at once, after the preview, and taken back.
    page.goto("/desk/work/?step=accept")
    page.wait_for_load_state()
    bar = page.locator("[data-choose-bar]")
    expect(bar).to_be_hidden()
    before = page.locator("tbody tr").count()
    assert before >= 2
    for place in (0, 1):
        page.locator("input[name=case]").nth(place).focus()
        page.keyboard.press("Space")
    expect(bar).to_contain_text("2 件已选")
    bar.get_by_role("button").click()
    page.wait_for_url("**/batches/preview/")
    expect(page.locator("body")).to_contain_text("可办 2 件")
    page.get_by_role("button", name="确定办理 2 件").click()
    page.wait_for_url("**/desk/work/batches/*/")
    expect(page.locator("body")).to_contain_text("已办 2 件")
    page.fill("#back-reason", "选错了案件")
    page.get_by_role("button", name="撤销这一批").click()
    expect(page.locator("body")).to_contain_text("已撤销 2 件")
    page.goto("/desk/work/?step=accept")
    assert page.locator("tbody tr").count() == before

    # A note calls on the reviewer by the list behind the @; it stands in their tasks until they have read it.
    page.locator("tbody a.row-link").first.click()
    page.wait_for_url("**/desk/cases/*/")
    page.wait_for_load_state()
    box = page.locator("#note-text")
    box.focus()
    page.keyboard.type("@街道审核")
    expect(page.locator(".jsy-mention-list li").first).to_be_visible()
    page.keyboard.press("Enter")
    page.keyboard.type("请留意医疗票据")
    expect(box).to_have_value(f"@街道审核{DESHENG} 请留意医疗票据")
    page.get_by_role("button", name="保存备忘").click()
    expect(page.locator("#notes")).to_contain_text("请留意医疗票据")
    reviewer = desk.log_in(REVIEWER)
    reviewer.get_by_role("link", name="在备忘中提到您").first.click()
    reviewer.wait_for_url("**/desk/cases/*/#notes")
    reviewer.wait_for_load_state()
    reviewer.get_by_role("button", name="知道了").click()
    expect(reviewer.get_by_role("button", name="知道了")).to_have_count(0)
    reviewer.goto("/desk/work/")
    expect(reviewer.locator("body")).not_to_contain_text("在备忘中提到您")
