"""Incomplete judgements, groups of experts and their disagreement, against published figures and by property.

Sources: P. T. Harker, "Incomplete pairwise comparisons in the analytic hierarchy process", Mathematical Modelling 9 (1987)
837-848; K. C. Ágoston and L. Csató, Omega 108 (2022) 102576 (random indices of incomplete matrices, of which ours is the line);
S. Siegel, *Nonparametric Statistics for the Behavioral Sciences* (1956), ch. 9 (three executives rank six applicants, W = .16).
"""

from fractions import Fraction as Frac
from math import prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jishiyu.assessment.rules import ahp
from jishiyu.assessment.rules.group import compatibility, concordance, group_of, ranks, spreads
from jishiyu.assessment.rules.tree import branch_of, branches
from jishiyu.foundations.outcomes import CannotBecause
from tests.fixtures import the_pack


def test_harkers_method_puts_nothing_in_the_place_of_what_is_missing() -> None:
    found = ahp.weigh([[1, 2, None], [Frac(1, 2), 1, 2], [None, Frac(1, 2), 1]])
    assert found.weights == pytest.approx((4 / 7, 2 / 7, 1 / 7))
    assert found.lambda_max == pytest.approx(3)
    assert (found.missing, found.checkable, found.ratio) == (1, False, 0.0)


weights_of = st.lists(st.integers(1, 9), min_size=3, max_size=9)


@given(weights_of, st.data())
def test_consistent_judgements_give_the_weights_however_few_connect_them(
    values: list[int], data: st.DataObject
) -> None:
    order = len(values)
    tree = {(data.draw(st.integers(0, place - 1)), place) for place in range(1, order)}
    more = data.draw(st.sets(st.sampled_from([(i, j) for i in range(order) for j in range(i + 1, order)])))
    upper = {(i, j): Frac(values[i], values[j]) for i, j in tree | more}
    matrix = ahp.incomplete(order, upper)
    wanted = [value / sum(values) for value in values]
    assert ahp.weigh(matrix).weights == pytest.approx(wanted, rel=1e-6)
    assert ahp.least_squares(matrix) == pytest.approx(wanted, rel=1e-6)
    assert ahp.weigh(matrix).ratio == pytest.approx(0, abs=1e-8)


def test_least_squares_of_complete_judgements_are_the_geometric_means_of_the_rows() -> None:
    rows = ahp.reciprocal(4, {(0, 1): 4, (0, 2): 6, (0, 3): 7, (1, 2): 3, (1, 3): 4, (2, 3): 2})
    means = [float(prod(row)) ** 0.25 for row in rows]
    assert ahp.least_squares(rows) == pytest.approx([mean / sum(means) for mean in means])


