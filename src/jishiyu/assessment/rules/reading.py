"""A reading of the district: how many households of a sub-district and a size stand alike on every indicator.

It holds no household's number, but a line may be about one household only: it is kept sealed, and only figures made of it are
shown. Everything that other weights or another cut-off would give can be computed of it at once.
"""

import base64
import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jishiyu.assessment.rules.score import FULL, Model
from jishiyu.law.rules.indicators import Indicator, IndicatorSet

Ints = NDArray[np.int64]
_UNKNOWN = 255


@dataclass(frozen=True)
class Reading:
    """Households that stand alike, a line each.

    ``area`` is a place in ``areas``, ``persons`` the size, ``count`` how many households. ``points`` has a column for each of
    ``keys``: basis points of the indicator, 0 where that is not ``known``.
    """

    keys: tuple[str, ...]
    areas: tuple[str, ...]
    area: Ints
    persons: Ints
    count: Ints
    points: Ints
    known: NDArray[np.bool_]

    @property
    def households(self) -> int:
        """How many households were read."""
        return int(self.count.sum())

    @property
    def people(self) -> int:
        """How many people live in them."""
        return int((self.count * self.persons).sum())


def worths(indicator: Indicator) -> tuple[int, ...]:
    """The points that an indicator can give, in basis points, least first."""
    found = {0, int(indicator.otherwise * FULL)}
    found |= {one.basis_points for one in indicator.cut_offs} | {one.basis_points for one in indicator.cases}
    if indicator.without is not None:
        found.add(indicator.without.basis_points)
    return tuple(sorted(found))


class Reader:
    """Gathers stored numbers of scores into a reading, part by part."""

    def __init__(self, indicators: IndicatorSet) -> None:
        self._indicators = indicators
        self._keys = tuple(one.key for one in indicators.indicators)
        self._worths = [worths(one) for one in indicators.indicators]
        self._areas: dict[str, int] = {}
        self._lines: dict[tuple[int, int, bytes], int] = {}
        self._tables: dict[tuple[tuple[str, int], ...], list[NDArray[np.uint8]]] = {}

    def take(
        self, areas: Sequence[str], persons: Sequence[int], numbers: Sequence[Mapping[str, Any]], model: Model
    ) -> int:
        """Take households in whose scores were made with ``model``. Returns how many: those of other indicators are left out.

        ``numbers`` as stored (:mod:`jishiyu.assessment.rules.numbers`): points and what they could reach are hundredths of a
        point of the whole score; each is led back to the indicator's own points.
        """
        if not numbers or tuple(model.full) != self._keys:
            return 0
        points = np.array([one["points"] for one in numbers], np.int64)
        most = np.array([one["most"] for one in numbers], np.int64)
        known = points == most
        codes = np.empty(points.shape, np.uint8)
        for place, table in enumerate(self._tables_of(model)):
            codes[:, place] = table[np.minimum(points[:, place], len(table) - 1)]
        codes[~known] = _UNKNOWN
        for area, size, line in zip(areas, persons, codes, strict=True):
            key = (self._areas.setdefault(area, len(self._areas)), size, line.tobytes())
            self._lines[key] = self._lines.get(key, 0) + 1
        return len(numbers)

    def _tables_of(self, model: Model) -> list[NDArray[np.uint8]]:
        """For each indicator: from stored points to the place in its worths."""
        key = tuple(model.full.items())
        if key not in self._tables:
            self._tables[key] = [
                _table(full, worth) for full, worth in zip(model.full.values(), self._worths, strict=True)
            ]
        return self._tables[key]

    def whole(self) -> Reading:
        """The reading of all that was taken in."""
        order = sorted(self._areas)
        place = {self._areas[code]: at for at, code in enumerate(order)}
        lines = sorted((place[area], size, codes, n) for (area, size, codes), n in self._lines.items())
        codes = np.frombuffer(b"".join(line[2] for line in lines), np.uint8).reshape(-1, len(self._keys))
        return _reading(
            self._indicators,
            order,
            np.array([line[0] for line in lines], np.int64),
            np.array([line[1] for line in lines], np.int64),
            np.array([line[3] for line in lines], np.int64),
            codes,
        )


def _table(full: int, worth: Sequence[int]) -> NDArray[np.uint8]:
    """The place of the worth whose stored points are nearest, for every number of points up to the most."""
    stored = np.array([(full * one * 2 + FULL) // (2 * FULL) for one in worth], np.int64)
    asked = np.arange(int(stored.max()) + 1)[:, None]
    return np.asarray(np.abs(asked - stored[None, :]).argmin(axis=1), np.uint8)


def _reading(
    indicators: IndicatorSet, areas: Iterable[str], area: Ints, persons: Ints, count: Ints, codes: Any
) -> Reading:
    points = np.zeros(codes.shape, np.int64)
    for place, one in enumerate(indicators.indicators):
        table = np.zeros(256, np.int64)
        worth = worths(one)
        table[: len(worth)] = worth
        points[:, place] = table[codes[:, place]]
    keys = tuple(one.key for one in indicators.indicators)
    return Reading(keys, tuple(areas), area, persons, count, points, codes != _UNKNOWN)


def packed(reading: Reading, indicators: IndicatorSet) -> str:
    """A reading as text, to be sealed and kept."""
    codes = np.full(reading.points.shape, _UNKNOWN, np.uint8)
    for place, one in enumerate(indicators.indicators):
        at = np.searchsorted(worths(one), reading.points[:, place])
        codes[:, place] = np.where(reading.known[:, place], at, _UNKNOWN)
    head = json.dumps({"areas": reading.areas, "lines": len(reading.count)}).encode()
    columns = (reading.area, reading.persons, reading.count)
    body = b"".join(np.ascontiguousarray(one, "<i4").tobytes() for one in columns)
    return base64.b64encode(zlib.compress(head + b"\n" + body + codes.tobytes(), 6)).decode()


def unpacked(text: str, indicators: IndicatorSet) -> Reading:
    """The reading that was kept as text, with the indicators that it was made with."""
    head, _, body = zlib.decompress(base64.b64decode(text)).partition(b"\n")
    told = json.loads(head)
    lines = told["lines"]
    numbers = np.frombuffer(body, "<i4", 3 * lines).astype(np.int64).reshape(3, lines)
    codes = np.frombuffer(body, np.uint8, offset=12 * lines).reshape(lines, len(indicators.indicators))
    return _reading(indicators, told["areas"], numbers[0], numbers[1], numbers[2], codes)


def scores_with(reading: Reading, model: Model) -> tuple[Ints, Ints]:
    """The scores that a model's weights give, and the points by indicator: as the score itself is made, to the last hundredth."""
    full = np.array([model.full[key] for key in reading.keys], np.int64)
    points = (reading.points * full * 2 + FULL) // (2 * FULL)
    return points.sum(axis=1), points


def band_moves(reading: Reading, before: Model, after: Model) -> tuple[tuple[int, ...], ...]:
    """Households by band with one model (rows) and with another (columns), mildest first."""
    floors = sorted(band.basis_points for band in before.indicators.bands)
    places = [
        np.searchsorted(floors, scores_with(reading, one)[0], side="right") - 1 for one in (before, after)
    ]
    moves = np.zeros((len(floors), len(floors)), np.int64)
    np.add.at(moves, (places[0], places[1]), reading.count)
    return tuple(tuple(row) for row in moves.tolist())
