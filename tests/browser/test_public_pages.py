"""The public's pages in Chromium: readable by machine and eye, in both languages, on a telephone, without anything from elsewhere."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Desk

PAGES = (
    *(
        "/",
        "/programmes/ZK/",
        "/programmes/CS/",
        "/self-check/",
        "/standards/",
        "/policy/",
        "/notices/",
        "/login/",
    ),
    *("/progress/", "/spot-checks/", "/apply/", "/apply/?what=illness", "/apply/continue/", "/apply/code/"),
    *("/apply/who/", "/apply/family/", "/apply/situation/", "/apply/papers/", "/apply/check/"),
)
DESK, PHONE = {"width": 1366, "height": 900}, {"width": 390, "height": 844}


def begin_a_draft(page: Page) -> None:
    """The steps of the application are pages too; they show once a draft is begun."""
    page.goto("/apply/?programme=ZK")
    page.locator("#begin-ZK05").click()
    page.wait_for_url("**/apply/code/")


def a_notice(page: Page) -> str:
    """The address of a notice that is up."""
    page.goto("/notices/")
    return str(page.locator(".jsy-notices a").first.get_attribute("href"))


@pytest.mark.parametrize("mode", ["", "reading_large", "reading_contrast"])
def test_axe_finds_nothing_serious_on_any_page_in_any_mode(
    desk: Desk, axe: Callable[[Page], list[str]], mode: str
) -> None:
    page = desk.window(bypass_csp=True)
    if mode:
        page.context.add_cookies([{"name": mode, "value": "on", "url": desk.site.url}])
    begin_a_draft(page)
    found = []
    for address in (*PAGES, a_notice(page)):
        page.set_viewport_size(DESK)  # type: ignore[arg-type]
        answer = page.goto(address)
        assert answer is not None
        assert answer.url.endswith(address), f"{address} is another page"
        for size in (DESK, PHONE):
            page.set_viewport_size(size)  # type: ignore[arg-type]
            found += axe(page)
            if not page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"):
                found.append(f"{address} scrolls sideways at {size['width']}")
    assert found == [], "\n".join(found)


def test_axe_finds_nothing_serious_in_english(desk: Desk, axe: Callable[[Page], list[str]]) -> None:
    page = desk.window(bypass_csp=True, english=True, phone=True)
    begin_a_draft(page)
    found = []
    for address in PAGES:
        page.goto(address)
        found += axe(page)
        if not page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"):
            found.append(f"{address} scrolls sideways")
    assert found == [], "\n".join(found)


def test_the_language_is_one_click_away_and_comes_back(desk: Desk) -> None:
    page = desk.window()
    page.goto("/standards/")
    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("link", name="中文").click()
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")


def test_the_first_tab_skips_to_the_words(desk: Desk) -> None:
    page = desk.window()
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip-link")).to_be_focused()


def test_the_self_check_answers_on_the_same_page(desk: Desk, axe: Callable[[Page], list[str]]) -> None:
    page = desk.window(bypass_csp=True, phone=True)
    page.goto("/self-check/")
    page.fill("[name=p0-age]", "45")
    page.click("button[name=add]")
    page.wait_for_load_state()
    page.fill("[name=p1-age]", "9")
    page.keyboard.press("Enter")
    expect(page.locator("#answers-title")).to_be_visible()
    expect(page.locator("[name=p0-age]")).to_have_value("45")
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_large_print_and_high_contrast_go_on_and_off_by_a_click(desk: Desk) -> None:
    page = desk.window(phone=True)
    page.goto("/standards/")
    ways = ("大字", "高对比")
    for way in ways:
        page.get_by_role("link", name=way, exact=True).click()
        expect(page.get_by_role("link", name=way, exact=True)).to_have_count(0)
        expect(page).to_have_url(re.compile("/standards/$"))
    expect(page.locator("body.jsy-large-print.jsy-contrast")).to_have_count(1)
    back = page.get_by_role("link", name=re.compile("^正常"))
    for left in reversed(range(len(ways))):
        back.first.click()
        expect(back).to_have_count(left)
    expect(page.locator("body.jsy-large-print, body.jsy-contrast")).to_have_count(0)
