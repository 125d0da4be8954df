"""Weights from pairwise judgements: the analytic hierarchy process (Saaty, *The Analytic Hierarchy Process*, 1980).

A judgement says how many times one dimension matters as much as another, 1 to 9 and their inverses. The weights are
the principal right eigenvector; the consistency ratio tells how far the judgements contradict one another.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import exp, log

import numpy as np
from numpy.typing import NDArray

from jishiyu.foundations.outcomes import CannotBecause, sentence

Judgement = int | float | Fraction
Matrix = Sequence[Sequence[Judgement]]

# Saaty's random index (1980) for orders 1 to 10: the mean inconsistency of random reciprocal matrices.
SAATY_RANDOM_INDEX = (0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49)
SCALE = tuple(Fraction(1, n) for n in range(9, 1, -1)) + tuple(Fraction(n) for n in range(1, 10))


@dataclass(frozen=True, slots=True)
class Weights:
    """The result of one matrix. ``ratio`` is the consistency ratio; up to 0.1 is commonly accepted."""

    weights: tuple[float, ...]
    lambda_max: float
    index: float
    ratio: float


@dataclass(frozen=True, slots=True)
class Doubt:
    """A judgement that fits the others badly: what was said, what the others imply, how far apart (1 is none)."""

    row: int
    column: int
    said: float
    implied: float
    suggested: Fraction
    factor: float


def weigh(matrix: Matrix, random_index: Sequence[float] = SAATY_RANDOM_INDEX) -> Weights:
    """Weights, largest eigenvalue, consistency index and ratio of a reciprocal matrix.

    Raises :class:`CannotBecause` (``assessment.not_reciprocal``) when it is no positive reciprocal matrix, and
    (``assessment.no_random_index``) when the table of random indices does not reach its order.
    """
    values = _checked(matrix)
    order = len(values)
    if order > len(random_index):
        raise CannotBecause(
            "assessment.no_random_index",
            sentence("随机一致性指标表没有{n}阶", "The table of random indices has no order {n}", n=order),
        )
    vector = np.full(order, 1.0 / order)
    for _ in range(1000):
        following = values @ vector
        following /= following.sum()
        settled = float(np.abs(following - vector).max()) < 1e-15
        vector = following
        if settled:
            break
    lambda_max = float(((values @ vector) / vector).mean())
    index = max(0.0, (lambda_max - order) / (order - 1)) if order > 1 else 0.0
    expected = random_index[order - 1]
    return Weights(tuple(float(w) for w in vector), lambda_max, index, index / expected if expected else 0.0)


def doubts(matrix: Matrix, most: int = 2) -> list[Doubt]:
    """The judgements that spoil consistency most, worst first, each with the scale value nearest to what others imply."""
    values, weights = _checked(matrix), weigh(matrix, (1.0,) * len(matrix)).weights
    found = []
    for row in range(len(values)):
        for column in range(row + 1, len(values)):
            said, implied = float(values[row, column]), weights[row] / weights[column]
            nearest = min(SCALE, key=lambda step: abs(log(float(step)) - log(implied)))
            factor = max(said / implied, implied / said)
            found.append(Doubt(row, column, said, implied, nearest, factor))
    return sorted(found, key=lambda doubt: -doubt.factor)[:most]


def combine(matrices: Sequence[Matrix]) -> tuple[tuple[float, ...], ...]:
    """The group's matrix: the geometric mean of each judgement, which alone keeps it reciprocal (Aczél & Saaty 1983)."""
    if not matrices:
        raise CannotBecause(
            "assessment.no_judgements", sentence("没有专家判断", "There are no expert judgements")
        )
    logs = np.mean([np.log(_checked(matrix)) for matrix in matrices], axis=0)
    return tuple(tuple(exp(cell) for cell in row) for row in logs.tolist())


def reciprocal(order: int, upper: Mapping[tuple[int, int], Judgement]) -> tuple[tuple[Fraction, ...], ...]:
    """The whole matrix from its upper judgements ``{(row, column): value}``; pairs not judged count as equal (1)."""
    cells = [[Fraction(1)] * order for _ in range(order)]
    for (row, column), value in upper.items():
        exact = Fraction(value).limit_denominator(10**9)
        cells[row][column], cells[column][row] = exact, 1 / exact
    return tuple(tuple(row) for row in cells)


def in_parts(weights: Sequence[float], whole: int = 1_000_000) -> tuple[int, ...]:
    """The weights as integers that sum to ``whole`` exactly (largest remainders; ties to the first)."""
    total = sum(weights)
    exact = [weight / total * whole for weight in weights]
    parts = [int(value) for value in exact]
    order = sorted(range(len(parts)), key=lambda i: (-(round(exact[i] - parts[i], 9)), i))
    for i in order[: whole - sum(parts)]:
        parts[i] += 1
    return tuple(parts)


def _checked(matrix: Matrix) -> NDArray[np.float64]:
    values = np.array([[float(cell) for cell in row] for row in matrix], np.float64)
    square = values.ndim == 2 and len(values) > 0 and values.shape[0] == values.shape[1]
    if not square or not (values > 0).all() or not np.allclose(values * values.T, 1.0, rtol=1e-6):
        raise CannotBecause(
            "assessment.not_reciprocal",
            sentence(
                "判断矩阵须为正互反方阵", "A judgement matrix has to be square, positive and reciprocal"
            ),
        )
    return values
