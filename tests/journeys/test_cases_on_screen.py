"""The case, notice and public pages in use, without a browser: each post by its own log-in, days wound ahead by the clock file."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from uuid import UUID

import pytest
from django.test import Client
from pypdf import PdfReader

from jishiyu.cases.models import Award, Case
from jishiyu.foundations.clock import SHANGHAI, wind_to
from jishiyu.notices.models import Objection, PublicNotice
from jishiyu.offices.operations import acting
from jishiyu.offices.rules import SYSTEM
from jishiyu.registry.operations import store_households
from tests.fixtures import DESHENG, SHICHAHAI, a_newcomer, engage_all, open_offices
from tests.journeys.logged_in import logged_in

pytestmark = pytest.mark.django_db
START = datetime(2026, 11, 24, 10, 0, tzinfo=SHANGHAI)
NAMES = ("单春雨", "王小满")


@pytest.fixture
def household(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> UUID:
    """A household in Desheng on 24 November, with every post's log-in."""
    monkeypatch.setenv("JISHIYU_CLOCK_FILE", str(tmp_path / "clock"))
    wind_to(START)
    newcomer = a_newcomer(1, names=NAMES)
    with acting(SYSTEM, moment=START):
        open_offices()
        engage_all()
        store_households([newcomer], recorded_by="system", moment=START)
    return UUID(newcomer.household_id)


def the_case() -> Case:
    with acting(SYSTEM, moment=START):
        return Case.objects.get()


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    if answer.headers["Content-Type"] == "application/pdf":
        return "".join(one.extract_text() for one in PdfReader(BytesIO(answer.content)).pages)
    return answer.content.decode()


def act(client: Client, address: str, **told: object) -> None:
    answer = client.post(address, told)
    assert answer.status_code == 302, (address, answer.status_code, answer.content.decode()[-6000:])


def papers_of(client: Client, address: str) -> list[str]:
    import re

    return re.findall(r'name="papers" value="([a-z0-9_]+)"', page(client, address))


def apply(household: UUID, item: str = "ZK01") -> str:
    caseworker = logged_in(f"caseworker.{DESHENG}")
    address = f"/desk/cases/new/{household}/{item}/"
    assert item in page(caseworker, f"/desk/cases/new/{household}/")
    act(caseworker, address, statement="收入低，孩子上学", papers=papers_of(caseworker, address))
    return f"/desk/cases/{the_case().id}/"


def step(role: str, case: str, key: str, outcome: str, **told: object) -> None:
    place = "MZ" if role == "decider" else DESHENG
    client = logged_in(f"{role}.{place}")
    act(client, f"{case}step/", step=key, outcome=outcome, papers=papers_of(client, case), **told)


VISIT = {
    "visited_on": "2026-11-24", "first_visitor": "甲", "second_visitor": "乙", "met_whom": "户主", "agrees": "yes",
    "findings": "情况属实", "signed_by_household": "户主", "outcome": "visited", "living_home": "worn",
    "living_furnishing": "bare", "living_present": "as_told", "living_income": "as_told", "living_neighbours": "agree",
}  # fmt: skip


def to_notice(household: UUID) -> str:
    case = apply(household)
    caseworker = logged_in(f"caseworker.{DESHENG}")
    step("caseworker", case, "accept", "accepted")
    step("caseworker", case, "check", "within", authorised_by="户主")
    assert "登记入户调查" in page(caseworker, case)
    act(caseworker, f"{case}visit/", **VISIT, papers=papers_of(caseworker, f"{case}visit/"))
    step("reviewer", case, "review", "propose_grant")
    row = the_case()
    preview = page(caseworker, f"/desk/notices/case/{row.id}/")
    assert "单**" in preview
    act(caseworker, f"/desk/notices/case/{row.id}/publish/")
    return case


def the_notice() -> PublicNotice:
    with acting(SYSTEM, moment=START):
        return PublicNotice.objects.get()


