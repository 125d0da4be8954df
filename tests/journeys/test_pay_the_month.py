"""The month is paid from named deposits, whole or not at all, and only once however often it is tried."""

from datetime import date, datetime

import pytest
from django.db import connection

from jishiyu.foundations.clock import SHANGHAI
from jishiyu.foundations.outcomes import CannotBecause, NotYours, sentence
from jishiyu.funds.operations import name_source, receive_deposit, reverse_payment
from jishiyu.funds.queries import balances, money_of_household, payments, runs
from jishiyu.journeys.pay_the_month import pay_the_month, preview_the_month
from jishiyu.offices.operations import acting
from jishiyu.offices.rules import SYSTEM
from tests.conftest import NOON
from tests.fixtures import a_post, open_offices
from tests.rooms.funds.an_award import an_award

pytestmark = pytest.mark.django_db
NOVEMBER, DECEMBER = date(2026, 11, 1), date(2026, 12, 1)
LATER = datetime(2026, 12, 10, 9, 0, tzinfo=SHANGHAI)


@pytest.fixture
def finance():
    """A treasury with one source of each kind, and three awards: monthly, single with charity, and one that ends."""
    post = a_post("finance")
    with acting(SYSTEM, moment=NOON):
        open_offices()
        an_award(1, government=80_000)
        an_award(2, item="ZY01", government=200_000, charity=50_000, insurance=90_000, frequency="per_case")
        an_award(3, government=60_000, last=NOVEMBER)
        for kind in ("upper_level", "government", "donation"):
            name_source(kind=kind, name=sentence(kind, kind), actor=SYSTEM)
    return post


def gives(post, kind: str, amount: int, number: str = "1") -> None:
    source = name_source(kind=kind, name=sentence(kind, kind), actor=post)
    receive_deposit(
        source_id=source.id, amount=amount, received_on=NOVEMBER, document_no=number, actor=post, moment=NOON
    )


def checked() -> None:
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute("set constraints all deferred")


def test_the_month_is_paid_and_paid_again_finds_nothing(finance):
    told = []
    with acting(finance, moment=NOON):
        gives(finance, "upper_level", 300_000)
        gives(finance, "government", 100_000)
        gives(finance, "donation", 60_000)
        before = preview_the_month(NOVEMBER, actor=finance)
        assert (len(before.dues), before.households, before.amount, before.lacks) == (4, 3, 390_000, ())
        paid = pay_the_month(
            NOVEMBER, actor=finance, moment=NOON, progress=lambda done, of: told.append((done, of))
        )
        checked()
        assert (paid.payments, paid.households, paid.amount) == (4, 3, 390_000)
        assert told == [(4, 4)]
        assert {one.kind: one.left for one in balances()} == {
            "upper_level": 0,
            "government": 60_000,
            "donation": 10_000,
        }
        for _ in range(2):
            assert pay_the_month(NOVEMBER, actor=finance, moment=NOON).payments == 0
        assert runs().count() == 1


def test_the_next_month_pays_what_recurs_and_nothing_else(finance):
    with acting(finance, moment=NOON):
        gives(finance, "government", 1_000_000)
        gives(finance, "donation", 1_000_000)
        pay_the_month(NOVEMBER, actor=finance, moment=NOON)
    with acting(finance, moment=LATER):
        paid = pay_the_month(DECEMBER, actor=finance, moment=LATER)
        assert (paid.payments, paid.amount) == (1, 80_000)


def test_money_short_of_one_kind_stops_the_whole_run_and_says_what_is_missing(finance):
    with acting(finance, moment=NOON):
        gives(finance, "government", 1_000_000)
        gives(finance, "donation", 49_999)
        with pytest.raises(CannotBecause) as refused:
            pay_the_month(NOVEMBER, actor=finance, moment=NOON)
        assert refused.value.code == "funds.not_enough"
        assert "0.01" in refused.value.reason.say("zh")
        assert "Charity" in refused.value.reason.say("en")
        assert (payments(finance).count(), runs().count()) == (0, 0)
        (lack,) = preview_the_month(NOVEMBER, actor=finance).lacks
        assert (lack.programme, lack.fund, lack.amount, lack.payments) == ("ZY", "charity", 1, 1)


def test_public_money_does_not_stand_in_for_gifts(finance):
    with acting(finance, moment=NOON):
        gives(finance, "upper_level", 10_000_000)
        with pytest.raises(CannotBecause, match="not_enough"):
            pay_the_month(NOVEMBER, actor=finance, moment=NOON)


def test_a_month_that_has_not_begun_is_not_paid(finance):
    with acting(finance, moment=NOON), pytest.raises(CannotBecause, match="month_not_begun"):
        pay_the_month(DECEMBER, actor=finance, moment=NOON)


@pytest.mark.parametrize("role", ["office", "auditor", "decider", "caseworker"])
def test_only_finance_pays(finance, role):
    post = a_post(role)
    with acting(post, moment=NOON), pytest.raises(NotYours):
        pay_the_month(NOVEMBER, actor=post, moment=NOON)


def test_a_payment_that_came_back_is_due_again(finance):
    with acting(finance, moment=NOON):
        gives(finance, "government", 1_000_000)
        gives(finance, "donation", 1_000_000)
        pay_the_month(NOVEMBER, actor=finance, moment=NOON)
        first = payments(finance).filter(programme="ZK").first()
        reverse_payment(first.id, reason="银行退回：账户已销户", actor=finance, moment=NOON)
        again = pay_the_month(NOVEMBER, actor=finance, moment=NOON)
        checked()
        assert (again.payments, again.amount) == (1, first.amount)
        lines = money_of_household(first.household_id)
        assert sorted(line.amount for line in lines) == sorted([first.amount, -first.amount, first.amount])
        assert sum(line.amount for line in lines) == first.amount


def test_a_case_that_waits_for_payment_goes_on(finance):
    with acting(SYSTEM, moment=NOON):
        waiting = an_award(4, item="ZK01", step="pay")
    with acting(finance, moment=NOON):
        gives(finance, "government", 1_000_000)
        gives(finance, "donation", 1_000_000)
        pay_the_month(NOVEMBER, actor=finance, moment=NOON)
        waiting.case.refresh_from_db()
        assert waiting.case.step != "pay"
