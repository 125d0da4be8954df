"""Multidimensional poverty by the dual cut-off of Alkire and Foster (Journal of Public Economics 95, 2011).

A unit (person or household) is deprived in a dimension below that dimension's cut-off, and poor when its weighted deprivations
reach ``k``. All measures are exact fractions, made of whole numbers over arrays; only standard errors are floats.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import lcm, sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jishiyu.foundations.outcomes import CannotBecause, sentence

Exact = Fraction | int | str
Rows = Sequence[Sequence[bool | int]] | NDArray[Any]
# Whole numbers up to here are multiplied in 64 bits; larger ones as Python's own.
_FITS = 2**62


@dataclass(frozen=True, slots=True)
class Errors:
    """Standard errors, were the units a simple random sample of many (households as clusters of their members).

    Of a whole register there is no sampling error: they then tell how far the measures may come from chance alone in who
    happens to live here. By linearization for ratios; with single units the error of H is √(H(1-H)/(n-1)).
    """

    headcount: float
    intensity: float | None
    adjusted: float
    gap: float | None = None
    severity: float | None = None


@dataclass(frozen=True, slots=True)
class Poverty:
    """``headcount`` H (share of poor), ``intensity`` A (mean share of deprivations of the poor), ``adjusted`` M0 = H × A.

    ``raw`` and ``censored``: the share of all units deprived in each dimension, and of those who are poor as well.
    ``contributions``: each dimension's part of M0, summing to 1. ``gap`` M1 and ``severity`` M2 when gaps were handed in.
    ``units`` and ``poor_units`` are counts; ``scores`` and ``poor`` each row's weighted deprivations and whether it is poor.
    """

    headcount: Fraction
    intensity: Fraction
    adjusted: Fraction
    censored: tuple[Fraction, ...]
    contributions: tuple[Fraction, ...]
    raw: tuple[Fraction, ...]
    units: int
    poor_units: int
    gap: Fraction | None
    severity: Fraction | None
    errors: Errors | None
    common: int
    totals: NDArray[Any] = field(compare=False, repr=False)
    is_poor: NDArray[Any] = field(compare=False, repr=False)

    @property
    def poor(self) -> tuple[bool, ...]:
        """Which rows are poor."""
        return tuple(bool(one) for one in self.is_poor)

    @property
    def scores(self) -> tuple[Fraction, ...]:
        """Each row's weighted deprivations."""
        return tuple(Fraction(int(total), self.common) for total in self.totals)


@dataclass(frozen=True, slots=True)
class GroupPart:
    """One group's share of all units, its own M0, and its part of the whole's M0."""

    group: Any
    share: Fraction
    poverty: Poverty
    contribution: Fraction


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """H, A and M0 at one cut-off."""

    k: Fraction
    headcount: Fraction
    intensity: Fraction
    adjusted: Fraction


def measure(
    deprived: Rows,
    weights: Sequence[Exact],
    k: Exact,
    sizes: Sequence[int] | NDArray[Any] | None = None,
    *,
    counts: Sequence[int] | NDArray[Any] | None = None,
    gaps: Sequence[Sequence[Exact]] | NDArray[Any] | None = None,
    scale: int = 1,
) -> Poverty:
    """H, A, M0 (and M1, M2) of a deprivation matrix (one row a unit, one column a dimension).

    ``weights`` may sum to anything and are scaled to 1; ``k`` is the share of weighted deprivations, above 0 and up
    to 1, that makes a unit poor (``Fraction(1, 3)``). ``sizes`` counts each row that many times (household members);
    ``counts`` says how many such rows there are. ``gaps`` are normalized gaps, 0 to 1 (see :func:`gaps_of`), or whole numbers
    of which ``scale`` are one. Raises CannotBecause for an empty matrix, and for a cut-off or weights that cannot be.
    """
    matrix = np.asarray(deprived, bool)
    cutoff = Fraction(k)
    _check(matrix, weights, cutoff)
    shares = _shares(weights)
    common = lcm(*(share.denominator for share in shares))
    totals = _totals(matrix, shares, common, cutoff)
    poor = np.asarray(totals * cutoff.denominator >= cutoff.numerator * common, bool)
    size = _whole(sizes, len(matrix))
    count = _whole(counts, len(matrix))
    units = size * count
    whole, poor_units = int(units.sum()), int(units[poor].sum())
    censored = _ratios(matrix[poor], units[poor], whole)
    adjusted = _weighted(shares, censored)
    first, second = _gap_measures(gaps, scale, matrix, poor, units, shares, whole)
    headcount = Fraction(poor_units, whole)
    return Poverty(
        headcount=headcount,
        intensity=adjusted / headcount if headcount else Fraction(0),
        adjusted=adjusted,
        censored=censored,
        contributions=tuple(
            s * r / adjusted if adjusted else Fraction(0) for s, r in zip(shares, censored, strict=True)
        ),
        raw=_ratios(matrix, units, whole),
        units=whole,
        poor_units=poor_units,
        gap=first[0],
        severity=second[0],
        errors=_errors(poor, totals, common, size, count, first[1], second[1]),
        common=common,
        totals=totals,
        is_poor=poor,
    )


