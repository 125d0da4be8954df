"""Where a worked example stands to the thresholds of an item: one step below, at, or one step above.

A step is a fen of what is compared (of a year's income for a line of income), a year of age, a day, a person. Read off the trace of
an answer, so that a test can tell which boundaries no example stands at.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal

from jishiyu.law.rules.pack import Pack
from jishiyu.law.rules.parameters import Dated
from jishiyu.law.rules.rulebook import Plan, Rule
from jishiyu.law.rules.tracing import Step
from jishiyu.programmes.rules.coverage import ERAS, Coverage
from jishiyu.programmes.rules.coverage_days import SETTINGS
from jishiyu.programmes.rules.entitlement import Entitlement
from jishiyu.programmes.rules.from_pack import ByVersion, rules_of_pack
from jishiyu.programmes.rules.ready import ready_for

Place = Literal["below", "at", "above"]
_PLACES: dict[int, Place] = {-1: "below", 0: "at", 1: "above"}
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Threshold:
    """How far a value is from its bound; ``asked``: the places at which an example has to stand."""

    distance: Callable[[Mapping[str, int], int], int]
    asked: tuple[Place, ...]


def _income(of: str) -> Threshold:
    return Threshold(
        lambda told, bound: told[of] - _MONTHS * told.get("counted_members", 1) * bound,
        ("below", "at", "above"),
    )


def _plain(of: str, *asked: Place) -> Threshold:
    return Threshold(lambda told, bound: told[of] - bound, asked)


# By the rule, without what the pack binds to it.
THRESHOLDS: dict[str, Threshold] = {
    "income_below_dibao": _income("net_income"),
    "income_below_low_line": _income("net_income"),
    "own_income_below_dibao": _income("member_income"),
    "income_up_to": _plain("plain_per_capita", "below", "at", "above"),
    "net_assets_up_to": Threshold(
        lambda told, bound: told["liquid_assets"] - told["debt"] - bound, ("below", "at", "above")
    ),
    "money_ok": Threshold(
        lambda told, _: told["liquid_assets"] - told["money_limit"], ("below", "at", "above")
    ),
    "own_medical_cost_from": _plain("medical_self_paid", "below", "at", "above"),
    "has_serious_burden": _plain("left_after_aid_sum", "below", "at", "above"),
    "sudden_difficulty": _plain("event_days", "at", "above"),
    "aged_from": _plain("age", "below", "at"),
    "aged_below": _plain("age", "below", "at"),
    "aged_up_to": _plain("age", "at", "above"),
    "household_up_to": _plain("counted_members", "at", "above"),
    "vehicles_ok": _plain("vehicles", "below", "at"),
    "housing_ok": _plain("homes", "below", "at"),
}


def threshold_of(rule: str) -> Threshold | None:
    """The threshold that a rule asks, by its name with or without what is bound to it."""
    return THRESHOLDS.get(rule.split("(")[0])


def places_of(answer: Entitlement) -> Iterator[tuple[str, Place]]:
    """Each threshold rule of an answer, and where the household (or one of its members) stands to it, if within one step."""
    for step in answer.steps:
        threshold = threshold_of(step.name)
        if threshold is None or [name for name, _ in step.inputs] == ["member_count"]:
            continue  # a version that asks nothing, as of property before 2012
        for told in _told(step):
            distance = threshold.distance(told, _bound(step))
            if distance in _PLACES:
                yield step.name, _PLACES[distance]


def _bound(step: Step) -> int:
    return step.parameters[0][1].value if step.parameters else 0


def _told(step: Step) -> Iterator[dict[str, int]]:
    """The inputs of a step, for each member where they are members', when all are known."""
    size = max((len(values) for _, values in step.inputs), default=0)
    for place in range(size):
        row = {name: values[place if len(values) > 1 else 0] for name, values in step.inputs}
        if all(value is not None for value in row.values()):
            yield {name: int(value) for name, value in row.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Asked:
    """A boundary at which an example of an item has to stand: the threshold rule, the era (by its place), below, at or above."""

    item: str
    rule: str
    era: int
    place: Place


def asked_of(pack: Pack, rows: Iterable[Coverage]) -> set[Asked]:
    """Every boundary of every item in every era in which its standard is known on some days."""
    found: set[Asked] = set()
    for row in rows:
        for era in range(len(ERAS)):
            for day in (run.first for run in row.in_era(era) if run.state in ("done", "partly")):
                plan = ready_for(pack, day).plans.get(row.item.id)
                for rule in plan.rules if isinstance(plan, Plan) else ():
                    threshold = threshold_of(rule.name)
                    if threshold is not None and _asks(rule) and _known(pack, day, rule.name):
                        found |= {Asked(row.item.id, rule.name, era, place) for place in threshold.asked}
    return found


def _asks(rule: Rule) -> bool:
    return rule.inputs != ("member_count",)


@cache
def _leaves(version: ByVersion, day: date, rule: str) -> tuple[str, ...]:
    rules = rules_of_pack(version.pack, day)
    return tuple(
        name
        for name in rules.book.plan(day, (rule,)).leaves
        if name in rules.parameters and name not in SETTINGS
    )


def _known(pack: Pack, day: date, rule: str) -> bool:
    """Whether all standards that a threshold rests on are known on the day."""
    parameters = ready_for(pack, day).parameters
    return all(isinstance(parameters.get(name), Dated) for name in _leaves(ByVersion(pack), day, rule))
