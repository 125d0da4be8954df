"""The rule engine: the rules over arrays, for a district in chunks. (:mod:`jishiyu.law.rules.alone` runs one household.)

A run has one legal date. Arrays are int64 (fen, basis points, days) or bool. A value that is not known stays not
known: every column carries a mask, and what follows from an unknown value is unknown with the names of what is
missing, never zero. See :mod:`jishiyu.law.rules.rulebook` for rules and :mod:`jishiyu.law.rules.columns` for columns.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from jishiyu.law.rules.columns import (
    Array,
    Column,
    Mask,
    Population,
    aggregated,
    require_bounded,
)
from jishiyu.law.rules.rulebook import Entity, Plan, Rule
from jishiyu.law.rules.tracing import Given, Missing, Step, Value, number_of

__all__ = ["Given", "Missing", "Step", "Value", "run"]


@dataclass(slots=True)
class _Run:
    population: Population
    parameters: Mapping[str, Given]
    starts: Array
    owners: Array | None = None
    entities: dict[str, Entity] = field(default_factory=dict)
    columns: dict[str, Column] = field(default_factory=dict)

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

    def apply(self, rule: Rule) -> None:
        """Compute one rule."""
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

    def _argument(self, rule: Rule, name: str) -> Any:
        if name in self.parameters:
            return number_of(self.parameters[name])
        column = self.columns[name]
        if rule.entity == self.entities[name] or rule.how:
            return column
        if rule.entity == "household":
            raise TypeError(f"{rule.name} needs {name} of each member: aggregate it first")
        if self.owners is None:
            self.owners = np.repeat(np.arange(len(self.starts)), self.population.counts)
        return Column(column.values[self.owners], None if column.known is None else column.known[self.owners])


def _column(rule: Rule, result: Any, size: int, known: Mask | None) -> Column:
    if isinstance(result, Column):
        both = known is not None and result.known is not None
        known = known & result.known if both else result.known if known is None else known
        result = result.values
    values = np.asarray(result)
    if values.ndim == 0:
        values = np.full(size, values)
    if len(values) != size:
        raise ValueError(f"{rule.name} returned {len(values)} values, not {size}")
    require_bounded(rule.name, values)
    return Column(values, None if known is None or known.all() else known)


def run(
    plan: Plan,
    population: Population,
    parameters: Mapping[str, Given],
    *,
    keep: Collection[str] | None = None,
) -> dict[str, Column]:
    """Compute a plan for a population; the result holds every rule and fact of the plan by name.

    With ``keep`` a rule that it does not name is let go of once nothing needs it any more: memory that is still at hand is used
    again, which saves a third of a district's time.
    """
    starts = np.concatenate(([0], np.cumsum(population.counts[:-1])))
    state = _Run(population, parameters, starts)
    for name in plan.leaves:
        state.take_leaf(name)
    done_with = _done_with(plan, keep) if keep is not None else {}
    for each in plan.rules:
        state.apply(each)
        for name in done_with.get(each.name, ()):
            del state.columns[name]
    return state.columns


def _done_with(plan: Plan, keep: Collection[str]) -> dict[str, list[str]]:
    """By rule: the rules that nothing after it asks for."""
    last = {name: rule.name for rule in plan.rules for name in (rule.name, *rule.inputs)}
    found: dict[str, list[str]] = {}
    for rule in plan.rules:
        if rule.name not in keep:
            found.setdefault(last[rule.name], []).append(rule.name)
    return found
