"""Items answered for a chunk of households as arrays, as a trial of policy needs them: who gets what, and what cannot be told."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from jishiyu.assessment.rules.facts import population_from
from jishiyu.assessment.rules.score import Model, Scores
from jishiyu.law.rules.columns import Array, Column, Population
from jishiyu.law.rules.engine import Given, run
from jishiyu.programmes.rules.changes import Policy
from jishiyu.programmes.rules.compute import with_used_aid
from jishiyu.programmes.rules.exclusion import Pair, paid_both, pairs_of, yields_of
from jishiyu.programmes.rules.items import ItemRules
from jishiyu.programmes.rules.what_if_plan import (
    MONTHS,
    Programme,
    asks_income,
    ready,
    times_a_year,
    value_in,
)

CHUNK = 32_768
# Kinds of household, the first that fits.
KINDS = ("elder_alone", "elders", "lone_parent", "with_children", "one_adult", "other")

# What people told in answer to the pack's questions, by the household's row: yes or no, or fen.
Asked = Mapping[int, Mapping[str, int | bool]]


@dataclass(slots=True)
class Answer:
    """One item for a chunk: who gets it (``met``), fen each time, and for whom it cannot be told (or only in part)."""

    met: Array
    paid: Array
    unknown: Array

    def at(self, rows: Array) -> "Answer":
        """The answer for some of the households."""
        unknown = self.unknown[rows] if len(self.unknown) else self.unknown
        return Answer(self.met[rows], self.paid[rows], unknown)

    def slim(self) -> "Answer":
        """The same; what is nothing for everybody takes no room."""
        return Answer(*(_slim(one) for one in (self.met, self.paid, self.unknown)))


@dataclass(frozen=True)
class Ground:
    """The policy in force, ready to run: what is the same for all households and trials."""

    programme: Programme
    times: Mapping[str, int]
    pairs: tuple[Pair, ...]
    of_income: frozenset[str]

    @property
    def policy(self) -> Policy:
        """The policy in force."""
        return self.programme.policy


def ground(policy: Policy, told: Sequence[str] = ()) -> Ground:
    """The policy in force, ready to run over many households. ``told``: the questions that anybody answered."""
    made = ready(policy, told)
    times = {id: times_a_year(id, made) for id in made.items}
    income = frozenset(id for id in made.items if asks_income(id, made))
    return Ground(made, times, tuple(pairs_of(policy.pack)), income)


def _slim(values: Array) -> Array:
    return values if values.any() else np.broadcast_to(np.zeros((), values.dtype), values.shape)


def chunks(table: pa.Table, policy: Policy, asked: Asked | None = None) -> Iterator[Population]:
    """The table's households as populations on the policy's day, a chunk at a time, so that memory stays small.

    No aid was used yet: a trial looks at a whole year. ``asked``: what people told in answer to the pack's questions, by row.
    """
    keys = questions_told(policy, asked)
    for start in range(0, table.num_rows, CHUNK):
        people = population_from(table.slice(start, CHUNK), policy.day)
        people = with_used_aid(people, None, [""] * int(people.counts.sum()))
        size, households = len(people.counts), dict(people.households)
        for key in keys:
            households[f"asked.{key}"] = _told(key, policy, asked or {}, range(start, start + size))
        yield Population(people.counts, households, people.members, checked=True)


def questions_told(policy: Policy, asked: Asked | None) -> tuple[str, ...]:
    """The pack's questions that anybody answered."""
    told = {key for own in (asked or {}).values() for key in own}
    return tuple(sorted(told & policy.rules.questions.keys()))


def _told(key: str, policy: Policy, asked: Asked, rows: range) -> Column:
    known = np.array([key in asked.get(row, ()) for row in rows], bool)
    kind = bool if policy.rules.questions[key].unit == "flag" else np.int64
    values = np.array([asked[row][key] if there else 0 for row, there in zip(rows, known, strict=True)], kind)
    return Column(values, known)


