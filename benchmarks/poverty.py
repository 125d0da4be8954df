"""Weights and cut-offs tried on the district: ``python benchmarks/poverty.py [--households N]``.

The made-up district is scored, gathered into a reading as it is stored (alike households together), and then: how far each weight
may move, by dimension and by indicator, and the measures of multidimensional poverty with all their parts. Baseline: the same
measures over one row a household. Both have to give the same to the last fraction.
"""

import argparse
import json
import os
import resource
import sys
from collections.abc import Callable, Sequence
from datetime import date
from fractions import Fraction
from functools import partial
from pathlib import Path
from time import perf_counter, process_time
from typing import Any, TypeVar

import numpy as np

from jishiyu.assessment.rules.alkire_foster import Poverty, measure
from jishiyu.assessment.rules.district_poverty import Question, answer, indicator_weights
from jishiyu.assessment.rules.facts import population_from
from jishiyu.assessment.rules.numbers import written_scores
from jishiyu.assessment.rules.reading import Reader, Reading, packed, scores_with, unpacked
from jishiyu.assessment.rules.score import FULL, Model, model_of, score_population
from jishiyu.assessment.rules.sensitivity import Standing, room, shift, standing
from jishiyu.doors.jobs.population.census import read_census
from jishiyu.doors.jobs.population.generate import table
from jishiyu.law.rules.pack import Pack
from jishiyu.law.rules.read import read_pack

PACK = Path(os.environ.get("JISHIYU_PACK", Path(__file__).parent.parent / "policy" / "xicheng"))
DAY = date(2021, 12, 15)
K, LINE = Fraction(1, 3), 5_000
Found = TypeVar("Found")
STEPS = tuple(Fraction(n, 20) for n in (*range(-10, 0), *range(1, 11)))


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures; exit 1 when the lines and the households give other measures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--households", type=int, default=441_085)
    chosen = parser.parse_args(arguments)
    pack = read_pack(PACK)
    model = model_of(pack.indicators)
    print(f"{chosen.households:,} households, one core; seconds of the clock (of the processor)")
    reading = _timed("scored and gathered", partial(_read, pack, model, chosen.households))
    text = _timed("packed to keep", partial(packed, reading, pack.indicators))
    print(f"  {len(reading.count):,} lines, {len(text) / 2**20:.1f} MiB as kept")
    read = _timed("read again", partial(unpacked, text, pack.indicators))
    _timed("sensitivity of 9 dimensions", partial(_sensitivity, read, model, pack, False))
    _timed("sensitivity of 21 indicators", partial(_sensitivity, read, model, pack, True))
    asked = Question(by_person=True, weights=model, line=LINE, k=K)
    found = _timed("multidimensional poverty, all parts", partial(answer, read, asked, pack.indicators))
    whole = _timed("  its measures, a row a household", partial(_by_household, read, model, pack))
    same = (whole.headcount, whole.adjusted, whole.gap, whole.severity, whole.contributions) == (
        found.whole.headcount, found.whole.adjusted, found.whole.gap, found.whole.severity, found.whole.contributions,
    )  # fmt: skip
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(
        f"H {float(whole.headcount):.4f}, M0 {float(whole.adjusted):.4f}; the same: {same}; peak {peak:.2f} GiB"
    )
    return 0 if same else 1


def _read(pack: Pack, model: Model, households: int) -> Reading:
    census = read_census(PACK / "population.csv")
    people = table(census, households=households, kind="general", seed=1, as_of=DAY)
    reader, at = Reader(pack.indicators), 0
    areas: list[Any] = people["sub_district"].to_pylist()
    for chunk in population_from(people, DAY).chunks():
        size = len(chunk.counts)
        written = written_scores(score_population(chunk, DAY, pack, model), pack, model)
        numbers = [json.loads(text) for text in written.texts]
        reader.take(areas[at : at + size], chunk.counts.tolist(), numbers, model)
        at += size
    return reader.whole()


def _sensitivity(reading: Reading, model: Model, pack: Pack, indicators: bool) -> int:
    scores, points = scores_with(reading, model)
    floors = [band.basis_points for band in pack.indicators.bands]
    places = {key: at for at, key in enumerate(reading.keys)}
    dims = [[one.key for one in pack.indicators.of_dim(dim.key)] for dim in pack.indicators.dims]
    changed = 0
    for keys in [[key] for key in reading.keys] if indicators else dims:
        part = points[:, [places[key] for key in keys]].sum(axis=1)
        weight = sum(model.full[key] for key in keys)
        one: Standing = standing(scores, part, weight, FULL, floors, reading.count)
        room(one)
        changed += sum(shift(one, step).changed for step in STEPS)
    return changed


def _by_household(reading: Reading, model: Model, pack: Pack) -> Poverty:
    points = np.repeat(reading.points, reading.count, axis=0)
    deprived = (points >= LINE) & np.repeat(reading.known, reading.count, axis=0)
    persons = np.repeat(reading.persons, reading.count)
    gaps = np.where(deprived, points, 0)
    return measure(deprived, indicator_weights(pack.indicators, model), K, persons, gaps=gaps, scale=FULL)


def _timed(said: str, run: Callable[[], Found]) -> Found:
    began, used = perf_counter(), process_time()
    found = run()
    print(f"{said:40} {perf_counter() - began:6.2f} ({process_time() - used:.2f})")
    return found


if __name__ == "__main__":
    sys.exit(main())
