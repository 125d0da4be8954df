"""The smallest change that would carry a household into another band: which indicator, from what to what, by how much.

Every place where an indicator's points change is tried; of those that carry far enough the nearest is told. Where no single
indicator is enough, the fewest together are. What is not known may be found out: that is told as such.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from jishiyu.assessment.rules.book import CASES
from jishiyu.assessment.rules.indicators import BEYOND
from jishiyu.assessment.rules.points import FULL, Bound, points_of, say_value
from jishiyu.assessment.rules.score import Model
from jishiyu.foundations.outcomes import Sentence, sentence
from jishiyu.law.rules.columns import Column
from jishiyu.law.rules.indicators import Band, Indicator

# What cannot be measured against a size (a case, a fact to find out) comes after what can.
_LAST = Fraction(10**9)


@dataclass(frozen=True, slots=True)
class Standing:
    """One indicator of a score as it stands: its points, and its measured value when that is known."""

    key: str
    points: int
    most: int
    known: bool
    value: int | None


@dataclass(frozen=True, slots=True)
class Move:
    """One indicator goes from what it is to what gives ``points`` more (less, if negative). ``size``: the change as a part."""

    indicator: str
    name: Sentence
    target: int | None
    points: int
    said: Sentence
    size: Fraction


@dataclass(frozen=True, slots=True)
class Way:
    """How a household would come into ``band``: by any one of ``alone`` (the smallest first), else by all of ``together``."""

    band: Band
    points: int
    alone: tuple[Move, ...]
    together: tuple[Move, ...]


def standings(reasons: Iterable[Mapping[str, Any]]) -> tuple[Standing, ...]:
    """The indicators of a stored score."""
    return tuple(
        Standing(one["key"], one["points"], one["most"], one["known"], one["value"]) for one in reasons
    )


def ways(
    score: int, own: Sequence[Standing], bounds: Mapping[str, tuple[Bound, ...]], model: Model
) -> tuple[Way, ...]:
    """The way into the next harder band and into the next milder one, as far as there are such.

    ``bounds``: each indicator's cut-offs on the score's day (:func:`jishiyu.assessment.rules.points.bounds_of`).
    """
    ordered = sorted(model.indicators.bands, key=lambda one: one.basis_points)
    place = ordered.index(model.band_of(score))
    by_key = {one.key: one for one in model.indicators.indicators}
    every = [move for one in own for move in _moves(by_key[one.key], one, bounds[one.key], model)]
    found = []
    if place + 1 < len(ordered):
        need = ordered[place + 1].basis_points - score
        found.append(_way(ordered[place + 1], need, every))
    if place > 0:
        found.append(_way(ordered[place - 1], ordered[place].basis_points - 1 - score, every))
    return tuple(one for one in found if one.alone or one.together)


def _way(band: Band, need: int, every: Sequence[Move]) -> Way:
    enough = [one for one in every if (one.points >= need if need > 0 else one.points <= need)]
    nearest: dict[str, Move] = {}
    for one in sorted(enough, key=lambda one: (one.size, abs(one.points))):
        nearest.setdefault(one.indicator, one)
    return Way(band, need, tuple(nearest.values()), () if nearest else _together(need, every))


def _together(need: int, every: Sequence[Move]) -> tuple[Move, ...]:
    """The fewest indicators that carry far enough together, each by its largest step; none when all are not enough."""
    sign = 1 if need > 0 else -1
    largest: dict[str, Move] = {}
    for one in sorted(every, key=lambda one: (-sign * one.points, one.size)):
        if one.points * sign > 0:
            largest.setdefault(one.indicator, one)
    taken: list[Move] = []
    for one in largest.values():
        taken.append(one)
        if sum(each.points for each in taken) * sign >= need * sign:
            return tuple(taken)
    return ()


def _moves(one: Indicator, own: Standing, bounds: tuple[Bound, ...], model: Model) -> list[Move]:
    if not own.known or own.value is None:
        return [_find_out(one, own)] if own.most > own.points else []
    targets = np.array(_targets(one, bounds), np.int64)
    given = points_of(one, Column(targets), bounds)
    full, known = model.full[one.key], given.points.mask()
    found = []
    for at, target in enumerate(targets.tolist()):
        more = (full * int(given.points.values[at]) * 2 + FULL) // (2 * FULL) - own.points
        if known[at] and more and target != own.value:
            found.append(_move(one, own, target, int(given.hit[at]), more, bounds))
    return found


def _targets(one: Indicator, bounds: tuple[Bound, ...]) -> list[int]:
    """The values around which an indicator's points change."""
    if one.cases:
        return list(range(len(CASES[one.key]) + 1))
    around = (bound.value + step for bound in bounds if bound.value is not None for step in (-1, 0, 1))
    return sorted({0, *(value for value in around if value >= 0)})


def _move(one: Indicator, own: Standing, target: int, hit: int, more: int, bounds: tuple[Bound, ...]) -> Move:
    now = own.value or 0
    if one.cases:
        codes = np.array([now], np.int64)
        before = int(points_of(one, Column(codes), bounds).hit[0])
        words = _case(one, before), _case(one, hit)
        said = sentence("由“{b}”变为“{a}”", "from “{b}” to “{a}”", b=words[0], a=words[1])
        return Move(one.key, one.name, target, more, said, _LAST + abs(more))
    if now == BEYOND:
        # From no income at all every number is far; the largest is the nearest.
        said = sentence("变为{a}", "to {a}", a=say_value(target, one))
        return Move(one.key, one.name, target, more, said, _LAST + Fraction(1, 1 + target))
    words_ = (
        ("由{b}增至{a}（多{d}）", "from {b} up to {a} ({d} more)")
        if target > now
        else ("由{b}降至{a}（少{d}）", "from {b} down to {a} ({d} less)")
    )
    said = sentence(
        *words_, b=say_value(now, one), a=say_value(target, one), d=say_value(abs(target - now), one)
    )
    return Move(one.key, one.name, target, more, said, Fraction(abs(target - now), max(now, 1)))


def _case(one: Indicator, hit: int) -> Sentence:
    return one.cases[hit].name if hit >= 0 else one.beyond or sentence("无", "none of these")


def _find_out(one: Indicator, own: Standing) -> Move:
    more = own.most - own.points
    said = sentence("现未掌握，查明后可能得分", "not known now: finding out may give points")
    return Move(one.key, one.name, None, more, said, 2 * _LAST)
