"""Rules and their versions: plain functions whose argument names are the values they need.

An argument is a fact, another rule, or a dated parameter. The legal date chooses the version of each rule.
"""

import inspect
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from jishiyu.foundations.outcomes import CannotBecause, Sentence, sentence
from jishiyu.law.rules.columns import How

Entity = Literal["person", "household"]
Unit = Literal["fen", "flag", "count", "basis_points", "days", "dm2", "code"]


@dataclass(frozen=True, slots=True)
class Told:
    """What decided within a rule: in words, and which of the rule's inputs it rested on."""

    words: Sentence
    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class Rule:
    """One version of a rule. ``aware`` inputs are handed over as :class:`Column`; all others must be known.

    ``tells`` is called with the same arguments for a trace, and says what decided within the rule (a table's row).
    """

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
    unit: Unit = "fen"
    tells: Callable[..., Told] | None = None

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
    unit: Unit = "fen",
) -> Callable[[Callable[..., Any]], Rule]:
    """Make a function a rule. ``name`` sets versions of one rule apart from their function names."""

    def make(function: Callable[..., Any]) -> Rule:
        inputs = tuple(inspect.signature(function).parameters)
        title = name or function.__name__
        label = sentence(zh, en)
        return Rule(title, entity, inputs, function, cites, first, last, label, frozenset(aware), unit=unit)

    return make


def aggregate(name: str, how: How, of: str, *, zh: str, en: str, cites: str = "", unit: Unit = "fen") -> Rule:
    """A household value from its members': the sum, the number of true ones, any, all, the largest, the smallest."""
    return Rule(name, "household", (of,), _same, cites, BEGINNING, None, sentence(zh, en), how=how, unit=unit)


def rules_of(page: Mapping[str, Any]) -> list[Rule]:
    """All rules of a module, given its ``vars()``: single ones, and tuples of aggregates."""
    single = [thing for thing in page.values() if isinstance(thing, Rule)]
    grouped = [
        one for thing in page.values() if isinstance(thing, tuple) for one in thing if isinstance(one, Rule)
    ]
    return single + grouped


def _same(values: Any) -> Any:
    return values


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

    def __contains__(self, name: object) -> bool:
        return name in self._versions

    def names(self) -> tuple[str, ...]:
        """The names of all rules."""
        return tuple(self._versions)

    def with_more(self, rules: Iterable[Rule]) -> "RuleBook":
        """A book with these rules and all of this one's."""
        own = (each for versions in self._versions.values() for each in versions)
        return RuleBook((*own, *rules))

    def without(self, names: Collection[str]) -> "RuleBook":
        """A book without the rules of these names: what reads them finds facts, or others entered in their place."""
        return RuleBook(
            each for name, versions in self._versions.items() if name not in names for each in versions
        )

    def entity(self, name: str) -> Entity:
        """Whether a rule speaks of persons or of households. Raises KeyError for no such rule."""
        return self._versions[name][0].entity

    def inputs(self, name: str) -> tuple[str, ...]:
        """What the versions of a rule read. Raises KeyError for no such rule."""
        return tuple(dict.fromkeys(one for each in self._versions[name] for one in each.inputs))

    def versions(self, name: str) -> tuple[Rule, ...]:
        """All versions of a rule. Raises KeyError for no such rule."""
        return tuple(self._versions[name])

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
