"""The same rules for one household, on single values instead of arrays: NumPy asks microseconds for each array it is handed.

What is the same for every household of a day (which value goes where, parameters, what nobody can know that day) is made
ready once; then each rule is called with plain scalars, for a person rule once a member. The results are those of
:mod:`jishiyu.law.rules.engine`; a property test compares them, rule by rule.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np

from jishiyu.law.rules.columns import NO, NONE, Alone, Column, alone, gathered, kept, single, unknown_like
from jishiyu.law.rules.parameters import Dated
from jishiyu.law.rules.rulebook import Plan, Rule
from jishiyu.law.rules.tracing import Form, Found, Given, Missing, Slot, number_of

__all__ = ["Alone", "Found", "Kernel", "alone", "single"]

Call = Callable[[Sequence[Column]], Column]
Act = Callable[[Mapping[str, Any], int], Slot]


class _Slots(dict[str, Any]):
    __slots__ = ("acts", "size")
    acts: Mapping[str, "Act"]
    size: int

    def __missing__(self, name: str) -> Slot:
        value = self[name] = self.acts[name](self, self.size)
        return value


class Kernel:
    """A plan with its parameters, ready for one household after another; ``like`` is any that has the same facts."""

    def __init__(self, plan: Plan, parameters: Mapping[str, Given], like: Alone) -> None:
        self.rules, self.parameters = {rule.name: rule for rule in plan.rules}, parameters
        self.facts = [name for name in plan.leaves if name not in parameters]
        self.persons = {name for name in self.facts if name not in like.own}
        for name in self.persons - like.members.keys():
            raise KeyError(f"no fact, rule or parameter is called {name}")
        self._settled: dict[str, Column] = {}  # the same for everybody that day
        self._acts: dict[str, Act] = {}
        # A household of nothing but zeros is tried first: it shows which results are flags.
        first = {
            name: like.members[name][0] if name in self.persons else like.own[name] for name in self.facts
        }
        self._tried = {name: Column(type(one.values)(0)) for name, one in first.items()}
        with np.errstate(all="ignore"):
            for rule in plan.rules:
                self._enter(rule)
        self._lacks: dict[str, tuple[Missing, ...] | None] = dict.fromkeys(self._settled)
        self._forms: dict[str, Form] = {}
        self.flags = frozenset(n for n, one in self._tried.items() if isinstance(one.values, np.bool_))

    def __call__(self, household: Alone) -> Found:
        """Every rule and fact of the plan for one household; a rule is computed when somebody asks for its value."""
        slots = _Slots(self._settled)
        slots.acts, slots.size = self._acts, household.size
        for name in self.facts:
            slots[name] = household.members[name] if name in self.persons else household.own[name]
        return Found(
            self.rules, self.parameters, self.flags, self.persons, self._lacks, self._forms, slots, slots.size
        )

    def _enter(self, rule: Rule) -> None:
        inputs = [name for name in rule.inputs if name not in self.parameters]
        if rule.entity == "household" and not rule.how and (theirs := self.persons.intersection(inputs)):
            raise TypeError(f"{rule.name} needs {min(theirs)} of each member: aggregate it first")
        never = any(self._never(name) for name in rule.inputs if name not in rule.aware)
        function, self._tried[rule.name] = self._try(rule, never)
        unknown = unknown_like(self._tried[rule.name].values)
        call = _calling(rule, function, self.parameters, unknown)
        if never:
            self._settled[rule.name] = unknown
        elif not rule.how and self._settled.keys() >= set(inputs):
            self._settled[rule.name] = call([self._settled[name] for name in inputs])
        else:
            self._acts[rule.name] = self._act(rule, inputs, call, unknown)
            if rule.entity == "person":
                self.persons.add(rule.name)

    def _act(self, rule: Rule, inputs: list[str], call: Call, unknown: Column) -> Act:
        each = [(name, name in self.persons) for name in inputs]
        if rule.how:
            return partial(gathered, rule.name, rule.how, *each[0], unknown)
        if rule.entity == "household":
            return lambda slots, _: call([slots[name] for name in inputs])
        if all(own for _, own in each):
            return lambda slots, _: [call(row) for row in zip(*[slots[n] for n in inputs], strict=True)]
        return lambda slots, size: [
            call(row)
            for row in zip(*[slots[n] if own else (slots[n],) * size for n, own in each], strict=True)
        ]

    def _never(self, name: str) -> bool:
        """Whether nobody can know it that day."""
        if name in self.parameters:
            return not isinstance(self.parameters[name], Dated)
        return name in self._settled and self._settled[name].known is not None

    def _try(self, rule: Rule, never: bool) -> tuple[Callable[..., Any], Column]:
        """The rule's function, or that function over arrays of one where it insists on arrays; and what zeros give."""
        if rule.how:
            return rule.function, NO if rule.how in ("any", "all") else NONE
        given = [
            self._tried.get(name) or (1 if never else number_of(self.parameters[name]))
            for name in rule.inputs
        ]
        zeros = [
            one.values if isinstance(one, Column) and name not in rule.aware else one
            for name, one in zip(rule.inputs, given, strict=True)
        ]
        try:
            return rule.function, kept(rule.name, _values(rule.function(*zeros)), NONE)
        except (TypeError, ValueError, IndexError, AttributeError):
            widened = partial(_over_arrays, rule.function)
            return widened, kept(rule.name, _values(widened(*zeros)), NONE)


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
        return lambda row: kept(name, function(*row), unknown)

    def call(row: Sequence[Column]) -> Column:
        arguments: list[Any] = bound.copy()
        for (place, aware), column in zip(places, row, strict=True):
            if aware:
                arguments[place] = column
            elif column.known is None:
                arguments[place] = column.values
            else:
                return unknown
        return kept(name, function(*arguments), unknown)

    return call


def _over_arrays(function: Callable[..., Any], *arguments: Any) -> Any:
    def widened(one: Any) -> Any:
        if isinstance(one, Column):
            return Column(np.array([one.values]), None if one.known is None else np.array([one.known]))
        return np.array([one]) if isinstance(one, np.generic) else one

    result = function(*map(widened, arguments))
    return Column(result.values[0], result.mask()[0]) if isinstance(result, Column) else result
