"""The ledger's law, broken on purpose with plain SQL as the application's role: the database refuses each time."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from jishiyu.funds.models import Allocation, Balance, Payment
from jishiyu.funds.operations import open_run, pay, plan, reverse_payment
from jishiyu.funds.queries import balances, due, purses
from jishiyu.offices.operations import acting
from jishiyu.offices.rules import SYSTEM
from tests.conftest import NOON
from tests.rooms.funds.an_award import an_award

pytestmark = pytest.mark.django_db
NOVEMBER = date(2026, 11, 1)


def sql(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def check_now() -> None:
    """What is checked at commit, checked now."""
    sql("set constraints all immediate")
    sql("set constraints all deferred")


def new_payment(award: Any, run: UUID, **other: Any) -> UUID:
    """A payment row by plain SQL, as decided unless told otherwise."""
    told = {
        "id": uuid4(), "run_id": run, "award_id": award.id, "household_id": award.household_id,
        "sub_district_id": award.case.sub_district_id, "item": award.item, "programme": award.item[:2], "fund": "government",
        "month": NOVEMBER, "attempt": 1, "amount": 80_000, "paid_on": NOON.date(), "payee": "单**", "because": "",
    } | other  # fmt: skip
    names, marks = ", ".join(told), ", ".join(["%s"] * len(told))
    sql(f"insert into funds_payment ({names}) values ({marks})", *told.values())  # noqa: S608
    return told["id"]


def borne(payment: UUID, deposit: Any, amount: int) -> None:
    sql(
        "insert into funds_allocation (id, payment_id, deposit_id, source_id, amount) values (%s, %s, %s, %s, %s)",
        uuid4(), payment, deposit.id, deposit.source_id, amount,
    )  # fmt: skip


def breaks(why: str, act: Callable[[], object]) -> None:
    """What the act does, or the commit after it, is refused and says why; nothing of it stays."""

    def act_and_commit() -> None:
        with transaction.atomic():
            act()
            sql("set constraints all immediate")

    with pytest.raises(DatabaseError, match=why):
        act_and_commit()
    sql("set constraints all deferred")


@pytest.fixture
def paid(treasury: Any) -> Any:
    """An award of 800 yuan paid from two deposits of 500."""
    with acting(SYSTEM, moment=NOON):
        treasury.award = an_award(1)
    with acting(treasury.finance, moment=NOON):
        treasury.first = treasury.gets("upper_level", 50_000, day=date(2026, 10, 1))
        treasury.second = treasury.gets("government", 50_000)
        treasury.run = open_run(month=NOVEMBER, actor=treasury.finance, moment=NOON)
        planned = plan(due(treasury.finance, NOVEMBER), purses())
        (treasury.payment,) = pay(treasury.run, planned, actor=treasury.finance, moment=NOON)
        check_now()
        yield treasury


def test_a_payment_is_borne_by_its_deposits_to_the_fen(paid):
    parts = {part.deposit_id: part.amount for part in Allocation.objects.all()}
    assert parts == {paid.first.id: 50_000, paid.second.id: 30_000}
    assert {row.deposit_id: row.left for row in Balance.objects.all()} == {
        paid.first.id: 0,
        paid.second.id: 20_000,
    }
    kinds = {one.kind: (one.received, one.paid, one.left) for one in balances()}
    assert kinds == {
        "upper_level": (50_000, 50_000, 0),
        "government": (50_000, 30_000, 20_000),
        "donation": (0, 0, 0),
    }
    assert due(paid.finance, NOVEMBER) == []


@pytest.mark.parametrize(
    "table", ["funds_source", "funds_deposit", "funds_paymentrun", "funds_payment", "funds_allocation"]
)
def test_nothing_is_changed_deleted_or_emptied(paid, table):
    # Row security lets nothing be updated or deleted; what the trigger would say is shown for the owner elsewhere.
    before = Payment.objects.count(), Allocation.objects.count()
    with transaction.atomic():
        sql(f"delete from {table}")  # noqa: S608
    assert (Payment.objects.count(), Allocation.objects.count()) == before
    with pytest.raises(DatabaseError), transaction.atomic():
        sql(f"truncate {table} cascade")


def test_an_amount_cannot_be_changed(paid):
    sql("update funds_payment set amount = 1")
    sql("update funds_deposit set amount = 99999999")
    assert Payment.objects.get().amount == 80_000
    assert balances()[0].received == 50_000


def test_balances_are_nobody_s_to_write(paid):
    breaks("permission denied", lambda: sql('update funds_balance set "left" = 1000000'))
    breaks("permission denied", lambda: sql("delete from funds_balance"))


def test_no_deposit_is_overdrawn(paid):
    with acting(SYSTEM, moment=NOON):
        other = an_award(2)

    def overdraw() -> None:
        borne(new_payment(other, paid.run.id), paid.second, 80_000)

    breaks("funds_never_overdrawn", overdraw)


def test_a_payment_without_its_whole_allocation_is_refused_at_commit(paid):
    with acting(SYSTEM, moment=NOON):
        other = an_award(2)
    breaks("not borne by its deposits", lambda: new_payment(other, paid.run.id))
    breaks("not borne", lambda: borne(new_payment(other, paid.run.id), paid.second, 19_999))


def test_a_fen_more_for_a_payment_already_made_is_refused(paid):
    third = paid.gets("government", 500)
    breaks("not borne", lambda: borne(paid.payment.id, third, 1))


def test_public_money_never_pays_charity_nor_the_other_way(paid):
    with acting(SYSTEM, moment=NOON):
        other = an_award(2, government=10_000, charity=10_000)
    gift = paid.gets("donation", 90_000)
    breaks("may not pay", lambda: borne(new_payment(other, paid.run.id, amount=10_000), gift, 10_000))
    breaks(
        "may not pay",
        lambda: borne(new_payment(other, paid.run.id, amount=10_000, fund="charity"), paid.second, 10_000),
    )


def test_a_restriction_is_kept(paid):
    with acting(SYSTEM, moment=NOON):
        other = an_award(2)
    medical = paid.gets("government", 90_000, purpose="ZY")
    breaks("given for ZY", lambda: borne(new_payment(other, paid.run.id), medical, 80_000))


def test_an_award_is_paid_once_for_a_month_and_only_when_due(paid):
    def again(**other: Any) -> Any:
        return lambda: borne(
            new_payment(paid.award, paid.run.id, **other), paid.gets("government", 80_000), 80_000
        )

    breaks("funds_paid_once", again())
    breaks("before it came back", again(attempt=2))
    breaks("does not cover", again(month=date(2026, 10, 1)))
    breaks("not 70000", again(month=date(2026, 12, 1), amount=70_000))
    breaks("not of its award", again(month=date(2026, 12, 1), programme="ZY"))


def test_a_single_grant_is_paid_for_its_first_month_alone(paid):
    with acting(SYSTEM, moment=NOON):
        once = an_award(2, frequency="once")
    breaks("paid once", lambda: new_payment(once, paid.run.id, month=date(2026, 12, 1)))


def test_a_reversal_mirrors_what_it_reverses(paid):
    old = Payment.objects.get()
    breaks(
        "as a whole",
        lambda: new_payment(paid.award, paid.run.id, amount=-70_000, reverses_id=old.id),
    )

    def other_deposit() -> None:
        borne(new_payment(paid.award, paid.run.id, amount=-80_000, reverses_id=old.id), paid.second, -80_000)

    breaks("not borne", other_deposit)


def test_what_came_back_can_be_paid_again(paid):
    reverse_payment(paid.payment.id, reason="银行退回：账号有误", actor=paid.finance, moment=NOON)
    check_now()
    assert [one.left for one in balances()] == [50_000, 50_000, 0]
    (again,) = due(paid.finance, NOVEMBER)
    assert again.attempt == 2
    pay(paid.run, plan([again], purses()), actor=paid.finance, moment=NOON)
    check_now()
    assert [one.left for one in balances()] == [0, 20_000, 0]
    assert due(paid.finance, NOVEMBER) == []
