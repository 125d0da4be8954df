"""Columns of values that know what they do not know, and households with their members side by side.

Arrays are int64 (fen, basis points, days) or bool. Numbers that could pass int64 unseen are refused. A column of one
household, or of one member, may hold a single value instead of an array: what is here does the same with both.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from jishiyu.foundations.outcomes import CannotBecause, sentence

Array = NDArray[Any]
Mask = NDArray[np.bool_]
How = Literal["sum", "count", "any", "all", "max", "min"]

# Inputs and results stay below LIMIT and factors below FACTOR, so a product of up to eight added amounts fits int64.
LIMIT = 2**44
FACTOR = 2**16
PARAMETER_LIMIT = 2**31


# Not frozen, since freezing doubles what one costs and one household makes a thousand of them; nobody changes one.
@dataclass(slots=True, eq=False)
class Column:
    """Values with what is known of them; ``known`` None means all of it. Values under an unknown mask mean nothing."""

    values: Any
    known: Any = None

    def mask(self) -> Any:
        """The mask, written out."""
        if self.known is not None:
            return self.known
        return np.ones(self.values.shape, bool) if isinstance(self.values, np.ndarray) else np.True_


# Single values. What is not known keeps its kind: a rule may ask whether it is a flag or a number.
YES, NO, NONE = Column(np.True_), Column(np.False_), Column(np.int64(0))
UNKNOWN_FLAG, UNKNOWN_NUMBER = Column(np.False_, np.False_), Column(np.int64(0), np.False_)


_NO_MEMBERS = sentence("家庭没有成员，不能计算", "A household without members cannot be computed")


@dataclass(frozen=True, slots=True)
class Population:
    """Households with their members side by side: member rows follow the order of ``counts``. No household is empty."""

    counts: NDArray[np.int64]
    households: Mapping[str, Column]
    members: Mapping[str, Column]
    checked: bool = False

    def __post_init__(self) -> None:
        if self.checked:
            return
        if len(self.counts) == 0 or int(self.counts.min()) < 1:
            raise CannotBecause("engine.no_members", _NO_MEMBERS)
        sizes = ((self.households, len(self.counts)), (self.members, int(self.counts.sum())))
        for columns, size in sizes:
            for name, column in columns.items():
                if len(column.values) != size:
                    raise ValueError(f"{name} has {len(column.values)} values, not {size}")
                require_bounded(name, column.values)

    def chunks(self, size: int = 32_768) -> Iterator["Population"]:
        """The same households in runs of ``size``, views and no copies."""
        ends = np.cumsum(self.counts)
        for start in range(0, len(self.counts), size):
            stop = min(start + size, len(self.counts))
            low, high = (int(ends[start - 1]) if start else 0), int(ends[stop - 1])
            own = {name: _cut(column, start, stop) for name, column in self.households.items()}
            yield Population(
                self.counts[start:stop],
                own,
                {name: _cut(column, low, high) for name, column in self.members.items()},
                checked=True,
            )


def _cut(column: Column, start: int, stop: int) -> Column:
    return Column(column.values[start:stop], None if column.known is None else column.known[start:stop])


@dataclass(frozen=True, slots=True)
class Alone:
    """One household: its own facts, and each fact of its members in their order. Unknown facts keep their kind."""

    own: Mapping[str, Column]
    members: Mapping[str, Sequence[Column]]

    @property
    def size(self) -> int:
        """How many members it has."""
        return int(self.own["member_count"].values)

    def with_more(self, other: "Alone") -> "Alone":
        """The same household with another's facts as well."""
        return Alone({**self.own, **other.own}, {**self.members, **other.members})


def single(number: int) -> Column:
    """A whole number as a column of one. Raises OverflowError beyond what is safe to compute with."""
    if not -LIMIT <= number <= LIMIT:
        raise OverflowError(f"{number} is beyond ±{LIMIT}")
    return Column(np.int64(number)) if number else NONE


