"""From one household's facts to its entitlements, each traced: conditions, amount, chain of aid, and what is missing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import cast

import numpy as np

from jishiyu.assessment.rules.facts import household_of
from jishiyu.foundations.later import Later
from jishiyu.foundations.outcomes import CannotBecause, Sentence, sentence
from jishiyu.law.rules.alone import Found, alone
from jishiyu.law.rules.columns import Column, Population
from jishiyu.law.rules.items import BenefitItem
from jishiyu.law.rules.pack import Pack
from jishiyu.law.rules.parameters import Dated
from jishiyu.law.rules.rulebook import Plan
from jishiyu.law.rules.tracing import Trace
from jishiyu.programmes.rules.deciding import FOR_A_PERSON, Values, condition, decide, reason_of, standard_of
from jishiyu.programmes.rules.entitlement import ConditionOutcome, Entitlement, best_first
from jishiyu.programmes.rules.exclusion import Clash, Pair, with_exclusions
from jishiyu.programmes.rules.from_pack import ByVersion, PackRules, rules_of_pack
from jishiyu.programmes.rules.items import ItemRules
from jishiyu.programmes.rules.ready import Ready, plan_of, ready_for
from jishiyu.programmes.rules.used_aid import Used, with_used_aid
from jishiyu.registry.rules.situation import HouseholdSituation

Told = Mapping[str, int | bool]
__all__ = ["entitlements_of", "plan_of", "with_answers", "with_used_aid"]

_NOT_WRITTEN = sentence(
    "该项目的计算规则尚未编制：条件见下，须由人判断",
    "The rules of this item are not written yet: its conditions are below, for a person to judge",
)


def with_answers(people: Population, rules: PackRules, told: Told) -> Population:
    """The population with what a person told in answer to the pack's questions, the same for every household."""
    size = len(people.counts)
    answers = {
        f"asked.{key}": Column(np.full(size, told[key], bool if one.unit == "flag" else np.int64))
        for key, one in rules.questions.items()
        if key in told
    }
    return Population(people.counts, {**people.households, **answers}, people.members)


def entitlements_of(
    situation: HouseholdSituation,
    day: date,
    pack: Pack,
    *,
    used: Used | None = None,
    told: Told | None = None,
) -> list[Entitlement]:
    """All items of the pack for one household on a legal date, best first.

    ``used``: aid had already (a plain mapping is hospital aid of the year, by person id, in fen). ``told``: a person's answers to the pack's
    questions, by their keys: yes or no, or fen.
    """
    rules, ready, told = rules_of_pack(pack, day), ready_for(pack, day), told or {}
    values = Values(found_of(situation, day, rules, ready, used, told))
    answers = [_answer(sheet, values, day, pack) for sheet in sheets_of(ByVersion(pack), day)]
    return best_first(with_exclusions(answers, pack, clashes_of(rules, ready, values.found)))


def clashes_of(rules: PackRules, ready: Ready, found: Found) -> dict[Pair, Clash]:
    """Which pairs of items that members are paid by clash here; one that cannot be told counts as a clash."""
    return {
        pair: Clash(found.number(name) != 0, {id: _by_member(rules.items[id], found) for id in pair})
        for pair, name in ready.clashes.items()
    }


def _by_member(item: ItemRules, found: Found) -> tuple[int, ...]:
    slot = found.slots[item.by_member]
    return tuple(int(one.values) for one in slot) if isinstance(slot, list) else ()


