"""Who sees which money: the treasury and its overseers all, a sub-district and an agency only what their households got."""

from datetime import date

import pytest

from jishiyu.foundations.outcomes import CannotBecause, NotFound, NotYours
from jishiyu.funds.models import Deposit, Payment
from jishiyu.funds.operations import open_run, pay, plan, receive_deposit, reverse_deposit
from jishiyu.funds.queries import (
    balances,
    due,
    money_of_household,
    payments,
    purses,
    run_totals,
    runs,
    trace_deposit,
    trace_payment,
)
from jishiyu.offices.operations import acting
from jishiyu.offices.rules import PUBLIC, SYSTEM
from tests.conftest import NOON
from tests.fixtures import SHICHAHAI, a_post
from tests.rooms.funds.an_award import an_award

pytestmark = pytest.mark.django_db
NOVEMBER = date(2026, 11, 1)


@pytest.fixture
def paid(treasury):
    """Two awards in Desheng and Shichahai, the second of an agency of its own, paid from one deposit and one gift."""
    with acting(SYSTEM, moment=NOON):
        treasury.here = an_award(1, government=30_000, charity=5_000)
        treasury.there = an_award(2, government=40_000, area=SHICHAHAI, agency="CS")
    with acting(treasury.finance, moment=NOON):
        treasury.deposit = treasury.gets("upper_level", 100_000)
        treasury.gift = treasury.gets("donation", 20_000)
        treasury.run = open_run(month=NOVEMBER, actor=treasury.finance, moment=NOON)
        pay(
            treasury.run, plan(due(treasury.finance, NOVEMBER), purses()), actor=treasury.finance, moment=NOON
        )
    return treasury


def test_a_deposit_is_traced_to_every_household_by_the_treasury(paid):
    for post in (paid.finance, a_post("office"), a_post("auditor")):
        with acting(post, moment=NOON):
            trace = trace_deposit(paid.deposit.id, post)
            assert [part.amount for part in trace.parts] == [30_000, 40_000]
            assert (trace.left, trace.elsewhere, trace.households) == (30_000, 0, 2)
            assert len(payments(post)) == 3
            assert {line.amount for line in run_totals(paid.run.id, post)} == {70_000, 5_000}


def test_an_agency_sees_its_own_part_and_the_rest_as_one_sum(paid):
    decider = a_post("decider", agency="CS")
    with acting(decider, moment=NOON):
        trace = trace_deposit(paid.deposit.id, decider)
        assert [part.amount for part in trace.parts] == [40_000]
        assert (trace.left, trace.elsewhere) == (30_000, 30_000)


def test_a_sub_district_sees_what_its_households_got_and_no_deposit(paid):
    caseworker = a_post("caseworker")
    with acting(caseworker, moment=NOON):
        assert {row.household_id for row in payments(caseworker)} == {paid.here.household_id}
        assert Payment.objects.count() == 2  # a forgotten filter shows no more
        assert Deposit.objects.count() == 0
        lines = money_of_household(paid.here.household_id)
        assert {(line.fund, line.amount, str(line.sources[0][0])) for line in lines} == {
            ("government", 30_000, "市级困难群众救助补助"),
            ("charity", 5_000, "慈善协会募集"),
        }
        assert money_of_household(paid.there.household_id) == []
        assert [part.amount for part in trace_payment(lines[0].id, caseworker).parts] == [lines[0].amount]
        with pytest.raises(NotFound):
            trace_deposit(paid.deposit.id, caseworker)
        assert [row.count for row in runs()] == [2]


def test_another_s_payment_is_not_found(paid):
    caseworker = a_post("caseworker", area=SHICHAHAI)
    with acting(paid.finance, moment=NOON):
        mine = Payment.objects.filter(household_id=paid.here.household_id).first()
    with acting(caseworker, moment=NOON), pytest.raises(NotFound):
        trace_payment(mine.id, caseworker)


def test_the_public_sees_nothing(paid):
    with acting(PUBLIC, moment=NOON):
        assert Payment.objects.count() == 0
        assert runs().count() == 0
        assert all(one.received == 0 and not one.sources for one in balances())


@pytest.mark.parametrize("role", ["caseworker", "reviewer", "decider", "office", "auditor"])
def test_only_the_treasury_moves_money(treasury, role):
    post = a_post(role)
    with acting(post, moment=NOON), pytest.raises(NotYours):
        receive_deposit(
            source_id=treasury.sources["government"].id,
            amount=1,
            received_on=NOVEMBER,
            document_no="x",
            actor=post,
            moment=NOON,
        )


def test_a_deposit_needs_its_document_once_and_a_day_that_has_come(treasury):
    source = treasury.sources["government"].id
    told = {"source_id": source, "amount": 100, "actor": treasury.finance, "moment": NOON}
    with acting(treasury.finance, moment=NOON):
        receive_deposit(received_on=NOVEMBER, document_no="京财〔2026〕1号", **told)
        for wrong, code in (
            ({"received_on": NOVEMBER, "document_no": " 京财〔2026〕1号 "}, "funds.document_known"),
            ({"received_on": date(2026, 12, 1), "document_no": "2"}, "funds.in_future"),
            ({"received_on": NOVEMBER, "document_no": " "}, "funds.no_document"),
            ({"received_on": NOVEMBER, "document_no": "3", "amount": 0}, "funds.not_positive"),
        ):
            with pytest.raises(CannotBecause) as refused:
                receive_deposit(**(told | wrong))
            assert refused.value.code == code


def test_a_deposit_is_taken_back_only_while_whole(paid):
    with acting(paid.finance, moment=NOON):
        with pytest.raises(CannotBecause, match="in_use"):
            reverse_deposit(paid.deposit.id, reason="重复登记的款项", actor=paid.finance, moment=NOON)
        fresh = paid.gets("government", 7_000)
        reverse_deposit(fresh.id, reason="重复登记的款项", actor=paid.finance, moment=NOON)
        with pytest.raises(CannotBecause, match="in_use"):
            reverse_deposit(fresh.id, reason="重复登记的款项", actor=paid.finance, moment=NOON)
        assert {one.kind: one.received for one in balances()}["government"] == 0
        assert trace_deposit(fresh.id, paid.finance).taken_back == 7_000
