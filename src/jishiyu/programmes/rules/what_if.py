"""Two policies over the same households: what each gives, in one pass over Arrow chunks.

The second policy computes only the rules that the change reaches; all else is taken from the first. The result is arrays, one
value a household in the order of the table; :mod:`jishiyu.programmes.rules.what_if_figures` makes figures of them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from jishiyu.assessment.rules.facts import population_from
from jishiyu.assessment.rules.score import Model, Scores, score_measures, score_population
from jishiyu.law.rules.columns import Array, Column, Population
from jishiyu.law.rules.engine import Given, run
from jishiyu.programmes.rules.changes import Policy
from jishiyu.programmes.rules.items import ItemRules
from jishiyu.programmes.rules.what_if_plan import (
    MONTHS,
    Programme,
    Reach,
    asks_income,
    reach,
    ready,
    times_a_year,
    value_in,
)

CHUNK = 32_768
# Kinds of household, the first that fits.
KINDS = ("elder_alone", "elders", "lone_parent", "with_children", "one_adult", "other")
_ALWAYS = 0  # no medical aid was used yet: a trial looks at a whole year


@dataclass(slots=True)
class Answer:
    """One item for a chunk: who gets it (``met``), fen each time, and for whom it cannot be told (or only in part)."""

    met: Array
    paid: Array
    unknown: Array


@dataclass(slots=True)
class ItemTotals:
    """One item over all households, before and after. Money is fen a year; ``month`` what of it comes every month."""

    item: str
    eligible: list[int] = field(default_factory=lambda: [0, 0])
    unknown: list[int] = field(default_factory=lambda: [0, 0])
    year: list[int] = field(default_factory=lambda: [0, 0])
    month: list[int] = field(default_factory=lambda: [0, 0])
    gaining: int = 0
    losing: int = 0


@dataclass(frozen=True)
class Compared:
    """Both policies over all households. Arrays have a value a household; pairs are (before, after).

    ``touched`` is the year's aid of the items that the change reaches, ``aid`` of all items; ``tapered`` of
    those that ask what a household earns. ``moves`` are the households'
    items that change: item's place in ``reached``, row, fen a year before and after.
    """

    before: Policy
    after: Policy
    reached: tuple[str, ...]
    totals: Mapping[str, ItemTotals]
    area: Array
    areas: tuple[str, ...]
    kind: Array
    people: Array
    income: Array
    income_known: Array
    aid: tuple[Array, Array]
    touched: tuple[Array, Array]
    month: tuple[Array, Array]
    tapered: tuple[Array, Array]
    score: tuple[Array, Array]
    band: tuple[Array, Array]
    by_programme: Mapping[str, tuple[int, int, int, int]]
    moves: tuple[Array, Array, Array, Array]

    @property
    def difference(self) -> Array:
        """What each household has more in a year, in fen."""
        return np.asarray(self.aid[1] - self.aid[0])


def compare(table: pa.Table, before: Policy, after: Policy, *, whole: bool = False) -> Compared:
    """Run both policies over the households of a table. ``whole`` recomputes everything for the second one as well."""
    return _Comparing(table, ready(before), ready(after), whole).run()


class _Comparing:
    def __init__(self, table: pa.Table, before: Programme, after: Programme, whole: bool) -> None:
        self.table, self.before, self.after = table, before, after
        found = reach(before, after)
        self.again = Reach(after.plan, found.items, True, True) if whole else found
        self.totals = {id: ItemTotals(id) for id in dict.fromkeys((*before.items, *after.items))}
        self.times = {id: times_a_year(id, before) for id in self.totals}
        self.of_income = {id for id in self.totals if asks_income(id, before) or asks_income(id, after)}
        self.rivals = _rivals(before.policy, self.totals)
        self.programmes: dict[str, list[int]] = {}
        self.kept: dict[str, list[Any]] = {}
        self.at = 0

    def run(self) -> Compared:
        areas = self.table["sub_district"]
        names = sorted(one for one in pc.unique(areas).to_pylist() if one)
        places: Any = pc.index_in(areas, value_set=pa.array(names, pa.string()))
        area: Array = places.fill_null(-1).to_numpy()
        for chunk in chunks(self.table, self.before.policy):
            self._chunk(chunk)
            self.at += len(chunk.counts)
        both = {name: np.concatenate(parts) for name, parts in self.kept.items()}
        programmes = {key: (a, b, c, d) for key, (a, b, c, d) in self.programmes.items()}
        moves = (both["move_item"], both["move_row"], both["move_before"], both["move_after"])
        return Compared(
            self.before.policy, self.after.policy, self.again.items, self.totals, area, tuple(names), both["kind"],
            both["people"], both["income"], both["known"], _pair(both, "aid"), _pair(both, "touched"), _pair(both, "month"), _pair(both, "tapered"),
            _pair(both, "score"), _pair(both, "band"), programmes, moves,
        )  # fmt: skip

    def _keep(self, **parts: Array) -> None:
        for name, values in parts.items():
            self.kept.setdefault(name, []).append(values)

    def _chunk(self, people: Population) -> None:
        first = run(self.before.plan, people, self.before.parameters)
        second = self._again(people, first)
        size = len(people.counts)
        told = answers(self.before, first, size, self.totals)
        retold = told | answers(self.after, second, size, self.again.items)
        old, new = (one_of_rivals(each, self.rivals) for each in (told, retold))
        self._count(old, new, size)
        self._keep(
            kind=kinds(people, first, self.before.parameters),
            people=np.maximum(first["counted_members"].values, 1),
            income=first["income"].values,
            known=first["income"].mask() & first["counted_members"].mask(),
        )
        self._score(people)

    def _again(self, people: Population, first: Mapping[str, Column]) -> dict[str, Column]:
        """The columns of the second policy: those of the first, with the reached rules computed again."""
        plan = self.again.plan
        if plan is self.after.plan:
            return run(plan, people, self.after.parameters)
        rules = self.before.names
        homes, persons = dict(people.households), dict(people.members)
        for name in plan.leaves:
            if name in rules:
                (homes if rules[name].entity == "household" else persons)[name] = first[name]
        lent = Population(people.counts, homes, persons, checked=True)
        return {**first, **run(plan, lent, self.after.parameters)}

    def _count(self, old: Mapping[str, Answer], new: Mapping[str, Answer], size: int) -> None:
        aid, touched, month = ([np.zeros(size, np.int64) for _ in range(2)] for _ in range(3))
        tapered = [np.zeros(size, np.int64) for _ in range(2)]
        programmes: dict[str, list[Array]] = {}
        moved: list[tuple[Array, ...]] = [(np.zeros(0, np.int64),) * 4]
        for id, one in old.items():
            times = self.times[id]
            place = self.again.items.index(id) if id in self.again.items else -1
            for side, answer in enumerate((one, new[id])):
                total, year = self.totals[id], answer.paid * times
                total.eligible[side] += int(answer.met.sum())
                total.unknown[side] += int(answer.unknown.sum())
                total.year[side] += int(year.sum())
                aid[side] += year
                if id in self.of_income:
                    tapered[side] += year
                if times == MONTHS:
                    total.month[side] += int(answer.paid.sum())
                    month[side] += answer.paid
                if place >= 0:
                    touched[side] += year
                    programmes.setdefault(id[:2], [np.zeros(size, np.int64), np.zeros(size, np.int64)])[
                        side
                    ] += year
            if place >= 0:
                before, after = one.paid * times, new[id].paid * times
                rows = np.flatnonzero((before != after) | (one.met != new[id].met))
                self.totals[id].gaining += int((after > before).sum())
                self.totals[id].losing += int((after < before).sum())
                moved.append((np.full(len(rows), place), rows + self.at, before[rows], after[rows]))
        for key, (before, after) in programmes.items():
            more = after - before
            counts = (
                int((more > 0).sum()),
                int((more < 0).sum()),
                int(more[more > 0].sum()),
                int(more[more < 0].sum()),
            )
            self.programmes[key] = [
                a + b for a, b in zip(self.programmes.get(key, [0] * 4), counts, strict=True)
            ]
        self._keep(
            aid0=aid[0], aid1=aid[1], touched0=touched[0], touched1=touched[1], month0=month[0], month1=month[1],
            tapered0=tapered[0], tapered1=tapered[1],
            **dict(zip(("move_item", "move_row", "move_before", "move_after"), map(np.concatenate, zip(*moved, strict=True)), strict=True)),
        )  # fmt: skip

    def _score(self, people: Population) -> None:
        old, new = self.before.policy, self.after.policy
        first = score_population(people, old.day, old.pack, old.model)
        second = first
        if self.again.measures:
            second = score_population(people, new.day, new.pack, new.model)
        elif self.again.scores:
            second = score_measures(first.measures, new.day, new.pack, new.model, refusals=first.refusals)
        self._keep(
            score0=first.score, score1=second.score,
            band0=bands_of(first, old.model), band1=bands_of(second, new.model),
        )  # fmt: skip


def _pair(both: Mapping[str, Array], name: str) -> tuple[Array, Array]:
    return both[f"{name}0"], both[f"{name}1"]


def chunks(table: pa.Table, policy: Policy) -> Iterator[Population]:
    """The table's households as populations on the policy's day, a chunk at a time, so that memory stays small."""
    for start in range(0, table.num_rows, CHUNK):
        people = population_from(table.slice(start, CHUNK), policy.day)
        used = Column(np.full(int(people.counts.sum()), _ALWAYS, np.int64))
        yield Population(
            people.counts, people.households, {**people.members, "medical_aid_used": used}, checked=True
        )


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
    if not item.amount:
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
    programme: Programme, columns: Mapping[str, Column], size: int, items: Iterable[str]
) -> dict[str, Answer]:
    """The answers of items from the columns of a run; of an item that cannot be planned nothing is known."""
    return {
        id: _answer(programme.items[id], columns, size)
        if id in programme.items
        else Answer(np.zeros(size, bool), np.zeros(size, np.int64), np.ones(size, bool))
        for id in items
    }


def run_items(programme: Programme, people: Population) -> dict[str, Answer]:
    """All items of a policy for a chunk, each household counted for one of those that exclude one another."""
    columns = run(programme.plan, people, programme.parameters)
    told = answers(programme, columns, len(people.counts), programme.items)
    return one_of_rivals(told, _rivals(programme.policy, programme.items))


def one_of_rivals(told: Mapping[str, Answer], rivals: Mapping[str, Sequence[str]]) -> dict[str, Answer]:
    """Of items that are not given beside one another a household is counted for the one that gives more."""
    kept = dict(told)
    for id, others in rivals.items():
        own, taken = told[id], np.zeros(len(told[id].met), bool)
        for other in others:
            rival = told[other]
            better = (rival.paid > own.paid) | ((rival.paid == own.paid) & (other > id))
            taken |= own.met & rival.met & better
        kept[id] = Answer(own.met, np.where(taken, 0, own.paid), own.unknown)
    return kept


def _rivals(policy: Policy, items: Mapping[str, Any]) -> dict[str, list[str]]:
    found = {
        id: [one for one in policy.pack.exclusions_of(id) if one in items and one != id]
        for id in items
    }  # fmt: skip
    return {id: others for id, others in found.items() if others}
