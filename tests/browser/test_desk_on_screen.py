"""What the desk's scripts do: rows that come and go, numbers checked one by one, dialogs, keyboard, warnings, lists that stay."""

import re
from datetime import date

from playwright.sync_api import Page, expect

from tests.browser.conftest import Desk
from tests.fixtures import DESHENG, an_id

CASEWORKER = f"caseworker.{DESHENG}"
MOTHER, SON, OTHER = (
    an_id(date(1981, 2, 3), 2, 400).text,
    an_id(date(2011, 4, 5), 1, 401).text,
    an_id(date(2013, 6, 7), 1, 402).text,
)


def member(page: Page, place: int, name: str, number: str, relation: str) -> None:
    """Fill in a row and leave the number's field, as fingers do."""
    page.fill(f"#id_member-{place}-name", name)
    page.fill(f"#id_member-{place}-id_number", number)
    page.keyboard.press("Tab")
    page.select_option(f"#id_member-{place}-relation", relation)


def test_registering_with_rows_that_come_and_go(desk: Desk) -> None:
    page = desk.log_in(CASEWORKER)
    page.goto("/desk/households/register/")
    page.fill("#id_community", "某社区")
    page.fill("#id_address", "甲三胡同5号（虚构）")
    member(page, 0, "苗春", MOTHER, "02")
    member(page, 1, "苗小春", SON[:-1] + "?", "20")
    page.get_by_role("button", name="再加一人").click()
    member(page, 2, "苗二春", OTHER, "20")
    checks = page.locator(".jsy-id-check")
    expect(checks.nth(0)).to_contain_text("1981-02-03")
    expect(checks.nth(1)).to_contain_text("只能是数字")
    expect(checks.nth(2)).to_contain_text("2013-06-07")
    page.locator("[data-drops]").nth(2).click()
    page.get_by_role("button", name="登记", exact=True).click()
    expect(page.locator(".alert-danger").first).to_contain_text("还没有保存")
    expect(page.locator("#id_member-1-name")).to_have_value("苗小春")
    expect(page.locator("#id_member-2-name")).to_be_hidden()
    page.fill("#id_member-1-id_number", SON)
    page.get_by_role("button", name="登记", exact=True).click()
    expect(page.locator("h1")).to_contain_text("苗春户")
    expect(page.locator("#main")).not_to_contain_text("苗二春")
    _unmask(page)


def _unmask(page: Page) -> None:
    """Continue on the new household's page: the full data come for a reason, and leave with the dialog."""
    page.locator("[data-unmask]").first.click()
    dialog = page.locator("#unmask-dialog")
    expect(dialog).to_be_visible()
    page.fill("#id_reason", "核")
    dialog.get_by_role("button", name="查看").click()
    expect(dialog).to_contain_text("请写明")
    page.fill("#id_reason", "核对申请材料")
    dialog.get_by_role("button", name="查看").click()
    expect(dialog).to_contain_text(MOTHER)
    page.keyboard.press("Escape")
    expect(page.locator("body")).not_to_contain_text(MOTHER)


def test_finding_by_initials_and_walking_by_keys(desk: Desk) -> None:
    page = desk.log_in(CASEWORKER)
    page.keyboard.press("/")
    expect(page.locator("#top-search")).to_be_focused()
    page.keyboard.type("scy", delay=30)
    expect(page.locator("#suggest a").first).to_contain_text("单春雨")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("单春雨户")
    page.wait_for_load_state()  # the words are there before the script that listens to the keys
    page.keyboard.press("?")
    expect(page.locator("#keys-dialog")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("g")
    page.keyboard.press("c")
    expect(page).to_have_url(re.compile("/desk/cases/$"))


def test_a_list_is_narrowed_in_place_and_taken_away_only_after_a_question(desk: Desk) -> None:
    page = desk.log_in(CASEWORKER)
    page.goto("/desk/households/")
    page.select_option("#id_band", "none")
    page.get_by_role("button", name="筛选").click()
    expect(page).to_have_url(re.compile("band=none"))
    page.wait_for_load_state()
    page.locator("th a.sort").nth(1).click()
    expect(page).to_have_url(re.compile("sort=head"))
    page.go_back()
    expect(page).not_to_have_url(re.compile("sort=head"))
    page.wait_for_load_state()
    page.get_by_role("button", name="导出").click()
    expect(page.locator("#confirm-dialog")).to_contain_text("导出会记入日志")
    with page.expect_download() as taken:
        page.locator("#confirm-dialog [data-yes]").click()
    assert taken.value.suggested_filename.endswith(".xlsx")


def test_typed_words_are_not_lost_silently_and_the_theme_is_kept(desk: Desk) -> None:
    page = desk.log_in(CASEWORKER)
    page.locator("[data-theme-toggle]").click()
    page.goto("/desk/households/register/")
    assert page.locator("html").get_attribute("data-bs-theme") == "dark"
    page.fill("#id_community", "某社区")
    asked: list[str] = []

    def stay(question: object) -> None:
        asked.append(question.type)  # type: ignore[attr-defined]
        question.accept()  # type: ignore[attr-defined]

    page.on("dialog", stay)
    page.goto("/desk/")
    assert asked == ["beforeunload"]


def test_a_telephone_shows_cards_and_opens_the_menu(desk: Desk) -> None:
    page = desk.log_in(CASEWORKER, phone=True)
    page.locator(".navbar-toggler").click()
    page.locator("#side-menu").get_by_role("link", name="家庭档案").click()
    page.locator("a.row-link").first.click()
    expect(page.locator("h1")).to_contain_text("户")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
