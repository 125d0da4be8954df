"""Two policies over the same households: what each gives, chunk by chunk over Arrow.

The second policy computes only the rules that the change reaches; all else is taken from the first. The result is arrays, one
value a household in the order of the table; :mod:`jishiyu.programmes.rules.what_if_figures` makes figures of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa

from jishiyu.assessment.rules.score import score_measures, score_population
from jishiyu.foundations.ahead import one_ahead
from jishiyu.law.rules.columns import Array, Column, Population
from jishiyu.law.rules.engine import run
from jishiyu.law.rules.parameters import Dated
from jishiyu.programmes.rules.changes import Policy
from jishiyu.programmes.rules.what_if_answers import (
    KINDS,
    Answer,
    Asked,
    Ground,
    answers,
    bands_of,
    between,
    chunks,
    ground,
    nothing,
    one_of_rivals,
    questions_told,
    with_rivals,
)
from jishiyu.programmes.rules.what_if_base import BaseChunk, Baseline, Told, areas_of, based
from jishiyu.programmes.rules.what_if_cliffs import Cliffs, Looking, richer
from jishiyu.programmes.rules.what_if_plan import (
    MONTHS,
    Programme,
    Reach,
    asks_income,
    plan_for,
    reach,
    ready,
    times_a_year,
)
from jishiyu.programmes.rules.what_if_years import Ahead, Costs, Sample, ahead_of, costs_of

__all__ = ["KINDS", "Compared", "ItemTotals", "against", "chunks", "compare"]


@dataclass(slots=True)
class ItemTotals:
    """One item over all households, before and after. Money is fen a year; ``month`` what of it comes every month.

    ``newly`` are entitled only after, ``no_longer`` only before.
    """

    item: str
    eligible: list[int] = field(default_factory=lambda: [0, 0])
    unknown: list[int] = field(default_factory=lambda: [0, 0])
    year: list[int] = field(default_factory=lambda: [0, 0])
    month: list[int] = field(default_factory=lambda: [0, 0])
    gaining: int = 0
    losing: int = 0
    newly: int = 0
    no_longer: int = 0


@dataclass(frozen=True)
class Compared:
    """Both policies over all households. Arrays have a value a household; pairs are (before, after).

    ``touched`` is the year's aid of the items that the change reaches, ``aid`` of all items; ``tapered`` of
    those that ask what a household earns. ``moves`` are the households'
    items that change: item's place in ``reached``, row, fen a year before and after, whether entitled before and after.
    ``entitled`` are the households that a reached item is met for: item's place in ``reached``, row, whether before, whether after.
    ``standards`` are the parameters that the reached items rest on.
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
    moves: tuple[Array, Array, Array, Array, Array, Array]
    entitled: tuple[Array, Array, Array, Array]
    cliffs: Cliffs
    costs: Costs
    standards: tuple[str, ...]

    @property
    def difference(self) -> Array:
        """What each household has more in a year, in fen."""
        return np.asarray(self.aid[1] - self.aid[0])


def compare(
    table: pa.Table,
    before: Policy,
    after: Policy,
    *,
    whole: bool = False,
    told: Told | None = None,
    asked: Asked | None = None,
) -> Compared:
    """Run both policies over the households of a table. ``whole`` recomputes everything for the second one as well.

    ``told`` hears after each chunk how many households are done, and may raise to stop. ``asked``: what people told in answer
    to the pack's questions, by the household's row.
    """
    made = ground(before, questions_told(before, asked))
    area, areas = areas_of(table)
    comparing = _Comparing(made, ready(after, made.programme.told), whole, told)
    sample = Sample(table.num_rows)
    # One chunk is read and given the policy in force while the last one is compared.
    for base, first in one_ahead(based(table, made, asked)):
        comparing.chunk(base, first)
        sample.add(base.people)
    return comparing.found(area, areas, ahead_of(made, sample))


def against(base: Baseline, after: Policy, *, told: Told | None = None) -> Compared:
    """Another policy over households whose side before is known already."""
    comparing = _Comparing(base.ground, ready(after, base.ground.programme.told), False, told)
    for one in base.chunks:
        comparing.chunk(one, None)
    return comparing.found(base.area, base.areas, base.ahead)


_ENTITLED = ("entitled_item", "entitled_row", "entitled_before", "entitled_after")


