"""The chain of aid: insurance, then government, then charity; never above the need, never negative, never out of order."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jishiyu.foundations.money import share
from jishiyu.foundations.outcomes import CannotBecause
from jishiyu.programmes.rules.coordination import (
    ORDER,
    ChainLine,
    Cover,
    Share,
    coordinate,
    covered_by,
    require_closed,
)

kinds = st.sampled_from(ORDER[1:-1])
shares = st.builds(
    Share,
    ratio=st.integers(0, 10_000),
    deductible=st.integers(0, 10**7),
    cap=st.none() | st.integers(0, 10**8),
    used=st.integers(0, 10**8),
    scope=st.none() | st.integers(0, 10**9),
)
covers = st.lists(st.builds(Cover, kind=kinds, offered=st.integers(0, 10**10) | shares), max_size=8)


def amounts(lines: tuple[ChainLine, ...]) -> list[tuple[str, int]]:
    return [(line.kind, line.amount) for line in lines]


@given(st.integers(0, 10**10), covers)
def test_every_chain_is_closed(need: int, given_: list[Cover]) -> None:
    lines = coordinate(need, given_)
    require_closed(lines)
    assert sum(line.amount for line in lines[1:]) == need == lines[0].amount
    assert all(0 <= line.amount <= need for line in lines)
    assert [ORDER.index(line.kind) for line in lines] == sorted(ORDER.index(line.kind) for line in lines)
    assert len(lines) == len(given_) + 2


@given(st.integers(0, 10**10), covers)
def test_the_order_handed_in_does_not_matter_between_kinds(need: int, given_: list[Cover]) -> None:
    one_of_each = list({cover.kind: cover for cover in given_}.values())
    turned = list(reversed(one_of_each))
    assert coordinate(need, one_of_each) == coordinate(need, turned)


@given(st.integers(0, 10**9), covers, st.integers(1, 10**8))
def test_charity_gets_only_what_government_leaves(need: int, given_: list[Cover], asked: int) -> None:
    without = coordinate(need, [one for one in given_ if one.kind != "charity"])
    open_ = without[-1].amount
    with_charity = coordinate(
        need, [*(one for one in given_ if one.kind != "charity"), Cover("charity", asked)]
    )
    assert covered_by(with_charity, "charity") == min(asked, open_)
    assert covered_by(with_charity, "government") == covered_by(without, "government")


def test_a_bill_by_hand() -> None:
    lines = coordinate(
        100_000_00,
        [
            Cover("charity", 9_000_00),
            Cover("government", Share(ratio=8_000, cap=60_000_00, used=0, scope=90_000_00)),
            Cover("basic_insurance", 50_000_00),
        ],
    )
    assert amounts(lines) == [
        ("need", 100_000_00),
        ("basic_insurance", 50_000_00),
        ("government", 32_000_00),
        ("charity", 9_000_00),
        ("uncovered", 9_000_00),
    ]


@given(
    st.integers(0, 10**9),
    st.integers(0, 10**9),
    st.integers(0, 10_000),
    st.integers(0, 10**7),
    st.integers(0, 10**9),
    st.integers(0, 10**9),
)
def test_a_share_against_plain_arithmetic(
    need: int, paid: int, ratio: int, deductible: int, cap: int, used: int
) -> None:
    offered = Share(ratio, deductible, cap, used).of(need, paid)
    assert offered == min(share(max(0, need - paid - deductible), ratio), max(0, cap - used))


def test_two_programmes_for_one_need_the_first_has_the_first_call() -> None:
    lines = coordinate(100, [Cover("government", 80), Cover("government", 80)])
    assert amounts(lines) == [("need", 100), ("government", 80), ("government", 20), ("uncovered", 0)]
    assert lines[2].note is not None, "the second is told that it was cut"


@pytest.mark.parametrize("bad", [Cover("need", 1), Cover("uncovered", 1), Cover("government", -1)])
def test_what_is_no_cover_is_refused(bad: Cover) -> None:
    with pytest.raises(ValueError, match="cover"):
        coordinate(100, [bad])
    with pytest.raises(ValueError, match="negative"):
        coordinate(-1, [])


def test_an_open_chain_is_refused() -> None:
    whole = coordinate(100, [Cover("basic_insurance", 30), Cover("government", 40)])
    for first, second in pairwise(range(len(whole))):
        swapped = list(whole)
        swapped[first], swapped[second] = swapped[second], swapped[first]
        with pytest.raises(CannotBecause, match="chain_open"):
            require_closed(swapped)
    for place in range(len(whole)):
        with pytest.raises(CannotBecause, match="chain_open"):
            require_closed([*whole[:place], *whole[place + 1 :]])
