"""The analytic hierarchy process against Saaty's own published matrices, and its properties.

Sources, from the printed works: T. L. Saaty, *The Analytic Hierarchy Process* (McGraw-Hill, 1980), ch. 2 (illumination, wealth of
nations); T. L. Saaty, "How to make a decision: the analytic hierarchy process", EJOR 48 (1990) 9-26 (buying a house).
"""

from fractions import Fraction as Frac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jishiyu.assessment.rules.ahp import SCALE, combine, doubts, in_parts, reciprocal, weigh
from jishiyu.foundations.outcomes import CannotBecause
from tests.fixtures import the_pack

ILLUMINATION_1 = [
    [1, 5, 6, 7],
    [Frac(1, 5), 1, 4, 6],
    [Frac(1, 6), Frac(1, 4), 1, 4],
    [Frac(1, 7), Frac(1, 6), Frac(1, 4), 1],
]
ILLUMINATION_2 = [
    [1, 4, 6, 7],
    [Frac(1, 4), 1, 3, 4],
    [Frac(1, 6), Frac(1, 3), 1, 2],
    [Frac(1, 7), Frac(1, 4), Frac(1, 2), 1],
]
NATIONS = [
    [1, 4, 9, 6, 6, 5, 5],
    [Frac(1, 4), 1, 7, 5, 5, 3, 4],
    [Frac(1, 9), Frac(1, 7), 1, Frac(1, 5), Frac(1, 5), Frac(1, 7), Frac(1, 5)],
    [Frac(1, 6), Frac(1, 5), 5, 1, 1, Frac(1, 3), Frac(1, 3)],
    [Frac(1, 6), Frac(1, 5), 5, 1, 1, Frac(1, 3), Frac(1, 3)],
    [Frac(1, 5), Frac(1, 3), 7, 3, 3, 1, 2],
    [Frac(1, 5), Frac(1, 4), 5, 3, 3, Frac(1, 2), 1],
]
HOUSE = [
    [1, 5, 3, 7, 6, 6, Frac(1, 3), Frac(1, 4)],
    [Frac(1, 5), 1, Frac(1, 3), 5, 3, 3, Frac(1, 5), Frac(1, 7)],
    [Frac(1, 3), 3, 1, 6, 3, 4, 6, Frac(1, 5)],
    [Frac(1, 7), Frac(1, 5), Frac(1, 6), 1, Frac(1, 3), Frac(1, 4), Frac(1, 7), Frac(1, 8)],
    [Frac(1, 6), Frac(1, 3), Frac(1, 3), 3, 1, Frac(1, 2), Frac(1, 5), Frac(1, 6)],
    [Frac(1, 6), Frac(1, 3), Frac(1, 4), 4, 2, 1, Frac(1, 5), Frac(1, 6)],
    [3, 5, Frac(1, 6), 7, 5, 5, 1, Frac(1, 2)],
    [4, 7, 5, 8, 6, 6, 2, 1],
]


@pytest.mark.parametrize(
    ("matrix", "weights", "lambda_max", "ratio"),
    [
        (ILLUMINATION_1, (0.61, 0.24, 0.10, 0.05), 4.39, 0.14),
        (ILLUMINATION_2, (0.62, 0.22, 0.10, 0.06), 4.10, 0.04),
        (NATIONS, (0.429, 0.231, 0.021, 0.053, 0.053, 0.119, 0.095), 7.61, 0.08),
        (HOUSE, (0.173, 0.054, 0.188, 0.018, 0.031, 0.036, 0.167, 0.333), 9.669, 0.169),
    ],
)
def test_saatys_published_examples(
    matrix: list[list[Frac | int]], weights: tuple[float, ...], lambda_max: float, ratio: float
) -> None:
    found = weigh(matrix)
    assert found.weights == pytest.approx(weights, abs=0.009)
    assert found.lambda_max == pytest.approx(lambda_max, abs=0.01)
    assert found.ratio == pytest.approx(ratio, abs=0.011)


def test_the_packs_matrix_gives_the_weights_that_were_handed_down() -> None:
    found = weigh(the_pack().indicators.judgements())
    assert found.weights == pytest.approx(
        (0.1625, 0.1423, 0.1423, 0.1423, 0.0775, 0.0775, 0.0711, 0.0682, 0.1163), abs=0.00005
    )
    assert found.lambda_max == pytest.approx(9.0978, abs=0.00005)
    assert (found.index, found.ratio) == pytest.approx((0.0122, 0.0084), abs=0.00005)


@given(st.lists(st.integers(1, 9), min_size=2, max_size=9))
def test_consistent_judgements_give_back_the_weights(values: list[int]) -> None:
    found = weigh([[Frac(a, b) for b in values] for a in values])
    assert found.weights == pytest.approx([a / sum(values) for a in values], rel=1e-9)
    assert found.ratio == pytest.approx(0, abs=1e-9)


def test_the_two_judgements_that_spoil_it_are_named() -> None:
    worst = doubts(HOUSE)
    assert (worst[0].row, worst[0].column) == (2, 6)
    assert worst[0].said == 6
    assert worst[0].implied < 2
    assert len(worst) == 2


def test_a_group_is_combined_by_the_geometric_mean_and_stays_reciprocal() -> None:
    one, other = [[1, 8], [Frac(1, 8), 1]], [[1, 2], [Frac(1, 2), 1]]
    group = combine([one, other])
    assert group[0][1] == pytest.approx(4)
    assert (group[0][1] or 0) * (group[1][0] or 0) == pytest.approx(1)
    assert combine([HOUSE])[2][6] == pytest.approx(6)


judged = st.lists(st.sampled_from(SCALE), min_size=10, max_size=10)


@given(st.lists(judged, min_size=1, max_size=4))
def test_the_groups_matrix_is_reciprocal_for_any_judgements(experts: list[list[Frac]]) -> None:
    pairs = [(i, j) for i in range(5) for j in range(i + 1, 5)]
    group = combine([reciprocal(5, dict(zip(pairs, one, strict=True))) for one in experts])
    assert all(
        (group[i][j] or 0) * (group[j][i] or 0) == pytest.approx(1) for i in range(5) for j in range(5)
    )
    assert sum(weigh(group).weights) == pytest.approx(1)


@given(st.lists(st.floats(0.001, 1000), min_size=1, max_size=30), st.sampled_from([10_000, 1_000_000]))
def test_weights_in_parts_sum_exactly(weights: list[float], whole: int) -> None:
    parts = in_parts(weights, whole)
    assert sum(parts) == whole
    assert all(
        abs(part - weight / sum(weights) * whole) <= 1 for part, weight in zip(parts, weights, strict=True)
    )


@pytest.mark.parametrize(
    "matrix", [[[1, 2], [2, 1]], [[1, 0], [0, 1]], [[1, 2, 3]], [], [[1, -2], [Frac(-1, 2), 1]]]
)
def test_what_is_no_judgement_matrix_is_refused(matrix: list[list[Frac | int]]) -> None:
    with pytest.raises(CannotBecause, match="not_reciprocal"):
        weigh(matrix)


def test_an_order_beyond_the_table_is_refused() -> None:
    with pytest.raises(CannotBecause, match="no_random_index"):
        weigh([[1] * 11] * 11)
