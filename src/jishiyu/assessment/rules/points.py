"""From a measure to points, by the pack's cut-offs and cases, for arrays of any length; and the words for it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from operator import eq, ge, gt, le, lt
from typing import Any

import numpy as np

from jishiyu.assessment.rules.book import CASES
from jishiyu.assessment.rules.indicators import BEYOND
from jishiyu.assessment.rules.parameters import Ask
from jishiyu.foundations.money import yuan_text
from jishiyu.foundations.outcomes import CannotBecause, Sentence, sentence
from jishiyu.law.rules.columns import Array, Column, Mask
from jishiyu.law.rules.engine import Given
from jishiyu.law.rules.indicators import CutOff, Indicator, Reasons
from jishiyu.law.rules.pack import Pack
from jishiyu.law.rules.parameters import Dated

OTHERWISE, WITHOUT = -1, -2
FULL = 10_000


@dataclass(frozen=True, slots=True)
class Bound:
    """A cut-off as the integer to compare with; None with the reason when its parameter is not known that day."""

    value: int | None
    points: int
    when: str
    why: Sentence | None = None


@dataclass(frozen=True, slots=True)
class Points:
    """Which cut-off or case gave each household its points of an indicator.

    ``code`` is a place in the tables: what it is ``worth`` (basis points of the indicator), the ``most`` that it could be
    worth (more where that is not known), and which cut-off or case it is (``places``).
    """

    code: Array
    known: Mask | None
    worth: tuple[int, ...]
    reach: tuple[int, ...]
    places: tuple[int, ...]

    @property
    def points(self) -> Column:
        """Points in basis points of the indicator."""
        return Column(np.array(self.worth, np.int64).take(self.code), self.known)

    @property
    def hit(self) -> Array:
        """The place of the cut-off or case, or OTHERWISE, or WITHOUT."""
        return np.array(self.places, np.int8).take(self.code)

    @property
    def most(self) -> Array:
        """The points where they are known; where not, the most that they could be."""
        return np.array(self.reach, np.int64).take(self.code)


def bounds_of(indicator: Indicator, pack: Pack, day: date) -> tuple[Bound, ...]:
    """The cut-offs of an indicator in force on a day, in integers of its measure's unit."""
    return tuple(_bound(indicator, number, cut, pack, day) for number, cut in enumerate(indicator.cut_offs))


