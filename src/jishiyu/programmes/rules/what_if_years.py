"""What both policies cost in the years ahead, by the standards that are in force in each month, as far as the pack knows them.

Facts and rules stand still as on the day; only parameters move. What was tried stays as it was tried. A standard that the pack
does not know for a month stays as it is. Of a large district every n-th household is run with later standards, and what the
whole district costs moves by the same ratio.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from jishiyu.assessment.rules.parameters import given
from jishiyu.law.rules.columns import Population
from jishiyu.law.rules.engine import Given, run
from jishiyu.law.rules.parameters import Dated
from jishiyu.programmes.rules.what_if_answers import (
    Answer,
    Ground,
    a_year,
    answers,
    every_month,
    nothing,
    one_of_rivals,
    some_of,
    together,
)
from jishiyu.programmes.rules.what_if_plan import MONTHS, Programme, plan_for, value_in

SAMPLE = 8_000
YEARS = 3
# Money of a kind: every month, and what comes otherwise within a year.
Money = tuple[int, int]


@dataclass(frozen=True)
class Era:
    """Months with the same standards, which differ from those of the day by ``moved``; ``cost`` is that of the sample then."""

    moved: Mapping[str, Dated]
    cost: Money


@dataclass(frozen=True)
class Ahead:
    """The months ahead under the policy in force. The first era is that of the day. ``sample`` is every n-th household.

    ``told`` are the sample's answers in each era.
    """

    sample: Population
    every: int
    eras: tuple[Era, ...]
    told: tuple[Mapping[str, Answer], ...]
    months: tuple[tuple[date, int], ...]


@dataclass(frozen=True)
class Costs:
    """What the sample costs in each era under both policies."""

    ahead: Ahead
    after: tuple[Money, ...]

    @property
    def sampled(self) -> int:
        """How many households were run with later standards, if not all were; 0 when all were."""
        return len(self.ahead.sample.counts) if self.ahead.every > 1 else 0

    def in_month(self, now: tuple[Money, Money]) -> list[tuple[date, int, tuple[Money, Money]]]:
        """For each month: its first day, its era, and what both policies cost the whole district then.

        ``now`` is what they cost with the standards of the day: every month, and what comes otherwise within a year.
        """
        sides = tuple(one.cost for one in self.ahead.eras), self.after
        found = []
        for month, at in self.ahead.months:
            old, new = (
                (_moved(whole[0], cost[0][0], cost[at][0]), _moved(whole[1], cost[0][1], cost[at][1]))
                for whole, cost in zip(now, sides, strict=True)
            )
            found.append((month, at, (old, new)))
        return found


def _moved(whole: int, sample: int, then: int) -> int:
    """The whole as it moves with the sample; where the sample has none of it, by what the sample has more."""
    return whole * then // sample if sample else whole + then


class Sample:
    """Every n-th household of a district, gathered chunk by chunk."""

    def __init__(self, households: int) -> None:
        self.every = max(1, households // SAMPLE)
        self.parts: list[Population] = []

    def add(self, people: Population) -> None:
        """Take every n-th of a chunk."""
        rows = np.arange(0, len(people.counts), self.every)
        self.parts.append(some_of(people, rows) if self.every > 1 else people)


def ahead_of(made: Ground, taken: Sample) -> Ahead:
    """Run a sample under the standards of the months from the year's beginning on."""
    every, sample = taken.every, together(taken.parts)
    day, seen, moves, months = made.policy.day, {(): 0}, [dict[str, Dated]()], []
    steps, last, moved = _steps(made.programme), None, dict[str, Dated]()
    for at in range(YEARS * MONTHS):
        month = date(day.year + at // MONTHS, at % MONTHS + 1, 1)
        same = (month.year, month.month) == (day.year, day.month)
        if last is None or month.month == 1 or same or not steps.isdisjoint(_days(last, month)):
            moved = {} if same else _moved_by(made.programme, month)
        last = None if same else month
        key: Any = tuple(sorted((name, value.value) for name, value in moved.items()))
        if key not in seen:
            seen[key] = len(moves)
            moves.append(moved)
        months.append((month, seen[key]))
    told = [_told(made.programme, sample, {}, None)]
    told += [_told(made.programme, sample, moved, told[0]) for moved in moves[1:]]
    eras = [Era(moved, _cost(made, one, made.times, sample)) for moved, one in zip(moves, told, strict=True)]
    return Ahead(sample, every, tuple(eras), tuple(told), tuple(months))


def _steps(programme: Programme) -> set[int]:
    """The days on which any value that the items read begins, or is over. What is of an earlier year moves in January."""
    asked = {ask.id for ask in programme.policy.rules.parameters.values()}
    values = [value for one in programme.policy.pack.parameters if one.id in asked for value in one.values]
    begin = [one.from_ for one in values] + [one.doubted_from for one in values]
    over = [one.to for one in values]
    return {one.toordinal() for one in begin if one} | {one.toordinal() + 1 for one in over if one}


def _days(after: date, until: date) -> range:
    return range(after.toordinal() + 1, until.toordinal() + 1)


def costs_of(
    made: Ground, ahead: Ahead, after: Programme, reached: Sequence[str], times: Mapping[str, int]
) -> Costs:
    """The same months under another policy. What was tried stays as it was tried. Only what it reaches is run again."""
    if not reached:
        return Costs(ahead, tuple(one.cost for one in ahead.eras))
    tried = {
        name for name, value in after.parameters.items() if value_in(value) != value_in(made.programme.parameters.get(name))
    }  # fmt: skip
    own = [id for id in reached if id in after.items]
    lost = {id: nothing(len(ahead.sample.counts)) for id in reached if id not in after.items}
    now = _told(after, ahead.sample, {}, None, own) | lost
    costs = []
    begins = made.policy.day.replace(day=1)
    coming = {at for month, at in ahead.months if month >= begins}
    for place, (era, told) in enumerate(zip(ahead.eras, ahead.told, strict=True)):
        if place not in coming:  # the change does not hold yet
            costs.append(era.cost)
            continue
        moved = {name: value for name, value in era.moved.items() if name not in tried}
        again = _told(after, ahead.sample, moved, now, own) if moved else now
        costs.append(_cost(made, dict(told) | again, times, ahead.sample))
    return Costs(ahead, tuple(costs))


def _told(
    programme: Programme, some: Population, moved: Mapping[str, Given], first: Mapping[str, Answer] | None,
    items: Sequence[str] | None = None,
) -> dict[str, Answer]:  # fmt: skip
    """The answers of items with other standards: those that were known ``first``, and again those that rest on what moved."""
    own = list(programme.items) if items is None else list(items)
    if first is not None:
        names = set(moved)
        for one in programme.plan.rules:
            if names.intersection(one.inputs):
                names.add(one.name)
        own = [id for id in own if not names.isdisjoint(programme.items[id].decided_by)]
    columns = run(plan_for(programme, own), some, {**programme.parameters, **moved}) if own else {}
    return dict(first or {}) | answers(programme, columns, some, own)


def _cost(made: Ground, told: Mapping[str, Answer], times: Mapping[str, int], some: Population) -> Money:
    size = len(some.counts)
    final = one_of_rivals(told, made.pairs)
    month = int(every_month(final, times, size).sum())
    return month, int(a_year(final, times, size).sum()) - MONTHS * month


def _moved_by(programme: Programme, month: date) -> dict[str, Dated]:
    """The parameters that have another value in a month than on the day. One that is not known then is not among them."""
    policy = programme.policy
    later = given(policy.pack, policy.rules.parameters, programme.plan.leaves, month, certain=True)
    return {
        name: value
        for name, value in later.items()
        if isinstance(value, Dated) and value.value != value_in(programme.parameters.get(name))
    }


def eras_data(costs: Costs) -> list[dict[str, Any]]:
    """The eras after the first, as plain data: from which month, and which standards have which value then."""
    found: list[dict[str, Any]] = []
    for place, era in enumerate(costs.ahead.eras[1:], 1):
        first = next(month for month, at in costs.ahead.months if at == place)
        values = {one.id: one for one in era.moved.values()}.values()
        standards = [
            {"id": one.id, "name": one.name.as_data(), "value": one.value, "unit": one.unit} for one in values
        ]
        found.append({"from": f"{first:%Y-%m}", "standards": standards})
    return found
