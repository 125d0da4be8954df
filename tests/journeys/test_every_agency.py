"""Each member unit's duty (C33 to C49), by its own post: a household is referred to it, it takes the application in and sees it through."""

from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from jishiyu.foundations.clock import wind_to
from jishiyu.funds.models import Payment
from jishiyu.offices.operations import acting
from jishiyu.offices.rules import SYSTEM
from jishiyu.registry.operations import store_households
from tests.fixtures import DESHENG, engage_all, open_offices
from tests.journeys.claims import START, Claim, act, page, seat_agency
from tests.journeys.logged_in import logged_in
from tests.journeys.test_eleven_programmes import a_household_in_need

pytestmark = pytest.mark.django_db

# The unit of each duty, an item that its own post runs, and how that ends.
DUTIES = [
    pytest.param("MZ", "ZL05", "visit", marks=pytest.mark.clause("C33"), id="C33-MZ"),
    pytest.param("JW", "ZX05", "waiver", marks=pytest.mark.clause("C34"), id="C34-JW"),
    pytest.param("SF", "FL02", "legal", marks=pytest.mark.clause("C35"), id="C35-SF"),
    pytest.param("RS", "JY05", "course", marks=pytest.mark.clause("C37"), id="C37-RS"),
    pytest.param("WS", "ZY05", "waiver", marks=pytest.mark.clause("C38"), id="C38-WS"),
    pytest.param("JS", "XL02", "comfort", marks=pytest.mark.clause("C39"), id="C39-JS"),
    pytest.param("MQ", "ZK12", "", marks=pytest.mark.clause("C40"), id="C40-MQ"),
    pytest.param("FG", "ZF05", "works", marks=pytest.mark.clause("C41"), id="C41-FG"),
    pytest.param("GH", "ZK11", "", marks=pytest.mark.clause("C42"), id="C42-GH"),
    pytest.param("TW", "XL03", "comfort", marks=pytest.mark.clause("C43"), id="C43-TW"),
    pytest.param("FL", "ZK13", "", marks=pytest.mark.clause("C44"), id="C44-FL"),
    pytest.param("CL", "ZC04", "goods", marks=pytest.mark.clause("C45"), id="C45-CL"),
    pytest.param("HH", "JZ05", "goods", marks=pytest.mark.clause("C46"), id="C46-HH"),
    pytest.param("FD", "ZF04", "waiver", marks=pytest.mark.clause("C47"), id="C47-FD"),
    pytest.param("XF", "ZF04", "waiver", marks=pytest.mark.clause("C47"), id="C47-XF"),
    pytest.param("CS", "CS06", "", marks=pytest.mark.clause("C48"), id="C48-CS"),
]


@pytest.fixture
def household(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> UUID:
    """A household in Desheng that no unit sees yet."""
    monkeypatch.setenv("JISHIYU_CLOCK_FILE", str(tmp_path / "clock"))
    wind_to(START)
    newcomer = a_household_in_need()
    with acting(SYSTEM, moment=START):
        open_offices()
        engage_all(date(2020, 1, 1))
        store_households([newcomer], recorded_by="system", moment=START)
    return UUID(newcomer.household_id)


@pytest.mark.parametrize(("agency", "item", "kind"), DUTIES)
def test_a_units_duty_by_its_own_post(household: UUID, agency: str, item: str, kind: str) -> None:
    other = "HH" if agency != "HH" else "GH"
    with acting(SYSTEM, moment=START):
        seat_agency(*{agency, other} - {"MZ", "CS"})
    officer, stranger = logged_in(f"agency_officer.{agency}"), logged_in(f"agency_officer.{other}")
    file = f"/desk/households/{household}/"
    assert (
        officer.get(file).status_code == 404
    )  # nothing is open to the unit until it has business with the household
    act(
        logged_in(f"caseworker.{DESHENG}"),
        f"/desk/services/refer/{household}/",
        agency=agency,
        why="家庭有此项困难",
    )
    shown = page(officer, file)
    assert a_household_in_need().members[0].id_number.text not in shown
    choice = page(officer, f"/desk/cases/new/{household}/")
    assert item in choice
    assert ("/ZK01/" in choice) == (agency == "MZ")  # only what the unit leads or shares

    claim = Claim(
        household, item, window=f"agency_officer.{agency}", kind=kind, told={"amount": "300", "need": "500"}
    )
    if kind:
        claim.told = {}
    claim.apply()
    claim.walk("deliver" if kind else "pay")
    assert claim.case.lead_agency_id == agency
    assert {f"agency_officer.{agency}", f"decider.{agency}"} <= claim.decided_by
    if kind:
        # Neither the street nor another unit delivers for it.
        for intruder in (logged_in(f"caseworker.{DESHENG}"), stranger):
            told = {"kind": kind, "q_visitors": "甲"}
            assert intruder.post(f"/desk/services/{claim.case.id}/arrange/", told).status_code in (403, 404)
    claim.walk("recheck")
    assert stranger.get(file).status_code == 404
    assert stranger.get(claim.address).status_code == 404
    if kind:
        assert claim.delivery().agency_id == agency
    else:
        with acting(SYSTEM, moment=START):
            assert Payment.objects.get(award=claim.award()).amount == 30_000


@pytest.mark.clause("C36")
def test_the_finance_bureau_brings_in_the_money_and_pays(household: UUID) -> None:
    claim = Claim(household, "ZL02", told={"amount": "300", "need": "500"})
    claim.apply()
    claim.walk("recheck")
    assert "finance" in claim.decided_by
    shown = page(logged_in("finance"), "/desk/funds/")
    assert "来源government" in shown


@pytest.mark.clause("C49")
def test_a_sub_district_visits_its_elders(household: UUID) -> None:
    claim = Claim(household, "ZL06", kind="visit")
    claim.apply()
    claim.walk("recheck")
    delivery = claim.delivery()
    assert (delivery.sub_district_id, delivery.agency_id) == (DESHENG, None)
    # A visit each week goes on after the first: the next one is appointed on the same page.
    address = f"/desk/services/deliveries/{delivery.id}/appoint/"
    act(logged_in(f"caseworker.{DESHENG}"), address, planned_on="2024-07-20", who_goes="测试甲")
    assert "2024-07-20" in page(logged_in(f"caseworker.{DESHENG}"), f"/desk/services/{claim.case.id}/")
