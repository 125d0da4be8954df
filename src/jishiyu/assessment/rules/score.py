"""The hardship score: 0 to 10 000 (hundredths of a point), for one household or a chunk of the district.

Points of an indicator = its full points × its cut-off's share; full points sum to exactly 10 000. What is not known
adds nothing and is told: ``highest`` says how far the score could reach. The score finds and ranks; a person decides.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

import numpy as np

from jishiyu.assessment.rules.ahp import in_parts, weigh
from jishiyu.assessment.rules.book import BOOK, measure_of
from jishiyu.assessment.rules.parameters import PARAMETERS, given
from jishiyu.assessment.rules.points import Bound, Points, bounds_of, points_of, points_of_one
from jishiyu.foundations.outcomes import CannotBecause, Sentence
from jishiyu.law.rules.alone import Alone, Kernel
from jishiyu.law.rules.columns import Array, Column, Population
from jishiyu.law.rules.engine import run
from jishiyu.law.rules.indicators import Band, Indicator, IndicatorSet
from jishiyu.law.rules.pack import Pack
from jishiyu.law.rules.rulebook import Plan
from jishiyu.law.rules.tracing import Given, Trace

FULL = 10_000


@dataclass(frozen=True, slots=True)
class Model:
    """An indicator set with weights, ready to score: full points by indicator, summing to 10 000.

    ``within``: the weights of a dimension's indicators (millionths, in the pack's order) where a panel gave them; else the pack's.
    """

    version: str
    indicators: IndicatorSet
    dimension_weights: Mapping[str, int]
    full: Mapping[str, int]
    within: Mapping[str, Sequence[int]] = field(default_factory=dict)

    def share_within(self, key: str) -> int:
        """The weight of an indicator within its dimension, in millionths."""
        one = self.indicators.indicator(key)
        return _within(one, self.indicators, self.within)

    def band_of(self, score: int) -> Band:
        """The band in which a score lies."""
        return max(
            (one for one in self.indicators.bands if one.basis_points <= score), key=lambda b: b.basis_points
        )


def model_of(
    indicators: IndicatorSet,
    weights: Sequence[int] | None = None,
    version: str | None = None,
    within: Mapping[str, Sequence[int]] | None = None,
) -> Model:
    """A model from the pack's set; ``weights`` (millionths, one a dimension) come from a panel, else from its matrix.

    ``within`` gives, for dimensions that a panel judged, the weights of their indicators (millionths, in the pack's order).
    """
    if weights is None:
        table = tuple(float(value) for value in indicators.random_index)
        weights = in_parts(weigh(indicators.judgements(), table).weights)
    by_dim = {dim.key: weight for dim, weight in zip(indicators.dims, weights, strict=True)}
    inner = dict(within or {})
    shares = [by_dim[one.dim] * _within(one, indicators, inner) for one in indicators.indicators]
    full = dict(zip((one.key for one in indicators.indicators), in_parts(shares, FULL), strict=True))
    return Model(version or indicators.version, indicators, by_dim, full, inner)


def _within(one: Indicator, indicators: IndicatorSet, within: Mapping[str, Sequence[int]]) -> int:
    given = within.get(one.dim)
    if given is None:
        return one.weight * 100
    keys = [each.key for each in indicators.of_dim(one.dim)]
    return int(given[keys.index(one.key)])


@dataclass(frozen=True, slots=True)
class Scores:
    """The scores of a population: ``score`` from what is known, ``highest`` if all that is not known were worst."""

    score: Array
    highest: Array
    points: Mapping[str, Column]
    most: Mapping[str, Array]
    results: Mapping[str, Points]
    measures: Mapping[str, Column]
    bounds: Mapping[str, tuple[Bound, ...]]
    refusals: Mapping[str, Sentence]

    def hit(self, key: str, row: int) -> int:
        """Which cut-off or case, by place, gave a household its points of an indicator; OTHERWISE or WITHOUT."""
        found = self.results[key]
        return found.places[int(found.code[row])]


@dataclass(frozen=True, slots=True)
class Part:
    """One indicator of one household: points and the most they could be, the measure (None: not known), what hit."""

    points: int
    most: int
    known: bool
    value: int | None
    hit: int


@dataclass(frozen=True, slots=True)
class HouseholdScore:
    """The score of one household, by indicator; ``trace`` is what each measure came from."""

    score: int
    highest: int
    parts: Mapping[str, Part]
    bounds: Mapping[str, tuple[Bound, ...]]
    refusals: Mapping[str, Sentence]
    trace: Trace


@dataclass(frozen=True)
class _Ready:
    """What is the same for every household on a day: what to measure, and the cut-offs in force."""

    plan: Plan
    parameters: Mapping[str, Given]
    bounds: Mapping[str, tuple[Bound, ...]]
    refusals: Mapping[str, Sentence]
    kernels: list[Kernel] = field(default_factory=list)

    def kernel(self, like: Alone) -> Kernel:
        if not self.kernels:
            self.kernels.append(Kernel(self.plan, self.parameters, like))
        return self.kernels[0]


@dataclass(frozen=True, eq=False)
class _Same:
    """A pack with its indicators, known by identity: a trial changes them and keeps their versions."""

    pack: Pack
    indicators: IndicatorSet

    def __hash__(self) -> int:
        return hash((id(self.pack), id(self.indicators)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.pack is other.pack and self.indicators is other.indicators


@lru_cache(maxsize=32)
def _ready(of: _Same, day: date) -> _Ready:
    refusals: dict[str, Sentence] = {}
    wanted = [one.key for one in of.indicators.indicators if _can_measure(one.key, day, refusals)]
    plan = BOOK.plan(day, [measure_of(key) for key in wanted])
    bounds = {one.key: bounds_of(one, of.pack, day) for one in of.indicators.indicators}
    return _Ready(plan, given(of.pack, PARAMETERS, plan.leaves, day, certain=False), bounds, refusals)


def score_household(household: Alone, day: date, pack: Pack, model: Model) -> HouseholdScore:
    """Score one household on a legal date, with all that is needed to say why."""
    ready = _ready(_Same(pack, model.indicators), day)
    found = ready.kernel(household)(household)
    parts = {}
    for one in model.indicators.indicators:
        value = found.number(measure_of(one.key)) if one.key not in ready.refusals else None
        own, full = points_of_one(one, value, ready.bounds[one.key]), model.full[one.key]
        parts[one.key] = Part(_share(full, own.points), _share(full, own.most), own.known, value, own.hit)
    score, highest = sum(one.points for one in parts.values()), sum(one.most for one in parts.values())
    return HouseholdScore(score, highest, parts, ready.bounds, ready.refusals, found.trace())


def score_population(people: Population, day: date, pack: Pack, model: Model) -> Scores:
    """Score every household of a population (a chunk) on a legal date."""
    ready = _ready(_Same(pack, model.indicators), day)
    measured = [measure_of(one.key) for one in model.indicators.indicators]
    columns = run(ready.plan, people, ready.parameters, keep=measured)
    size = len(people.counts)
    nothing = Column(np.zeros(size, np.int64), np.zeros(size, bool))
    measures = {
        one.key: nothing if one.key in ready.refusals else columns[measure_of(one.key)]
        for one in model.indicators.indicators
    }
    return score_measures(measures, day, pack, model, refusals=ready.refusals)


def score_measures(
    measures: Mapping[str, Column],
    day: date,
    pack: Pack,
    model: Model,
    *,
    refusals: Mapping[str, Sentence],
) -> Scores:
    """The scores of households measured already: so other weights or cut-offs cost no second measuring."""
    bounds = _ready(_Same(pack, model.indicators), day).bounds
    results = {
        one.key: points_of(one, measures[one.key], bounds[one.key]) for one in model.indicators.indicators
    }
    points = {key: _weighted(result, model.full[key]) for key, result in results.items()}
    most = {
        key: points[key].values
        if result.known is None
        else _shares(model.full[key], result.reach).take(result.code)
        for key, result in results.items()
    }
    size = len(next(iter(measures.values())).values)
    score: Array = np.zeros(size, np.int64)
    highest: Array = np.zeros(size, np.int64)
    for key, column in points.items():
        score += column.values
        highest += most[key]
    return Scores(score, highest, points, most, results, measures, bounds, refusals)


def measured_with(day: date, pack: Pack, model: Model) -> dict[str, Given]:
    """The parameters (not the cut-offs) that the measures of a model rest on, as they are that day."""
    return dict(_ready(_Same(pack, model.indicators), day).parameters)


def _can_measure(key: str, day: date, refusals: dict[str, Sentence]) -> bool:
    try:
        BOOK.plan(day, [measure_of(key)])
    except CannotBecause as refusal:
        refusals[key] = refusal.reason
        return False
    return True


def _shares(full: int, worth: Sequence[int]) -> Array:
    """What each outcome of an indicator is worth in points of the score; a household looks its own up."""
    return (full * np.array(worth, np.int64) * 2 + FULL) // (2 * FULL)


def _share(full: int, worth: int) -> int:
    return (full * worth * 2 + FULL) // (2 * FULL)


def _weighted(result: Points, full: int) -> Column:
    return Column(_shares(full, result.worth).take(result.code), result.known)
