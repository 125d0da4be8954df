"""What a run over one household came to, and what led to it: every step with its inputs, parameters and what was missing.

A run keeps values only. Steps are made of them, in the rules' own order, when somebody asks.
"""

from collections.abc import Callable, Container, Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from jishiyu.foundations.outcomes import CannotBecause, Sentence
from jishiyu.law.rules.columns import PARAMETER_LIMIT, Column
from jishiyu.law.rules.parameters import Dated
from jishiyu.law.rules.rulebook import Entity, Rule, Told, Unit

Value = int | bool | None
Slot = Column | Sequence[Column]  # a value of the household, or one for each member
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


class Form(NamedTuple):
    """What of a rule's step is the same for every household: names of inputs, parameters, and the unit."""

    rule: Rule
    inputs: tuple[str, ...]
    dated: tuple[tuple[str, Dated], ...]
    unit: Unit

    def told(self, told: Told | None) -> "Form":
        """The same, of what the rule says that it rested on; as it is for a rule that says nothing."""
        if told is None:
            return self
        inputs = tuple(one for one in self.inputs if one in told.names)
        return Form(self.rule, inputs, tuple(one for one in self.dated if one[0] in told.names), self.unit)


@dataclass(frozen=True, slots=True)
class Found:
    """What a run over one household came to: ``slots`` has each value, or a list with one for each member.

    ``flags`` names what is yes or no, ``people`` what each member has. ``settled`` names what is the same for every household,
    and keeps what lacks for it; ``forms`` keeps what a step has that is the same for every household.
    """

    rules: Mapping[str, Rule]
    parameters: Mapping[str, Given]
    flags: Container[str]
    people: Container[str]
    settled: dict[str, tuple[Missing, ...] | None]
    forms: dict[str, Form]
    slots: Mapping[str, Slot]
    size: int

    def __contains__(self, name: object) -> bool:
        return name in self.rules or name in self.slots

    def known(self, name: str) -> bool:
        """Whether a rule or fact has a value (for each member, if it speaks of members)."""
        slot = self.slots[name]
        return slot.known is None if isinstance(slot, Column) else all(one.known is None for one in slot)

    def number(self, name: str) -> int | None:
        """A value of the household (of the first member, if it speaks of members); None when it is not known."""
        slot = self.slots[name]
        if isinstance(slot, Column):
            return int(slot.values) if slot.known is None else None
        return int(slot[0].values) if self.known(name) else None

    def shown(self, name: str) -> tuple[Value, ...]:
        """The value, or one for each member, as plain numbers and flags."""
        slot = self.slots[name]
        if not isinstance(slot, Column):
            return tuple([one.values.item() if one.known is None else None for one in slot])
        value: Value = slot.values.item() if slot.known is None else None
        each = name in self.settled and self.rules[name].entity == "person"
        return (value,) * self.size if each else (value,)

    def trace(self) -> "Trace":
        """Every step, made when it is asked for."""
        return Trace(self)


class _Later(dict[str, Any]):
    """Values by name, each made at the first look; a look at one that is there costs what a look in a dict costs."""

    __slots__ = ("make",)

    def __init__(self, make: Callable[[str], Any]) -> None:
        self.make = make

    def __missing__(self, name: str) -> Any:
        made = self[name] = self.make(name)
        return made


class Trace(Mapping[str, Step]):
    """The steps of one household's run by name, each made when it is asked for."""

    def __init__(self, found: Found) -> None:
        self._found, self._rules, self._parameters = found, found.rules, found.parameters
        self._shown, self._made = _Later(found.shown), _Later(self._step)
        self._told: dict[str, Told] = {}
        self._lacks: dict[str, tuple[Missing, ...]] = {}

    def __len__(self) -> int:
        return len(self._rules)

    def __iter__(self) -> Iterator[str]:
        return iter(self._rules)

    def __contains__(self, name: object) -> bool:
        return name in self._rules

    def __getitem__(self, name: str) -> Step:
        step: Step = self._made[name]
        return step

    def unit(self, name: str) -> Unit | None:
        """What a rule's value is told in; None for what is no rule."""
        return self._form(name).unit if name in self._rules else None

    def steps(self, names: Sequence[str]) -> tuple[Step, ...]:
        """Several steps in the order of their names."""
        return tuple(map(self._made.__getitem__, names))

    def parameters(self, name: str) -> tuple[tuple[str, Dated], ...]:
        """The parameters that a rule rested on; nothing for what is no rule."""
        return self._form(name).told(self.told(name)).dated if name in self._rules else ()

    def _form(self, name: str) -> Form:
        found = self._found.forms.get(name)
        if found is None:
            rule, parameters = self._rules[name], self._parameters
            given = ((one, parameters[one]) for one in rule.inputs if one in parameters)
            dated = tuple((one, value) for one, value in given if isinstance(value, Dated))
            unit: Unit = (
                "flag" if name in self._found.flags else "count" if rule.how == "count" else rule.unit
            )
            found = Form(rule, tuple(one for one in rule.inputs if one not in parameters), dated, unit)
            self._found.forms[name] = found
        return found

    def missing(self, name: str) -> tuple[Missing, ...]:
        """What lacks for a value, down to facts and parameters; nothing for one that is known."""
        kept: MutableMapping[str, Any] = self._found.settled if name in self._found.settled else self._lacks
        missing: tuple[Missing, ...] | None = kept.get(name)
        if missing is None:
            missing = kept[name] = self._missing(name)
        return missing

    def _missing(self, name: str) -> tuple[Missing, ...]:
        if name in self._parameters:
            given = self._parameters[name]
            return (Missing(name, why=given.reason),) if isinstance(given, CannotBecause) else ()
        values = self._shown[name]
        if None not in values:
            return ()
        if name not in self._rules:
            whose = enumerate(values) if name in self._found.people else ((None, one) for one in values)
            return tuple(Missing(name, place) for place, value in whose if value is None)
        rule, found = self._rules[name], list[Missing]()
        told = self.told(rule.name)
        for one in rule.inputs:
            if told is None or one in told.names:
                lacks = self.missing(one)
                found += [each for each in lacks if each not in found] if found else lacks
        return tuple(found)

    def _step(self, name: str) -> Step:
        form = self._found.forms.get(name) or self._form(name)
        rule, shown, words = form.rule, self._shown, None
        if rule.tells and (told := self.told(name)):
            form, words = form.told(told), told.words
        values, inputs = shown[name], form.inputs
        missing = self.missing(name) if None in values else ()
        # Not `Step(…)`: its own way in passes each of the fields once more.
        return tuple.__new__(Step, (
            name, rule.label, rule.entity, values, tuple([(one, shown[one]) for one in inputs]), form.dated, rule.cites,
            missing, form.unit, words,
        ))  # fmt: skip

    def told(self, name: str) -> Told | None:
        """What decided within a rule, and what that rested on, for a rule that can say so."""
        rule = self._rules[name]
        if rule.tells is not None and name not in self._told:
            size = len(self._shown[name])
            arguments = [
                number_of(self._parameters[one])
                if one in self._parameters
                else _column(self._shown[one], size)
                for one in rule.inputs
            ]
            self._told[name] = rule.tells(*arguments)
        return self._told.get(name)


def _column(values: tuple[Value, ...], size: int) -> Column:
    wide = values if len(values) == size else values * size
    known = np.array([one is not None for one in wide])
    return Column(np.array([one or 0 for one in wide]), None if known.all() else known)
