"""Each of the eleven programmes from the application to what was granted, through the staff's pages; and every kind of ending."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from django.db import connection

from jishiyu.cases.models import Measure
from jishiyu.foundations.clock import wind_to
from jishiyu.funds.models import Payment
from jishiyu.journal.queries import find_faults
from jishiyu.offices.operations import acting
from jishiyu.offices.rules import SYSTEM
from jishiyu.registry.operations import store_households
from jishiyu.registry.rules.newcomers import NewHousehold
from tests.fixtures import DESHENG, a_newcomer, engage_all, open_offices
from tests.journeys.claims import START, Claim, act, page, seat_agency
from tests.journeys.logged_in import logged_in

pytestmark = pytest.mark.django_db
AGENCIES = ("JW", "SF", "RS", "FG", "FD", "CL", "YB", "YJ")


@pytest.fixture
def household(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[UUID]:
    """A household in Desheng with bills, an illness, a disability and a child, and log-ins of every post that its cases meet."""
    monkeypatch.setenv("JISHIYU_CLOCK_FILE", str(tmp_path / "clock"))
    wind_to(START)
    newcomer = a_household_in_need()
    with acting(SYSTEM, moment=START):
        open_offices()
        engage_all(date(2020, 1, 1))
        seat_agency(*AGENCIES)
        store_households([newcomer], recorded_by="system", moment=START)
    yield UUID(newcomer.household_id)
    with acting(SYSTEM, moment=START):
        assert list(find_faults()) == []  # the journal's chain holds through the whole journey


def a_household_in_need() -> NewHousehold:
    """A mother, seriously ill and disabled, with a child at school, hit by an event this spring."""
    newcomer = a_newcomer(1, bills=[(20_000_000, 8_000_000)])
    told = newcomer.situation
    assert told is not None
    head, child = told.members
    head = replace(
        head,
        illness="serious",
        disability_category=4,
        disability_grade=1,
        work_capacity="none",
        wage_income=0,
    )
    bills = tuple(replace(bill, settled_on=date(2024, 3, 1)) for bill in told.bills)
    told = replace(
        told,
        as_of=date(2024, 6, 1),
        members=(head, child),
        bills=bills,
        event="home_lost",
        event_on=date(2024, 5, 20),
    )
    return replace(newcomer, situation=told, registered_on=date(2024, 6, 1))


# One item of each programme; how it ends when it is granted, and the kind of delivery where it is not paid.
PAID = ("ZK01", "ZY03", "ZL02", "ZC02", "CS01", "ZX01")
DELIVERED = {"ZK03": "status", "JY01": "job", "ZF02": "dwelling", "JZ02": "goods", "FL02": "legal", "XL01": "comfort"}  # fmt: skip


@pytest.mark.clause("C6", "C7", "C8", "C9", "C10", "C11", "C17")
@pytest.mark.parametrize("item", PAID)
def test_granted_and_paid(household: UUID, item: str) -> None:
    claim = Claim(household, item, told={"amount": "300", "need": "500"})
    claim.apply()
    claim.walk("pay")
    award = claim.award()
    assert (award.form, award.amount) == ("cash", 30_000)
    claim.pay()
    with acting(SYSTEM, moment=START):
        assert Payment.objects.get(award=award).amount == 30_000
    assert claim.case.step in ("recheck", "end")
    officers = {one.split(".")[0] for one in claim.decided_by}
    assert "decider" in officers
    assert len(officers) >= 2  # who enquires and who decides are different people


@pytest.mark.clause("C9", "C10", "C11", "C12", "C13", "C14", "C15", "C16")
@pytest.mark.parametrize(("item", "kind"), DELIVERED.items())
def test_granted_and_delivered(household: UUID, item: str, kind: str) -> None:
    claim = Claim(household, item)
    claim.apply()
    claim.walk("deliver")
    assert claim.award().form != "cash"
    step = claim.step()
    assert step is not None
    claim.kind = kind
    claim.take(step, "delivered")
    delivery = claim.delivery()
    assert (delivery.kind, delivery.state) == (kind, "delivered")
    assert claim.case.step in ("recheck", "end")
    shown = page(logged_in(f"reviewer.{DESHENG}"), claim.address)
    assert "已经办妥" in shown
    assert "很满意" in shown
    with acting(SYSTEM, moment=START), connection.cursor() as cursor:
        cursor.execute("select count(*) from funds_payment")
        assert cursor.fetchone() == (0,)  # what is delivered is not paid


@pytest.mark.clause("C6")
def test_refused_with_reasons(household: UUID) -> None:
    claim = Claim(household, "ZF04")
    claim.apply()
    claim.walk(decide="refuse")
    assert claim.case.state == "refused"
    assert "经核查不符合条件" in page(logged_in(f"caseworker.{DESHENG}"), claim.address)
    assert "不" in page(logged_in(f"caseworker.{DESHENG}"), f"{claim.address}letter/")


@pytest.mark.clause("C6")
def test_not_accepted(household: UUID) -> None:
    claim = Claim(household, "JY01")
    claim.apply()
    claim.walk(accept="refused")
    assert claim.case.state == "refused"
    assert claim.case.accepted_on is None


def test_withdrawn(household: UUID) -> None:
    claim = Claim(household, "FL02")
    claim.apply()
    claim.walk("review")
    act(logged_in(f"caseworker.{DESHENG}"), f"{claim.address}withdraw/", reason="纠纷已经和解")
    assert claim.case.state == "withdrawn"


def test_ended_after_it_was_paid(household: UUID) -> None:
    claim = Claim(household, "ZL02", told={"amount": "300", "need": "500"})
    claim.apply()
    claim.walk("recheck")
    told = {"kind": "stop", "first": "2024-08-01", "amount": "", "reasons": "申请人已去世", "do": "propose"}
    act(logged_in(f"caseworker.{DESHENG}"), f"/desk/afterwards/awards/{claim.award().id}/measure/", **told)
    with acting(SYSTEM, moment=START):
        measure = Measure.objects.get(case=claim.case)
    act(logged_in("decider.MZ"), f"/desk/afterwards/measures/{measure.id}/", do="confirm")
    assert claim.case.state == "ended"
    assert claim.award().last_month == date(2024, 7, 1)


def test_granted_and_not_delivered(household: UUID) -> None:
    claim = Claim(household, "ZC06")
    claim.apply()
    claim.walk("deliver")
    step = claim.step()
    assert step is not None
    claim.take(step, "not_delivered")
    assert claim.case.state == "ended"
    assert "联系不上" in page(logged_in("agency_officer.CL"), claim.address)
