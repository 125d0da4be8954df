"""How often an award is looked at again: the class that the facts make a household, and the cycle of the pack for it.

国发〔2012〕45号 and 民发〔2021〕57号: 三无 (no labour, no income, no supporter), income steady, income unsteady and able to work.
What is not known is never taken for the better: the household then goes by the shorter cycle, and the reason says so.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from jishiyu.foundations.outcomes import Sentence, sentence
from jishiyu.foundations.periods import add_months, age_on
from jishiyu.law.rules.procedures import Recheck
from jishiyu.registry.rules.situation import HouseholdSituation, MemberSituation

ClassKey = Literal["three_without", "steady", "unsteady"]
ADULT = 16  # 劳动法第十五条: who is under sixteen does not work

CLASS_NAMES: dict[str, Sentence] = {
    "three_without": sentence("“三无”人员", "“three without”"),
    "steady": sentence("收入短期内变化不大", "income steady"),
    "unsteady": sentence("收入不固定、有劳动能力", "income unsteady, able to work"),
}


@dataclass(frozen=True, slots=True)
class Classed:
    """The class of a household and why."""

    key: ClassKey
    because: Sentence


@dataclass(frozen=True, slots=True)
class Cycle:
    """How often a class is looked at again by the pack; ``named`` False: the pack has no cycle of that very class."""

    months: int
    name: Sentence
    confidence: str
    named: bool

    def due_from(self, day: date) -> date:
        """The day by which the next re-check is done."""
        return add_months(day, self.months)


def class_of(facts: HouseholdSituation, day: date) -> Classed:
    """The class of a household by its facts on a day."""
    adults = [one for one in facts.members if age_on(one.born, day) >= ADULT]
    unknown = [one for one in adults if one.work_capacity is None or one.employment is None]
    if unknown:
        return Classed(
            "unsteady",
            sentence(
                "有{n}名成员的劳动能力或就业情况不清楚，按周期较短的一类",
                "Of {n} members it is not known whether they can or do work: the class with the shorter cycle",
                n=len(unknown),
            ),
        )
    unsteady = [one for one in adults if _unsteady(one)]
    if unsteady:
        return Classed(
            "unsteady",
            sentence(
                "{n}名成员有劳动能力而收入不固定（灵活就业或失业）",
                "{n} members are able to work and their income is not fixed (flexible work or none)",
                n=len(unsteady),
            ),
        )
    if facts.support == "none" and all(_without(one, day) for one in facts.members):
        return Classed(
            "three_without",
            sentence(
                "无劳动能力、无生活来源、无法定赡养抚养人",
                "No member can work, none has an income, and nobody is bound to support them",
            ),
        )
    return Classed(
        "steady",
        sentence("没有收入不固定的劳动力", "Nobody who is able to work has an income that is not fixed"),
    )


def cycle_of(key: str, rechecks: Sequence[Recheck]) -> Cycle | None:
    """The cycle for a class: its own; for 三无 without one that of steady income; else the shortest. None where there is none."""
    if not rechecks:
        return None
    wanted = (key, "steady") if key == "three_without" else (key,)
    for name in wanted:
        for one in rechecks:
            if one.key == name:
                return Cycle(one.months, one.name, one.confidence, named=name == key)
    shortest = min(rechecks, key=lambda one: one.months)
    return Cycle(shortest.months, shortest.name, shortest.confidence, named=len(rechecks) == 1)


def found_work(before: HouseholdSituation, now: HouseholdSituation) -> bool:
    """Whether somebody works now who did not by the earlier evidence: what the grace period (渐退期) is for."""
    worked = {one.person_id for one in before.members if one.employment in ("employed", "flexible")}
    return any(
        one.employment in ("employed", "flexible") and one.person_id not in worked for one in now.members
    )


def _unsteady(one: MemberSituation) -> bool:
    return one.work_capacity in ("full", "partial") and one.employment in (
        "flexible",
        "unemployed",
        "not_working",
    )


def _without(one: MemberSituation, day: date) -> bool:
    """No labour and no income, all of it known. Children count as without labour."""
    incomes = (one.wage_income, one.business_income, one.property_income, one.transfer_income)
    return (one.work_capacity == "none" or age_on(one.born, day) < ADULT) and all(
        part == 0 for part in incomes
    )
