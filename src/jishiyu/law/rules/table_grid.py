"""Decision tables compiled to arrays, without evaluating any text: each input falls into one of a few classes, and the
first row that fits is looked up for every combination of classes beforehand.

An input that is not known has a class of its own. What is found there is the decision if it is the same whichever value
the input has, and *not known* otherwise, never the last row.
"""

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from jishiyu.foundations.outcomes import Sentence
from jishiyu.law.rules.columns import Array, Column, Mask, part
from jishiyu.law.rules.decision_tables import Bound, Cell, Edition, Kind, Out, TableInput, Vocabulary
from jishiyu.law.rules.parameters import Unit, whole

NONE, UNSURE = -1, -2  # no row fits; which row it is depends on what is not known
CELLS = 100_000
_KEPT, _SAID = 64, 1024
Bounds = Mapping[str, int | None]
Said = tuple[Sentence, frozenset[str]]  # words, and the names of what they rest on


@dataclass(frozen=True, slots=True)
class Axis:
    """The classes of one input. Numbers: class i is from ``breaks[i-1]`` to below ``breaks[i]``; ``real``: it can be at all."""

    kind: Kind
    breaks: tuple[int, ...] = ()
    codes: tuple[int, ...] = ()
    real: tuple[bool, ...] = (True, True)

    @property
    def size(self) -> int:
        """How many classes there are."""
        return len(self.real)

    def classes(self, column: Column) -> Any:
        """The class of each value; ``size`` for one that is not known."""
        values = column.values
        if not isinstance(values, np.ndarray):
            return self._single(column)
        if self.kind == "flag":
            found = (values if values.dtype == np.bool_ else values != 0).astype(np.int32)
        elif self.kind == "code":
            table = np.full(max(self.codes) + 2, self.size, np.int32)
            table[list(self.codes)] = np.arange(self.size)
            found = table.take(values, mode="clip")
        else:
            found = np.zeros_like(values, np.int32)
            for bound in self.breaks:
                found = found + (values >= bound)
        return found if column.known is None else np.where(column.known, found, self.size)

    def _single(self, column: Column) -> int:
        value = max(int(column.values), 0) if self.kind == "code" else int(column.values)
        if column.known is not None and not column.known:
            return self.size
        if self.kind == "flag":
            return int(value != 0)
        if self.kind == "code":
            return self.codes.index(value) if value in self.codes else self.size
        return bisect_right(self.breaks, value)


def bound_of(bound: Bound | None, unit: Unit, known: Bounds) -> int | None:
    """A bound as the integer of rules; None for a parameter whose value is not known."""
    return known.get(bound) if isinstance(bound, str) else None if bound is None else whole(bound, unit)


def axis_of(one: TableInput, cells: Sequence[Cell | None], known: Bounds, words: Vocabulary) -> Axis:
    """The classes that the cells of one input make."""
    if one.type == "flag":
        return Axis("flag")
    if one.type == "code":
        codes = tuple(place for place, _ in words.values())
        return Axis("code", codes=codes, real=(True,) * len(codes))
    breaks = set()
    for asked in cells:
        low, high = span(asked, one.unit, known) if asked else (None, None)
        breaks |= {end for end in (low, high) if end is not None}
    least = -(2**62) if one.least is None else whole(one.least, one.unit)
    most = 2**62 if one.most is None else whole(one.most, one.unit)
    order = sorted(breaks)
    lows, highs = [-(2**62), *order], [*(end - 1 for end in order), 2**62]
    real = tuple(low <= most and high >= least for low, high in zip(lows, highs, strict=True))
    return Axis("number", breaks=tuple(order), real=real)


def span(asked: Cell, unit: Unit, known: Bounds) -> tuple[int | None, int | None]:
    """From the first number that fits to the first that no longer does; None for an open end or one not known."""
    low, high = bound_of(asked.low, unit, known), bound_of(asked.high, unit, known)
    return (
        low if low is None or not asked.above else low + 1,
        high if high is None or asked.below else high + 1,
    )


