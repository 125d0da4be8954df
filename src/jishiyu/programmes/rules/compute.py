"""From one household's facts to its entitlements, each traced: conditions, amount, chain of aid, and what is missing."""

from collections.abc import Mapping, Sequence
from datetime import date
from string import Formatter
from typing import Any

import numpy as np

from jishiyu.assessment.rules.fact_names import say_cannot
from jishiyu.assessment.rules.facts import population_of
from jishiyu.assessment.rules.parameters import given
from jishiyu.foundations.money import yuan_text
from jishiyu.foundations.outcomes import CannotBecause, Sentence, sentence
from jishiyu.law.rules.columns import Column, Population
from jishiyu.law.rules.engine import Given, Missing, Step, run
from jishiyu.law.rules.items import BenefitItem
from jishiyu.law.rules.pack import Pack
from jishiyu.law.rules.parameters import Dated
from jishiyu.programmes.rules.book import BOOK
from jishiyu.programmes.rules.entitlement import ConditionOutcome, Entitlement, Outcome, best_first
from jishiyu.programmes.rules.items import ITEMS, ItemRules, Test
from jishiyu.programmes.rules.parameters import PARAMETERS
from jishiyu.registry.rules.situation import HouseholdSituation

_NOT_WRITTEN = sentence(
    "该项目的计算规则尚未编制：条件见下，须由人判断",
    "The rules of this item are not written yet: its conditions are below, for a person to judge",
)
_FOR_A_PERSON = sentence("须由人判断", "For a person to judge")


def wanted_of(item: ItemRules) -> tuple[str, ...]:
    """The rules that an item's answer needs: its conditions and what their words name, its amount, and its chain."""
    words = (template for test in item.tests for template in (test.met, test.not_met))
    named = (name for template in words for name in _places(template) if name in BOOK)
    least = (item.at_least,) if item.at_least else ()
    tested = (test.rule for test in item.tests)
    return tuple(dict.fromkeys((*tested, *named, item.amount, *least, *item.shown)))


def _places(template: Sentence) -> set[str]:
    return {field for _, field, _, _ in Formatter().parse(template.zh) if field}


def with_used_aid(
    people: Population, used: Mapping[str, int] | None, person_ids: Sequence[str]
) -> Population:
    """The population with the medical aid that each person had this year already; nobody had any when none is named."""
    amounts = np.array([(used or {}).get(person_id, 0) for person_id in person_ids], np.int64)
    return Population(
        people.counts, people.households, {**people.members, "medical_aid_used": Column(amounts)}
    )


def entitlements_of(
    situation: HouseholdSituation, day: date, pack: Pack, *, used: Mapping[str, int] | None = None
) -> list[Entitlement]:
    """All items of the pack for one household on a legal date, best first.

    ``used``: medical aid given this year already, by person id, in fen.
    """
    people = with_used_aid(
        population_of([situation], day), used, [one.person_id for one in situation.members]
    )
    answers = []
    for item in pack.items:
        rules = ITEMS.get(item.id)
        answers.append(
            _not_written(item, day, pack) if rules is None else _answer(item, rules, people, day, pack)
        )
    return best_first(answers)


def _answer(item: BenefitItem, rules: ItemRules, people: Population, day: date, pack: Pack) -> Entitlement:
    try:
        plan = BOOK.plan(day, wanted_of(rules))
    except CannotBecause as refusal:
        return _no_answer(item, day, pack, refusal.reason)
    parameters = given(pack, PARAMETERS, plan.leaves, day, certain=True)
    steps: list[Step] = []
    columns = run(plan, people, parameters, steps)
    by_name = {step.name: step for step in steps}
    values = _Values(columns, parameters, by_name)
    conditions = tuple(_condition(test, values) for test in rules.tests)
    outcome, reason = _outcome(conditions, rules, values, item)
    amount = values.number(rules.amount) if outcome == "eligible" else None
    least = None
    if rules.at_least and outcome == "cannot_compute" and all(one.outcome == "met" for one in conditions):
        least = values.number(rules.at_least)
    standard = parameters.get(rules.standard)
    return Entitlement(
        item.id, item.name, item.programme, item.lead_on(day).agency, day, outcome, reason, conditions, amount, least,
        item.frequency, item.forms, standard if isinstance(standard, Dated) else None, item.standard,
        tuple(paper.name for paper in item.documents), tuple(payer.name for payer in item.insurance_first),
        rules.chain(values.numbers(), amount, day) if amount is not None else (), tuple(steps),
        _doubts(steps), pack.version,
    )  # fmt: skip


