"""A service is delivered on a telephone: arranged, appointed, kept, told, and asked about; the pages are sound at both widths."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Desk
from tests.fixtures import DESHENG

Axe = Callable[[Page], list[str]]


def sound(page: Page, axe: Axe) -> list[str]:
    """What is wrong with a page as it stands."""
    found = axe(page)
    if not page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"):
        found.append(f"{page.url} scrolls sideways")
    return found


def send(page: Page, button: str) -> None:
    """Press a form's button and wait until the page has come back with what was done."""
    page.get_by_role("button", name=button, exact=True).click()
    expect(page.locator(".alert-success")).to_be_visible()


@pytest.mark.clause("C9", "C49")
def test_a_visit_is_delivered_on_a_telephone(desk: Desk, axe: Axe) -> None:
    page = desk.log_in(f"caseworker.{DESHENG}", phone=True, bypass_csp=True)
    page.goto("/desk/services/")
    faults = sound(page, axe)
    page.get_by_role("link", name="鲁慰问").click()
    page.wait_for_url("**/desk/services/*-*/")
    faults += sound(page, axe)
    page.fill("#arrange_q_visitors", "测试甲、测试乙")
    page.select_option("#arrange_q_occasion", "regular")
    send(page, "保存安排")
    send(page, "登记约定")
    page.get_by_text("登记结果或改期").click()
    page.check("input[name=became][value=kept]")
    page.fill("textarea[name=what_happened]", "上门看望")
    faults += sound(page, axe)
    send(page, "登记")
    page.fill("#finish_q_met_whom", "本人")
    page.fill("#finish_q_found", "精神尚好")
    page.fill("#finish_what_was_done", "看望老人，检查用电安全")
    for box in page.locator("input[name=papers]").all():
        box.check()
    send(page, "登记已落实")
    page.get_by_text("回访：登记满意度").click()
    page.check("input[name=score][value='5']")
    page.fill("#ask_told_by", "本人")
    send(page, "登记满意度")
    expect(page.get_by_text("很满意", exact=False).first).to_be_visible()
    faults += sound(page, axe)
    english = desk.log_in(f"caseworker.{DESHENG}", english=True, bypass_csp=True)
    english.goto(page.url)
    expect(english.get_by_text("Very satisfied")).to_be_visible()
    for address in ("/desk/services/providers/", "/desk/services/"):
        faults += sound(english, axe)
        english.goto(address)
    faults += sound(english, axe)
    assert faults == [], "\n".join(faults)
