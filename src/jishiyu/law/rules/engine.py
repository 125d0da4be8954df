"""The rule engine: plain functions over NumPy arrays, one body for one household and for a million.

A rule is a function whose argument names are the values it needs: facts, other rules, or dated parameters. A run
has one legal date; the date chooses rule versions and parameters. Arrays are int64 (fen, basis points, days) or
bool. A value that is not known stays not known: every column carries a mask, and what follows from an unknown value
is unknown with the names of what is missing, never zero. With arrays of length 1 the same run can be traced.
"""

import inspect
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

import numpy as np

from jishiyu.foundations.outcomes import CannotBecause, Sentence, sentence
from jishiyu.law.rules.columns import (
    Array,
    Column,
    How,
    Mask,
    Population,
    aggregated,
    require_bounded,
)
from jishiyu.law.rules.parameters import Dated

Entity = Literal["person", "household"]
Value = int | bool | None
Given = Dated | CannotBecause  # a parameter, or the refusal that says why it cannot be had


@dataclass(frozen=True, slots=True)
class Rule:
    """One version of a rule. ``aware`` inputs are handed over as :class:`Column`; all others must be known."""

    name: str
    entity: Entity
    inputs: tuple[str, ...]
    function: Callable[..., Any]
    cites: str
    first: date
    last: date | None
    label: Sentence
    aware: frozenset[str] = frozenset()
    how: How | None = None

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """The plain function, for plain numbers."""
        return self.function(*args, **kwargs)

    def holds(self, day: date) -> bool:
        """Whether this version is in force on the day."""
        return self.first <= day and (self.last is None or day <= self.last)


BEGINNING = date(1999, 10, 1)  # the urban minimum living guarantee regulation (State Council order no. 271)


def rule(
    *,
    entity: Entity,
    zh: str,
    en: str,
    cites: str = "",
    first: date = BEGINNING,
    last: date | None = None,
    name: str | None = None,
    aware: Iterable[str] = (),
) -> Callable[[Callable[..., Any]], Rule]:
    """Make a function a rule. ``name`` sets versions of one rule apart from their function names."""

    def make(function: Callable[..., Any]) -> Rule:
        inputs = tuple(inspect.signature(function).parameters)
        title = name or function.__name__
        return Rule(title, entity, inputs, function, cites, first, last, sentence(zh, en), frozenset(aware))

    return make


def aggregate(name: str, how: How, of: str, *, zh: str, en: str, cites: str = "") -> Rule:
    """A household value from its members': the sum, the number of true ones, any, all, the largest, the smallest."""
    return Rule(name, "household", (of,), _same, cites, BEGINNING, None, sentence(zh, en), how=how)


def _same(values: Any) -> Any:
    return values


@dataclass(frozen=True, slots=True)
class Missing:
    """What was needed and is not known: a fact (of member number ``member``, from 0), or a parameter and why."""

    name: str
    member: int | None = None
    why: Sentence | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a trace: the value (one for each member at person level) and all that it came from."""

    name: str
    label: Sentence
    entity: Entity
    value: tuple[Value, ...]
    inputs: tuple[tuple[str, tuple[Value, ...]], ...]
    parameters: tuple[tuple[str, Dated], ...]
    cites: str
    missing: tuple[Missing, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """The rules in force on one day that the wanted values need, in an order in which each finds its inputs."""

    day: date
    rules: tuple[Rule, ...]
    leaves: tuple[str, ...]


class RuleBook:
    """All versions of all rules. Two versions of one rule never hold on the same day."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._versions: dict[str, list[Rule]] = {}
        self._plans: dict[tuple[date, tuple[str, ...]], Plan] = {}
        for each in rules:
            for other in self._versions.setdefault(each.name, []):
                if other.first <= (each.last or date.max) and each.first <= (other.last or date.max):
                    raise ValueError(f"two versions of rule {each.name} overlap")
            self._versions[each.name].append(each)

    def plan(self, day: date, wanted: Sequence[str]) -> Plan:
        """What to compute for the wanted values on a day. Raises :class:`CannotBecause` when no version holds then."""
        key = (day, tuple(wanted))
        if key not in self._plans:
            ordered: dict[str, Rule] = {}
            leaves: dict[str, None] = {}
            for name in wanted:
                self._visit(name, day, ordered, leaves, ())
            self._plans[key] = Plan(day, tuple(ordered.values()), tuple(leaves))
        return self._plans[key]

    def _visit(
        self, name: str, day: date, ordered: dict[str, Rule], leaves: dict[str, None], path: tuple[str, ...]
    ) -> None:
        if name in ordered or name in leaves:
            return
        if name in path:
            raise ValueError(f"rules need one another in a ring: {' > '.join((*path, name))}")
        if name not in self._versions:
            leaves[name] = None
            return
        chosen = next((each for each in self._versions[name] if each.holds(day)), None)
        if chosen is None:
            label = self._versions[name][0].label
            reason = sentence("{d}没有有效的规则“{r}”", "No rule “{r}” is in force on {d}", d=day, r=label)
            raise CannotBecause("engine.no_rule", reason)
        for needed in chosen.inputs:
            self._visit(needed, day, ordered, leaves, (*path, name))
        ordered[name] = chosen