def found_of(
    situation: HouseholdSituation, day: date, rules: PackRules, ready: Ready, used: Used | None, told: Told
) -> Found:
    """One run for all items, since most ask the same of the household."""
    nobody = Population(np.array([len(situation.members)]), {}, {})
    ids = [one.person_id for one in situation.members]
    more = with_answers(with_used_aid(nobody, used, ids), rules, told)
    household = household_of(situation, day).with_more(alone(more))
    return ready.kernel(told, household)(household)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What of an item's answer is the same for every household on a day.

    ``given`` are its parameters; those of ``tables`` (names of rules) are named by the row that decides.
    """

    item: BenefitItem
    own: ItemRules | None
    steps: tuple[str, ...]
    given: tuple[Dated, ...]
    tables: tuple[str, ...]
    doubts: tuple[Dated, ...]
    lead: str
    papers: tuple[Sentence, ...]
    payers: tuple[Sentence, ...]
    refused: Entitlement | None


@lru_cache(maxsize=64)
def sheets_of(version: ByVersion, day: date) -> tuple[Sheet, ...]:
    """A sheet for each item of the pack, in its order, made once a day."""
    pack = version.pack
    ready, rules = ready_for(pack, day), rules_of_pack(pack, day)
    return tuple(_sheet(item, ready, rules.items.get(item.id), day, pack) for item in pack.items)


def _sheet(item: BenefitItem, ready: Ready, own: ItemRules | None, day: date, pack: Pack) -> Sheet:
    plan, lead = ready.plans.get(item.id), item.lead_on(day).agency
    papers = tuple(paper.name for paper in item.documents)
    payers = tuple(payer.name for payer in item.insurance_first)
    if own is None or not isinstance(plan, Plan):
        reason = plan.reason if isinstance(plan, CannotBecause) else _NOT_WRITTEN
        sheet = Sheet(item, None, (), (), (), (), lead, papers, payers, None)
        return replace(sheet, refused=_no_answer(sheet, day, pack, reason))
    tables = tuple(rule.name for rule in plan.rules if rule.tells)
    names = (name for rule in plan.rules if not rule.tells for name in rule.inputs)
    asked = (ready.parameters[name] for name in names if name in ready.parameters)
    given = tuple(one for one in asked if isinstance(one, Dated))
    steps = tuple(rule.name for rule in plan.rules)
    return Sheet(item, own, steps, given, tables, _doubts(given), lead, papers, payers, None)


def _answer(sheet: Sheet, values: Values, day: date, pack: Pack) -> Entitlement:
    own, item = sheet.own, sheet.item
    if own is None:
        return cast(Entitlement, sheet.refused)
    decided = decide(own, values.found)
    told = zip(own.tests, decided.conditions, strict=True)
    conditions = tuple([condition(test, outcome, values) for test, outcome in told])
    amount = decided.amount
    trace = values.steps
    steps = Later(lambda: trace.steps(sheet.steps))
    doubts: Sequence[Dated] = sheet.doubts
    if sheet.tables:
        doubts = Later(lambda: _doubts((*sheet.given, *_decided_by(sheet.tables, trace))))
    return Entitlement(
        item.id, item.name, item.programme, sheet.lead, day, decided.outcome,
        reason_of(decided, conditions, own, values, item), conditions, amount, decided.at_least,
        item.frequency, item.forms, Later(lambda: standard_of(own, values)), item.standard, sheet.papers, sheet.payers,
        own.chain(values.numbers, amount, day) if amount is not None else (), steps, doubts, pack.version,
        to_check=item.exclusive_other,
    )  # fmt: skip


def _decided_by(tables: Sequence[str], trace: Trace) -> Iterable[Dated]:
    return (value for table in tables for _, value in trace.parameters(table))


def _doubts(given: Iterable[Dated]) -> tuple[Dated, ...]:
    doubtful = {value.id: value for value in given if not value.real}
    return tuple(doubtful[id] for id in sorted(doubtful))


def _no_answer(sheet: Sheet, day: date, pack: Pack, reason: Sentence) -> Entitlement:
    item = sheet.item
    conditions = tuple(
        ConditionOutcome(one.key, one.name, "unknown", FOR_A_PERSON) for one in item.conditions
    )
    return Entitlement(
        item.id, item.name, item.programme, sheet.lead, day, "cannot_compute", reason, conditions, None, None,
        item.frequency, item.forms, (), item.standard, sheet.papers, sheet.payers, (), (), (), pack.version,
        to_check=item.exclusive_other,
    )  # fmt: skip
