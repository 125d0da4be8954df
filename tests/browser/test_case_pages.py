"""Every page of cases and notices, for the posts that use them: found sound by axe-core, whole on a telephone, in both languages."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Desk
from tests.fixtures import DESHENG

Axe = Callable[[Page], list[str]]


def pages_of(page: Page, start: str, pattern: str, most: int) -> list[str]:
    """The first addresses on a page that fit a pattern."""
    page.goto(start)
    found = [link.get_attribute("href") or "" for link in page.locator("a[href]").all()]
    return [address for address in dict.fromkeys(found) if re.fullmatch(pattern, address)][:most]


def look_at(page: Page, address: str, axe: Axe) -> list[str]:
    page.goto(address)
    found = axe(page)
    if not page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"):
        found.append(f"{address} scrolls sideways")
    return found


UUID = "[0-9a-f-]{36}"


@pytest.mark.parametrize(("phone", "english"), [(False, False), (True, True)])
def test_axe_finds_nothing_serious(desk: Desk, axe: Axe, phone: bool, english: bool) -> None:
    caseworker = desk.log_in(f"caseworker.{DESHENG}", bypass_csp=True, phone=phone, english=english)
    cases = pages_of(caseworker, "/desk/cases/", f"/desk/cases/{UUID}/", 9)
    assert len(cases) >= 4
    found = [fault for address in cases for fault in look_at(caseworker, address, axe)]
    for start in ("/desk/cases/?late=on", "/desk/notices/", "/desk/notices/objections/"):
        found += look_at(caseworker, start, axe)
    for address in pages_of(caseworker, "/desk/cases/?step=visit", f"/desk/cases/{UUID}/", 1):
        found += look_at(caseworker, f"{address}visit/", axe)
    for address in pages_of(caseworker, "/desk/cases/?step=notice", f"/desk/cases/{UUID}/", 1):
        found += look_at(caseworker, address.replace("/desk/cases/", "/desk/notices/case/"), axe)
    for address in pages_of(caseworker, "/desk/cases/?state=granted", f"/desk/cases/{UUID}/", 1):
        found += look_at(caseworker, f"{address}letter/", axe)
    for address in pages_of(caseworker, "/desk/households/", f"/desk/households/{UUID}/", 1):
        found += look_at(caseworker, address.replace("/households/", "/cases/new/"), axe)
        found += look_at(caseworker, address.replace("/households/", "/cases/new/") + "ZK01/", axe)
    found += look_at(caseworker, "/desk/cases/recoveries/", axe)
    for address in pages_of(caseworker, "/desk/cases/?item=ZY03", f"/desk/cases/{UUID}/", 1):
        (late,) = pages_of(caseworker, address, f"{address}late/{UUID}/", 1)
        found += look_at(caseworker, late, axe)
    decider = desk.log_in("decider.MZ", bypass_csp=True, phone=phone, english=english)
    for address in pages_of(decider, "/desk/cases/?step=decide", f"/desk/cases/{UUID}/", 1):
        found += look_at(decider, f"{address}decide/", axe)
    assert found == [], "\n".join(found)


def test_the_visit_is_written_down_on_a_telephone(desk: Desk) -> None:
    page = desk.log_in(f"caseworker.{DESHENG}", phone=True)
    (case,) = pages_of(page, "/desk/cases/?step=visit", f"/desk/cases/{UUID}/", 1)
    page.goto(f"{case}visit/")
    page.get_by_role("button", name="保存入户调查").click()
    expect(page).to_have_url(re.compile("/visit/$"))  # the browser itself says what is missing
    page.fill("#id_second_visitor", page.input_value("#id_first_visitor"))
    page.fill("#id_met_whom", "户主")
    for question in ("home", "furnishing", "present", "income", "neighbours"):
        page.check(f"input[name=living_{question}] >> nth=0")
    page.fill("#id_findings", "情况属实")
    page.check("input[name=agrees][value=yes]")
    page.check("input[name=outcome][value=visited]")
    for box in page.locator("input[name=papers]").all():
        box.check()
    page.get_by_role("button", name="保存入户调查").click()
    expect(page.get_by_text("入户调查须由两人以上进行")).to_be_visible()
    assert page.input_value("#id_findings") == "情况属实"  # nothing typed is lost
