"""Indices of inequality and poverty against published examples and their own laws.

World Bank: Haughton and Khandker, *Handbook on Poverty and Inequality* (2009), chapters 4 and 6, recalled.
"""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jishiyu.foundations.outcomes import CannotBecause
from jishiyu.programmes.rules.inequality import fgt, gini, poverty, sen, shares, theil

INCOMES = st.lists(st.integers(0, 10_000_000), min_size=1, max_size=30).filter(any)


def test_headcounts_of_the_handbook() -> None:
    # Table 4.1: countries A (100, 100, 150, 150) and B (124, 124, 150, 150), line 125: half are poor in both.
    assert fgt([100, 100, 150, 150], 125, 0) == fgt([124, 124, 150, 150], 125, 0) == 0.5


def test_the_gap_of_the_handbook() -> None:
    # Country C (100, 110, 150, 160), line 125: gaps 25 and 15, that is 0.20 and 0.12 of the line; the index is 0.08.
    found = poverty([100, 110, 150, 160], 125)
    assert found.gap == pytest.approx(0.08)
    assert found.severity == pytest.approx((0.20**2 + 0.12**2) / 4)
    assert found.shortfall == 40
    assert found.mean_gap == pytest.approx(0.16)


def test_a_transfer_among_the_poor_is_seen_by_the_square_only() -> None:
    even, uneven = poverty([99, 101, 150, 150], 125), poverty([79, 121, 150, 150], 125)
    assert even.headcount == uneven.headcount
    assert even.gap == uneven.gap
    assert even.severity < uneven.severity
    assert fgt([79, 121, 150, 150], 125, 3) > fgt([99, 101, 150, 150], 125, 3)


def test_who_has_just_the_line_is_not_poor() -> None:
    assert poverty([125], 125).headcount == 0
    assert poverty([124.99], 125).headcount == 1


def test_gini_of_textbooks() -> None:
    assert gini([1, 2, 3, 4, 5]) == pytest.approx(4 / 15)
    assert gini([7, 7, 7]) == pytest.approx(0)
    assert gini([0, 0, 0, 9]) == pytest.approx(3 / 4)  # one has everything: (n − 1) / n
    assert gini([2, 4, 6, 8, 10]) == pytest.approx(gini([1, 2, 3, 4, 5]))


def test_shares_of_fifths() -> None:
    assert shares([1, 2, 3, 4, 10]) == pytest.approx((0.05, 0.10, 0.15, 0.20, 0.50))
    assert shares([1, 3], parts=2) == pytest.approx((0.25, 0.75))
    assert shares([5], parts=5) == pytest.approx((0.2,) * 5)  # one person is split on the borders


def test_sen_for_equal_poor_is_the_gap() -> None:
    assert sen([100, 100, 150, 150], 125) == pytest.approx(poverty([100, 100, 150, 150], 125).gap)
    assert sen([150, 160], 125) == 0
    assert sen([80, 120, 150, 150], 125) > poverty([80, 120, 150, 150], 125).gap


def test_theil() -> None:
    assert theil([3, 3, 3]) == pytest.approx(0)
    assert theil([0, 0, 0, 9]) == pytest.approx(1.3862943611)  # ln 4


@given(INCOMES, st.integers(1, 9))
def test_scale_and_replication_change_nothing(incomes: list[int], times: int) -> None:
    assert gini([one * times for one in incomes]) == pytest.approx(gini(incomes), abs=1e-9)
    assert gini(incomes, [times] * len(incomes)) == pytest.approx(gini(incomes), abs=1e-9)
    assert gini(incomes * times) == pytest.approx(gini(incomes), abs=1e-9)


@given(INCOMES)
def test_gini_is_half_the_mean_difference(incomes: list[int]) -> None:
    n, mean = len(incomes), sum(incomes) / len(incomes)
    pairs = sum(abs(one - other) for one in incomes for other in incomes)
    assert gini(incomes) == pytest.approx(pairs / (2 * n * n * mean), abs=1e-9)


@given(INCOMES)
def test_shares_rise_and_sum_to_one(incomes: list[int]) -> None:
    found = shares(incomes)
    assert sum(found) == pytest.approx(1)
    assert all(one <= other + 1e-9 for one, other in itertools.pairwise(found))


@given(INCOMES, st.integers(1, 5_000_000))
def test_indices_stay_in_order(incomes: list[int], line: int) -> None:
    found = poverty(incomes, line)
    assert 0 <= found.severity <= found.gap + 1e-12 <= found.headcount + 2e-12 <= 1 + 3e-12


@pytest.mark.parametrize(
    ("ask", "code"),
    [
        (lambda: gini([]), "inequality.nobody"),
        (lambda: gini([1, 2], [1]), "inequality.nobody"),
        (lambda: gini([0, 0]), "inequality.nothing"),
        (lambda: gini([-1, 5]), "inequality.negative"),
        (lambda: shares([0]), "inequality.nothing"),
        (lambda: theil([0]), "inequality.nothing"),
        (lambda: poverty([1], 0), "inequality.no_line"),
    ],
)
def test_what_cannot_be_told_is_refused(ask: object, code: str) -> None:
    with pytest.raises(CannotBecause) as refused:
        ask()  # type: ignore[operator]
    assert refused.value.code == code
