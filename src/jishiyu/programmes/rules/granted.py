"""Conditions met are not yet an award: which answers rest on a status that nobody has granted.

Items for families “on dibao” and the like are computed as if the conditions were the status, so that a household sees what it
could have. The law gives most of them only to who holds the award. With the awards in force told, the same rules run once more
with the status taken from them; where the answer differs, it is told beside it. The outcome stays that of the conditions.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np

from jishiyu.assessment.rules.facts import household_of
from jishiyu.assessment.rules.parameters import given
from jishiyu.foundations.money import yuan_text
from jishiyu.foundations.outcomes import Sentence, sentence
from jishiyu.law.rules.alone import Found, alone
from jishiyu.law.rules.columns import Column, Population, both, either
from jishiyu.law.rules.pack import Pack
from jishiyu.law.rules.rulebook import BEGINNING, Plan, Rule, RuleBook
from jishiyu.programmes.rules.compute import Told, with_answers
from jishiyu.programmes.rules.entitlement import Entitlement, Outcome
from jishiyu.programmes.rules.from_pack import ByVersion, PackRules, rules_of_pack
from jishiyu.programmes.rules.items import ItemRules
from jishiyu.programmes.rules.ready import Ready, ready_for
from jishiyu.programmes.rules.used_aid import Used, with_used_aid
from jishiyu.registry.rules.situation import HouseholdSituation

# Which award makes each status; who holds dibao counts as low-income too. The hardship allowance became ZC01 in 2016.
STATUSES: dict[str, tuple[str, ...]] = {
    "on_dibao": ("ZK01",),
    "destitute": ("ZK02",),
    "low_income_family": ("ZK03", "ZK01"),
    "on_hardship_allowance": ("ZK04", "ZC01"),
    "aided_group": ("ZK01", "ZK02", "ZK03", "ZK04", "ZC01"),
}
AWARDS = tuple(dict.fromkeys(id for ids in STATUSES.values() for id in ids))
THEMSELVES = ("ZK01", "ZK02", "ZK03", "ZK04")  # what makes a status is applied for by its conditions
_BY_CONDITIONS = "destitute by conditions"


def with_grants(
    answers: Sequence[Entitlement],
    situation: HouseholdSituation,
    pack: Pack,
    held: Collection[str],
    *,
    used: Used | None = None,
    told: Told | None = None,
) -> list[Entitlement]:
    """The answers with ``depends_on`` where an award that is not in force is needed first, or another amount goes with it.

    ``held``: the items whose awards are in force on the answers' day.
    """
    if not answers:
        return []
    day = answers[0].day
    second = _second(ByVersion(pack), day)
    found = _found(second, situation, day, held, used, told or {})
    by_item = {one.item: one for one in answers}
    return [_told(one, by_item, second, found, held) for one in answers]


@dataclass(frozen=True)
class _Second:
    """The rules with the statuses taken from awards: of which items each answer rests on which."""

    rules: PackRules
    ready: Ready
    rests_on: dict[str, tuple[str, ...]]


def _held(*flags: Column) -> Column:
    return either(*flags)


def _and_held(by_conditions: Column, flag: Column) -> Column:
    return both(by_conditions, flag)


def _replaced(book: RuleBook) -> RuleBook:
    """The book with each status read from the awards; who is destitute in a household that holds that award stays asked."""
    rules: list[Rule] = [replace(one, name=_BY_CONDITIONS) for one in book.versions("destitute")]
    for status, ids in STATUSES.items():
        label = book.versions(status)[0].label
        inputs = tuple(f"held.{id}" for id in ids)
        function: Any = _held
        if status == "destitute":
            inputs, function = (_BY_CONDITIONS, *inputs), _and_held
        entity = book.entity(status)
        aware = frozenset(inputs)
        rules.append(Rule(status, entity, inputs, function, "", BEGINNING, None, label, aware, unit="flag"))
    return book.without(STATUSES).with_more(rules)


@lru_cache(maxsize=16)
def _second(version: ByVersion, day: date) -> _Second:
    pack, first = version.pack, ready_for(version.pack, day)
    rules = rules_of_pack(pack, day)
    plans = {id: plan for id, plan in first.plans.items() if isinstance(plan, Plan)}
    rests_on = {
        id: tuple(rule.name for rule in plan.rules if rule.name in STATUSES)
        for id, plan in plans.items()
        if id not in THEMSELVES
    }
    rests_on = {id: statuses for id, statuses in rests_on.items() if statuses}
    wanted = dict.fromkeys(name for id in rests_on for name in _asked(rules.items[id]))
    whole = _replaced(rules.book).plan(day, tuple(wanted))
    parameters = given(pack, rules.parameters, whole.leaves, day, certain=True) | rules.unanswered({})
    return _Second(rules, Ready({}, whole, parameters), rests_on)


def _asked(item: ItemRules) -> tuple[str, ...]:
    return tuple(name for name in (*(test.rule for test in item.tests), item.gate, item.amount) if name)


def _found(
    second: _Second, situation: HouseholdSituation, day: date, held: Collection[str], used: Used | None, told: Told
) -> Found:  # fmt: skip
    flags = {f"held.{id}": Column(np.array([id in held])) for id in AWARDS}
    nobody = Population(np.array([len(situation.members)]), flags, {})
    ids = [one.person_id for one in situation.members]
    more = with_answers(with_used_aid(nobody, used, ids), second.rules, told)
    household = household_of(situation, day).with_more(alone(more))
    return second.ready.kernel(told, household)(household)


def _told(
    one: Entitlement, answers: dict[str, Entitlement], second: _Second, found: Found, held: Collection[str]
) -> Entitlement:
    statuses = second.rests_on.get(one.item)
    if statuses is None or one.item in held or one.outcome != "eligible":
        return one
    own = second.rules.items[one.item]
    outcome = _outcome(own, found)
    amount = found.number(own.amount) if own.amount and outcome == "eligible" else None
    if outcome == "eligible" and amount == one.amount:
        return one
    first = _to_apply_for(statuses, answers, held)
    if not first:
        return one
    return replace(one, depends_on=tuple(_say(one, each, outcome, amount) for each in first))


def _outcome(own: ItemRules, found: Found) -> Outcome:
    names = [own.gate] if own.gate is not None else [test.rule for test in own.tests]
    told = [found.number(name) for name in names]
    if any(flag == 0 for flag in told):
        return "not_eligible"
    lacking = any(flag is None for flag in told) or (own.amount and found.number(own.amount) is None)
    return "cannot_compute" if lacking else "eligible"


def _to_apply_for(
    statuses: Sequence[str], answers: dict[str, Entitlement], held: Collection[str]
) -> list[Entitlement]:
    """The awards that would make a status here and are not held: those whose conditions are met, else those to be judged."""
    ids = dict.fromkeys(id for status in statuses for id in STATUSES[status])
    open_ = [answers[id] for id in ids if id in answers and id not in held]
    met = [one for one in open_ if _conditions_met(one)]
    return met[:1] or [one for one in open_ if one.outcome == "cannot_compute"][:1]


def _conditions_met(one: Entitlement) -> bool:
    # An amount that cannot be told yet does not keep anybody from applying.
    return one.outcome == "eligible" or all(each.outcome == "met" for each in one.conditions)


def _say(one: Entitlement, first: Entitlement, outcome: Outcome, amount: int | None) -> Sentence:
    if outcome == "eligible" and amount is not None and one.amount is not None:
        return sentence(
            "“{n}”尚未批准：按已批准的身份为{a}元，先申请“{n}”，获批后为{b}元",
            "“{n}” is not granted yet: by what is granted it is {a} yuan; apply for “{n}” first, then it is {b}",
            n=first.name,
            a=yuan_text(amount),
            b=yuan_text(one.amount),
        )
    if _conditions_met(first):
        return sentence(
            "“{n}”的条件符合，但尚未批准：先申请“{n}”，获批后才能给付本项",
            "The conditions of “{n}” are met, but it is not granted yet: apply for “{n}” first; this follows once it is granted",
            n=first.name,
        )
    return sentence(
        "本项以“{n}”获批为前提，尚未批准，能否批准须由人认定",
        "This needs “{n}” to be granted, which it is not; whether it can be is for a person to judge",
        n=first.name,
    )