def _bound(indicator: Indicator, number: int, cut: CutOff, pack: Pack, day: date) -> Bound:
    multiple = indicator.cut(number)
    if multiple is not None and indicator.of is None:
        return Bound(multiple, cut.basis_points, cut.when)
    ask = Ask(indicator.of or "") if multiple is not None else Ask(cut.parameter or "", int(cut.year_before))
    given = _parameter(pack, ask, day)
    if not isinstance(given, Dated):
        return Bound(None, cut.basis_points, cut.when, given.reason)
    # Measures compared with "<=" are rounded up and with ">=" down, so a bound is cut to whole fen the same way.
    if multiple is not None:
        return Bound(given.value * multiple // 10_000, cut.basis_points, cut.when)
    return Bound(given.value // cut.divide, cut.basis_points, cut.when)


def _parameter(pack: Pack, ask: Ask, day: date) -> Given:
    try:
        return pack.parameter(ask.id, ask.day(day))
    except CannotBecause as refusal:
        return refusal


_COMPARE: Mapping[str, Any] = {
    "<": np.less,
    "<=": np.less_equal,
    ">": np.greater,
    ">=": np.greater_equal,
    "==": np.equal,
}

_COMPARE_ONE: Mapping[str, Callable[[int, int], bool]] = {"<": lt, "<=": le, ">": gt, ">=": ge, "==": eq}


def points_of(indicator: Indicator, measure: Column, bounds: tuple[Bound, ...]) -> Points:
    """Points of every household: the first cut-off or case that hits, else what the pack says for otherwise.

    Where a cut-off that might hit is not known, the points are not known either.
    """
    otherwise = int(indicator.otherwise * 10_000)
    if indicator.cases:
        return _points_of_cases(indicator, measure, otherwise)
    places = [*range(len(bounds)), OTHERWISE, WITHOUT, OTHERWISE, OTHERWISE]
    rest, without, undecided, unknown = range(len(bounds), len(bounds) + 4)
    values = measure.values
    code = np.full(len(values), rest, np.intp)
    settled = next((place for place, bound in enumerate(bounds) if bound.value is None), len(bounds))
    if settled < len(bounds):
        # From here on nothing can be settled: what is open may get any of the points that are left.
        code[:] = undecided
    # From the last to the first, so that the first that hits stands.
    for place in reversed(range(settled)):
        bound = bounds[place]
        np.putmask(code, _COMPARE[bound.when](values, bound.value), place)
    beyond = 0
    if indicator.without is not None:
        np.putmask(code, values == BEYOND, without)
        beyond = indicator.without.basis_points
    if measure.known is not None:
        np.putmask(code, ~measure.known, unknown)
    worth = [bound.points for bound in bounds]
    left = max([otherwise, *worth[settled:]])
    known = measure.known
    if settled < len(bounds):
        known = (code != undecided) & (code != unknown)
    return Points(
        code, None if known is None or known.all() else known, (*worth, otherwise, beyond, 0, 0),
        (*worth, otherwise, beyond, left, FULL), tuple(places),
    )  # fmt: skip


def _points_of_cases(indicator: Indicator, measure: Column, otherwise: int) -> Points:
    places = {case.case: place for place, case in enumerate(indicator.cases)}
    by_code = [places.get(word, OTHERWISE) for word in CASES[indicator.key]] + [OTHERWISE]
    worth = [otherwise if place == OTHERWISE else indicator.cases[place].basis_points for place in by_code]
    code = np.minimum(np.maximum(measure.values, 0), len(by_code) - 1).astype(np.intp, copy=False)
    if measure.known is not None:
        np.putmask(code, ~measure.known, len(by_code))
    best = max(otherwise, *(case.basis_points for case in indicator.cases))
    return Points(code, measure.known, (*worth, 0), (*worth, best), (*by_code, OTHERWISE))


@dataclass(frozen=True, slots=True)
class OnePoints:
    """One household's points of an indicator in its basis points, the most they could be, and what gave them."""

    points: int
    most: int
    known: bool
    hit: int


def points_of_one(indicator: Indicator, value: int | None, bounds: tuple[Bound, ...]) -> OnePoints:
    """The same as :func:`points_of` for a single measure; None is not known."""
    otherwise = int(indicator.otherwise * FULL)
    if indicator.cases:
        return _case_of_one(indicator, value, otherwise)
    if value is None:
        return OnePoints(0, FULL, False, OTHERWISE)
    if value == BEYOND and indicator.without is not None:
        worth = indicator.without.basis_points
        return OnePoints(worth, worth, True, WITHOUT)
    for place, bound in enumerate(bounds):
        if bound.value is None:
            left = max(otherwise, *(one.points for one in bounds[place:]))
            return OnePoints(0, left, False, OTHERWISE)
        if _COMPARE_ONE[bound.when](value, bound.value):
            return OnePoints(bound.points, bound.points, True, place)
    return OnePoints(otherwise, otherwise, True, OTHERWISE)


def _case_of_one(indicator: Indicator, value: int | None, otherwise: int) -> OnePoints:
    if value is None:
        best = max(otherwise, *(case.basis_points for case in indicator.cases))
        return OnePoints(0, best, False, OTHERWISE)
    words = CASES[indicator.key]
    word = words[max(value, 0)] if value < len(words) else None
    for place, case in enumerate(indicator.cases):
        if case.case == word:
            return OnePoints(case.basis_points, case.basis_points, True, place)
    return OnePoints(otherwise, otherwise, True, OTHERWISE)


def say_points(
    indicator: Indicator, reasons: Reasons, hit: int, value: int, bounds: tuple[Bound, ...]
) -> Sentence:
    """Why an indicator has its points, in words."""
    name = indicator.name
    if indicator.cases and hit >= 0:
        return _filled(reasons.case, name=name, case=indicator.cases[hit].name)
    if hit == WITHOUT and indicator.without is not None:
        return _filled(reasons.case, name=name, case=indicator.without.name)
    if hit >= 0 and indicator.reason is not None:
        return _filled(
            indicator.reason,
            value=say_value(value, indicator),
            cut=say_value(bounds[hit].value or 0, indicator),
        )
    return indicator.beyond or _filled(reasons.otherwise, name=name)


def _filled(template: Sentence, **values: Any) -> Sentence:
    return Sentence(template.zh, template.en, values)


def say_value(value: int, indicator: Indicator) -> Sentence:
    """A measure or cut-off in words, in the indicator's unit."""
    if value == BEYOND:
        return sentence("无限大（没有收入）", "beyond measure (no income)")
    if indicator.unit == "yuan":
        return sentence("{v}元", "{v} yuan", v=yuan_text(value))
    if indicator.unit == "ratio":
        return sentence("{v}%", "{v}%", v=_hundredths(value))
    if indicator.unit == "m2":
        return sentence("{v}平方米", "{v} m²", v=_hundredths(value))
    return sentence("{v}", "{v}", v=value)


def _hundredths(value: int) -> str:
    whole, rest = divmod(value, 100)
    return f"{whole}.{rest:02d}".rstrip("0").rstrip(".")
