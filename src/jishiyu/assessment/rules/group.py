"""A panel's judgements of one branch as a group: its weights in two ways, and where and how far its experts differ."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import exp, log, sqrt

from jishiyu.assessment.rules.ahp import (
    SAATY_RANDOM_INDEX,
    Matrix,
    Weights,
    bridge,
    combine,
    combine_priorities,
    incomplete,
    weigh,
)
from jishiyu.foundations.outcomes import CannotBecause, sentence

Upper = Mapping[tuple[int, int], Fraction]


@dataclass(frozen=True, slots=True)
class Spread:
    """How far the experts differ on one pair.

    ``middle`` is the geometric mean; ``factor`` the geometric standard deviation (1: they agree); ``opposed``: some hold the one
    for more important and some the other.
    """

    row: int
    column: int
    given: int
    least: Fraction
    most: Fraction
    middle: float
    factor: float
    opposed: bool


@dataclass(frozen=True, slots=True)
class Agreement:
    """Kendall's coefficient of concordance: 1 when all rank alike, 0 when there is no agreement; ``chi_square`` with its freedom."""

    coefficient: float
    chi_square: float
    freedom: int


@dataclass(frozen=True, slots=True)
class Group:
    """What a panel amounts to on one branch.

    ``own``: each expert's weights, None where the judgements are not connected. ``distances``: Saaty's compatibility index of
    each with the group (1: alike; up to 1.1 close). ``wanted``: a pair that nobody compared and that would connect the rest.
    """

    matrix: Matrix
    judgements: Weights | None
    priorities: tuple[float, ...] | None
    own: tuple[Weights | None, ...]
    spreads: tuple[Spread, ...]
    distances: tuple[float | None, ...]
    agreement: Agreement | None
    wanted: tuple[int, int] | None


def group_of(
    experts: Sequence[Upper],
    order: int,
    random_index: Sequence[float] = SAATY_RANDOM_INDEX,
    shares: Sequence[float] | None = None,
) -> Group:
    """The group of experts, each with judgements ``{(row, column): value}`` that may be incomplete.

    ``shares``: how much each counts (default: equal). Raises CannotBecause without any judgement at all.
    """
    counted = [1.0] * len(experts) if shares is None else list(shares)
    told = [(one, share) for one, share in zip(experts, counted, strict=True) if one]
    if not told:
        raise CannotBecause(
            "assessment.no_judgements", sentence("没有专家判断", "There are no expert judgements")
        )
    matrix = combine([incomplete(order, one) for one, _ in told], [share for _, share in told])
    judged = {pair for one, _ in told for pair in one}
    wanted = bridge(order, judged)
    own = tuple(
        weigh(incomplete(order, one), random_index) if bridge(order, one) is None else None for one in experts
    )
    whole = [(one.weights, share) for one, share in zip(own, counted, strict=True) if one]
    both = None if wanted else weigh(matrix, random_index)
    return Group(
        matrix=matrix,
        judgements=both,
        priorities=combine_priorities([one for one, _ in whole], [share for _, share in whole])
        if whole
        else None,
        own=own,
        spreads=spreads(experts),
        distances=tuple(compatibility(one.weights, both.weights) if one and both else None for one in own),
        agreement=concordance([ranks(one) for one, _ in whole]) if len(whole) > 1 and order > 2 else None,
        wanted=wanted,
    )


def spreads(experts: Sequence[Upper]) -> tuple[Spread, ...]:
    """The pairs that two or more experts judged, the one that divides them most first. Pairs are counted as row before column."""
    found: dict[tuple[int, int], list[Fraction]] = {}
    for one in experts:
        for (row, column), value in one.items():
            exact = Fraction(value)
            pair, exact = ((row, column), exact) if row < column else ((column, row), 1 / exact)
            found.setdefault(pair, []).append(exact)
    several = (_spread(pair, values) for pair, values in sorted(found.items()) if len(values) > 1)
    return tuple(sorted(several, key=lambda one: (-one.factor, one.row, one.column)))


def _spread(pair: tuple[int, int], values: Sequence[Fraction]) -> Spread:
    logs = [log(float(value)) for value in values]
    middle = sum(logs) / len(logs)
    deviation = sqrt(sum((one - middle) ** 2 for one in logs) / (len(logs) - 1))
    opposed = min(values) < 1 < max(values)
    return Spread(*pair, len(values), min(values), max(values), exp(middle), exp(deviation), opposed)


def compatibility(one: Sequence[float], other: Sequence[float]) -> float:
    """Saaty's compatibility index of two vectors of weights: the mean of the cells of the one's matrix over the other's.

    1 when they are alike, 1.1 the limit of what is held for close (Saaty, *Theory and Applications of the Analytic Network
    Process*, 2005, ch. on compatibility).
    """
    forth = [a / b for a, b in zip(one, other, strict=True)]
    return sum(forth) * sum(1 / each for each in forth) / len(forth) ** 2


def ranks(weights: Sequence[float]) -> tuple[float, ...]:
    """The rank of each weight, 1 the greatest; weights that are alike share the mean of their ranks."""
    rounded = [round(weight, 9) for weight in weights]
    return tuple(
        sum(other > one for other in rounded) + (sum(other == one for other in rounded) + 1) / 2
        for one in rounded
    )


def concordance(rankings: Sequence[Sequence[float]]) -> Agreement | None:
    """Kendall's W of two or more rankings of the same things, corrected for ties; None when every ranking is all ties.

    Kendall and Babington Smith, *Annals of Mathematical Statistics* 10, 1939; χ² = m (n - 1) W with n - 1 degrees of freedom.
    """
    judges, order = len(rankings), len(rankings[0])
    sums = [sum(ranking[place] for ranking in rankings) for place in range(order)]
    squares = sum((each - judges * (order + 1) / 2) ** 2 for each in sums)
    ties = sum(
        sum(ranking.count(rank) ** 3 - ranking.count(rank) for rank in set(ranking))
        for ranking in (tuple(each) for each in rankings)
    )
    possible = judges**2 * (order**3 - order) - judges * ties
    if possible <= 0:
        return None
    coefficient = 12 * squares / possible
    return Agreement(coefficient, judges * (order - 1) * coefficient, order - 1)
