"""The side before a trial: the households' facts as columns, their scores, and what the policy in force gives them.

It depends on the evidence, the day and the policy in force only, so that one trial after another can stand on the same.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from jishiyu.assessment.rules.score import score_population
from jishiyu.foundations.outcomes import Sentence
from jishiyu.law.rules.columns import Array, Column, Population
from jishiyu.law.rules.engine import run
from jishiyu.programmes.rules.changes import Policy
from jishiyu.programmes.rules.what_if_answers import (
    Answer,
    Asked,
    Ground,
    a_year,
    answers,
    bands_of,
    chunks,
    every_month,
    ground,
    kinds,
    one_of_rivals,
    questions_told,
)
from jishiyu.programmes.rules.what_if_cliffs import Richer, richer
from jishiyu.programmes.rules.what_if_years import Ahead, Sample, ahead_of

# Told after each chunk how many households are done; it may raise to stop the work.
Told = Callable[[int], None]


@dataclass(slots=True)
class BaseChunk:
    """A chunk of households under the policy in force. ``raw`` are the answers as if no item excluded another."""

    people: Population
    raw: Mapping[str, Answer]
    told: Mapping[str, Answer]
    kind: Array
    heads: Array
    income: Array
    known: Array
    score: Array
    band: Array
    measures: Mapping[str, Column]
    refusals: Mapping[str, Sentence]
    aid: Array
    month: Array
    tapered: Array
    earners: Richer

    @property
    def size(self) -> int:
        """How many households."""
        return len(self.people.counts)


@dataclass(frozen=True)
class Baseline:
    """All households under the policy in force."""

    ground: Ground
    area: Array
    areas: tuple[str, ...]
    chunks: tuple[BaseChunk, ...]
    ahead: Ahead


def baseline(
    table: pa.Table, policy: Policy, told: Told | None = None, *, asked: Asked | None = None
) -> Baseline:
    """Run the policy in force over the households of a table once, for any number of trials."""
    made = ground(policy, questions_told(policy, asked))
    area, areas = areas_of(table)
    kept, sample = [], Sample(table.num_rows)
    for one, _ in based(table, made, asked):
        kept.append(one)
        sample.add(one.people)
        if told is not None:
            told(sum(each.size for each in kept))
    return Baseline(made, area, areas, tuple(kept), ahead_of(made, sample))


def based(
    table: pa.Table, made: Ground, asked: Asked | None = None
) -> Iterator[tuple[BaseChunk, Mapping[str, Column]]]:
    """Each chunk under the policy in force, with the columns of its run (which are not kept: they are many)."""
    for people in chunks(table, made.policy, asked):
        columns = run(made.programme.plan, people, made.programme.parameters)
        yield _chunk(people, columns, made), columns


def _chunk(people: Population, columns: Mapping[str, Column], made: Ground) -> BaseChunk:
    size, policy = len(people.counts), made.policy
    raw = {
        id: one.slim() for id, one in answers(made.programme, columns, people, made.programme.items).items()
    }
    told = one_of_rivals(raw, made.pairs)
    scores = score_population(people, policy.day, policy.pack, policy.model)
    known = columns["income"].mask() & columns["counted_members"].mask()
    tapered = a_year({id: told[id] for id in made.of_income}, made.times, size)
    return BaseChunk(
        people, raw, told, kinds(people, columns, made.programme.parameters),
        np.maximum(columns["counted_members"].values, 1), columns["income"].values,
        known,
        scores.score, bands_of(scores, policy.model), scores.measures, scores.refusals,
        a_year(told, made.times, size), every_month(told, made.times, size),
        tapered, richer(made, people, np.flatnonzero(known & (tapered > 0))),
    )  # fmt: skip


def areas_of(table: pa.Table) -> tuple[Array, tuple[str, ...]]:
    """Each household's sub-district as its place among those that occur, and their codes."""
    column = table["sub_district"]
    names = sorted(one for one in pc.unique(column).to_pylist() if one)
    places: Any = pc.index_in(column, value_set=pa.array(names, pa.string()))
    area: Array = places.fill_null(-1).to_numpy()
    return area, tuple(names)