def fits(
    one: TableInput, axis: Axis, asked: Cell | None, known: Bounds, words: Vocabulary
) -> tuple[Mask, Mask]:
    """For each class of an input: whether the cell surely fits, and whether it may (a bound that is not known)."""
    every = np.ones(axis.size, bool)
    if asked is None:
        return every, every
    if one.type == "flag":
        sure = np.array([asked.flag is False, asked.flag is True])
        return sure, sure
    if one.type == "code":
        wanted = {words[word][0] for word in asked.codes if word in words}
        sure = np.array([code in wanted for code in axis.codes])
        return sure, sure
    low, high = span(asked, one.unit, known)
    lows = np.array([-(2**62), *axis.breaks], np.int64)
    within = (lows >= low if low is not None else every) & (lows < high if high is not None else every)
    doubtful = any(known.get(id) is None for id in asked.parameters)
    return (within & ~every if doubtful else within), within


@dataclass(frozen=True, slots=True)
class Sheet:
    """One output of an edition: what every row asks and gives, ready to be looked up."""

    inputs: tuple[TableInput, ...]
    asks: tuple[tuple[Cell | None, ...], ...]
    gives: tuple[Out, ...]
    otherwise: Out | None
    unit: Unit
    words: tuple[Vocabulary, ...]

    def axes(self, known: Bounds) -> tuple[Axis, ...]:
        """The classes of every input."""
        columns = zip(*self.asks, strict=True)
        together = zip(self.inputs, columns, self.words, strict=True)
        return tuple(axis_of(one, cells, known, words) for one, cells, words in together)

    def where(self, row: int, axes: Sequence[Axis], known: Bounds) -> tuple[Array, Array]:
        """All combinations of classes that a row surely fits, and those that it may fit."""
        sure, maybe = np.ones((), bool), np.ones((), bool)
        for place, one in enumerate(self.inputs):
            first, second = fits(one, axes[place], self.asks[row][place], known, self.words[place])
            sure = np.logical_and.outer(sure, first)
            maybe = np.logical_and.outer(maybe, second)
        return sure, maybe

    @property
    def names(self) -> tuple[str, ...]:
        """The parameters and values that its bounds and results name, each once."""
        bounds = (name for row in self.asks for asked in row if asked for name in asked.parameters)
        results = (name for one in (*self.gives, *self._last()) for name in one.names)
        return tuple(dict.fromkeys((*results, *bounds)))

    def _last(self) -> tuple[Out, ...]:
        return () if self.otherwise is None else (self.otherwise,)


def sheet_of(
    inputs: Sequence[TableInput], output: str, unit: Unit, edition: Edition, words: Sequence[Vocabulary]
) -> Sheet:
    """One output of an edition as a sheet."""
    asks = tuple(tuple(row.when.get(one.key) for one in inputs) for row in edition.rows)
    gives = tuple(row.then.get(output, Out()) for row in edition.rows)
    last = edition.otherwise.get(output, Out()) if edition.otherwise is not None else None
    return Sheet(tuple(inputs), asks, gives, last, unit, tuple(words))


def first_hits(sheet: Sheet, axes: Sequence[Axis], known: Bounds, classes: Sequence[int], last: int) -> Array:
    """The class of the first row that fits, for all combinations of classes of the inputs; ``last`` where none does."""
    found = np.full([axis.size for axis in axes], last, np.int32)
    for row in reversed(range(len(sheet.asks))):
        sure, maybe = sheet.where(row, axes, known)
        found = np.where(sure, classes[row], np.where(maybe & (found != classes[row]), UNSURE, found))
    return found


def with_unknown(found: Array, axes: Sequence[Axis]) -> Array:
    """One more class along every axis, for *not known*: what is the same whichever class it is, else UNSURE."""
    for place, axis in enumerate(axes):
        possible = np.compress(axis.real, found, axis=place)
        first = possible.take([0], axis=place)
        same = (possible == first).all(axis=place, keepdims=True)
        found = np.concatenate((found, np.where(same, first, UNSURE)), axis=place)
    return found


