"""How far a weight may move: against plain fractions, household by household; and a reading of the district kept and read again."""

import json
from datetime import date
from fractions import Fraction as Frac
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jishiyu.assessment.rules.facts import population_from
from jishiyu.assessment.rules.numbers import written_scores
from jishiyu.assessment.rules.reading import Reader, band_moves, packed, scores_with, unpacked
from jishiyu.assessment.rules.score import model_of, score_population
from jishiyu.assessment.rules.sensitivity import room, shift, standing
from jishiyu.doors.jobs.population.census import read_census
from jishiyu.doors.jobs.population.generate import table
from jishiyu.foundations.outcomes import CannotBecause
from tests.fixtures import the_pack

FLOORS = (0, 1_500, 3_500, 5_500, 7_500)
DAY = date(2024, 3, 1)
CENSUS = Path("policy/xicheng/population.csv")


def line(score: int, part: int, weight: int, t: Frac) -> Frac:
    """The score when the weight (in 10 000ths) goes to t."""
    w = Frac(weight, 10_000)
    return score + (t - w) * (part - score * w) / (w * (1 - w))


def band(score: Frac) -> int:
    return sum(score >= floor for floor in FLOORS[1:])


@st.composite
def districts(draw: st.DrawFn) -> tuple[int, list[tuple[int, int]]]:
    weight = draw(st.integers(1, 9_999))
    one = st.tuples(st.integers(0, weight), st.integers(0, 10_000 - weight)).map(
        lambda p: (p[0] + p[1], p[0])
    )
    return weight, draw(st.lists(one, min_size=1, max_size=6))


@given(districts())
def test_the_room_is_where_the_first_household_changes(district: tuple[int, list[tuple[int, int]]]) -> None:
    weight, homes = district
    one = standing([s for s, _ in homes], [d for _, d in homes], weight, 10_000, FLOORS)
    found = room(one)

    def changed(t: Frac) -> bool:
        return any(band(line(s, d, weight, t)) != band(Frac(s)) for s, d in homes)

    tiny = Frac(1, 10**12)
    if found.highest is None:
        assert not changed(Frac(1))
    else:
        assert found.weight <= found.highest <= 1
        assert changed(found.highest) == found.at_highest
        assert changed(found.highest + tiny) or found.at_highest
        assert not changed((found.weight + found.highest) / 2) or found.highest == found.weight
    if found.lowest is None:
        assert not changed(Frac(0))
    else:
        assert 0 <= found.lowest <= found.weight
        assert changed(found.lowest) == found.at_lowest
        assert changed(found.lowest - tiny) or found.at_lowest
        assert not changed((found.weight + found.lowest) / 2) or found.lowest == found.weight


@given(districts(), st.sampled_from([Frac(-1, 5), Frac(-1, 10), Frac(1, 10), Frac(1, 5), Frac(-1), Frac(9)]))
def test_a_shift_counts_every_household(district: tuple[int, list[tuple[int, int]]], change: Frac) -> None:
    weight, homes = district
    one = standing([s for s, _ in homes], [d for _, d in homes], weight, 10_000, FLOORS, [2] * len(homes))
    found = shift(one, change)
    t = min(Frac(weight, 10_000) * (1 + change), Frac(1))
    assert found.weight == t
    pairs = [(band(Frac(s)), band(line(s, d, weight, t))) for s, d in homes]
    assert found.harder == 2 * sum(after > before for before, after in pairs)
    assert found.milder == 2 * sum(after < before for before, after in pairs)
    assert sum(map(sum, found.moves)) == 2 * len(homes)


def test_a_weight_of_nothing_or_everything_cannot_move() -> None:
    for weight in (0, 10_000):
        with pytest.raises(CannotBecause, match="fixed_weight"):
            standing([1], [0], weight, 10_000, FLOORS)


def test_a_reading_gives_every_score_again_and_those_of_other_weights() -> None:
    pack = the_pack()
    district = table(read_census(CENSUS), households=300, kind="known", seed=3, as_of=DAY)
    people = population_from(district, DAY)
    old = model_of(pack.indicators)
    scores = score_population(people, DAY, pack, old)
    reader = Reader(pack.indicators)
    numbers = [json.loads(text) for text in written_scores(scores, pack, old).texts]
    areas, sizes = [str(one) for one in district["sub_district"].to_pylist()], people.counts.tolist()
    numbers = [json.loads(text) for text in written_scores(scores, pack, old).texts]
    assert reader.take(areas, sizes, numbers, old) == 300
    text = packed(reader.whole(), pack.indicators)
    read = unpacked(text, pack.indicators)
    assert (read.households, read.people) == (300, sum(sizes))
    assert spread(scores_with(read, old)[0], read.count) == spread(scores.score, 1)
    even = model_of(pack.indicators, [1] * len(pack.indicators.dims), within={"income": (1, 1, 1)})
    anew = score_population(people, DAY, pack, even)
    assert spread(scores_with(read, even)[0], read.count) == spread(anew.score, 1)
    moves = band_moves(read, old, even)
    before, after = (np.searchsorted(FLOORS, one.score, side="right") - 1 for one in (scores, anew))
    assert moves[1][2] == int(((before == 1) & (after == 2)).sum())
    assert sum(map(sum, moves)) == 300


def spread(scores: np.ndarray, counts: np.ndarray | int) -> dict[int, int]:
    """How many households have each score."""
    many = np.broadcast_to(counts, scores.shape)
    return {int(one): int(many[scores == one].sum()) for one in np.unique(scores)}
