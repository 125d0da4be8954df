"""The same rules for one household, on single values instead of arrays: NumPy asks microseconds for each array it is handed.

What is the same for every household of a day (which value goes where, parameters, what nobody can know that day) is made
ready once; then each rule is called with plain scalars, for a person rule once a member. The results are those of
:mod:`jishiyu.law.rules.engine`; a property test compares them, rule by rule.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from jishiyu.law.rules.columns import (
    LIMIT,
    NO,
    NONE,
    UNKNOWN_FLAG,
    UNKNOWN_NUMBER,
    YES,
    Column,
    How,
    Population,
    require_bounded,
    settled_by,
)
from jishiyu.law.rules.parameters import Dated
from jishiyu.law.rules.rulebook import Plan, Rule
from jishiyu.law.rules.tracing import Given, Trace, Value, number_of

Slot = Column | Sequence[Column]  # a value of the household, or one for each member
Call = Callable[[Sequence[Column]], Column]
Act = Callable[[dict[str, Slot], int], Slot]


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
    return Column(column.values[row]) if known else _unknown(column.values[row])


def _unknown(like: Any) -> Column:
    return UNKNOWN_FLAG if isinstance(like, np.bool_) else UNKNOWN_NUMBER


class Kernel:
    """A plan with its parameters, ready for one household after another; ``like`` is any that has the same facts."""

    def __init__(self, plan: Plan, parameters: Mapping[str, Given], like: Alone) -> None:
        self.rules, self.parameters = {rule.name: rule for rule in plan.rules}, parameters
        self.facts = [name for name in plan.leaves if name not in parameters]
        self.persons = {name for name in self.facts if name not in like.own}
        for name in self.persons - like.members.keys():
            raise KeyError(f"no fact, rule or parameter is called {name}")
        self._settled: dict[str, Slot] = {}
        self._acts: list[tuple[str, Act]] = []
        # A household of nothing but zeros is tried first: it shows which results are flags.
        first = {
            name: like.members[name][0] if name in self.persons else like.own[name] for name in self.facts
        }
        self._tried = {name: Column(type(one.values)(0)) for name, one in first.items()}
        with np.errstate(all="ignore"):
            for rule in plan.rules:
                self._enter(rule)
        self.flags = frozenset(n for n, one in self._tried.items() if isinstance(one.values, np.bool_))

    def __call__(self, household: Alone) -> "Found":
        """Every rule and fact of the plan for one household."""
        slots, size = dict(self._settled), household.size
        for name in self.facts:
            slots[name] = household.members[name] if name in self.persons else household.own[name]
        for name, act in self._acts:
            slots[name] = act(slots, size)
        return Found(self, slots, size)

    def _enter(self, rule: Rule) -> None:
        inputs = [name for name in rule.inputs if name not in self.parameters]
        if rule.entity == "household" and not rule.how and (theirs := self.persons.intersection(inputs)):
            raise TypeError(f"{rule.name} needs {min(theirs)} of each member: aggregate it first")
        function, tried = self._try(rule)
        self._tried[rule.name], unknown = tried, _unknown(tried.values)
        if any(name not in rule.aware and self._never(name) for name in rule.inputs):
            self._settled[rule.name] = unknown  # for anybody, that day
            return
        call = _calling(rule, function, self.parameters, unknown)
        if not rule.how and self._settled.keys() >= set(inputs):
            self._settled[rule.name] = call([self._settled[name] for name in inputs])  # type: ignore[misc]
            return
        self._acts.append((rule.name, self._act(rule, inputs, call, unknown)))
        if rule.entity == "person":
            self.persons.add(rule.name)

    def _act(self, rule: Rule, inputs: list[str], call: Call, unknown: Column) -> Act:
        each = [(name, name in self.persons) for name in inputs]
        if rule.how:
            return partial(_gathered, rule.name, rule.how, *each[0], unknown)
        if rule.entity == "household":
            return lambda slots, _: call([slots[name] for name in inputs])  # type: ignore[misc]
        return lambda slots, size: [
            call(row)
            for row in zip(*(slots[n] if own else (slots[n],) * size for n, own in each), strict=True)
        ]

    def _never(self, name: str) -> bool:
        if name in self.parameters:
            return not isinstance(self.parameters[name], Dated)
        settled = self._settled.get(name)
        return isinstance(settled, Column) and settled.known is not None

    def _try(self, rule: Rule) -> tuple[Callable[..., Any], Column]:
        """The rule's function, or that function over arrays of one where it insists on arrays; and what zeros give."""
        if rule.how:
            return rule.function, NO if rule.how in ("any", "all") else NONE
        dead = any(
            name in self.parameters and self._never(name) for name in rule.inputs if name not in rule.aware
        )
        given = [
            self._tried.get(name) or (1 if dead else number_of(self.parameters[name])) for name in rule.inputs
        ]
        arguments = [
            one.values if isinstance(one, Column) and name not in rule.aware else one
            for name, one in zip(rule.inputs, given, strict=True)
        ]
        try:
            return rule.function, _kept(rule.name, _values(rule.function(*arguments)), NONE)
        except (TypeError, ValueError, IndexError, AttributeError):
            widened = partial(_over_arrays, rule.function)
            return widened, _kept(rule.name, _values(widened(*arguments)), NONE)


