"""Late insurance, recoveries and waiting needs as the posts see and settle them, without a browser."""

import re
from pathlib import Path
from uuid import UUID

import pytest
from django.test import Client

from jishiyu.cases import queries as case_queries
from jishiyu.foundations.clock import wind_to
from jishiyu.offices.operations import acting
from jishiyu.offices.rules import SYSTEM
from tests.fixtures import DESHENG, engage_all, open_offices
from tests.journeys.aided import BEGUN, Aided
from tests.journeys.logged_in import logged_in

pytestmark = pytest.mark.django_db
RECOVERIES = "/desk/cases/recoveries/"


@pytest.fixture
def aided(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Aided:
    monkeypatch.setenv("JISHIYU_CLOCK_FILE", str(tmp_path / "clock"))
    with acting(SYSTEM, moment=BEGUN):
        open_offices()
        engage_all(BEGUN.date())
    return Aided()


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return re.sub(r"\s+", " ", answer.content.decode())


def test_from_the_late_payment_to_the_refund(aided: Aided) -> None:
    aided.money("donation", 50_000)
    aided.money("government", 100_000, number="2")
    hospital, charity = aided.grant("ZY03"), aided.grant("CS01")
    aided.pay()
    wind_to(aided.now)
    with acting(SYSTEM, moment=aided.now):
        (bill,) = case_queries.bills_now(hospital.id)
    street, decider, finance = (
        logged_in(name) for name in (f"caseworker.{DESHENG}", "decider.CS", "finance")
    )
    case = f"/desk/cases/{hospital.case_id}/"
    late = f"{case}late/{hospital.id}/"
    assert late in text(street, case)
    assert "现行的救助衔接链" in text(street, late)
    told = {
        "bill": bill.bill, "kind": "commercial_insurance", "amount": "20000", "insurer": "某保险公司",
        "paid_on": f"{aided.now:%Y-%m-%d}", "document_no": "LP-1",
    }  # fmt: skip
    wrong = street.post(late, told | {"amount": "0", "do": "preview"})
    assert wrong.status_code == 422
    shown = street.post(late, told | {"do": "preview"}).content.decode()
    assert "应退还政府救助：16,000.00元" in shown
    assert "应退还慈善救助：2,000.00元" in shown
    assert not list(_claims(aided)), "looking changes nothing"
    assert street.post(late, told | {"do": "record"}).status_code == 302
    assert "已按后到账的理赔修订" in text(street, case)
    assert street.post(late, told | {"do": "record"}).status_code == 422, (
        "the same document is not recorded twice"
    )

    theirs = next(one for one in _claims(aided) if one == _claim_of(aided, charity.id))
    assert "确认退还" not in text(finance, RECOVERIES)
    assert "确认退还" in text(decider, RECOVERIES)
    assert finance.post(f"{RECOVERIES}{theirs}/", {"do": "confirm"}).status_code == 403
    assert decider.post(f"{RECOVERIES}{theirs}/", {"do": "confirm"}).status_code == 302
    assert "登记退还" in text(finance, f"{RECOVERIES}?state=open")
    assert finance.post(f"{RECOVERIES}{theirs}/", {"do": "settle", "document_no": "T-1"}).status_code == 302
    assert "T-1" in text(finance, f"{RECOVERIES}?state=paid")
    ours = next(one for one in _claims(aided) if one != theirs)
    answer = decider.post(f"{RECOVERIES}{ours}/", {"do": "waive", "reason": "与本单位无关"})
    assert answer.status_code == 404, "another agency's recovery is not there"
    household = text(street, f"/desk/households/{aided.household}/")
    assert "某保险公司" in household
    assert "待确认" in household


def _claims(aided: Aided) -> list[UUID]:
    with acting(SYSTEM, moment=aided.now):
        return [one.id for one in case_queries.recoveries(SYSTEM)]


def _claim_of(aided: Aided, award: UUID) -> UUID:
    with acting(SYSTEM, moment=aided.now):
        return next(one.id for one in case_queries.recoveries(SYSTEM) if one.award_id == award)


def test_charity_short_of_money_on_screen(aided: Aided) -> None:
    aided.money("donation", 3_000)
    case_id = aided.apply("CS01")
    wind_to(aided.now)
    decider, office = logged_in("decider.CS"), logged_in("office")
    address = f"/desk/cases/{case_id}/decide/"
    page = text(decider, address)
    assert "可用资金只允许3,000.00元" in page
    papers = re.findall(r'name="papers" value="([a-z0-9_]+)"', page)
    told = {"outcome": "grant", "amount": "3000", "papers": papers, "reasons": "", "remarks": ""}
    more = decider.post(address, told | {"amount": "3000.01"})
    assert more.status_code == 422
    assert "最多可批准3,000.00元" in more.content.decode()
    done = decider.post(address, told)
    assert done.status_code == 302, done.content.decode()[-3000:]
    assert "尚缺6,000.00元" in text(decider, f"/desk/cases/{case_id}/")
    assert "6,000.00" in text(office, RECOVERIES)
    with acting(SYSTEM, moment=aided.now):
        (need,) = case_queries.waiting_needs(SYSTEM)
    assert office.post(f"/desk/cases/waiting/{need.id}/", {"reason": "短"}).status_code == 302
    assert "6,000.00" in text(office, RECOVERIES), "a reason is asked for"
    assert office.post(f"/desk/cases/waiting/{need.id}/", {"reason": "另行募集已解决"}).status_code == 302
    assert "没有等待的需要" in text(office, RECOVERIES)