def gaps_of(
    achievements: Sequence[Sequence[Exact]], cut_offs: Sequence[Exact]
) -> tuple[tuple[Fraction, ...], ...]:
    """Normalized gaps (z - x) / z of achievements below their cut-offs, 0 for others. Exact; write decimals as text ("13.1")."""
    lines = [Fraction(one) for one in cut_offs]
    return tuple(
        tuple(
            max(Fraction(0), (line - Fraction(value)) / line) for value, line in zip(row, lines, strict=True)
        )
        for row in achievements
    )


def by_group(
    deprived: Rows,
    weights: Sequence[Exact],
    k: Exact,
    groups: Sequence[Any] | NDArray[Any],
    sizes: Sequence[int] | NDArray[Any] | None = None,
    *,
    counts: Sequence[int] | NDArray[Any] | None = None,
    gaps: Sequence[Sequence[Exact]] | NDArray[Any] | None = None,
    scale: int = 1,
) -> list[GroupPart]:
    """The same for each group (sub-district), with its part of the whole; the parts sum to 1 unless nobody is poor."""
    matrix = np.asarray(deprived, bool)
    size, count = _whole(sizes, len(matrix)), _whole(counts, len(matrix))
    whole = measure(matrix, weights, k, size, counts=count)
    places: dict[Any, int] = {}
    codes = np.array([places.setdefault(each, len(places)) for each in _plain(groups)])
    given = None if gaps is None else np.asarray(gaps)
    result = []
    for group, place in places.items():
        rows = codes == place
        part = measure(
            matrix[rows],
            weights,
            k,
            size[rows],
            counts=count[rows],
            gaps=None if given is None else given[rows],
            scale=scale,
        )
        share = Fraction(part.units, whole.units)
        contribution = share * part.adjusted / whole.adjusted if whole.adjusted else Fraction(0)
        result.append(GroupPart(group, share, part, contribution))
    return result


def curve(
    deprived: Rows,
    weights: Sequence[Exact],
    ks: Sequence[Exact],
    sizes: Sequence[int] | NDArray[Any] | None = None,
    *,
    counts: Sequence[int] | NDArray[Any] | None = None,
) -> list[CurvePoint]:
    """H, A and M0 over several cut-offs, to see whether a finding hangs on the choice of ``k``."""
    matrix = np.asarray(deprived, bool)
    lines = [Fraction(k) for k in ks]
    for line in lines:
        _check(matrix, weights, line)
    shares = _shares(weights)
    common = lcm(*(share.denominator for share in shares))
    totals = _totals(matrix, shares, common, Fraction(1))
    units = _whole(sizes, len(matrix)) * _whole(counts, len(matrix))
    # Alike totals together: few are left, and above each line they are summed as whole numbers of any size.
    levels, places = np.unique(totals, return_inverse=True)
    many = np.zeros(len(levels), np.int64)
    np.add.at(many, places, units)
    held = list(zip((int(one) for one in levels), many.tolist(), strict=True))
    whole = int(units.sum())
    found = []
    for line in lines:
        poor = [(total, n) for total, n in held if total * line.denominator >= line.numerator * common]
        headcount = Fraction(sum(n for _, n in poor), whole)
        adjusted = Fraction(sum(total * n for total, n in poor), whole * common)
        found.append(
            CurvePoint(line, headcount, adjusted / headcount if headcount else Fraction(0), adjusted)
        )
    return found


def _plain(groups: Sequence[Any] | NDArray[Any]) -> Sequence[Any]:
    return groups.tolist() if isinstance(groups, np.ndarray) else groups


def _check(matrix: NDArray[Any], weights: Sequence[Exact], cutoff: Fraction) -> None:
    if matrix.ndim != 2 or 0 in matrix.shape or matrix.shape[1] != len(weights):
        raise CannotBecause(
            "assessment.no_units", sentence("没有可测量的单位", "There is nothing to measure in that matrix")
        )
    if not 0 < cutoff <= 1:
        raise CannotBecause(
            "assessment.bad_cutoff",
            sentence("贫困临界值须大于0且不超过1", "k has to be above 0 and at most 1"),
        )