def some_of(people: Population, rows: Array) -> Population:
    """Some households of a chunk, in their order, with their members."""
    counts = people.counts[rows]
    first = np.cumsum(people.counts) - people.counts
    before = np.cumsum(counts) - counts
    members: Array = np.repeat(first[rows] - before, counts) + np.arange(int(counts.sum()))
    return Population(
        counts,
        {name: _taken(one, rows) for name, one in people.households.items()},
        {name: _taken(one, members) for name, one in people.members.items()},
        checked=True,
    )


def _taken(one: Column, rows: Array) -> Column:
    return Column(one.values.take(rows), None if one.known is None else one.known.take(rows))


def together(parts: Sequence[Population]) -> Population:
    """Several chunks as one."""
    first = parts[0]
    if len(parts) == 1:
        return first

    def joined(which: str, name: str) -> Column:
        own = [getattr(one, which)[name] for one in parts]
        known = None if all(one.known is None for one in own) else np.concatenate([one.mask() for one in own])
        return Column(np.concatenate([one.values for one in own]), known)

    return Population(
        np.concatenate([one.counts for one in parts]),
        {name: joined("households", name) for name in first.households},
        {name: joined("members", name) for name in first.members},
        checked=True,
    )


def with_more_wage(people: Population, more: int | Array) -> Population:
    """The same households, the first member of each earning so many fen a year more."""
    starts = np.concatenate(([0], np.cumsum(people.counts[:-1])))
    wages = people.members["wage_income"]
    values = wages.values.copy()
    values[starts] += more
    return Population(
        people.counts, people.households, {**people.members, "wage_income": Column(values, wages.known)}, checked=True
    )  # fmt: skip


def bands_of(scores: Scores, model: Model) -> Array:
    """Each household's band as its place among the model's bands, the mildest 0."""
    least = sorted(one.basis_points for one in model.indicators.bands)
    return np.asarray(np.searchsorted(least, scores.score, side="right") - 1)


def kinds(people: Population, columns: Mapping[str, Column], parameters: Mapping[str, Given]) -> Array:
    """Each household's kind as its place in :data:`KINDS`, the first that fits."""
    elder, adult = value_in(parameters.get("elder_from")), value_in(parameters.get("adult_age"))
    starts = np.concatenate(([0], np.cumsum(people.counts[:-1])))
    age = people.members["age"].values
    youngest, alone = np.minimum.reduceat(age, starts), people.counts == 1
    old = youngest >= elder if elder is not None else np.zeros(len(starts), bool)
    child = youngest < adult if adult is not None else np.zeros(len(starts), bool)
    lone = columns["lone_parent"]
    return np.asarray(
        np.select([old & alone, old, lone.values & lone.mask(), child & ~alone, alone], range(5), default=5), np.int64
    )  # fmt: skip


def _answer(item: ItemRules, columns: Mapping[str, Column], size: int) -> Answer:
    """The same as ``deciding.outcome_of`` for a whole chunk: closed, doubtful, or met; then the amount, or what of it is certain."""
    deciding = [item.gate] if item.gate else [test.rule for test in item.tests]
    closed, doubtful = np.zeros(size, bool), np.zeros(size, bool)
    for name in deciding:
        flags, known = columns[name].values, columns[name].known
        no = flags == 0
        closed |= no if known is None else no & known
        if known is not None:
            doubtful |= ~known
    met, unknown = ~closed & ~doubtful, doubtful & ~closed
    if not item.amount or not met.any():
        return Answer(met, np.zeros(size, np.int64), unknown)
    amount = columns[item.amount]
    sure = met if amount.known is None else met & amount.known
    paid = np.where(sure, amount.values, 0)
    unsure = met & ~sure
    if item.at_least and unsure.any():
        least = columns[item.at_least]
        paid = np.where(unsure & least.mask(), least.values, paid)
    return Answer(sure, np.asarray(paid, np.int64), unknown | unsure)


