"""Cliffs: where a household that earns more loses more of its aid than it gains."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from jishiyu.law.rules.columns import Array, Column, Population
from jishiyu.programmes.rules.changes import Policy
from jishiyu.programmes.rules.what_if import Answer, Compared, chunks, run_items
from jishiyu.programmes.rules.what_if_plan import MONTHS, Programme, of_income, ready, times_a_year

STEP = 10_000  # fen a month: a cliff is looked for a hundred yuan further on
_MOST = 8


def cliffs(compared: Compared, table: pa.Table, step: int = STEP) -> dict[str, Any]:
    """Households with aid that lose more of it than they gain when the head earns ``step`` fen a month more.

    For each side: how many, what they lose beyond the gain in a year, and which items fall away most often.
    """
    before, after = compared.tapered
    rows: Array = np.flatnonzero(compared.income_known & ((before > 0) | (after > 0)))
    found: dict[str, Any] = {"step": step, "looked_at": len(rows)}
    if not len(rows):
        return {**found, "before": _NONE, "after": _NONE}
    part = table.take(pa.array(rows, pa.int64()))
    found["before"] = _side(part, compared.before, before[rows], step)
    found["after"] = _side(part, compared.after, after[rows], step) if compared.reached else found["before"]
    return found


_NONE: dict[str, Any] = {"households": 0, "loss": 0, "items": []}


def _side(table: pa.Table, policy: Policy, aid: Array, step: int) -> dict[str, Any]:
    programme = of_income(ready(policy))
    times = {id: times_a_year(id, programme) for id in programme.items}
    richer, chunked = [], list(chunks(table, policy))
    for people in chunked:
        answers = run_items(programme, with_more_wage(people, step * MONTHS))
        richer.append(_year(answers, times, len(people.counts)))
    short = aid - np.concatenate(richer) - step * MONTHS
    rows: Array = np.flatnonzero(short > 0)
    if not len(rows):
        return _NONE
    items: Counter[str] = Counter()
    for people in chunks(table.take(pa.array(rows, pa.int64())), policy):
        poorer = run_items(programme, people)
        for id, one in run_items(programme, with_more_wage(people, step * MONTHS)).items():
            items[id] += int((one.paid < poorer[id].paid).sum())
    most = sorted(((n, id) for id, n in items.items() if n), reverse=True)[:_MOST]
    return {"households": len(rows), "loss": int(short[rows].sum()), "items": [[id, n] for n, id in most]}


def with_more_wage(people: Population, more: int | Array) -> Population:
    """The same households, the first member of each earning so many fen a year more."""
    starts = np.concatenate(([0], np.cumsum(people.counts[:-1])))
    wages = people.members["wage_income"]
    values = wages.values.copy()
    values[starts] += more
    return Population(
        people.counts, people.households, {**people.members, "wage_income": Column(values, wages.known)}, checked=True
    )  # fmt: skip


def _year(answers: Mapping[str, Answer], times: Mapping[str, int], size: int) -> Array:
    total: Array = np.zeros(size, np.int64)
    for id, one in answers.items():
        total = total + one.paid * times[id]
    return total


def curve(
    people: Population, policy: Policy, wages: Sequence[int], programme: Programme | None = None
) -> list[tuple[int, int]]:
    """One household at many wages of its head (fen a month): pairs of (wage, wage and aid together a month).

    Where the second falls while the first rises there is a cliff. ``people`` holds the one household.
    """
    many = len(wages)
    made = programme or ready(policy)
    homes = {name: _repeated(one, many) for name, one in people.households.items()}
    persons = {name: _repeated(one, many) for name, one in people.members.items()}
    row = Population(np.tile(people.counts, many), homes, persons, checked=True)
    again = with_more_wage(row, np.asarray(wages, np.int64) * MONTHS)
    times = {id: times_a_year(id, made) for id in made.items}
    aid = _year(run_items(made, again), times, many)
    return [(wage, wage + int(year) // MONTHS) for wage, year in zip(wages, aid.tolist(), strict=True)]


def _repeated(one: Column, many: int) -> Column:
    return Column(np.tile(one.values, many), None if one.known is None else np.tile(one.known, many))