class _Comparing:
    def __init__(self, made: Ground, after: Programme, whole: bool, told: Told | None) -> None:
        self.made, self.before, self.after, self.told = made, made.programme, after, told
        found = reach(self.before, after)
        self.again = Reach(after.plan, found.items, True, True) if whole else found
        ids = dict.fromkeys((*self.before.items, *after.items))
        self.times = dict(made.times) | {id: times_a_year(id, after) for id in ids if id not in made.times}
        self.of_income = {id for id in ids if id in made.of_income or asks_income(id, after)}
        self.totals = {id: ItemTotals(id) for id in ids}
        self.affected = with_rivals(found.items, made.pairs).intersection(ids)
        self.closure = plan_for(after, self.again.items)
        self.programmes: dict[str, list[int]] = {}
        self.kept: dict[str, list[Any]] = {}
        self.cliffs = Cliffs()
        self.looking = Looking(made, after, self.times, self.again.items)
        self.at = 0

    def found(self, area: Array, areas: tuple[str, ...], ahead: Ahead) -> Compared:
        """What all chunks came to."""
        costs = costs_of(self.made, ahead, self.after, self.again.items, self.times)
        both = {name: np.concatenate(found) for name, found in self.kept.items()}
        programmes = {key: (a, b, c, d) for key, (a, b, c, d) in self.programmes.items()}
        names = ("move_item", "move_row", "move_before", "move_after", "move_had", "move_has")
        a, b, c, d, e, f = (both[name] for name in names)
        item, row, had, has = (both[name] for name in _ENTITLED)
        return Compared(
            self.before.policy, self.after.policy, self.again.items, self.totals, area, areas, both["kind"],
            both["people"], both["income"], both["known"], _pair(both, "aid"), _pair(both, "touched"), _pair(both, "month"), _pair(both, "tapered"),
            _pair(both, "score"), _pair(both, "band"), programmes, (a, b, c, d, e, f),
            (item, row, had, has), self.cliffs, costs, self._standards(),
        )  # fmt: skip

    def _standards(self) -> tuple[str, ...]:
        """The parameters that the reached items rest on, by their ids."""
        given = (self.after.parameters.get(name) for name in self.closure.leaves)
        return tuple(sorted({one.id for one in given if isinstance(one, Dated)}))

    def _keep(self, **parts: Array) -> None:
        for name, values in parts.items():
            self.kept.setdefault(name, []).append(values)

    def chunk(self, base: BaseChunk, first: Mapping[str, Column] | None) -> None:
        """Take one chunk; ``first`` are the columns of its run under the policy in force, if they are at hand."""
        size = base.size
        second = self._again(base.people, first)
        retold = dict(base.raw) | answers(self.after, second, base.people, self.again.items)
        none = nothing(size)
        retold |= {id: none for id in self.totals if id not in retold}
        old = {id: base.told.get(id, none) for id in self.totals}
        new = old | {
            id: one
            for id, one in one_of_rivals(self._among(retold), self.made.pairs).items()
            if id in self.affected
        }
        tapered = self._count(base, old, new)
        self._keep(kind=base.kind, people=base.heads, income=base.income, known=base.known)
        self._score(base)
        told = (base.raw, old), (retold, new)
        self.looking.look(self.cliffs, base.earners, self.at, told)
        more: Array = np.flatnonzero(base.known & (tapered[0] <= 0) & (tapered[1] > 0))
        if len(more):
            self.looking.look(self.cliffs, richer(self.made, base.people, more), self.at, told)
        self.at += size
        if self.told is not None:
            self.told(self.at)

    def _among(self, told: Mapping[str, Answer]) -> dict[str, Answer]:
        """Those of the answers that the change can move, with what tells how they clash."""
        wanted = self.affected | between(self.affected, self.made.pairs)
        return {id: one for id, one in told.items() if id in wanted}

    def _again(self, people: Population, first: Mapping[str, Column] | None) -> Mapping[str, Column]:
        """The columns of the second policy: those of the first, with the reached rules computed again."""
        plan = self.again.plan
        if plan is self.after.plan:
            return run(plan, people, self.after.parameters)
        if first is None:
            return run(self.closure, people, self.after.parameters) if self.again.items else {}
        rules = self.before.names
        homes, persons = dict(people.households), dict(people.members)
        for name in plan.leaves:
            if name in rules:
                (homes if rules[name].entity == "household" else persons)[name] = first[name]
        lent = Population(people.counts, homes, persons, checked=True)
        return {**first, **run(plan, lent, self.after.parameters)}

    def _count(
        self, base: BaseChunk, old: Mapping[str, Answer], new: Mapping[str, Answer]
    ) -> tuple[Array, Array]:
        size = base.size
        programmes: dict[str, Array] = {}
        touched = np.zeros(size, np.int64), np.zeros(size, np.int64)
        aid, month, tapered = base.aid.copy(), base.month.copy(), base.tapered.copy()
        moved: list[tuple[Array, ...]] = [(np.zeros(0, np.int64),) * 4 + (np.zeros(0, bool),) * 2]
        entitled: list[tuple[Array, ...]] = [
            (np.zeros(0, np.int16), np.zeros(0, np.int32)) + (np.zeros(0, bool),) * 2
        ]
        for id, one in old.items():
            self._total(id, 0, one)
            self._total(id, 1, new[id])
            if id not in self.affected:
                continue
            times, other = self.times[id], new[id]
            before, after = one.paid * times, other.paid * times
            more = after - before
            aid += more
            if id in self.of_income:
                tapered += more
            if times == MONTHS:
                month += other.paid - one.paid
            programmes[id[:2]] = programmes.get(id[:2], 0) + more
            if id in self.again.items:
                touched[0][:] += before
                touched[1][:] += after
                moved.append(self._moved(id, one, other, before, after))
                entitled.append(self._entitled(id, one, other))
        self._programmes(programmes)
        names = ("move_item", "move_row", "move_before", "move_after", "move_had", "move_has")
        self._keep(
            aid0=base.aid, aid1=aid, touched0=touched[0], touched1=touched[1], month0=base.month, month1=month,
            tapered0=base.tapered, tapered1=tapered,
            **dict(zip(names, map(np.concatenate, zip(*moved, strict=True)), strict=True)),
            **dict(zip(_ENTITLED, map(np.concatenate, zip(*entitled, strict=True)), strict=True)),
        )  # fmt: skip
        return base.tapered, tapered

    def _total(self, id: str, side: int, one: Answer) -> None:
        total, times = self.totals[id], self.times[id]
        total.eligible[side] += int(np.count_nonzero(one.met))
        total.unknown[side] += int(np.count_nonzero(one.unknown))
        paid = int(one.paid.sum())
        total.year[side] += paid * times
        total.month[side] += paid if times == MONTHS else 0

    def _moved(self, id: str, one: Answer, other: Answer, before: Array, after: Array) -> tuple[Array, ...]:
        rows: Array = np.flatnonzero((before != after) | (one.met != other.met))
        total = self.totals[id]
        total.gaining += int((after[rows] > before[rows]).sum())
        total.losing += int((after[rows] < before[rows]).sum())
        had, has = one.met[rows], other.met[rows]
        total.newly += int((~had & has).sum())
        total.no_longer += int((had & ~has).sum())
        place = np.full(len(rows), self.again.items.index(id))
        return place, rows + self.at, before[rows], after[rows], had, has

    def _entitled(self, id: str, one: Answer, other: Answer) -> tuple[Array, ...]:
        rows: Array = np.flatnonzero(one.met | other.met)
        place = np.full(len(rows), self.again.items.index(id), np.int16)
        return place, (rows + self.at).astype(np.int32), one.met[rows], other.met[rows]

    def _programmes(self, programmes: Mapping[str, Array]) -> None:
        for key, more in programmes.items():
            up, down = more[more > 0], more[more < 0]
            counts = (len(up), len(down), int(up.sum()), int(down.sum()))
            known = self.programmes.get(key, [0] * 4)
            self.programmes[key] = [a + b for a, b in zip(known, counts, strict=True)]

    def _score(self, base: BaseChunk) -> None:
        new = self.after.policy
        score, band = base.score, base.band
        if self.again.measures or self.again.scores:
            found = (
                score_population(base.people, new.day, new.pack, new.model)
                if self.again.measures
                else score_measures(base.measures, new.day, new.pack, new.model, refusals=base.refusals)
            )
            score, band = found.score, bands_of(found, new.model)
        self._keep(score0=base.score, score1=score, band0=base.band, band1=band)


def _pair(both: Mapping[str, Array], name: str) -> tuple[Array, Array]:
    return both[f"{name}0"], both[f"{name}1"]
