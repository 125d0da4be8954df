"""The same rule functions called one after another, with nothing between: no names, no plan, no refusals, no bounds, no trace.

What is left is what somebody would write who has the rules as plain functions on arrays and masks: places of a list instead of
names, settled once for a day. It shows what the engine itself costs over all items.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from jishiyu.law.rules.columns import Column, Population, aggregated
from jishiyu.law.rules.parameters import Dated
from jishiyu.programmes.rules.screening import Screening

Values = list[Any]


def straight(screening: Screening, people: Population) -> Callable[[Population], Values]:
    """A function from a population to the values of all rules, made by looking at one population."""
    plan, given = screening.plan, screening.parameters
    places = {name: place for place, name in enumerate((*plan.leaves, *(rule.name for rule in plan.rules)))}
    persons = {name for name in plan.leaves if name in people.members}
    fixed = {name: one.value if isinstance(one, Dated) else None for name, one in given.items()}
    steps = []
    for rule in plan.rules:
        inputs = []
        for name in rule.inputs:
            aware = name in rule.aware
            if name in fixed:
                inputs.append((None, fixed[name], aware, False))
            else:
                spread = rule.entity == "person" and name not in persons and not rule.how
                inputs.append((places[name], None, aware, spread))
        if rule.entity == "person":
            persons.add(rule.name)
        dead = any(place is None and value is None and not aware for place, value, aware, _ in inputs)
        steps.append(
            (places[rule.name], rule.function, tuple(inputs), rule.how, rule.entity == "person", dead)
        )

    def run(chunk: Population) -> Values:
        values: Values = [None] * len(places)
        starts = np.concatenate(([0], np.cumsum(chunk.counts[:-1])))
        owners = np.repeat(np.arange(len(starts)), chunk.counts)
        sizes = (len(chunk.counts), len(owners))
        for name in plan.leaves:
            if name == "member_count":
                values[places[name]] = Column(chunk.counts)
            elif name not in fixed:
                values[places[name]] = chunk.households.get(name) or chunk.members[name]
        for place, function, inputs, how, person, dead in steps:
            if dead:
                values[place] = Column(np.zeros(sizes[person], np.int64), np.zeros(sizes[person], bool))
                continue
            if how:
                values[place] = aggregated(how, values[inputs[0][0]], starts, chunk.counts)
                continue
            known, arguments = None, []
            for source, constant, aware, spread in inputs:
                if source is None:
                    arguments.append(constant)
                    continue
                column = values[source]
                if spread:
                    column = Column(
                        column.values[owners], None if column.known is None else column.known[owners]
                    )
                if aware:
                    arguments.append(column)
                    continue
                if column.known is not None:
                    known = column.known if known is None else known & column.known
                arguments.append(column.values)
            result = function(*arguments)
            if isinstance(result, Column):
                if result.known is not None:
                    known = result.known if known is None else known & result.known
                result = result.values
            if np.ndim(result) == 0:
                result = np.full(sizes[person], result)
            values[place] = Column(result, known)
        return values

    return run