@pytest.mark.parametrize(
    ("order", "missing", "published"),
    [(4, 1, 0.583), (4, 2, 0.306), (5, 1, 0.925), (5, 3, 0.557), (5, 5, 0.212)],
)
def test_the_random_index_falls_with_the_pairs_missing(order: int, missing: int, published: float) -> None:
    whole = (0, 0, 0.525, 0.884, 1.109)  # theirs of complete matrices
    assert ahp.random_index_of(order, missing, whole) == pytest.approx(published, abs=0.03)
    assert ahp.random_index_of(order, (order - 1) * (order - 2) // 2, whole) == 0


def test_judgements_in_parts_are_refused_and_the_pair_that_joins_them_is_named() -> None:
    upper = {(0, 1): Frac(3), (2, 3): Frac(1, 2)}
    assert ahp.pieces(4, upper) == [[0, 1], [2, 3]]
    assert ahp.bridge(4, upper) == (0, 2)
    for of in (ahp.weigh, ahp.least_squares):
        with pytest.raises(CannotBecause, match="not_connected"):
            of(ahp.incomplete(4, upper))
    assert ahp.bridge(4, [*upper, (1, 2)]) is None


def test_only_what_was_said_is_doubted() -> None:
    upper = {(0, 1): Frac(9), (1, 2): Frac(9), (0, 2): Frac(1, 9)}
    worst = ahp.doubts(ahp.incomplete(4, upper | {(0, 3): Frac(1)}), most=9)
    assert {(one.row, one.column) for one in worst} <= {*upper, (0, 3)}


def test_a_group_takes_each_pair_from_those_who_judged_it() -> None:
    one, other = {(0, 1): Frac(8), (1, 2): Frac(2)}, {(0, 1): Frac(2)}
    matrix = ahp.combine([ahp.incomplete(3, one), ahp.incomplete(3, other)])
    assert matrix[0][1] == pytest.approx(4)
    assert matrix[1][2] == pytest.approx(2)
    assert matrix[0][2] is None
    weighed = ahp.combine([ahp.incomplete(3, one), ahp.incomplete(3, other)], shares=[3, 1])
    assert weighed[0][1] == pytest.approx((8**3 * 2) ** 0.25)
    found = group_of([one, other], 3)
    assert found.own[1] is None, "what is not connected has no weights of its own"
    assert found.judgements is not None
    assert found.judgements.weights == pytest.approx((8 / 11, 2 / 11, 1 / 11))


def test_both_ways_of_a_group_agree_when_everybody_is_consistent() -> None:
    values = [(6, 3, 1), (1, 1, 2), (2, 5, 3)]
    experts = [{(i, j): Frac(v[i], v[j]) for i, j in ((0, 1), (0, 2), (1, 2))} for v in values]
    found = group_of(experts, 3)
    assert found.judgements is not None
    assert found.priorities == pytest.approx(found.judgements.weights)
    assert found.distances[0] is not None
    assert found.distances[0] > 1


def test_the_pair_that_divides_the_panel_stands_first() -> None:
    experts = [{(0, 1): Frac(3), (0, 2): Frac(2)}, {(1, 0): Frac(3), (0, 2): Frac(2)}]
    first, second = spreads(experts)
    assert (first.row, first.column, first.opposed) == (0, 1, True)
    assert (first.least, first.most) == (Frac(1, 3), Frac(3))
    assert (first.middle, first.factor) == pytest.approx((1, 3**2**0.5))
    assert (second.factor, second.opposed) == (1, False)


def test_a_group_of_nobody_is_refused_and_one_in_parts_wants_a_pair() -> None:
    with pytest.raises(CannotBecause, match="no_judgements"):
        group_of([{}, {}], 3)
    found = group_of([{(0, 1): Frac(2)}], 3)
    assert (found.wanted, found.judgements, found.priorities) == ((0, 2), None, None)


def test_siegels_executives_hardly_agree() -> None:
    found = concordance([(1, 6, 3, 2, 5, 4), (1, 5, 6, 4, 2, 3), (6, 3, 2, 5, 4, 1)])
    assert found is not None
    assert found.coefficient == pytest.approx(0.16, abs=0.003)
    assert found.freedom == 5
    assert found.chi_square == pytest.approx(15 * found.coefficient)


def test_ranks_share_ties_and_all_alike_agree_fully() -> None:
    assert ranks((0.4, 0.1, 0.4, 0.1)) == (1.5, 3.5, 1.5, 3.5)
    full = concordance([(1.5, 3.5, 1.5, 3.5)] * 3)
    assert full is not None
    assert full.coefficient == pytest.approx(1)
    assert concordance([(2, 2, 2), (2, 2, 2)]) is None


def test_compatibility_is_one_for_the_same_and_grows_with_the_difference() -> None:
    assert compatibility((0.5, 0.3, 0.2), (0.5, 0.3, 0.2)) == pytest.approx(1)
    assert 1 < compatibility((0.5, 0.3, 0.2), (0.45, 0.35, 0.2)) < 1.1
    assert compatibility((0.8, 0.1, 0.1), (0.1, 0.1, 0.8)) > 2


def test_the_trees_branches_and_weights_in_the_whole() -> None:
    content = the_pack().indicators
    found = branches(content)
    assert [one.key for one in found] == [
        "",
        *(d.key for d in content.dims if len(content.of_dim(d.key)) > 1),
    ]
    assert len(found[0].pairs) == 36
    income = branch_of(content, "income")
    assert income is not None
    assert income.keys == ("inc_ratio", "inc_stability", "liquid_assets")
    assert branch_of(content, "sudden_event") is None, "one indicator alone is compared with nothing"
