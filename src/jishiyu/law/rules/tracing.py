"""What led to a value: every step of one household's run with its inputs, parameters and what was missing.

A run keeps values only. Steps are made of them, in the rules' own order, when somebody asks.
"""

from collections.abc import Callable, Container, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from jishiyu.foundations.outcomes import CannotBecause, Sentence
from jishiyu.law.rules.columns import PARAMETER_LIMIT, Column
from jishiyu.law.rules.parameters import Dated
from jishiyu.law.rules.rulebook import Entity, Rule, Told, Unit

Value = int | bool | None
Given = Dated | CannotBecause  # a parameter, or the refusal that says why it cannot be had


def number_of(given: Given) -> int | None:
    """The number that rules are handed; None when it cannot be had. Raises OverflowError beyond what is safe to multiply."""
    if not isinstance(given, Dated):
        return None
    if abs(given.value) >= PARAMETER_LIMIT:
        raise OverflowError(f"parameter {given.id} is beyond ±{PARAMETER_LIMIT}")
    return given.value


class Missing(NamedTuple):
    """What was needed and is not known: a fact (of member number ``member``, from 0), or a parameter and why."""

    name: str
    member: int | None = None
    why: Sentence | None = None


class Step(NamedTuple):
    """One step of a trace: the value (one for each member at person level) and all that it came from."""

    name: str
    label: Sentence
    entity: Entity
    value: tuple[Value, ...]
    inputs: tuple[tuple[str, tuple[Value, ...]], ...]
    parameters: tuple[tuple[str, Dated], ...]
    cites: str
    missing: tuple[Missing, ...]
    unit: Unit | None
    told: Sentence | None = None


class Trace(Mapping[str, Step]):
    """The steps of one household's run by name, each made when it is asked for.

    ``shown`` gives a value that the run kept; ``flags`` names what is yes or no, ``people`` the facts that each member has.
    """

    def __init__(
        self, rules: Mapping[str, Rule], parameters: Mapping[str, Given], shown: Callable[[str], tuple[Value, ...]],
        flags: Container[str], people: Container[str],
    ) -> None:  # fmt: skip
        self._rules, self._parameters, self._flags, self._people = rules, parameters, flags, people
        self._shown = lru_cache(None)(shown)
        self._made: dict[str, Step] = {}
        self._told: dict[str, Told] = {}
        self._lacks: dict[str, tuple[Missing, ...]] = {}

    def __len__(self) -> int:
        return len(self._rules)

    def __iter__(self) -> Iterator[str]:
        return iter(self._rules)

    def __contains__(self, name: object) -> bool:
        return name in self._rules

    def __getitem__(self, name: str) -> Step:
        found = self._made.get(name)
        if found is None:
            found = self._made[name] = self._step(self._rules[name])
        return found

    def unit(self, name: str) -> Unit | None:
        """What a rule's value is told in; None for what is no rule."""
        rule = self._rules.get(name)
        if rule is None or name in self._flags:
            return None if rule is None else "flag"
        return "count" if rule.how == "count" else rule.unit

    def missing(self, name: str) -> tuple[Missing, ...]:
        """What lacks for a value, down to facts and parameters; nothing for one that is known."""
        if name not in self._lacks:
            self._lacks[name] = self._missing(name)
        return self._lacks[name]

    def _missing(self, name: str) -> tuple[Missing, ...]:
        if name in self._parameters:
            given = self._parameters[name]
            return (Missing(name, why=given.reason),) if isinstance(given, CannotBecause) else ()
        values = self._shown(name)
        if None not in values:
            return ()
        if name not in self._rules:
            whose = enumerate(values) if name in self._people else ((None, one) for one in values)
            return tuple(Missing(name, place) for place, value in whose if value is None)
        rule, found = self._rules[name], list[Missing]()
        told = self.told(rule.name)
        for each in (
            each for one in rule.inputs if told is None or one in told.names for each in self.missing(one)
        ):
            if each not in found:
                found.append(each)
        return tuple(found)

    def _step(self, rule: Rule) -> Step:
        name, parameters, told = rule.name, self._parameters, self.told(rule.name)
        asked = rule.inputs if told is None else tuple(one for one in rule.inputs if one in told.names)
        inputs = tuple([(one, self._shown(one)) for one in asked if one not in parameters])
        dated = [(one, parameters[one]) for one in asked if one in parameters]
        return Step(
            name, rule.label, rule.entity, self._shown(name), inputs,
            tuple([(one, value) for one, value in dated if isinstance(value, Dated)]) if dated else (),
            rule.cites, self.missing(name), self.unit(name), told.words if told else None,
        )  # fmt: skip

    def told(self, name: str) -> Told | None:
        """What decided within a rule, and what that rested on, for a rule that can say so."""
        rule = self._rules[name]
        if rule.tells is not None and name not in self._told:
            size = len(self._shown(name))
            arguments = [
                number_of(self._parameters[one])
                if one in self._parameters
                else _column(self._shown(one), size)
                for one in rule.inputs
            ]
            self._told[name] = rule.tells(*arguments)
        return self._told.get(name)


def _column(values: tuple[Value, ...], size: int) -> Column:
    wide = values if len(values) == size else values * size
    known = np.array([one is not None for one in wide])
    return Column(np.array([one or 0 for one in wide]), None if known.all() else known)