def _whole(values: Sequence[int] | NDArray[Any] | None, rows: int) -> NDArray[np.int64]:
    return np.ones(rows, np.int64) if values is None else np.asarray(values, np.int64)


def _totals(matrix: NDArray[Any], shares: Sequence[Fraction], common: int, cutoff: Fraction) -> NDArray[Any]:
    parts = [int(share * common) for share in shares]
    if common * cutoff.denominator < _FITS:
        return np.asarray(matrix.astype(np.int64) @ np.array(parts, np.int64))
    return np.asarray((matrix.astype(object) * np.array(parts, object)).sum(axis=1))


def _ratios(matrix: NDArray[Any], units: NDArray[np.int64], whole: int) -> tuple[Fraction, ...]:
    return tuple(Fraction(int(n), whole) for n in units @ matrix.astype(np.int64))


def _weighted(shares: Sequence[Fraction], ratios: Sequence[Fraction]) -> Fraction:
    return sum((share * ratio for share, ratio in zip(shares, ratios, strict=True)), Fraction(0))


def _gap_measures(
    gaps: Any,
    scale: int,
    matrix: NDArray[Any],
    poor: NDArray[Any],
    units: NDArray[np.int64],
    shares: Sequence[Fraction],
    whole: int,
) -> tuple[tuple[Fraction | None, Any], tuple[Fraction | None, Any]]:
    """M1 and M2, each with the rows' own values (for standard errors)."""
    if gaps is None:
        return (None, None), (None, None)
    numbers, scale = _as_whole(gaps, scale)
    if numbers.shape != matrix.shape or (numbers < 0).any() or (numbers > scale).any():
        raise CannotBecause(
            "assessment.bad_gaps",
            sentence(
                "缺口须在0与1之间，且与剥夺矩阵同形",
                "Gaps lie between 0 and 1, one for each place of the matrix",
            ),
        )
    # A deprivation that is not poor, and a gap where there is no deprivation, do not count.
    held = np.where(matrix & poor[:, None], numbers, 0)
    exact = held if int(units.sum()) * scale**2 < _FITS else held.astype(object)
    found = []
    for power in (1, 2):
        sums = units @ exact**power
        ratios = [Fraction(int(one), whole * scale**power) for one in sums]
        rows = (held.astype(float) / scale) ** power @ np.array([float(one) for one in shares])
        found.append((_weighted(shares, ratios), rows))
    return found[0], found[1]


def _as_whole(gaps: Any, scale: int) -> tuple[NDArray[Any], int]:
    given = np.asarray(gaps)
    if given.dtype.kind in "iu":
        return given.astype(np.int64), scale
    exact = [[Fraction(cell) for cell in row] for row in given.tolist()]
    common = lcm(*(cell.denominator for row in exact for cell in row))
    numbers = [[int(cell * common) for cell in row] for row in exact]
    return np.array(numbers, object if common**2 >= _FITS else np.int64), common


def _errors(
    poor: NDArray[Any],
    totals: NDArray[Any],
    common: int,
    size: NDArray[np.int64],
    count: NDArray[np.int64],
    gap: Any,
    severity: Any,
) -> Errors | None:
    clusters, units = int(count.sum()), int((size * count).sum())
    if clusters < 2:
        return None
    held = np.where(poor, totals.astype(float) / common, 0.0)
    is_poor = poor.astype(float)
    headcount = float((size * count * is_poor).sum()) / units

    def error(values: NDArray[Any], divisor: float = 1.0) -> float:
        mean = float((size * count * values).sum()) / units
        spread = float((count * (size * (values - mean)) ** 2).sum())
        return sqrt(spread * clusters / (clusters - 1)) / units / divisor

    adjusted = float((size * count * held).sum()) / units
    return Errors(
        headcount=error(is_poor),
        # A is a ratio of two means: what each unit's deviation from it adds, over H.
        intensity=error(held - adjusted / headcount * is_poor, headcount) if headcount else None,
        adjusted=error(held),
        gap=None if gap is None else error(gap),
        severity=None if severity is None else error(severity),
    )


def _shares(weights: Sequence[Exact]) -> tuple[Fraction, ...]:
    exact = [Fraction(weight) for weight in weights]
    total = sum(exact)
    if total <= 0 or min(exact) < 0:
        raise CannotBecause(
            "assessment.bad_weights",
            sentence("权重须非负且合计大于0", "Weights have to be non-negative and not all zero"),
        )
    return tuple(weight / total for weight in exact)