def alone(people: Population, row: int = 0) -> Alone:
    """One household of a population."""
    start = int(people.counts[:row].sum())
    places = range(start, start + int(people.counts[row]))
    own = {name: _single(column, row) for name, column in people.households.items()}
    own["member_count"] = Column(people.counts[row])
    return Alone(own, {n: [_single(one, place) for place in places] for n, one in people.members.items()})


def _single(column: Column, row: int) -> Column:
    known = column.known is None or column.known[row]
    return Column(column.values[row]) if known else unknown_like(column.values[row])


def unknown_like(like: Any) -> Column:
    return UNKNOWN_FLAG if isinstance(like, np.bool_) else UNKNOWN_NUMBER


def require_bounded(name: str, values: Array) -> None:
    """Refuse anything but bool and int64 within ±LIMIT."""
    if values.dtype == np.bool_:
        return
    if values.dtype != np.int64:
        raise TypeError(f"{name} is {values.dtype}, not int64 or bool")
    if len(values) and (int(values.max()) > LIMIT or int(values.min()) < -LIMIT):
        raise OverflowError(f"{name} is beyond ±{LIMIT}")


def kept(name: str, result: Any, unknown: Column) -> Column:
    """A result as it is kept: single, within bounds, ``known`` None or false. Raises ValueError for more than one value."""
    if type(result) is Column:
        if result.known is not None and not result.known:
            return unknown
        result = result.values
    if type(result) is np.bool_:
        return YES if result else NO
    if type(result) is int:
        return single(result)
    if type(result) is not np.int64:
        whole = np.asarray(result)
        require_bounded(name, whole.reshape(-1))
        return kept(name, whole.reshape(()).astype(whole.dtype)[()], unknown)
    if not -LIMIT <= result <= LIMIT:
        raise OverflowError(f"{name} is beyond ±{LIMIT}")
    return Column(result)


def times(amount: Any, factor: Any) -> Any:
    """A product that cannot overflow unseen: raises OverflowError for a factor of ``FACTOR`` or more."""
    many = isinstance(factor, np.ndarray)
    largest = int(np.max(np.abs(factor), initial=0)) if many else abs(int(factor))
    if largest >= FACTOR:
        raise OverflowError(f"a factor of {largest} is beyond {FACTOR}")
    return amount * factor


