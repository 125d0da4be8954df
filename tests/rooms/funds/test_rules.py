"""The rules of money: parts sum to the payment, no purse is overdrawn, the kinds stay apart, months come once."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jishiyu.funds.rules.allocation import NotEnough, Purse, allocate, spend, usable
from jishiyu.funds.rules.months import pays_for, recurring
from jishiyu.funds.rules.sources import FUNDS, SOURCE_KINDS, fund_of, may_pay

purses = st.lists(
    st.builds(
        Purse,
        deposit=st.uuids().map(str),
        source=st.sampled_from(["a", "b"]),
        kind=st.sampled_from(SOURCE_KINDS),
        purpose=st.sampled_from(["", "ZY", "ZK"]),
        received_on=st.dates(date(2020, 1, 1), date(2026, 12, 31)),
        left=st.integers(0, 10**12),
    ),
    max_size=12,
    unique_by=lambda one: one.deposit,
)


@given(purses, st.integers(1, 10**13), st.sampled_from(FUNDS), st.sampled_from(["ZY", "ZK"]))
def test_parts_sum_to_the_payment_and_no_purse_is_overdrawn(held, amount, fund, programme):
    before = {one.deposit: one for one in held}
    there = sum(one.left for one in usable(held, fund, programme))
    if there < amount:
        with pytest.raises(NotEnough) as refused:
            allocate(amount, held, fund=fund, programme=programme)
        assert (refused.value.there, refused.value.wanted) == (there, amount)
        return
    parts = allocate(amount, held, fund=fund, programme=programme)
    assert sum(part.amount for part in parts) == amount
    for part in parts:
        purse = before[part.deposit]
        assert 0 < part.amount <= purse.left
        assert may_pay(purse.kind, fund)
        assert purse.purpose in ("", programme)
        assert part.source == purse.source
    after = spend(held, parts)
    assert sum(one.left for one in held) - sum(one.left for one in after) == amount
    assert all(one.left >= 0 for one in after)


@given(purses, st.data())
def test_order_of_deposits_handed_in_makes_no_difference(held, data):
    there = sum(one.left for one in usable(held, "government", "ZY"))
    if not there:
        return
    amount = data.draw(st.integers(1, there))
    shuffled = data.draw(st.permutations(held))
    assert allocate(amount, held, fund="government", programme="ZY") == allocate(
        amount, shuffled, fund="government", programme="ZY"
    )


def _purse(name, kind="government", purpose="", day=1, left=100):
    return Purse(name, name, kind, purpose, date(2026, 1, day), left)


def test_money_given_for_the_programme_goes_first_then_the_older():
    held = [_purse("free-old", day=1), _purse("for-ZY", purpose="ZY", day=9), _purse("free-new", day=5)]
    parts = allocate(250, held, fund="government", programme="ZY")
    assert [(part.deposit, part.amount) for part in parts] == [
        ("for-ZY", 100),
        ("free-old", 100),
        ("free-new", 50),
    ]


def test_of_one_day_upper_level_money_goes_first():
    held = [_purse("a", kind="government"), _purse("b", kind="upper_level")]
    assert [part.deposit for part in allocate(150, held, fund="government", programme="ZY")] == ["b", "a"]


def test_public_money_never_pays_charity_nor_donations_the_government_line():
    held = [_purse("public"), _purse("upper", kind="upper_level"), _purse("given", kind="donation")]
    assert {p.deposit for p in allocate(200, held, fund="government", programme="ZY")} == {"public", "upper"}
    assert {p.deposit for p in allocate(100, held, fund="charity", programme="ZY")} == {"given"}
    with pytest.raises(NotEnough) as refused:
        allocate(101, held, fund="charity", programme="ZY")
    assert refused.value.there == 100
    assert "1.01" in refused.value.reason.say("zh")
    assert {fund_of(kind) for kind in SOURCE_KINDS} == set(FUNDS)


def test_money_for_one_programme_does_not_pay_another():
    with pytest.raises(NotEnough):
        allocate(1, [_purse("for-ZK", purpose="ZK")], fund="government", programme="ZY")


@pytest.mark.parametrize("amount", [0, -1])
def test_a_payment_is_more_than_nothing(amount):
    with pytest.raises(ValueError, match="more than nothing"):
        allocate(amount, [_purse("a")], fund="government", programme="ZY")


@pytest.mark.parametrize(
    ("frequency", "month", "due"),
    [
        ("monthly", date(2026, 9, 1), None),
        ("monthly", date(2026, 10, 1), date(2026, 10, 1)),
        ("monthly", date(2027, 9, 30), date(2027, 9, 1)),
        ("monthly", date(2027, 10, 1), None),
        ("yearly", date(2026, 11, 1), date(2026, 10, 1)),
        ("once", date(2026, 9, 1), None),
        ("once", date(2026, 10, 1), date(2026, 10, 1)),
        ("once", date(2027, 3, 1), date(2026, 10, 1)),
        ("per_event", date(2026, 12, 1), date(2026, 10, 1)),
    ],
)
def test_the_month_that_a_payment_is_for(frequency, month, due):
    assert pays_for(frequency, first=date(2026, 10, 1), last=date(2027, 9, 1), month=month) == due


def test_an_award_that_ended_before_it_began_pays_nothing():
    for frequency in ("monthly", "once"):
        assert (
            pays_for(frequency, first=date(2026, 10, 1), last=date(2026, 9, 1), month=date(2026, 10, 1))
            is None
        )


def test_what_recurs():
    assert recurring("monthly")
    assert not recurring("once")