@dataclass(eq=False)
class Lookup:
    """The function of a table's rule. Arguments come in the order of ``names``: inputs as columns, then what rows name.

    ``content`` tells one table's text from another's, for whoever compares rules.
    """

    sheet: Sheet
    inputs: tuple[str, ...]
    names: tuple[str, ...]
    content: str
    _kept: dict[tuple[Any, ...], Any] = field(default_factory=dict, repr=False)
    _axes: dict[Any, tuple[Axis, ...]] = field(default_factory=dict, repr=False)
    _words: dict[Any, Said] = field(default_factory=dict, repr=False)

    @cached_property
    def _named(self) -> tuple[str, ...]:
        return self.sheet.names

    def __call__(self, *arguments: Any) -> Column:
        given = dict(zip(self.names, arguments, strict=True))
        columns = [given[name] for name in self.inputs]
        others = [given[name] for name in self._named]
        scalars = tuple(
            value if value is None or isinstance(value, int) else name
            for name, value in zip(self._named, others, strict=True)
        )
        if scalars not in self._kept:
            if len(self._kept) >= _KEPT:
                self._kept.clear()
            self._kept[scalars] = self._grid(given)
        axes, values, known, wide = self._kept[scalars]
        place: Any = 0
        for axis, column in zip(axes, columns, strict=True):
            place = place * (axis.size + 1) + axis.classes(column)
        found, sure = values.take(place), None if known is None else known.take(place)
        return Column(found, sure) if not wide else self._wide(found, sure, wide, given)

    def kept_axes(self, bounds: Bounds) -> tuple[Axis, ...]:
        """The classes of every input, made once for the same bounds."""
        key = tuple(bounds.items())
        if key not in self._axes:
            if len(self._axes) >= _KEPT:
                self._axes.clear()
            self._axes[key] = self.sheet.axes(bounds)
        return self._axes[key]

    def kept_words(self, bounds: Bounds, classes: tuple[int, ...], make: Callable[[], Said]) -> Said:
        """What is said of a combination of classes, made once for the same bounds."""
        key = (*bounds.items(), classes)
        if key not in self._words:
            if len(self._words) >= _SAID:
                self._words.clear()
            self._words[key] = make()
        return self._words[key]

    def _grid(self, given: Mapping[str, Any]) -> tuple[Any, ...]:
        bounds = {name: value if isinstance(value, int) else None for name, value in given.items()}
        results: dict[Any, int] = {}  # what is given, and its class: rows that give the same are one
        wide: list[Out] = []
        classes = [self._class(one, given, results, wide) for one in self.sheet.gives]
        last = (
            UNSURE
            if self.sheet.otherwise is None
            else self._class(self.sheet.otherwise, given, results, wide)
        )
        axes = self.sheet.axes(bounds)
        found = with_unknown(first_hits(self.sheet, axes, bounds, classes, last), axes).ravel()
        if wide:
            return (
                axes,
                found.astype(np.int64),
                found >= 0 if (found < 0).any() else None,
                (dict(results), tuple(wide)),
            )
        amounts = np.array([*results, 0], np.int64)
        known = found >= 0
        return axes, amounts[np.where(known, found, -1)], None if known.all() else known, ()

    def _class(self, one: Out, given: Mapping[str, Any], results: dict[Any, int], wide: list[Out]) -> int:
        if any(given[name] is None for name in one.names) or one.person:
            return UNSURE
        if any(isinstance(given[name], Column) for name in one.names):
            key: Any = one
            if one not in wide:
                wide.append(one)
        else:
            key = self._amount(one, given)
        return results.setdefault(key, len(results))

    def _amount(self, one: Out, given: Mapping[str, Any]) -> int:
        if one.value is not None:
            return whole(one.value, self.sheet.unit)
        return int(part(given[one.pay], given[one.share])) if one.share else int(given[one.pay])

    def _wide(self, found: Array, sure: Mask | None, wide: Any, given: Mapping[str, Any]) -> Column:
        results, columns = wide
        values, known = np.zeros_like(found), np.ones_like(found, bool) if sure is None else sure
        for key, number in results.items():
            hit = found == number
            if key not in columns:
                values = np.where(hit, key, values)
                continue
            parts = [given[name] for name in key.names]
            arrays = [one.values if isinstance(one, Column) else one for one in parts]
            reckoned = part(*arrays) if key.share else arrays[0]
            values = np.where(hit, reckoned, values)
            for one in parts:
                if isinstance(one, Column) and one.known is not None:
                    known = known & (~hit | one.known)
        return Column(values, known)