class _Values:
    """The values of a run, to look up and to say."""

    def __init__(
        self, columns: dict[str, Column], parameters: Mapping[str, Given], steps: dict[str, Step]
    ) -> None:
        self._columns, self._parameters, self.steps = columns, parameters, steps

    def known(self, name: str) -> bool:
        return bool(self._columns[name].mask().all())

    def number(self, name: str) -> int | None:
        column = self._columns[name]
        return int(column.values[0]) if self.known(name) else None

    def numbers(self) -> dict[str, int]:
        households = (name for name, step in self.steps.items() if step.entity == "household")
        return {name: int(self._columns[name].values[0]) for name in households if self.known(name)}

    def missing(self, name: str) -> tuple[Missing, ...]:
        return self.steps[name].missing if name in self.steps else ()

    def say(self, template: Sentence) -> Sentence:
        return Sentence(
            template.zh, template.en, {name: self._word(name) for name in sorted(_places(template))}
        )

    def _word(self, name: str) -> Any:
        parameter = self._parameters.get(name)
        if isinstance(parameter, Dated):
            return yuan_text(parameter.value) if parameter.unit == "yuan" else parameter.value
        if name not in self._columns or not self.known(name):
            return sentence("（未知）", "(not known)")
        value = int(self._columns[name].values[0])
        return yuan_text(value) if name in self.steps and self.steps[name].unit == "fen" else value


def _condition(test: Test, values: _Values) -> ConditionOutcome:
    if values.known(test.rule):
        met = bool(values.number(test.rule))
        return ConditionOutcome(
            test.rule, test.label, "met" if met else "not_met", values.say(test.met if met else test.not_met)
        )
    missing = values.missing(test.rule)
    reason = say_cannot(missing) if missing else test.unclear or _FOR_A_PERSON
    return ConditionOutcome(test.rule, test.label, "unknown", reason)


def _outcome(
    conditions: Sequence[ConditionOutcome], rules: ItemRules, values: _Values, item: BenefitItem
) -> tuple[Outcome, Sentence]:
    failed = [one for one in conditions if one.outcome == "not_met"]
    if failed:
        return "not_eligible", failed[0].reason
    unknown = [one for one in conditions if one.outcome == "unknown"]
    if unknown:
        return "cannot_compute", unknown[0].reason
    amount = values.number(rules.amount)
    if amount is None:
        return "cannot_compute", say_cannot(values.missing(rules.amount))
    return "eligible", sentence(
        "符合全部条件，{p}{a}元",
        "All conditions are met: {a} yuan, {p}",
        p=item.frequency_note,
        a=yuan_text(amount),
    )


def _doubts(steps: Sequence[Step]) -> tuple[Dated, ...]:
    doubtful = {value.id: value for step in steps for _, value in step.parameters if not value.real}
    return tuple(doubtful[id] for id in sorted(doubtful))


def _not_written(item: BenefitItem, day: date, pack: Pack) -> Entitlement:
    return _no_answer(item, day, pack, _NOT_WRITTEN)


def _no_answer(item: BenefitItem, day: date, pack: Pack, reason: Sentence) -> Entitlement:
    conditions = tuple(
        ConditionOutcome(one.key, one.name, "unknown", _FOR_A_PERSON) for one in item.conditions
    )
    return Entitlement(
        item.id, item.name, item.programme, item.lead_on(day).agency, day, "cannot_compute", reason, conditions, None,
        None, item.frequency, item.forms, None, item.standard, tuple(paper.name for paper in item.documents),
        tuple(payer.name for payer in item.insurance_first), (), (), (), pack.version,
    )  # fmt: skip