def test_from_application_to_letter(household: UUID) -> None:
    case = to_notice(household)
    caseworker, decider = logged_in(f"caseworker.{DESHENG}"), logged_in("decider.MZ")
    notice = f"/desk/notices/{the_notice().id}/"
    assert caseworker.post(f"{notice}close/").status_code == 409
    wind_to(START + timedelta(days=8))
    act(caseworker, f"{notice}close/")
    assert "审批" in page(caseworker, case)  # who must act is said
    assert caseworker.get(f"{case}decide/").status_code == 403
    decision = page(decider, f"{case}decide/")
    assert "先保险" in decision
    assert decider.post(f"{case}decide/", {"outcome": "grant", "amount": "1"}).status_code == 422
    act(decider, f"{case}decide/", outcome="grant", amount="1", reasons="家庭另有民间帮扶，按差额给付",
        papers=papers_of(decider, f"{case}decide/"))  # fmt: skip
    with acting(SYSTEM, moment=START):
        assert Award.objects.get().amount == 100
    letter = page(decider, f"{case}letter/")
    assert "社会救助决定书" in letter
    assert "行政复议" in letter
    for address in (
        case,
        "/desk/cases/?late=on&q=单",
        "/desk/cases/?state=granted",
        "/desk/notices/",
        notice,
    ):
        page(caseworker, address)


def test_a_stale_page_changes_nothing(household: UUID) -> None:
    case = apply(household)
    step("caseworker", case, "accept", "accepted")
    client = logged_in(f"caseworker.{DESHENG}")
    answer = client.post(f"{case}step/", {"step": "accept", "outcome": "refused", "reasons": "不符合"})
    assert answer.status_code == 302
    assert the_case().step == "check"


def test_a_form_without_papers_comes_back_and_names_them(household: UUID) -> None:
    caseworker = logged_in(f"caseworker.{DESHENG}")
    answer = caseworker.post(f"/desk/cases/new/{household}/ZK01/", {"statement": "收入低"})
    assert answer.status_code == 422
    assert "缺少材料" in answer.content.decode()


def test_the_public_objects_and_the_street_answers(household: UUID) -> None:
    to_notice(household)
    public, head = Client(), logged_in(f"sub_district_head.{DESHENG}")
    notice = f"/notices/{the_notice().id}/"
    assert public.post(notice, {"text": "短"}).status_code == 422
    act(public, notice, text="这户人家有一辆汽车没有申报", objector="李四", contact="19900000001")
    act(public, notice, text="机器填写的内容，应当丢弃", website="http://example.test")
    assert "已收到" in page(public, f"{notice}thanks/")
    assert "李四" not in page(public, notice) + page(public, "/notices/")
    with acting(SYSTEM, moment=START):
        (objection,) = Objection.objects.all()
    assert "待答复" in page(head, "/desk/notices/objections/")
    assert "李四" in page(head, f"/desk/notices/objections/{objection.id}/")
    act(head, f"/desk/notices/objections/{objection.id}/", upheld="yes", answer="经核实，确有车辆未申报")
    assert the_case().step == "appraisal"
    assert public.get(notice).status_code == 404


def test_withdrawing_takes_the_notice_off_the_public_page(household: UUID) -> None:
    case = to_notice(household)
    assert "单**" in page(Client(), f"/notices/?place={DESHENG}")
    act(logged_in(f"caseworker.{DESHENG}"), f"{case}withdraw/", reason="已就业")
    assert "单**" not in page(Client(), "/notices/")


def test_an_officer_elsewhere_sees_public_pages_as_the_public_does(household: UUID) -> None:
    to_notice(household)
    assert "单**" in page(logged_in(f"caseworker.{SHICHAHAI}"), "/notices/")


def public_addresses(client: Client) -> Iterator[str]:
    """Every address of this site that can be reached from the home page without logging in."""
    import re

    seen, waiting = set(), ["/"]
    while waiting:
        address = waiting.pop()
        if address in seen or address.startswith(
            ("/static/", "/login", "/language", "/reading", "/desk/", "/api/")
        ):
            continue
        seen.add(address)
        yield address
        waiting += [
            found.replace("&amp;", "&") for found in re.findall(r'href="(/[^"#]*)"', page(client, address))
        ]


def test_the_whole_public_site_holds_no_private_datum(household: UUID) -> None:
    to_notice(household)
    newcomer = a_newcomer(1, names=NAMES)
    private = [
        *NAMES,
        newcomer.address,
        newcomer.phone,
        newcomer.number,
        the_case().number,
        str(household),
        "小满",
    ]
    private += [member.id_number.text for member in newcomer.members]
    private += [member.id_number.last_four for member in newcomer.members]
    private += ["收入低，孩子上学", "情况属实"]
    client = Client()
    visited = list(public_addresses(client))
    assert len(visited) >= 15 + 11 + 3
    for address in visited:
        text = page(client, address)
        assert [datum for datum in private if datum in text] == [], address


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_public_pages_open_in_both_languages(household: UUID, language: str) -> None:
    client = Client()
    client.cookies["language"] = language
    for address in ("/", "/standards/", "/notices/", "/programmes/ZK/", "/programmes/CS/"):
        page(client, address)
