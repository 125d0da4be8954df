"""The public's pages in Chromium: readable by machine and eye, in both languages, on a telephone, without anything from elsewhere."""

import re
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


@pytest.mark.parametrize(("ways", "phone"), [(("大字",), True), (("大字", "高对比"), False)])
def test_in_large_print_and_high_contrast_every_page_is_sound(
    desk: Desk, axe: Callable[[Page], list[str]], ways: tuple[str, ...], phone: bool
) -> None:
    page = desk.window(bypass_csp=True, phone=phone)
    page.goto("/standards/")
    for way in ways:
        page.get_by_role("link", name=way, exact=True).click()
        expect(page.get_by_role("link", name=way, exact=True)).to_have_count(0)
        expect(page).to_have_url(re.compile("/standards/$"))
    found = []
    for address in ("/", "/programmes/ZK/", "/self-check/", "/notices/"):
        page.goto(address)
        found += axe(page)
        if not page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"):
            found.append(f"{address} scrolls sideways")
    assert found == [], "\n".join(found)
    page.goto("/standards/")
    back = page.get_by_role("link", name=re.compile("^正常"))
    for left in reversed(range(len(ways))):
        back.first.click()
        expect(back).to_have_count(left)
    expect(page.locator("body.jsy-large-print, body.jsy-contrast")).to_have_count(0)
