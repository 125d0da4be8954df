"""From the values of a run to words: each condition's outcome, the item's, and why, when something cannot be told."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from string import Formatter
from typing import Any

from jishiyu.assessment.rules.fact_names import say_cannot
from jishiyu.foundations.money import yuan_text
from jishiyu.foundations.outcomes import Sentence, sentence
from jishiyu.law.rules.alone import Found
from jishiyu.law.rules.items import BenefitItem
from jishiyu.law.rules.parameters import Dated
from jishiyu.law.rules.tracing import Missing
from jishiyu.programmes.rules.entitlement import ConditionOutcome, Outcome
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
        value = self.found.number(name) if name in self.found.slots else None
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


def condition(test: Test, values: Values) -> ConditionOutcome:
    """A condition's outcome and its reason."""
    code = test.code or test.rule
    found = values.number(test.rule)
    if found is None:
        reason = values.why_unknown(test.rule) or test.unclear or FOR_A_PERSON
        return ConditionOutcome(code, test.label, "unknown", reason)
    if found:
        return ConditionOutcome(code, test.label, "met", values.say(test.met))
    return ConditionOutcome(code, test.label, "not_met", values.say(test.not_met))


def outcome_of(
    conditions: Sequence[ConditionOutcome], rules: ItemRules, values: Values, item: BenefitItem
) -> tuple[Outcome, Sentence]:
    """The item's outcome over all its conditions and its amount, and why."""
    failed = [one.reason for one in conditions if one.outcome == "not_met"]
    unknown = [one.reason for one in conditions if one.outcome == "unknown"]
    if rules.gate is None:
        closed, doubtful = bool(failed), bool(unknown)
    else:
        doubtful = not values.known(rules.gate)
        closed = not doubtful and not values.number(rules.gate)
    if closed:
        every = item.match == "any" and len(failed) > 1
        return "not_eligible", _NONE_MET if every else failed[0] if failed else _NOT_AT_ONCE
    if doubtful:
        missing = values.missing(rules.gate) if rules.gate else ()
        return "cannot_compute", unknown[0] if unknown else say_cannot(missing) if missing else FOR_A_PERSON
    return _by_amount(rules, values, item)


def _by_amount(rules: ItemRules, values: Values, item: BenefitItem) -> tuple[Outcome, Sentence]:
    if not rules.amount:
        return "eligible", sentence("符合条件：{s}", "The conditions are met: {s}", s=item.standard)
    amount = values.number(rules.amount)
    if amount is None:
        missing = _lacking(rules, values)
        return "cannot_compute", say_cannot(missing) if missing else FOR_A_PERSON
    words = ("符合全部条件，{p}{a}元", "All conditions are met: {a} yuan, {p}")
    reason = sentence(*words, p=item.frequency_note, a=yuan_text(amount))
    goods = [given for name in rules.goods if isinstance(given := values.parameters.get(name), Dated)]
    return "eligible", _with_goods(reason, goods) if goods else reason


def _with_goods(reason: Sentence, goods: Sequence[Dated]) -> Sentence:
    """What is given in kind beside the money, with its worth."""
    return sentence(
        "{r}；另有实物：{list_zh}",
        "{r}; and in kind: {list_en}",
        r=reason,
        list_zh="、".join(f"{one.name.zh}{yuan_text(one.value)}元" for one in goods),
        list_en=", ".join(f"{one.name.en} {yuan_text(one.value)}" for one in goods),
    )


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
            step = values.steps.get(pay)
            found = [values.parameters.get(pay), *(value for _, value in (step.parameters if step else ()))]
            return tuple(one for one in found if isinstance(one, Dated))[:1]
    own = values.parameters.get(rules.standard)
    return (own,) if isinstance(own, Dated) else ()
