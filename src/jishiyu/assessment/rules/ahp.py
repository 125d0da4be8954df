"""Weights from pairwise judgements: the analytic hierarchy process (Saaty, *The Analytic Hierarchy Process*, 1980).

A judgement says how many times one dimension matters as much as another, 1 to 9 and their inverses. The weights are
the principal right eigenvector; the consistency ratio tells how far the judgements contradict one another.

A judgement that was not given is ``None``. The weights of incomplete judgements are Harker's (*Mathematical Modelling* 9, 1987,
837-848): nothing stands for what is missing, and the row's own place counts one more for each. They need judgements that connect
everything, at least one less than there are things to compare.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import exp, log

import numpy as np
from numpy.typing import NDArray

from jishiyu.foundations.outcomes import CannotBecause, sentence

Judgement = int | float | Fraction
Matrix = Sequence[Sequence[Judgement | None]]

# Saaty's random index (1980) for orders 1 to 10: the mean inconsistency of random reciprocal matrices.
SAATY_RANDOM_INDEX = (0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49)
SCALE = tuple(Fraction(1, n) for n in range(9, 1, -1)) + tuple(Fraction(n) for n in range(1, 10))


@dataclass(frozen=True, slots=True)
class Weights:
    """The result of one matrix. ``ratio`` is the consistency ratio; up to 0.1 is commonly accepted.

    ``missing``: how many pairs were not judged. With any missing the ratio is indicative only (see :func:`random_index_of`);
    when no judgement could contradict another (``checkable`` false) it is 0 and says nothing.
    """

    weights: tuple[float, ...]
    lambda_max: float
    index: float
    ratio: float
    missing: int = 0
    checkable: bool = True


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
    """Weights, largest eigenvalue, consistency index and ratio of a reciprocal matrix; ``None`` is a pair not judged.

    Raises :class:`CannotBecause` (``assessment.not_reciprocal``) when it is no positive reciprocal matrix,
    (``assessment.not_connected``) when the judgements fall into parts that nothing compares, and
    (``assessment.no_random_index``) when the table of random indices does not reach its order.
    """
    values = _checked(matrix)
    order = len(values)
    if order > len(random_index):
        raise CannotBecause(
            "assessment.no_random_index",
            sentence("随机一致性指标表没有{n}阶", "The table of random indices has no order {n}", n=order),
        )
    missing = int((values == 0).sum()) // 2
    vector, lambda_max = _principal(values) if missing else _by_powers(values)
    index = max(0.0, (lambda_max - order) / (order - 1)) if order > 1 else 0.0
    expected = random_index_of(order, missing, random_index)
    checkable = missing < (order - 1) * (order - 2) // 2
    ratio = index / expected if expected and checkable else 0.0
    return Weights(tuple(float(w) for w in vector), lambda_max, index, ratio, missing, checkable)


def random_index_of(
    order: int, missing: int = 0, random_index: Sequence[float] = SAATY_RANDOM_INDEX
) -> float:
    """The random index of an order with so many pairs missing.

    It falls nearly in a line with the pairs missing, to 0 where nothing is left that could contradict (Ágoston and Csató,
    *Omega* 108, 2022, 102576: about (1 - 2m / ((n-1)(n-2))) of the whole one). Theirs is for the completion of the least
    eigenvalue, of which Harker's is an upper bound: a ratio of incomplete judgements is indicative, and on the safe side.
    """
    free = (order - 1) * (order - 2) // 2
    return random_index[order - 1] * max(0.0, 1 - missing / free) if free else random_index[order - 1]


def least_squares(matrix: Matrix) -> tuple[float, ...]:
    """Weights by logarithmic least squares: the geometric means of the rows when everything was judged.

    With pairs missing, the one solution on connected judgements (Bozóki, Fülöp and Rónyai, *Mathematical and Computer
    Modelling* 52, 2010). Differs little from :func:`weigh` when judgements are consistent, not at all when fully so.
    """
    values = _checked(matrix)
    _require_connected(values)
    given = (values > 0).astype(float)
    np.fill_diagonal(given, 0)
    logs = np.log(np.where(values > 0, values, 1.0))
    laplacian = np.diag(given.sum(axis=1)) - given
    solved = np.linalg.pinv(laplacian) @ logs.sum(axis=1)
    weights = np.exp(solved - solved.max())
    return tuple(float(weight) for weight in weights / weights.sum())


def doubts(matrix: Matrix, most: int = 2) -> list[Doubt]:
    """The judgements that spoil consistency most, worst first, each with the scale value nearest to what others imply."""
    values, weights = _checked(matrix), weigh(matrix, (1.0,) * len(matrix)).weights
    found = []
    for row in range(len(values)):
        for column in range(row + 1, len(values)):
            said, implied = float(values[row, column]), weights[row] / weights[column]
            if not said:
                continue
            nearest = min(SCALE, key=lambda step: abs(log(float(step)) - log(implied)))
            factor = max(said / implied, implied / said)
            found.append(Doubt(row, column, said, implied, nearest, factor))
    return sorted(found, key=lambda doubt: -doubt.factor)[:most]


def combine(
    matrices: Sequence[Matrix], shares: Sequence[float] | None = None
) -> tuple[tuple[float | None, ...], ...]:
    """The group's matrix: the geometric mean of each judgement, which alone keeps it reciprocal (Aczél & Saaty 1983).

    A pair is the mean of those who judged it; ``None`` when nobody did. ``shares``: how much each expert counts (default: equal).
    """
    if not matrices:
        raise CannotBecause(
            "assessment.no_judgements", sentence("没有专家判断", "There are no expert judgements")
        )
    values = np.array([_checked(matrix) for matrix in matrices])
    counted = np.ones(len(matrices)) if shares is None else np.asarray(shares, float)
    weight = counted[:, None, None] * (values > 0)
    total = weight.sum(axis=0)
    logs = (weight * np.log(np.where(values > 0, values, 1.0))).sum(axis=0) / np.where(total > 0, total, 1.0)
    return tuple(
        tuple(exp(cell) if told else None for cell, told in zip(row, known, strict=True))
        for row, known in zip(logs.tolist(), (total > 0).tolist(), strict=True)
    )


def combine_priorities(
    priorities: Sequence[Sequence[float]], shares: Sequence[float] | None = None
) -> tuple[float, ...]:
    """The group's weights as the geometric mean of the experts' own weights, scaled to 1 (Forman & Peniwati, EJOR 108, 1998)."""
    if not priorities:
        raise CannotBecause(
            "assessment.no_judgements", sentence("没有专家判断", "There are no expert judgements")
        )
    means = np.exp(np.average(np.log(np.asarray(priorities, float)), axis=0, weights=shares))
    return tuple(float(mean) for mean in means / means.sum())


def reciprocal(order: int, upper: Mapping[tuple[int, int], Judgement]) -> tuple[tuple[Fraction, ...], ...]:
    """The whole matrix from its upper judgements ``{(row, column): value}``; pairs not judged count as equal (1)."""
    known = incomplete(order, upper)
    return tuple(tuple(Fraction(1) if cell is None else cell for cell in row) for row in known)


def incomplete(
    order: int, upper: Mapping[tuple[int, int], Judgement]
) -> tuple[tuple[Fraction | None, ...], ...]:
    """The matrix from its judgements ``{(row, column): value}``; pairs not judged are ``None``."""
    cells: list[list[Fraction | None]] = [[None] * order for _ in range(order)]
    for place in range(order):
        cells[place][place] = Fraction(1)
    for (row, column), value in upper.items():
        exact = Fraction(value).limit_denominator(10**9)
        cells[row][column], cells[column][row] = exact, 1 / exact
    return tuple(tuple(row) for row in cells)


def pieces(order: int, judged: Iterable[tuple[int, int]]) -> list[list[int]]:
    """The parts into which judgements connect the things compared: one when weights can be told."""
    part = list(range(order))
    for row, column in judged:
        one, other = part[row], part[column]
        part = [one if each == other else each for each in part]
    found: dict[int, list[int]] = {}
    for place, each in enumerate(part):
        found.setdefault(each, []).append(place)
    return list(found.values())


def bridge(order: int, judged: Iterable[tuple[int, int]]) -> tuple[int, int] | None:
    """The first pair whose judgement would connect two parts; None when everything is connected."""
    parts = pieces(order, judged)
    return (parts[0][0], parts[1][0]) if len(parts) > 1 else None


def worst_piece(
    order: int, upper: Mapping[tuple[int, int], Judgement], random_index: Sequence[float] = SAATY_RANDOM_INDEX
) -> tuple[float, bool, list[Doubt]]:
    """How consistent judgements are that need not be connected yet: the worst ratio of their parts, whether anything can
    contradict anything, and the two judgements that spoil it most, over all parts."""
    matrix, ratio, checkable = incomplete(order, upper), 0.0, False
    found: list[Doubt] = []
    for part in pieces(order, upper):
        own = [[matrix[row][column] for column in part] for row in part]
        result = weigh(own, random_index)
        if result.checkable and len(part) > 2:
            checkable, ratio = True, max(ratio, result.ratio)
            for one in doubts(own):
                found.append(replace(one, row=part[one.row], column=part[one.column]))
    return ratio, checkable, sorted(found, key=lambda one: -one.factor)[:2]


def in_parts(weights: Sequence[float], whole: int = 1_000_000) -> tuple[int, ...]:
    """The weights as integers that sum to ``whole`` exactly (largest remainders; ties to the first)."""
    total = sum(weights)
    exact = [weight / total * whole for weight in weights]
    parts = [int(value) for value in exact]
    order = sorted(range(len(parts)), key=lambda i: (-(round(exact[i] - parts[i], 9)), i))
    for i in order[: whole - sum(parts)]:
        parts[i] += 1
    return tuple(parts)


def _by_powers(values: NDArray[np.float64]) -> tuple[NDArray[np.float64], float]:
    vector = np.full(len(values), 1.0 / len(values))
    for _ in range(1000):
        following = values @ vector
        following /= following.sum()
        settled = float(np.abs(following - vector).max()) < 1e-15
        vector = following
        if settled:
            break
    return vector, float(((values @ vector) / vector).mean())


def _principal(values: NDArray[np.float64]) -> tuple[NDArray[np.float64], float]:
    """Harker's: powers would settle slowly where few judgements connect much."""
    _require_connected(values)
    filled = values + np.diag((values == 0).sum(axis=1).astype(float))
    found, vectors = np.linalg.eig(filled)
    place = int(np.argmax(found.real))
    vector = np.abs(vectors[:, place].real)
    return vector / vector.sum(), float(found[place].real)


