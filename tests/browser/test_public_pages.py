"""The public's pages in Chromium: readable by machine and eye, in both languages, on a telephone, without anything from elsewhere."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Desk

PAGES = ("/", "/programmes/ZK/", "/programmes/CS/", "/self-check/", "/standards/", "/notices/", "/login/")


@pytest.mark.parametrize("english", [False, True])
@pytest.mark.parametrize("phone", [False, True])
def test_axe_finds_nothing_serious(
    desk: Desk, axe: Callable[[Page], list[str]], english: bool, phone: bool
) -> None:
    page = desk.window(bypass_csp=True, english=english, phone=phone)
    found = []
    for address in PAGES:
        page.goto(address)
        found += axe(page)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), (
            f"{address} scrolls sideways"
        )
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
