"""How incomes are spread and how many are poor: Gini, shares of the fifths, and the poverty indices of Foster, Greer and Thorbecke.

Incomes are any plain numbers of one unit (fen, yuan, dollars). ``weights`` count each income that many times, as the members
of a household do. Indices are ratios, so they come as floats; they are told, never paid.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jishiyu.foundations.outcomes import CannotBecause, sentence

Numbers = Sequence[int | float] | NDArray[Any]


@dataclass(frozen=True, slots=True)
class PovertyIndices:
    """P0 (share of poor), P1 (poverty gap), P2 (squared gap) of Foster, Greer and Thorbecke (Econometrica 52, 1984).

    ``mean_gap`` is the mean shortfall of the poor as a part of the line (P1 ÷ P0), ``shortfall`` what all of them lack together,
    in the unit of the incomes.
    """

    headcount: float
    gap: float
    severity: float
    mean_gap: float
    shortfall: float


def gini(incomes: Numbers, weights: Numbers | None = None) -> float:
    """The Gini coefficient: 0 when all have the same, towards 1 when one has everything (no small-sample correction).

    Half the mean difference between any two, as a part of the mean. Raises CannotBecause for no incomes, for negative ones
    (it would leave 0 to 1), and when nobody has anything.
    """
    values, counts = _given(incomes, weights)
    total = float((values * counts).sum())
    if total <= 0:
        raise CannotBecause(
            "inequality.nothing", sentence("收入合计为零，没有基尼系数", "There is no income at all, so no Gini coefficient")
        )  # fmt: skip
    order = np.argsort(values, kind="stable")
    values, counts = values[order], counts[order]
    below = np.cumsum(counts) - counts
    people = float(counts.sum())
    return float((values * counts * (2 * below + counts - people)).sum() / (people * total))


def shares(incomes: Numbers, weights: Numbers | None = None, parts: int = 5) -> tuple[float, ...]:
    """What part of all income each fifth of the people has, the poorest first; a person on a border is split.

    ``parts`` 10 gives tenths. Raises as :func:`gini`.
    """
    values, counts = _given(incomes, weights)
    order = np.argsort(values, kind="stable")
    people = np.concatenate(([0.0], np.cumsum(counts[order])))
    money = np.concatenate(([0.0], np.cumsum(values[order] * counts[order])))
    if money[-1] <= 0:
        raise CannotBecause(
            "inequality.nothing", sentence("收入合计为零，没有份额", "There is no income at all, so there are no shares")
        )  # fmt: skip
    borders = np.interp(np.linspace(0.0, people[-1], parts + 1), people, money) / money[-1]
    return tuple(float(one) for one in np.diff(borders))


def poverty(incomes: Numbers, line: float, weights: Numbers | None = None) -> PovertyIndices:
    """The poverty indices below a line (who has exactly the line is not poor). Raises CannotBecause for a line not above 0."""
    if line <= 0:
        raise CannotBecause(
            "inequality.no_line", sentence("贫困线须大于零", "The poverty line has to be above 0")
        )
    values, counts = _given(incomes, weights, negative=True)
    lacking = np.maximum(line - values, 0.0)
    people = float(counts.sum())
    headcount = float(counts[values < line].sum() / people)
    gap = float((lacking / line * counts).sum() / people)
    severity = float(((lacking / line) ** 2 * counts).sum() / people)
    return PovertyIndices(
        headcount, gap, severity, gap / headcount if headcount else 0.0, float((lacking * counts).sum())
    )


def fgt(incomes: Numbers, line: float, alpha: float, weights: Numbers | None = None) -> float:
    """The index of Foster, Greer and Thorbecke for any ``alpha``: 0 the share of poor, 1 the gap, 2 its square."""
    found = poverty(incomes, line, weights)
    if alpha in (0, 1, 2):
        return (found.headcount, found.gap, found.severity)[int(alpha)]
    values, counts = _given(incomes, weights, negative=True)
    poor = values < line
    parts = ((line - values[poor]) / line) ** alpha * counts[poor]
    return float(parts.sum() / counts.sum())


def sen(incomes: Numbers, line: float, weights: Numbers | None = None) -> float:
    """Sen's index (Econometrica 44, 1976) for many people: H × (I + (1 − I) × Gini of the poor)."""
    found = poverty(incomes, line, weights)
    values, counts = _given(incomes, weights)
    poor = values < line
    if not poor.any():
        return 0.0
    among = gini(values[poor], counts[poor]) if values[poor].sum() > 0 else 0.0
    return found.headcount * (found.mean_gap + (1 - found.mean_gap) * among)


def theil(incomes: Numbers, weights: Numbers | None = None) -> float:
    """Theil's T: 0 when all have the same; an income of nothing adds nothing. Raises as :func:`gini`."""
    values, counts = _given(incomes, weights)
    mean = float((values * counts).sum() / counts.sum())
    if mean <= 0:
        raise CannotBecause(
            "inequality.nothing", sentence("收入合计为零，没有泰尔指数", "There is no income at all, so no Theil index")
        )  # fmt: skip
    ratio = values / mean
    logs = np.log(np.where(ratio > 0, ratio, 1.0))
    return float((ratio * logs * counts).sum() / counts.sum())


def _given(
    incomes: Numbers, weights: Numbers | None, *, negative: bool = False
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    values = np.asarray(incomes, np.float64)
    counts = np.ones(len(values)) if weights is None else np.asarray(weights, np.float64)
    if not len(values) or len(values) != len(counts) or counts.min() < 0 or counts.sum() <= 0:
        raise CannotBecause(
            "inequality.nobody", sentence("没有收入数据", "There are no incomes, or a weight does not fit them")
        )  # fmt: skip
    if not negative and values.min() < 0:
        raise CannotBecause(
            "inequality.negative", sentence("有负的收入，不能计算", "An income is negative: the index is not defined")
        )  # fmt: skip
    return values, counts
