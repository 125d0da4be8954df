"""Alkire–Foster against the example of the authors' paper, and its decompositions.

Source: S. Alkire and J. Foster, "Counting and multidimensional poverty measurement", Journal of Public Economics 95 (2011)
476-487; the four persons by income, schooling, health and a phone are those of OPHI working paper 7 (2008), section on the example.
"""

from fractions import Fraction as Frac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jishiyu.assessment.rules.alkire_foster import by_group, measure
from jishiyu.foundations.outcomes import CannotBecause

ACHIEVEMENTS = [[13.1, 14, 4, 1], [15.2, 7, 5, 0], [12.5, 10, 1, 0], [20.0, 11, 3, 1]]
CUT_OFFS = [13, 12, 3, 1]
DEPRIVED = [[value < cut for value, cut in zip(row, CUT_OFFS, strict=True)] for row in ACHIEVEMENTS]


def test_the_authors_example() -> None:
    found = measure(DEPRIVED, [1, 1, 1, 1], Frac(2, 4))
    assert (found.headcount, found.intensity, found.adjusted) == (Frac(1, 2), Frac(3, 4), Frac(3, 8))
    assert found.scores == (0, Frac(2, 4), 1, Frac(1, 4))
    assert found.poor == (False, True, True, False)
    assert found.censored == (Frac(1, 4), Frac(1, 2), Frac(1, 4), Frac(1, 2))
    assert found.contributions == (Frac(1, 6), Frac(1, 3), Frac(1, 6), Frac(1, 3))


@pytest.mark.parametrize(("k", "poor"), [(Frac(1, 4), 3), (Frac(2, 4), 2), (Frac(3, 4), 1), (1, 1)])
def test_union_to_intersection(k: Frac, poor: int) -> None:
    assert measure(DEPRIVED, [1, 1, 1, 1], k).headcount == Frac(poor, 4)


def test_k_is_exact_at_its_boundary() -> None:
    third = [[1, 0, 0]]
    assert measure(third, [1, 1, 1], Frac(1, 3)).headcount == 1
    assert measure(third, [1, 1, 1], "333334/1000000").headcount == 0
    assert measure([[1, 1, 1, 0, 0, 0, 0, 0, 0, 0]], ["0.1"] * 10, "0.3").headcount == 1


matrices = st.integers(1, 5).flatmap(
    lambda width: st.tuples(
        st.lists(st.lists(st.booleans(), min_size=width, max_size=width), min_size=1, max_size=12),
        st.lists(st.integers(1, 9), min_size=width, max_size=width),
    )
)


@given(matrices, st.integers(1, 12), st.data())
def test_parts_sum_to_the_whole(
    found: tuple[list[list[bool]], list[int]], twelfths: int, data: st.DataObject
) -> None:
    matrix, weights = found
    k = Frac(twelfths, 12)
    whole = measure(matrix, weights, k)
    assert whole.adjusted == whole.headcount * whole.intensity
    assert sum(whole.contributions) in (0, 1)
    groups = [data.draw(st.sampled_from("ab")) for _ in matrix]
    parts = by_group(matrix, weights, k, groups)
    assert sum(one.share * one.poverty.adjusted for one in parts) == whole.adjusted
    assert sum(one.contribution for one in parts) in (0, 1)


@given(matrices, st.integers(1, 12))
def test_against_plain_counting(found: tuple[list[list[bool]], list[int]], twelfths: int) -> None:
    matrix, weights = found
    k, total = Frac(twelfths, 12), sum(weights)
    scores = [Frac(sum(w for cell, w in zip(row, weights, strict=True) if cell), total) for row in matrix]
    poor = [score for score in scores if score >= k]
    result = measure(matrix, weights, k)
    assert result.headcount == Frac(len(poor), len(matrix))
    assert result.adjusted == sum(poor, Frac(0)) / len(matrix)


@given(matrices)
def test_a_row_counted_twice_is_two_rows(found: tuple[list[list[bool]], list[int]]) -> None:
    matrix, weights = found
    twice = measure([*matrix, matrix[0]], weights, Frac(1, 3))
    sized = measure(matrix, weights, Frac(1, 3), sizes=[2, *[1] * (len(matrix) - 1)])
    assert (twice.headcount, twice.adjusted, twice.contributions) == (
        sized.headcount,
        sized.adjusted,
        sized.contributions,
    )


def test_what_cannot_be_measured_is_refused() -> None:
    for matrix, weights, k in (
        ([], [], 1),
        ([[1]], [1], 0),
        ([[1]], [1], 2),
        ([[1]], [0], 1),
        ([[1, 0]], [1], 1),
    ):
        with pytest.raises(CannotBecause):
            measure(matrix, weights, k)
