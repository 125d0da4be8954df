"""From the values of a run to words: each condition's outcome, the item's, and why, when something cannot be told."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from string import Formatter
from typing import Any, NamedTuple

from jishiyu.assessment.rules.fact_names import say_cannot
from jishiyu.foundations.money import yuan_text
from jishiyu.foundations.outcomes import Sentence, sentence
from jishiyu.law.rules.alone import Found
from jishiyu.law.rules.items import BenefitItem
from jishiyu.law.rules.parameters import Dated
from jishiyu.law.rules.tracing import Missing
from jishiyu.programmes.rules.entitlement import ConditionOutcome, Met, Outcome
from jishiyu.programmes.rules.items import ItemRules, Test

FOR_A_PERSON = sentence("须由人判断", "For a person to judge")
_NONE_MET = sentence("所列各项条件都不符合", "None of the conditions is met")
_NOT_AT_ONCE = sentence("没有一名成员同时符合各项条件", "No single member meets all conditions")


def places(template: Sentence) -> set[str]:
    """The values that a sentence names."""
    return set(_places(template.zh))


@lru_cache(maxsize=4096)
def _places(text: str) -> tuple[str, ...]:
    return tuple(sorted({field for _, field, _, _ in Formatter().parse(text) if field}))


class Values:
    """The values of a run, to look up and to say."""

    def __init__(self, found: Found) -> None:
        self.found, self.steps, self.parameters = found, found.trace(), found.parameters
        self._unknown: dict[str, Sentence | None] = {}

    def known(self, name: str) -> bool:
        """Whether a rule, fact or parameter has a value (for each member, if it speaks of members)."""
        if name in self.parameters:
            return isinstance(self.parameters[name], Dated)
        return self.found.known(name)

    def number(self, name: str) -> int | None:
        """A household's value."""
        return self.found.number(name)

    @cached_property
    def numbers(self) -> "Numbers":
        """The known values of household rules."""
        return Numbers(self.found)

    def missing(self, name: str) -> tuple[Missing, ...]:
        """What lacks for a value: facts and parameters."""
        return self.steps.missing(name)

    def say(self, template: Sentence) -> Sentence:
        """A sentence with the values that it names."""
        asked = [name for name in _places(template.zh) if name not in template.values]
        if not asked:
            return template
        words = {name: self._word(name) for name in asked}
        return Sentence(template.zh, template.en, template.values | words)

    def why_unknown(self, name: str) -> Sentence | None:
        """What lacks for a value, in words; many items ask the same."""
        if name not in self._unknown:
            missing = self.missing(name)
            self._unknown[name] = say_cannot(missing) if missing else None
        return self._unknown[name]

    def _word(self, name: str) -> Any:
        parameter = self.parameters.get(name)
        if isinstance(parameter, Dated):
            return yuan_text(parameter.value) if parameter.unit == "yuan" else parameter.value
        value = self.found.number(name) if name in self.found else None
        if value is None:
            return sentence("（未知）", "(not known)")
        return yuan_text(value) if self.steps.unit(name) == "fen" else value


class Numbers(Mapping[str, int]):
    """The known values of a household's rules, by name."""

    def __init__(self, found: Found) -> None:
        self._found, self._rules = found, found.rules

    def __getitem__(self, name: str) -> int:
        rule = self._rules[name]
        value = self._found.number(name) if rule.entity == "household" else None
        if value is None:
            raise KeyError(name)
        return value

    def __iter__(self) -> Iterator[str]:
        return (name for name in self._rules if name in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)


class Decided(NamedTuple):
    """An item's answer without words."""

    outcome: Outcome
    conditions: tuple[Met, ...]
    amount: int | None = None
    at_least: int | None = None


def decide(own: ItemRules, found: Found) -> Decided:
    """The item's outcome over all its conditions and its amount."""
    told = [found.number(test.rule) for test in own.tests]
    conditions = tuple([_UNKNOWN if one is None else _MET if one else _NOT_MET for one in told])
    if own.gate is not None:
        told = [found.number(own.gate)]
    if 0 in told:
        return Decided("not_eligible", conditions)
    open_ = None not in told
    amount = found.number(own.amount) if open_ and own.amount else None
    if open_ and (amount is not None or not own.amount):
        return Decided("eligible", conditions, amount)
    certain = found.number(own.at_least) if open_ and own.at_least else None
    return Decided("cannot_compute", conditions, None, certain or None)


_MET: Met = "met"
_NOT_MET: Met = "not_met"
_UNKNOWN: Met = "unknown"


def condition(test: Test, outcome: Met, values: Values) -> ConditionOutcome:
    """A condition's outcome with its reason."""
    code = test.code or test.rule
    if outcome == "unknown":
        reason = values.why_unknown(test.rule) or test.unclear or FOR_A_PERSON
        return ConditionOutcome(code, test.label, outcome, reason)
    return ConditionOutcome(
        code, test.label, outcome, values.say(test.met if outcome == "met" else test.not_met)
    )


def reason_of(
    decided: Decided, conditions: Sequence[ConditionOutcome], rules: ItemRules, values: Values, item: BenefitItem
) -> Sentence:  # fmt: skip
    """Why an item's outcome is what it is."""
    failed = [one.reason for one in conditions if one.outcome == "not_met"]
    if decided.outcome == "not_eligible":
        every = item.match == "any" and len(failed) > 1
        return _NONE_MET if every else failed[0] if failed else _NOT_AT_ONCE
    unknown = [one.reason for one in conditions if one.outcome == "unknown"]
    if values.number(rules.gate) is None if rules.gate is not None else unknown:
        why = values.why_unknown(rules.gate) if rules.gate is not None else None
        return unknown[0] if unknown else why or FOR_A_PERSON
    return _by_amount(decided, rules, values, item)


def _by_amount(decided: Decided, rules: ItemRules, values: Values, item: BenefitItem) -> Sentence:
    if not rules.amount:
        return sentence("符合条件：{s}", "The conditions are met: {s}", s=item.standard)
    if decided.amount is None:
        missing = _lacking(rules, values)
        return say_cannot(missing) if missing else FOR_A_PERSON
    words = ("符合全部条件，{p}{a}元", "All conditions are met: {a} yuan, {p}")
    return sentence(*words, p=item.frequency_note, a=yuan_text(decided.amount))


def _lacking(rules: ItemRules, values: Values) -> tuple[Missing, ...]:
    """What lacks for the amount: of the rows that it is chosen from, the first that cannot be told or paid."""
    for when, pay in rules.rows:
        if when and not values.known(when):
            return values.missing(when)
        if (when is None or values.number(when)) and not values.known(pay):
            return values.missing(pay)
    return values.missing(rules.amount)


def standard_of(rules: ItemRules, values: Values) -> tuple[Dated, ...]:
    """The standard that the amount came from: that of the first row that applies, or the item's own; none is none."""
    for when, pay in rules.rows:
        if when is None or (values.known(when) and values.number(when)):
            found = [values.parameters.get(pay), *(value for _, value in values.steps.parameters(pay))]
            return tuple(one for one in found if isinstance(one, Dated))[:1]
    own = values.parameters.get(rules.standard)
    return (own,) if isinstance(own, Dated) else ()
