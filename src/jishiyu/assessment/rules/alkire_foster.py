"""Multidimensional poverty by the dual cut-off of Alkire and Foster (Journal of Public Economics 95, 2011).

A unit (person or household) is deprived in a dimension below that dimension's cut-off, and poor when its weighted
deprivations reach ``k``. All results are exact fractions.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jishiyu.foundations.outcomes import CannotBecause, sentence


@dataclass(frozen=True, slots=True)
class Poverty:
    """``headcount`` H (share of poor), ``intensity`` A (mean share of deprivations of the poor), ``adjusted`` M0 = H × A.

    ``contributions``: each dimension's part of M0, summing to 1. ``scores``: each unit's weighted deprivations.
    """

    headcount: Fraction
    intensity: Fraction
    adjusted: Fraction
    censored: tuple[Fraction, ...]
    contributions: tuple[Fraction, ...]
    poor: tuple[bool, ...]
    scores: tuple[Fraction, ...]


@dataclass(frozen=True, slots=True)
class GroupPart:
    """One group's share of all units, its own M0, and its part of the whole's M0."""

    group: Any
    share: Fraction
    poverty: Poverty
    contribution: Fraction


def measure(
    deprived: Sequence[Sequence[bool | int]] | NDArray[Any],
    weights: Sequence[Fraction | int | str],
    k: Fraction | int | str,
    sizes: Sequence[int] | None = None,
) -> Poverty:
    """H, A and M0 of a deprivation matrix (one row a unit, one column a dimension).

    ``weights`` may sum to anything and are scaled to 1; ``k`` is the share of weighted deprivations, above 0 and up
    to 1, that makes a unit poor (``Fraction(1, 3)``). ``sizes`` counts each row that many times (household members).
    """
    matrix = np.asarray(deprived, bool)
    cutoff = Fraction(k)
    if matrix.ndim != 2 or 0 in matrix.shape or matrix.shape[1] != len(weights):
        raise CannotBecause(
            "assessment.no_units", sentence("没有可测量的单位", "There is nothing to measure in that matrix")
        )
    if not 0 < cutoff <= 1:
        raise CannotBecause(
            "assessment.bad_cutoff",
            sentence("贫困临界值须大于0且不超过1", "k has to be above 0 and at most 1"),
        )
    shares = _shares(weights)
    common = lcm(*(share.denominator for share in shares))
    parts = np.array([int(share * common) for share in shares], np.int64)
    count = np.ones(len(matrix), np.int64) if sizes is None else np.asarray(sizes, np.int64)
    totals = matrix.astype(np.int64) @ parts
    poor = totals * cutoff.denominator >= cutoff.numerator * common
    units, poor_units = int(count.sum()), int(count[poor].sum())
    censored_counts = (matrix[poor] * count[poor, None]).sum(axis=0)
    censored = tuple(Fraction(int(n), units) for n in censored_counts)
    adjusted = sum((share * ratio for share, ratio in zip(shares, censored, strict=True)), Fraction(0))
    headcount = Fraction(poor_units, units)
    return Poverty(
        headcount,
        adjusted / headcount if headcount else Fraction(0),
        adjusted,
        censored,
        tuple(s * r / adjusted if adjusted else Fraction(0) for s, r in zip(shares, censored, strict=True)),
        tuple(bool(p) for p in poor),
        tuple(Fraction(int(total), common) for total in totals),
    )


def by_group(
    deprived: Sequence[Sequence[bool | int]] | NDArray[Any],
    weights: Sequence[Fraction | int | str],
    k: Fraction | int | str,
    groups: Sequence[Any],
    sizes: Sequence[int] | None = None,
) -> list[GroupPart]:
    """The same for each group (sub-district), with its part of the whole; the parts sum to 1 unless nobody is poor."""
    matrix = np.asarray(deprived, bool)
    count = np.ones(len(matrix), np.int64) if sizes is None else np.asarray(sizes, np.int64)
    whole = measure(matrix, weights, k, count.tolist())
    result = []
    for group in dict.fromkeys(groups):
        rows = np.array([each == group for each in groups])
        part = measure(matrix[rows], weights, k, count[rows].tolist())
        share = Fraction(int(count[rows].sum()), int(count.sum()))
        contribution = share * part.adjusted / whole.adjusted if whole.adjusted else Fraction(0)
        result.append(GroupPart(group, share, part, contribution))
    return result


def _shares(weights: Sequence[Fraction | int | str]) -> tuple[Fraction, ...]:
    exact = [Fraction(weight) for weight in weights]
    total = sum(exact)
    if total <= 0 or min(exact) < 0:
        raise CannotBecause(
            "assessment.bad_weights",
            sentence("权重须非负且合计大于0", "Weights have to be non-negative and not all zero"),
        )
    return tuple(weight / total for weight in exact)
