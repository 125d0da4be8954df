"""How far a weight can move before a household changes its band, and how many do when it moves so far.

One weight w goes to t and all others keep their proportions: a household's score S, of which the weight gives D, becomes
S + (t - w)(D - S w) / (w (1 - w)), a straight line in t. Where the line meets the floor of a band is a fraction of whole
numbers: every answer is exact for the points as they are stored, and nothing is tried out. (The score made anew with the moved
weight rounds each indicator's points once more, to hundredths of a point.)
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from jishiyu.foundations.outcomes import CannotBecause, sentence

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Room:
    """Between which weights no household changes its band.

    ``lowest`` and ``highest`` are where the first household does (a weight of 0 to 1), None where none does down to 0 or up
    to 1. ``at_lowest``, ``at_highest``: whether it does on that very weight, or only just beyond.
    """

    weight: Fraction
    lowest: Fraction | None
    at_lowest: bool
    highest: Fraction | None
    at_highest: bool


@dataclass(frozen=True, slots=True)
class Shift:
    """What a change of the weight by ``change`` (its part: -1/10 is a tenth less) does: households by band before and after.

    ``moves`` has a row for each band before and a column for each after, from the mildest to the hardest.
    """

    change: Fraction
    weight: Fraction
    moves: tuple[tuple[int, ...], ...]

    @property
    def percent(self) -> int:
        """The change in whole per cent."""
        return round(self.change * 100)

    @property
    def harder(self) -> int:
        """Households that come into a harder band."""
        return sum(n for row, line in enumerate(self.moves) for n in line[row + 1 :])

    @property
    def milder(self) -> int:
        """Households that come into a milder band."""
        return sum(n for row, line in enumerate(self.moves) for n in line[:row])

    @property
    def changed(self) -> int:
        """Households in another band than before."""
        return self.harder + self.milder


@dataclass(frozen=True)
class Standing:
    """Households as far as one weight concerns them, alike ones together: score, points of this weight, how many.

    ``weight`` is in parts of ``whole``; ``floors`` are the least scores of the bands, from 0 up.
    """

    scores: Ints
    parts: Ints
    counts: Ints
    weight: int
    whole: int
    floors: tuple[int, ...]


def standing(
    scores: Sequence[int] | Ints,
    parts: Sequence[int] | Ints,
    weight: int,
    whole: int,
    floors: Sequence[int],
    counts: Sequence[int] | Ints | None = None,
) -> Standing:
    """Gather households for one weight. Raises CannotBecause for a weight that cannot move (nothing, or everything)."""
    if not 0 < weight < whole:
        raise CannotBecause(
            "assessment.fixed_weight",
            sentence(
                "权重为0或1时不能按比例变动",
                "A weight of nothing or everything cannot be moved in proportion",
            ),
        )
    score, part = np.asarray(scores, np.int64), np.asarray(parts, np.int64)
    many = np.ones(len(score), np.int64) if counts is None else np.asarray(counts, np.int64)
    base = int(part.max(initial=0)) + 1
    keys, places = np.unique(score * base + part, return_inverse=True)
    gathered = np.zeros(len(keys), np.int64)
    np.add.at(gathered, places, many)
    return Standing(keys // base, keys % base, gathered, weight, whole, tuple(sorted({0, *floors})))


def room(one: Standing) -> Room:
    """The room that a weight has: exact fractions."""
    slope = one.parts * one.whole - one.scores * one.weight
    bands = np.searchsorted(one.floors, one.scores, side="right") - 1
    floors = np.array([*one.floors, 0], np.int64)
    is_top = bands == len(one.floors) - 1
    up, down = floors[bands + 1] - one.scores, floors[bands] - one.scores
    # The lowest band has no floor to fall through. A floor belongs to its band: going down, only beyond it counts.
    can_fall = bands > 0
    rising, falling = slope > 0, slope < 0
    highest = [
        _nearest(up, slope, rising & ~is_top, one, at=True),
        _nearest(down, slope, falling & can_fall, one, at=False),
    ]
    lowest = [
        _nearest(up, slope, falling & ~is_top, one, at=True),
        _nearest(down, slope, rising & can_fall, one, at=False),
    ]
    # Of two at the same place the one that changes there already comes first.
    above = min((found for found in highest if found), key=lambda f: (f[0], not f[1]), default=None)
    below = max((found for found in lowest if found), key=lambda f: (f[0], f[1]), default=None)
    above = above if above and above[0] <= 1 else None
    below = below if below and below[0] >= 0 else None
    return Room(
        Fraction(one.weight, one.whole),
        below[0] if below else None,
        bool(below and below[1]),
        above[0] if above else None,
        bool(above and above[1]),
    )


def _nearest(
    way: Ints, slope: Ints, chosen: NDArray[np.bool_], one: Standing, *, at: bool
) -> tuple[Fraction, bool] | None:
    """The least distance from the weight at which one of the chosen meets a floor, as a weight."""
    rows = np.flatnonzero(chosen)
    if not len(rows):
        return None
    distance = np.abs(way[rows] / slope[rows])
    close = rows[distance <= distance.min() * (1 + 1e-9)]
    exact = min((Fraction(int(way[row]), int(slope[row])) for row in close), key=abs)
    moved = Fraction(one.weight) + exact * one.weight * (one.whole - one.weight)
    return moved / one.whole, at


def shift(one: Standing, change: Fraction | int | str) -> Shift:
    """Which bands households come into when the weight changes by that part of itself (at most to 0 or to 1)."""
    part = Fraction(change)
    weight = min(max(Fraction(one.weight, one.whole) * (1 + part), Fraction(0)), Fraction(1))
    part = weight / Fraction(one.weight, one.whole) - 1
    slope = one.parts * one.whole - one.scores * one.weight
    # The score times (whole - weight) and the denominator of the change: whole numbers.
    rest = one.whole - one.weight
    many = len(one.floors)
    if 10_000 * one.whole * max(part.denominator, abs(part.numerator)) < 2**60:
        values = one.scores * rest * part.denominator + slope * part.numerator
        floors = np.array(one.floors, np.int64) * rest * part.denominator
    else:
        values = one.scores.astype(object) * rest * part.denominator + slope.astype(object) * part.numerator
        floors = np.array(one.floors, object) * rest * part.denominator
    after = np.searchsorted(floors, values, side="right") - 1
    before = np.searchsorted(one.floors, one.scores, side="right") - 1
    moves = np.zeros((many, many), np.int64)
    np.add.at(moves, (before, np.maximum(after, 0)), one.counts)
    return Shift(part, weight, tuple(tuple(row) for row in moves.tolist()))