@dataclass(slots=True)
class _Run:
    population: Population
    parameters: Mapping[str, Given]
    starts: Array
    trace: list[Step] | None
    entities: dict[str, Entity] = field(default_factory=dict)
    columns: dict[str, Column] = field(default_factory=dict)
    missing: dict[str, tuple[Missing, ...]] = field(default_factory=dict)

    def take_leaf(self, name: str) -> None:
        """Find a plan's leaf among the facts; a parameter stays where it is."""
        people = self.population
        if name in self.parameters:
            return
        if name == "member_count":
            self._keep(name, "household", Column(people.counts))
        elif name in people.households:
            self._keep(name, "household", people.households[name])
        elif name in people.members:
            self._keep(name, "person", people.members[name])
        else:
            raise KeyError(f"no fact, rule or parameter is called {name}")

    def _keep(self, name: str, entity: Entity, column: Column) -> None:
        self.entities[name], self.columns[name] = entity, column
        if self.trace is not None and column.known is not None:
            gaps = np.flatnonzero(~column.known)
            self.missing[name] = tuple(Missing(name, int(i) if entity == "person" else None) for i in gaps)

    def apply(self, rule: Rule) -> None:
        """Compute one rule and note its step."""
        size = (
            len(self.population.counts) if rule.entity == "household" else int(self.population.counts.sum())
        )
        arguments, known, possible = [], None, True
        for name in rule.inputs:
            value = self._argument(rule, name)
            if isinstance(value, Column) and name not in rule.aware:
                known = (
                    value.known if known is None else known if value.known is None else known & value.known
                )
                value = value.values
            possible = possible and (value is not None or name in rule.aware)
            arguments.append(value)
        if not possible:
            column = Column(np.zeros(size, np.int64), np.zeros(size, bool))
        elif rule.how:
            column = aggregated(rule.how, self.columns[rule.inputs[0]], self.starts, self.population.counts)
        else:
            column = _column(rule, rule.function(*arguments), size, known)
        self.entities[rule.name], self.columns[rule.name] = rule.entity, column
        if self.trace is not None:
            self.trace.append(self._step(rule, column))

    def _argument(self, rule: Rule, name: str) -> Any:
        if name in self.parameters:
            given = self.parameters[name]
            return given.value if isinstance(given, Dated) else None
        column = self.columns[name]
        if rule.entity == self.entities[name] or rule.how:
            return column
        if rule.entity == "household":
            raise TypeError(f"{rule.name} needs {name} of each member: aggregate it first")
        counts = self.population.counts
        spread = None if column.known is None else np.repeat(column.known, counts)
        return Column(np.repeat(column.values, counts), spread)

    def _step(self, rule: Rule, column: Column) -> Step:
        known = column.known is None or bool(column.known.all())
        gaps = {} if known else {gap: None for name in rule.inputs for gap in self._gaps(name)}
        self.missing[rule.name] = tuple(gaps)
        inputs = tuple((name, _shown(self.columns[name])) for name in rule.inputs if name in self.columns)
        given = [(name, self.parameters[name]) for name in rule.inputs if name in self.parameters]
        dated = tuple((name, value) for name, value in given if isinstance(value, Dated))
        return Step(
            rule.name,
            rule.label,
            rule.entity,
            _shown(column),
            inputs,
            dated,
            rule.cites,
            self.missing[rule.name],
        )

    def _gaps(self, name: str) -> tuple[Missing, ...]:
        given = self.parameters.get(name)
        if isinstance(given, CannotBecause):
            return (Missing(name, why=given.reason),)
        return self.missing.get(name, ())


def _shown(column: Column) -> tuple[Value, ...]:
    known = column.mask()
    return tuple(value if known[i] else None for i, value in enumerate(column.values.tolist()))


def _column(rule: Rule, result: Any, size: int, known: Mask | None) -> Column:
    if isinstance(result, Column):
        both = known is not None and result.known is not None
        known = known & result.known if both else result.known if known is None else known  # type: ignore[operator]
        result = result.values
    values = np.asarray(result)
    if values.ndim == 0:
        values = np.full(size, values)
    if len(values) != size:
        raise ValueError(f"{rule.name} returned {len(values)} values, not {size}")
    require_bounded(rule.name, values)
    return Column(values, known)


def run(
    plan: Plan, population: Population, parameters: Mapping[str, Given], trace: list[Step] | None = None
) -> dict[str, Column]:
    """Compute a plan for a population; the result holds every rule and fact of the plan by name.

    With ``trace`` (for a population of one household) every step is appended to it, with what was missing.
    """
    if trace is not None and len(population.counts) != 1:
        raise ValueError("only one household at a time can be traced")
    starts = np.concatenate(([0], np.cumsum(population.counts[:-1])))
    state = _Run(population, parameters, starts, trace)
    for name in plan.leaves:
        state.take_leaf(name)
    for each in plan.rules:
        state.apply(each)
    return state.columns