def part(amount: Any, basis_points: Any) -> Any:
    """``basis_points`` of an amount, in whole fen, halves away from zero (as :func:`foundations.money.share`)."""
    product = times(amount, basis_points)
    if not isinstance(product, np.ndarray):
        rounded = (abs(product) + 5_000) // 10_000
        return rounded if product >= 0 else -rounded
    if len(product) and product.min() >= 0:
        return (product + 5_000) // 10_000
    return np.sign(product) * ((np.abs(product) + 5_000) // 10_000)


def among(values: Any, codes: Sequence[int]) -> Any:
    """Whether each value is one of a few codes: ``np.isin``, ten times as fast, a hundred times for a single value."""
    if not isinstance(values, np.ndarray):
        return np.bool_(int(values) in codes)
    return reduce(np.logical_or, (values == code for code in codes)) if codes else np.zeros(len(values), bool)


def choose(condition: Any, yes: Any, no: Any) -> Any:
    """``yes`` where the condition holds and ``no`` elsewhere: ``np.where``, ten times as fast for a single value."""
    if isinstance(condition, np.ndarray):
        return np.where(condition, yes, no)
    return yes if condition else no


def aggregated(how: How, column: Column, starts: Array, counts: Array) -> Column:
    """One value for each household from its members' column; ``starts`` are the first member rows."""
    values, known = column.values, column.known
    if known is not None and bool(known.all()):
        known = None
    if known is not None and not known.any():
        # Of nothing known nothing is known: half of the rules of a day that lacks standards end here.
        return Column(
            np.zeros(len(starts), bool if how in ("any", "all") else np.int64), np.zeros(len(starts), bool)
        )
    ends = starts + counts - 1
    gaps = None if known is None else _counted(~known, ends)
    all_known = None if gaps is None else gaps == 0
    if how in ("any", "all"):
        # One known yes settles "any", one known no settles "all", whatever else is unknown.
        sure = values if how == "any" else ~values
        settled = _counted(sure if known is None else sure & known, ends) > 0
        return Column(
            settled if how == "any" else ~settled, None if all_known is None else all_known | settled
        )
    if how in ("max", "min"):
        return Column((np.maximum if how == "max" else np.minimum).reduceat(values, starts), all_known)
    if int(counts.max()) >= FACTOR:
        raise OverflowError(f"a household of {int(counts.max())} members")
    if values.dtype == np.bool_:
        return Column(_counted(values, ends).astype(np.int64), all_known)
    # Added up through all households and read off at their ends, four times as fast; so few bounded numbers cannot overflow.
    few = len(values) <= 2**18 // 2
    sums = _read_off(np.cumsum(values), ends) if few else np.add.reduceat(values, starts)
    require_bounded(how, sums)
    return Column(sums, all_known)


def gathered(
    name: str, how: How, of: str, theirs: bool, unknown: Column, slots: Mapping[str, Any], size: int
) -> Column:
    """The household's value from its members'."""
    members = slots[of] if theirs else [slots[of]] * size
    if how in ("any", "all"):
        return settled_by(how == "any", members)
    if any(one.known is not None for one in members):
        return unknown
    return kept(name, np.int64(_PLAIN[how]([one.values for one in members])), unknown)


_PLAIN: Mapping[str, Callable[[Sequence[Any]], int]] = {"sum": sum, "count": sum, "max": max, "min": min}


def _counted(flags: Array, ends: Array) -> Array:
    # A running count read off at the ends of households: six times as fast as reduceat on flags.
    return _read_off(np.cumsum(flags, dtype=np.int32), ends)


def _read_off(running: Array, ends: Array) -> Array:
    upto = running.take(ends)
    found = np.empty_like(upto)
    found[:1] = upto[:1]
    np.subtract(upto[1:], upto[:-1], out=found[1:])
    return found


def both(*columns: Column) -> Column:
    """All of them true; one known false settles it, whatever else is unknown."""
    if not isinstance(columns[0].values, np.ndarray):
        return settled_by(False, columns)
    known = _all_known(columns)
    if known is None:
        return Column(reduce(np.logical_and, (column.values for column in columns)))
    no = (~one.values if one.known is None else ~one.values & one.known for one in columns)
    settled = reduce(np.logical_or, no)
    return Column(~settled & known, known | settled)


def either(*columns: Column) -> Column:
    """At least one of them true; one known true settles it, whatever else is unknown."""
    if not isinstance(columns[0].values, np.ndarray):
        return settled_by(True, columns)
    known = _all_known(columns)
    yes = (one.values if one.known is None else one.values & one.known for one in columns)
    settled = reduce(np.logical_or, yes)
    return Column(settled, None if known is None else known | settled)


def _all_known(columns: Sequence[Column]) -> Any:
    """Where all of them are known; None for everywhere."""
    masks = [one.known for one in columns if one.known is not None]
    known = reduce(np.logical_and, masks) if masks else None
    return None if known is None or known.all() else known


def settled_by(value: bool, columns: Sequence[Column]) -> Column:
    """Of single values: the first known one that is so settles it; else the others do, when all of them are known."""
    rest = NO if value else YES
    for column in columns:
        if column.known is not None and not column.known:
            rest = UNKNOWN_FLAG
        elif bool(column.values) is value:
            return YES if value else NO
    return rest


def when(condition: Array, column: Column) -> Column:
    """The column where the condition holds and a certain zero (or no) elsewhere: what does not count need not be known."""
    if not isinstance(condition, np.ndarray) and not isinstance(column.values, np.ndarray):
        return column if condition else NO if isinstance(column.values, np.bool_) else NONE
    known = None if column.known is None else column.known | ~condition
    values = column.values & condition if column.values.dtype == np.bool_ else column.values * condition
    return Column(values, known)