def _require_connected(values: NDArray[np.float64]) -> None:
    judged = [(int(row), int(column)) for row, column in np.argwhere(values > 0)]
    missing = bridge(len(values), judged)
    if missing is not None:
        raise CannotBecause(
            "assessment.not_connected",
            sentence(
                "判断尚未连成一体，还需比较第{a}项与第{b}项",
                "The judgements are not connected yet: compare number {a} with number {b}",
                a=missing[0] + 1,
                b=missing[1] + 1,
            ),
        )


def _checked(matrix: Matrix) -> NDArray[np.float64]:
    """The matrix as numbers, 0 where nothing was judged."""
    values = np.array(
        [[np.nan if cell is None else float(cell) for cell in row] for row in matrix], np.float64
    )
    square = values.ndim == 2 and len(values) > 0 and values.shape[0] == values.shape[1]
    missing = np.isnan(values)
    fits = square and not missing.diagonal().any() and bool((missing == missing.T).all())
    fits = fits and bool((values[~missing] > 0).all())
    if not fits or not np.allclose((values * values.T)[~missing], 1.0, rtol=1e-6):
        raise CannotBecause(
            "assessment.not_reciprocal",
            sentence(
                "判断矩阵须为正互反方阵", "A judgement matrix has to be square, positive and reciprocal"
            ),
        )
    return np.where(missing, 0.0, values)
