"""Alkire–Foster against the example of the authors' paper, and its decompositions.

Source: S. Alkire and J. Foster, "Counting and multidimensional poverty measurement", Journal of Public Economics 95 (2011)
476-487; the four persons by income, schooling, health and a phone are those of OPHI working paper 7 (2008), section on the example.
"""

from fractions import Fraction as Frac
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jishiyu.assessment.rules.alkire_foster import by_group, curve, gaps_of, measure
from jishiyu.assessment.rules.small_cells import hidden
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


EXACT = [["13.1", "14", "4", "1"], ["15.2", "7", "5", "0"], ["12.5", "10", "1", "0"], ["20", "11", "3", "1"]]


def test_the_authors_gaps() -> None:
    gaps = gaps_of(EXACT, ["13", "12", "3", "1"])
    # As printed there: 0.42, 0.04, 0.17, 0.67 and, for the phone, 1.
    assert [round(float(cell), 2) for cell in gaps[1]] == [0, 0.42, 0, 1]
    assert [round(float(cell), 2) for cell in gaps[2]] == [0.04, 0.17, 0.67, 1]
    found = measure(DEPRIVED, [1, 1, 1, 1], Frac(2, 4), gaps=gaps)
    held = [cell for row in gaps[1:3] for cell in row]
    assert found.gap == sum(held, Frac(0)) / 16
    assert found.severity == sum((cell**2 for cell in held), Frac(0)) / 16
    # M1 = H × A × G, with G the mean gap of the six deprivations of the poor.
    assert found.gap == found.headcount * found.intensity * (sum(held, Frac(0)) / 6)
    plain = measure(
        DEPRIVED, [1, 1, 1, 1], Frac(2, 4), gaps=[[int(cell) for cell in row] for row in DEPRIVED]
    )
    assert plain.gap == plain.severity == plain.adjusted, "of what is yes or no, all three are one"


def test_gaps_as_whole_numbers_of_a_scale_are_the_same() -> None:
    gaps = [[Frac(n, 10_000) for n in row] for row in ([0, 5_000], [2_500, 10_000])]
    whole = [[0, 5_000], [2_500, 10_000]]
    one = measure([[0, 1], [1, 1]], [2, 1], Frac(1, 3), gaps=gaps)
    other = measure([[0, 1], [1, 1]], [2, 1], Frac(1, 3), gaps=whole, scale=10_000)
    assert (one.gap, one.severity) == (other.gap, other.severity)
    for bad in ([[0, 2]], [[0]], [[-1, 0]]):
        with pytest.raises(CannotBecause):
            measure([[0, 1]], [1, 1], Frac(1, 3), gaps=bad)


def test_weights_with_great_denominators_stay_exact() -> None:
    weights = [Frac(1, 2**40 - 1), Frac(1, 3**25), Frac(7, 5**17)]
    found = measure([[1, 0, 1], [0, 1, 0]], weights, Frac(1, 2))
    total = sum(weights)
    assert found.scores == ((weights[0] + weights[2]) / total, weights[1] / total)
    assert found.adjusted == (weights[0] + weights[2]) / total / 2


def test_standard_errors_of_single_units_and_of_households_as_clusters() -> None:
    matrix = [[1, 1], [1, 1], [1, 0], [0, 0], [0, 0]]
    found = measure(matrix, [1, 1], 1)
    assert found.errors is not None
    assert found.errors.headcount == pytest.approx(sqrt(0.4 * 0.6 / 4))
    assert found.errors.adjusted == pytest.approx(found.errors.headcount), "the poor have every deprivation"
    assert found.errors.intensity == pytest.approx(0)
    gathered = measure([[1, 1], [1, 0], [0, 0]], [1, 1], 1, counts=[2, 1, 2])
    assert gathered.errors == found.errors
    persons = measure([[1, 1], [0, 0]], [1, 1], 1, sizes=[3, 1])
    assert persons.errors is not None
    # H = 3/4; deviations 3 × 1/4 and 1 × -3/4, over four people, n / (n - 1) = 2.
    assert persons.errors.headcount == pytest.approx(sqrt(2 * 2 * 0.75**2) / 4)
    assert measure([[1]], [1], 1).errors is None


@given(matrices, st.integers(1, 12), st.data())
def test_alike_rows_gathered_give_the_same(
    found: tuple[list[list[bool]], list[int]], twelfths: int, data: st.DataObject
) -> None:
    matrix, weights = found
    counts = [data.draw(st.integers(1, 4)) for _ in matrix]
    spread = [row for row, n in zip(matrix, counts, strict=True) for _ in range(n)]
    one, other = (
        measure(spread, weights, Frac(twelfths, 12)),
        measure(matrix, weights, Frac(twelfths, 12), counts=counts),
    )
    assert (one.headcount, one.adjusted, one.censored, one.raw) == (
        other.headcount,
        other.adjusted,
        other.censored,
        other.raw,
    )


def test_over_k_the_headcount_falls_and_the_raw_headcounts_stay() -> None:
    points = curve(DEPRIVED, [1, 1, 1, 1], [Frac(n, 4) for n in range(1, 5)])
    assert [one.headcount for one in points] == [Frac(3, 4), Frac(1, 2), Frac(1, 4), Frac(1, 4)]
    assert [one.adjusted for one in points] == [Frac(7, 16), Frac(3, 8), Frac(1, 4), Frac(1, 4)]


@given(matrices, st.lists(st.integers(1, 12), min_size=1, max_size=4))
def test_over_k_it_is_as_measured_at_each(
    found: tuple[list[list[bool]], list[int]], twelfths: list[int]
) -> None:
    matrix, weights = found
    sizes = list(range(1, len(matrix) + 1))
    for point in curve(matrix, weights, [Frac(one, 12) for one in twelfths], sizes):
        one = measure(matrix, weights, point.k, sizes)
        assert (point.headcount, point.intensity, point.adjusted) == (
            one.headcount,
            one.intensity,
            one.adjusted,
        )


@given(st.lists(st.integers(0, 30), max_size=8))
def test_no_small_count_can_be_worked_out_of_the_sum(counts: list[int]) -> None:
    away = hidden(counts, least=5)
    assert all(place in away for place, n in enumerate(counts) if 0 < n < 5)
    others = [n for place, n in enumerate(counts) if n >= 5 and place not in away]
    if away and others:
        assert len(away) > 1
        assert sum(counts[place] for place in away) >= 5
