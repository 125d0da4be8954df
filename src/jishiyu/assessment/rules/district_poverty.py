"""Multidimensional poverty over a reading of the district: what is a deprivation, whose, with which weights.

An indicator is a deprivation where it gives at least ``line`` basis points of its own points; its gap is the share of the points
that it gives (how far beyond the cut-off), which for named circumstances is an order more than a distance. What is not known is
counted as no deprivation, and ``highest`` says how far M0 could reach if all of it were.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from jishiyu.assessment.rules.alkire_foster import CurvePoint, GroupPart, Poverty, by_group, curve, measure
from jishiyu.assessment.rules.reading import Reading
from jishiyu.assessment.rules.score import FULL, Model
from jishiyu.law.rules.indicators import IndicatorSet

KS = tuple(Fraction(n, 20) for n in range(1, 21))


@dataclass(frozen=True, slots=True)
class Question:
    """``by_person``: people are counted, else households. ``weights`` None: equal for dimensions, and within each."""

    by_person: bool
    weights: Model | None
    line: int
    k: Fraction


@dataclass(frozen=True, slots=True)
class Found:
    """The measures of the whole, by sub-district, over ``k``; ``weights`` by indicator; ``households`` poor for each part.

    ``dimensions``: each dimension's part of M0 and of the weights. ``highest`` are the measures if all that is unknown were
    deprivation. ``poor_households``, by sub-district, by indicator (``deprived``) and at each point of the curve decide what may be
    shown.
    """

    whole: Poverty
    highest: Poverty
    areas: tuple[GroupPart, ...]
    curve: tuple[CurvePoint, ...]
    weights: tuple[Fraction, ...]
    dimensions: tuple[tuple[str, Fraction, Fraction], ...]
    households: int
    poor_households: int
    poor_by_area: tuple[int, ...]
    poor_by_indicator: tuple[int, ...]
    poor_over_k: tuple[int, ...]
    unknown: int
    area_codes: tuple[str, ...]


def indicator_weights(content: IndicatorSet, model: Model | None) -> tuple[Fraction, ...]:
    """Each indicator's weight in the whole."""
    if model is not None:
        return tuple(Fraction(model.full[one.key], FULL) for one in content.indicators)
    each = {dim.key: Fraction(1, len(content.dims) * len(content.of_dim(dim.key))) for dim in content.dims}
    return tuple(each[one.dim] for one in content.indicators)


def answer(reading: Reading, asked: Question, content: IndicatorSet) -> Found:
    """Everything at once, exact; a district of some hundred thousand households takes a moment."""
    weights = indicator_weights(content, asked.weights)
    deprived = (reading.points >= asked.line) & reading.known
    sizes = reading.persons if asked.by_person else np.ones(len(reading.count), np.int64)
    counted: dict[str, Any] = {"counts": reading.count}
    gaps = np.where(deprived, reading.points, 0)
    whole = measure(deprived, weights, asked.k, sizes, gaps=gaps, scale=FULL, **counted)
    highest = measure(deprived | ~reading.known, weights, asked.k, sizes, **counted)
    areas = by_group(deprived, weights, asked.k, reading.area, sizes, gaps=gaps, scale=FULL, **counted)
    poor = whole.is_poor
    shares = {dim.key: Fraction(0) for dim in content.dims}
    parts = dict(shares)
    for one, weight, part in zip(content.indicators, weights, whole.contributions, strict=True):
        shares[one.dim] += weight
        parts[one.dim] += part
    area_poor = np.zeros(len(reading.areas), np.int64)
    np.add.at(area_poor, reading.area[poor], reading.count[poor])
    return Found(
        whole=whole,
        highest=highest,
        areas=tuple(sorted(areas, key=lambda one: -one.contribution)),
        curve=tuple(curve(deprived, weights, KS, sizes, **counted)),
        weights=weights,
        dimensions=tuple((dim.key, parts[dim.key], shares[dim.key]) for dim in content.dims),
        households=reading.households,
        poor_households=int(reading.count[poor].sum()),
        poor_by_area=tuple(int(n) for n in area_poor),
        poor_by_indicator=tuple(int(n) for n in reading.count[poor] @ deprived[poor].astype(np.int64)),
        poor_over_k=_poor_households(deprived, weights, reading.count),
        unknown=int(reading.count[~reading.known.all(axis=1)].sum()),
        area_codes=reading.areas,
    )


def _poor_households(deprived: Any, weights: tuple[Fraction, ...], count: Any) -> tuple[int, ...]:
    """How many households are poor at each cut-off of the curve."""
    whole = int(count.sum())
    alone = curve(deprived, weights, KS, np.ones(len(count), np.int64), counts=count)
    return tuple(int(one.headcount * whole) for one in alone)
