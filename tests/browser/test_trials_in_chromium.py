"""A change of policy tried in the browser: put together, taken back, run, its households listed, its cliffs drawn, compared."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Desk, Site

Axe = Callable[[Page], list[str]]
WIDE = "() => document.documentElement.scrollWidth > window.innerWidth"


@pytest.fixture
def office(demo_site: Site, chromium: Browser) -> Iterator[Callable[..., Page]]:
    desk = Desk(demo_site, chromium)

    def come_in(**how: bool) -> Page:
        page = desk.window(bypass_csp=True, **how)
        page.goto("/login/")
        page.fill("input[name=username]", "bangongshi")
        page.fill("input[name=password]", settings.DEMO_PASSWORD)
        page.click("form[action='/login/'] button.btn-primary")
        page.wait_for_url("**/desk/")
        return page

    yield come_in
    for context in desk.contexts:
        context.close()
    assert desk.troubles == []


def test_a_change_is_tried_from_end_to_end(office: Callable[..., Page], axe: Axe, tmp_path: Path) -> None:
    page = office()
    page.goto("/desk/what-if/new/?day=2021-12-15")
    page.select_option("#id_parameter", "bj.dibao.urban")
    page.fill("#id_parameter_value", "1400")
    page.click("button[value='add:parameter']")
    expect(page.locator("#changes li")).to_have_count(1)
    page.click("#condition > summary")
    page.select_option("#id_item", "ZC01")
    page.click("button[value=item]")
    page.select_option("#id_act", "more")
    page.select_option("#id_test_0", "living_alone")
    page.click("button[value='add:condition']")
    expect(page.locator("#changes li")).to_have_count(2)
    assert axe(page) == []
    page.screenshot(path=tmp_path / "new.png", full_page=True)
    page.click("#changes button[value='remove:0']")
    expect(page.locator("#changes li")).to_have_count(1)
    page.click("button[value=undo]")
    expect(page.locator("#changes li")).to_have_count(2)
    page.fill("#id_name", "低保1400元")
    page.click("button.btn-primary[value=run]")
    page.wait_for_url(re.compile(r"/desk/what-if/[0-9a-f-]{36}/$"))
    made = page.url
    expect(page.locator("[data-chart] canvas").first).to_be_visible()
    assert axe(page) == []
    page.screenshot(path=tmp_path / "page.png", full_page=True)
    page.locator("a[href*='figure=programme.ZK.gaining']").first.click()
    page.wait_for_url("**/households/**")
    expect(page.locator("tbody tr").first).to_be_visible()
    with page.expect_download() as taken:
        page.get_by_role("button", name="导出名单").click()
    assert taken.value.suggested_filename.endswith(".xlsx")
    page.screenshot(path=tmp_path / "households.png", full_page=True)
    page.goto(f"{made}curve/?kind=lone_parent&children=2&top=6000")
    expect(page.locator("[data-chart] canvas")).to_be_visible()
    expect(page.get_by_role("table").first).to_be_visible()
    assert axe(page) == []
    page.screenshot(path=tmp_path / "curve.png", full_page=True)
    page.goto(f"{made.rsplit('/', 2)[0]}/new/?like={made.rsplit('/', 2)[1]}&day=2021-12-15&name=只调标准")
    page.click("#changes button[value='remove:1']")
    expect(page.locator("#changes li")).to_have_count(1)
    page.click("button.btn-primary[value=run]")
    page.wait_for_url(
        lambda url: url != made and re.search(r"/desk/what-if/[0-9a-f-]{36}/$", url) is not None
    )
    page.goto(f"/desk/what-if/compare/?a={made.rsplit('/', 2)[1]}&b={page.url.rsplit('/', 2)[1]}")
    expect(page.get_by_role("table").nth(3)).to_be_visible()
    assert axe(page) == []
    page.screenshot(path=tmp_path / "compare.png", full_page=True)
    _on_a_phone_in_english(office(phone=True, english=True), axe, made, tmp_path)


def _on_a_phone_in_english(phone: Page, axe: Axe, made: str, shots: Path) -> None:
    for name, path in (
        ("new", "/desk/what-if/new/?day=2021-12-15&item=ZK01"), ("page", made), ("curve", f"{made}curve/?kind=with_children"),
        ("households", f"{made}households/"), ("list", "/desk/what-if/"), ("compare", "/desk/what-if/compare/"),
    ):  # fmt: skip
        phone.goto(path)
        assert not phone.evaluate(WIDE), path
        assert axe(phone) == [], path
        phone.screenshot(path=shots / f"phone_{name}.png", full_page=True)
