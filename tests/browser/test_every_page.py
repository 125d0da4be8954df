"""Every page of the demo district, found by following its own links: sound by axe-core, whole at each width, quiet console.

A page stands for all of its kind: two households have one page. The kinds found are held against the URL configuration, so
that a page nobody links to is noticed.
"""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.urls import resolve
from playwright.sync_api import Browser, Page

from tests.access.addresses import addresses
from tests.access.test_every_address import LOG_INS, TABLE
from tests.browser.conftest import Desk, Site

Axe = Callable[[Page], list[str]]

# Pages that are reached by a search box, a form or a key and not by a link.
BY_OTHER_WAYS = {
    "desk:households_search",
    "desk:households_suggest",
    "desk:imports_progress",
    "portal:thanks",
    "desk:login",
}
# Not pages for people.
NOT_PAGES = ("exchange:", "desk:language", "desk:imports_template")


@pytest.mark.parametrize(("phone", "english"), [(False, False), (True, True)], ids=["desk", "phone-english"])
def test_every_page_is_sound(
    demo_site: Site, chromium: Browser, axe: Axe, phone: bool, english: bool
) -> None:
    desk = Desk(demo_site, chromium)
    seen: dict[str, str] = {}
    faults: list[str] = []
    for username in ("", *dict.fromkeys((*LOG_INS.values(), "minzheng.shenpi"))):
        page = _window(desk, username, phone=phone, english=english)
        _walk(page, seen, faults, axe)
        page.context.close()
    linked = {
        one.name for one in addresses() if TABLE[one.name].get("open") and not one.name.startswith(NOT_PAGES)
    }
    assert not faults + desk.troubles, "\n".join(faults + desk.troubles)
    assert sorted(linked - BY_OTHER_WAYS - seen.keys()) == [], "no link of the demo district leads to these"


def _window(desk: Desk, username: str, *, phone: bool, english: bool) -> Page:
    page = desk.window(phone=phone, english=english, bypass_csp=True)
    if username:
        page.goto("/login/")
        page.fill("input[name=username]", username)
        page.fill("input[name=password]", settings.DEMO_PASSWORD)
        page.click("form[action='/login/'] button.btn-primary")
        page.wait_for_url("**/desk/")
    else:
        page.goto("/")
    return page


def _walk(page: Page, seen: dict[str, str], faults: list[str], axe: Axe) -> None:
    """Look at each new kind of page that this person's links lead to."""
    waiting = [urlsplit(page.url).path]
    while waiting:
        path = waiting.pop(0)
        kind = _kind(urlsplit(path).path)
        if kind is None or kind in seen:
            continue
        answer = page.goto(path)
        if answer is None or answer.status != 200:
            faults.append(f"{path} gave {answer.status if answer else 'nothing'}")
            continue
        seen[kind] = path
        faults.extend(axe(page))
        if not page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"):
            faults.append(f"{path} scrolls sideways")
        hrefs = page.eval_on_selector_all(
            "a[href]", "links => links.filter(l => !l.hasAttribute('download')).map(l => l.href)"
        )
        parts = [urlsplit(href) for href in hrefs if href.startswith("http")]
        waiting.extend(f"{part.path}?{part.query}" if part.query else part.path for part in parts)


def _kind(path: str) -> str | None:
    """The name of a page of ours, or None for what is no page."""
    if re.match(r"^/(static|api|language)/", path):
        return None
    try:
        found = resolve(path)
    except Exception:  # an address of somebody else, or of a file
        return None
    name = found.view_name
    return None if name.startswith(NOT_PAGES) else name
