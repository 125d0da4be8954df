"""Every page of the demo district, found by following its own links: sound by axe-core, whole at each width, quiet console.

A page stands for all of its kind: two households have one page. The kinds found are held against the URL configuration, so
that a page nobody links to is noticed.
"""

import re
from collections import Counter
from collections.abc import Callable
from itertools import groupby
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.urls import Resolver404, resolve
from playwright.sync_api import Browser, BrowserContext, Page

from tests.access.addresses import addresses
from tests.access.test_every_address import LOG_INS, TABLE
from tests.browser.conftest import Desk, Site

Axe = Callable[[Page], list[str]]
# Whose links are followed: the public's, one of each role, and the decider of the agency with most cases.
PEOPLE = ("", *LOG_INS.values(), "minzheng.shenpi")

# Reached by a search box, a form or a script and not by a link; or there only
# once somebody made it (a trial of policy, a district run) or while a case stands at that step.
BY_OTHER_WAYS = {
    "desk:after_change", "desk:after_measure", "desk:after_of_case", "desk:after_recheck",
    "desk:cases_late", "desk:cases_visit", "desk:experts_check", "desk:funds_preview", "desk:find", "desk:work_batch",
    "desk:households_unmask", "desk:imports_progress", "desk:notices_of_case", "desk:oversight_report", "desk:screening_progress",
    "desk:screening_run", "desk:whatif_compare", "desk:whatif_curve", "desk:whatif_households", "desk:whatif_page", "desk:whatif_progress",
    "desk:whatif_run", "portal:apply_check", "portal:apply_code", "portal:apply_family", "portal:apply_papers",
    "portal:apply_situation", "portal:apply_state", "portal:apply_who", "portal:thanks",
}  # fmt: skip
# Not pages for people: data for other computers, files, and a choice that leads back.
NOT_PAGES = (
    "dci:",
    "exchange:",
    "desk:language",
    "portal:reading",
    "portal:poster",
    "portal:spot_draw_file",
    "desk:after_appeal_letter",
    "desk:after_letter",
    "desk:after_recheck_notice",
    "desk:cases_paper",
    "desk:documents_page",
    "desk:imports_template",
    "desk:policy_table_export",
    "desk:funds_run_export",
    "desk:funds_preview",
    "desk:visits_manifest",
    "desk:visits_picture",
    "desk:visits_token",
    "desk:visits_worker",
)
# How many of a kind are opened to look for links; cases differ by the step that they stand at.
SOME = 3
MANY = {"desk:cases_page": 40, "desk:cases_list": 12, "desk:oversight_home": 8, "desk:households_list": 6}


@pytest.fixture(scope="module")
def pages(demo_site: Site, chromium: Browser) -> dict[str, tuple[str, str]]:
    """One page of each kind: its name, who can open it, and where it is."""
    found: dict[str, tuple[str, str]] = {}
    for username in PEOPLE:
        context = _come_in(Desk(demo_site, chromium), username).context
        for kind, path in _followed(context, "/desk/" if username else "/"):
            found.setdefault(kind, (username, path))
        context.close()
    return found


def test_links_lead_to_every_page(pages: dict[str, tuple[str, str]]) -> None:
    meant = {
        one.name for one in addresses() if TABLE[one.name].get("open") and not one.name.startswith(NOT_PAGES)
    }
    lost = sorted(meant - BY_OTHER_WAYS - pages.keys())
    assert not lost, f"no link of the demo district leads to {', '.join(lost)}"


@pytest.mark.parametrize(("phone", "english"), [(False, False), (True, True)], ids=["desk", "phone-english"])
def test_every_page_is_sound(
    pages: dict[str, tuple[str, str]],
    demo_site: Site,
    chromium: Browser,
    axe: Axe,
    phone: bool,
    english: bool,
) -> None:
    desk = Desk(demo_site, chromium)
    faults: list[str] = []
    for username, theirs in groupby(sorted(pages.values()), key=lambda one: one[0]):
        page = _come_in(desk, username, phone=phone, english=english)
        for _, path in theirs:
            faults += _looked_at(page, path, axe)
        page.context.close()
    assert not faults + desk.troubles, "\n".join(faults + desk.troubles)


def _looked_at(page: Page, path: str, axe: Axe) -> list[str]:
    answer = page.goto(path)
    if answer is None or answer.status != 200:
        return [f"{path} gave {answer.status if answer else 'nothing'}"]
    wide = page.evaluate(_TOO_WIDE)
    return axe(page) + ([f"{path} scrolls sideways: {wide}"] if wide else [])


# What sticks out of the window, when the page as a whole can be scrolled sideways.
_TOO_WIDE = """() => document.documentElement.scrollWidth <= window.innerWidth ? "" :
  [...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > window.innerWidth + 1)
    .filter(e => !e.closest(".table-responsive") || e.matches(".table-responsive"))
    .slice(0, 5).map(e => `${e.tagName}.${e.className}`).join(" ") || "unseen" """


def _come_in(desk: Desk, username: str, *, phone: bool = False, english: bool = False) -> Page:
    page = desk.window(phone=phone, english=english, bypass_csp=True)
    if username:
        page.goto("/login/")
        page.fill("input[name=username]", username)
        page.fill("input[name=password]", settings.DEMO_PASSWORD)
        page.click("form[action='/login/'] button.btn-primary")
        page.wait_for_url("**/desk/")
    return page


def _followed(context: BrowserContext, start: str) -> list[tuple[str, str]]:
    """Each page that links lead to from ``start``, some of each kind, without drawing any."""
    opened: Counter[str] = Counter()
    known, waiting, found = {start}, [start], []
    while waiting:
        path = waiting.pop(0)
        kind = _kind(path)
        if kind is None or opened[kind] >= MANY.get(kind, SOME):
            continue
        opened[kind] += 1
        answer = context.request.get(path)
        if answer.status == 200 and answer.headers.get("content-type", "").startswith("text/html"):
            found.append((kind, path))
            fresh = [_plain(href) for href in re.findall(r'<a\s[^>]*?href="(/[^"#]*)', answer.text())]
            waiting += [href for href in dict.fromkeys(fresh) if href not in known]
            known.update(fresh)
        else:
            found.append((kind, path))  # the visit in the browser says what is wrong
    return found


def _plain(href: str) -> str:
    return href.replace("&amp;", "&")


def _kind(path: str) -> str | None:
    """The name of a page of ours, or None for what is no page."""
    try:
        name = resolve(urlsplit(path).path).view_name
    except Resolver404:  # a file, or an address of somebody else
        return None
    return None if name.startswith(NOT_PAGES) else name