def answers(
    programme: Programme, columns: Mapping[str, Column], people: Population, items: Iterable[str]
) -> dict[str, Answer]:
    """The answers of items from the columns of a run; of an item that cannot be planned nothing is known.

    With them comes, under ``A;B``, what item A would lose to item B where one member would have both (``met``: they clash).
    """
    size, own = len(people.counts), list(items)
    told = {
        id: _answer(programme.items[id], columns, size) if id in programme.items else nothing(size)
        for id in own
    }
    for pair in programme.clashes:
        names = [programme.items[id].by_member for id in pair]
        if not told.keys().isdisjoint(pair) and all(name in columns for name in names):
            told |= _clash(pair, columns[names[0]], columns[names[1]], people.counts)
    return told


def nothing(size: int) -> Answer:
    """Nobody gets it, and of nobody it is known."""
    return Answer(np.zeros(size, bool), np.zeros(size, np.int64), np.ones(size, bool))


def _clash(pair: Pair, first: Column, second: Column, counts: Array) -> dict[str, Answer]:
    starts = np.concatenate(([0], np.cumsum(counts[:-1])))
    both = paid_both(first, second)
    real = np.logical_or.reduceat(both.values | ~both.mask(), starts)

    def lost(mine: Column, theirs: Column) -> Answer:
        given_up = np.add.reduceat(np.where(theirs.values > 0, mine.values, 0), starts)
        return Answer(real, given_up, np.zeros(0, bool))

    low, high = pair
    return {f"{low};{high}": lost(first, second), f"{high};{low}": lost(second, first)}


def run_items(programme: Programme, people: Population) -> dict[str, Answer]:
    """All items of a policy for a chunk, what is given up for another item taken off."""
    columns = run(programme.plan, people, programme.parameters)
    told = answers(programme, columns, people, programme.items)
    return one_of_rivals(told, pairs_of(programme.policy.pack))


def one_of_rivals(told: Mapping[str, Answer], pairs: Sequence[Pair]) -> dict[str, Answer]:
    """The items with what each gives up for one that is not given beside it (as ``exclusion.with_exclusions`` has it) taken off."""
    final = {id: one for id, one in told.items() if ";" not in id}
    here = [pair for pair in pairs if final.keys() >= set(pair)]
    ids = sorted({id for pair in here for id in pair})
    if not ids:
        return final
    row = {id: number for number, id in enumerate(ids)}
    clashes = {(row[a], row[b]): told[f"{a};{b}"].met if f"{a};{b}" in told else None for a, b in here}
    money = np.stack([told[id].paid for id in ids])
    yields = yields_of(ids, money, np.stack([told[id].met for id in ids]), clashes)
    for id in ids:
        own, to = told[id], yields[row[id]]
        if (to < 0).all():
            continue
        paid = own.paid.copy()
        for better in np.unique(to[to >= 0]).tolist():
            lost = told.get(f"{id};{ids[better]}")
            paid -= np.where(to == better, own.paid if lost is None else lost.paid, 0)
        final[id] = Answer(own.met, paid, own.unknown)
    return final


def with_rivals(ids: Iterable[str], pairs: Sequence[Pair]) -> set[str]:
    """Items with all that they touch through items that are not given beside one another."""
    found = set(ids)
    while more := {id for pair in pairs for id in pair if not found.isdisjoint(pair)} - found:
        found |= more
    return found


def between(ids: Iterable[str], pairs: Sequence[Pair]) -> set[str]:
    """The names under which ``answers`` tells what items among these lose to one another."""
    own = set(ids)
    return {f"{a};{b}" for one in pairs if own.issuperset(one) for a, b in (one, one[::-1])}


def a_year(told: Mapping[str, Answer], times: Mapping[str, int], size: int) -> Array:
    """What all items come to in a year for each household, in fen."""
    total: Array = np.zeros(size, np.int64)
    for id, one in told.items():
        if one.paid.any():
            total += one.paid * times[id]
    return total


def every_month(told: Mapping[str, Answer], times: Mapping[str, int], size: int) -> Array:
    """What of it comes every month, in fen a month."""
    return a_year({id: one for id, one in told.items() if times[id] == MONTHS}, dict.fromkeys(told, 1), size)
