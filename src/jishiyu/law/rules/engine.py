"""The rule engine: one NumPy path for one household, traced, and for a million in chunks.

A run has one legal date. Arrays are int64 (fen, basis points, days) or bool. A value that is not known stays not
known: every column carries a mask, and what follows from an unknown value is unknown with the names of what is
missing, never zero. See :mod:`jishiyu.law.rules.rulebook` for rules and :mod:`jishiyu.law.rules.columns` for columns.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from jishiyu.foundations.outcomes import CannotBecause, Sentence
from jishiyu.law.rules.columns import (
    PARAMETER_LIMIT,
    Array,
    Column,
    Mask,
    Population,
    aggregated,
    require_bounded,
)
from jishiyu.law.rules.parameters import Dated
from jishiyu.law.rules.rulebook import Entity, Plan, Rule, Unit

Value = int | bool | None
Given = Dated | CannotBecause  # a parameter, or the refusal that says why it cannot be had


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
    unit: Unit


@dataclass(slots=True)
class _Run:
    population: Population
    parameters: Mapping[str, Given]
    starts: Array
    trace: list[Step] | None
    owners: Array | None = None
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
            if not isinstance(given, Dated):
                return None
            if abs(given.value) >= PARAMETER_LIMIT:
                raise OverflowError(f"parameter {given.id} is beyond ±{PARAMETER_LIMIT}")
            return given.value
        column = self.columns[name]
        if rule.entity == self.entities[name] or rule.how:
            return column
        if rule.entity == "household":
            raise TypeError(f"{rule.name} needs {name} of each member: aggregate it first")
        if self.owners is None:
            self.owners = np.repeat(np.arange(len(self.starts)), self.population.counts)
        return Column(column.values[self.owners], None if column.known is None else column.known[self.owners])

    def _step(self, rule: Rule, column: Column) -> Step:
        known = column.known is None or bool(column.known.all())
        gaps: list[Missing] = []
        for gap in () if known else (gap for name in rule.inputs for gap in self._gaps(name)):
            if gap not in gaps:
                gaps.append(gap)
        self.missing[rule.name] = tuple(gaps)
        inputs = tuple((name, _shown(self.columns[name])) for name in rule.inputs if name in self.columns)
        given = [(name, self.parameters[name]) for name in rule.inputs if name in self.parameters]
        dated = tuple((name, value) for name, value in given if isinstance(value, Dated))
        unit: Unit = (
            "flag" if column.values.dtype == np.bool_ else "count" if rule.how == "count" else rule.unit
        )
        found = self.missing[rule.name]
        return Step(
            rule.name, rule.label, rule.entity, _shown(column), inputs, dated, rule.cites, found, unit
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
    return Column(values, None if known is None or known.all() else known)


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