def _values(result: Any) -> Any:
    return result.values if isinstance(result, Column) else result


def _calling(
    rule: Rule, function: Callable[..., Any], parameters: Mapping[str, Given], unknown: Column
) -> Call:
    """The rule over single values: unknown where something that it has to know is not known."""
    bound = [number_of(parameters[name]) if name in parameters else None for name in rule.inputs]
    places = [(n, name in rule.aware) for n, name in enumerate(rule.inputs) if name not in parameters]
    name = rule.name
    if all(aware for _, aware in places) and len(places) == len(bound):
        return lambda row: _kept(name, function(*row), unknown)

    def call(row: Sequence[Column]) -> Column:
        arguments: list[Any] = bound.copy()
        for (place, aware), column in zip(places, row, strict=True):
            if aware:
                arguments[place] = column
            elif column.known is None:
                arguments[place] = column.values
            else:
                return unknown
        return _kept(name, function(*arguments), unknown)

    return call


def _kept(name: str, result: Any, unknown: Column) -> Column:
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
        return _kept(name, whole.reshape(()).astype(whole.dtype)[()], unknown)
    if not -LIMIT <= result <= LIMIT:
        raise OverflowError(f"{name} is beyond ±{LIMIT}")
    return Column(result)


def _over_arrays(function: Callable[..., Any], *arguments: Any) -> Any:
    def widened(one: Any) -> Any:
        if isinstance(one, Column):
            return Column(np.array([one.values]), None if one.known is None else np.array([one.known]))
        return np.array([one]) if isinstance(one, np.generic) else one

    result = function(*map(widened, arguments))
    return Column(result.values[0], result.mask()[0]) if isinstance(result, Column) else result


def _gathered(
    name: str, how: How, of: str, theirs: bool, unknown: Column, slots: Mapping[str, Slot], size: int
) -> Column:
    """The household's value from its members'."""
    members: Sequence[Column] = slots[of] if theirs else [slots[of]] * size  # type: ignore[assignment, list-item]
    if how in ("any", "all"):
        return settled_by(how == "any", members)
    if any(one.known is not None for one in members):
        return unknown
    return _kept(name, np.int64(_PLAIN[how]([one.values for one in members])), unknown)


_PLAIN: Mapping[str, Callable[[Sequence[Any]], int]] = {"sum": sum, "count": sum, "max": max, "min": min}


@dataclass(frozen=True, slots=True)
class Found:
    """What a run came to, value by value."""

    kernel: Kernel
    slots: Mapping[str, Slot]
    size: int

    def known(self, name: str) -> bool:
        """Whether a rule or fact has a value (for each member, if it speaks of members)."""
        slot = self.slots[name]
        return slot.known is None if isinstance(slot, Column) else all(one.known is None for one in slot)

    def number(self, name: str) -> int | None:
        """A value of the household (of the first member, if it speaks of members); None when it is not known."""
        slot = self.slots[name]
        first = slot if isinstance(slot, Column) else slot[0]
        return int(first.values) if self.known(name) else None

    def shown(self, name: str) -> tuple[Value, ...]:
        """The value, or one for each member, as plain numbers and flags."""
        slot, rule = self.slots[name], self.kernel.rules.get(name)
        if isinstance(slot, Column):
            slot = [slot] * (self.size if rule is not None and rule.entity == "person" else 1)
        return tuple([one.values.item() if one.known is None else None for one in slot])

    def trace(self) -> Trace:
        """Every step, made when it is asked for."""
        kernel = self.kernel
        return Trace(kernel.rules, kernel.parameters, self.shown, kernel.flags, kernel.persons)
