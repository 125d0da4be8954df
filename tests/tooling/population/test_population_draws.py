"""Draws are whole numbers, follow their weights, and stay within their tables."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jishiyu.doors.jobs.population.draws import POINTS, Draws

N = 4_000
few = settings(max_examples=25, deadline=None)


def test_streams_are_known_by_their_place() -> None:
    def first(*place: int) -> list[int]:
        return [int(one) for one in Draws(1, *place).whole(0, 10**9, 5)]

    assert first(0, 1) == first(0, 1)
    assert first(0, 1) != first(1, 0)
    assert first(0, 1) != Draws(2, 0, 1).whole(0, 10**9, 5).tolist()


@few
@given(st.integers(0, 10**6), st.lists(st.integers(0, 50), min_size=2, max_size=8).filter(any))
def test_choices_follow_their_weights(seed: int, weights: list[int]) -> None:
    drawn = Draws(seed).choice(weights, N)
    for place, weight in enumerate(weights):
        share = float((drawn == place).mean())
        assert (share == 0) if weight == 0 else abs(share - weight / sum(weights)) < 0.06


@few
@given(st.integers(0, 10**6))
def test_each_group_draws_from_its_own_row(seed: int) -> None:
    table = np.array([[10, 0, 0], [0, 5, 5], [0, 0, 10]], dtype=np.int64)
    group = np.arange(N) % 3
    drawn = Draws(seed).choice_by(table, group)
    assert (drawn[group == 0] == 0).all()
    assert (drawn[group == 2] == 2).all()
    assert set(drawn[group == 1].tolist()) == {1, 2}


def test_rows_of_different_sums_are_refused() -> None:
    with pytest.raises(ValueError, match="one common sum"):
        Draws(1).choice_by(np.array([[1, 1], [1, 2]], dtype=np.int64), np.zeros(3, dtype=np.int64))


@few
@given(st.integers(0, 10**6), st.lists(st.integers(0, 10**7), min_size=len(POINTS), max_size=len(POINTS)))
def test_amounts_are_whole_yuan_in_fen_within_the_table(seed: int, values: list[int]) -> None:
    yuan = sorted(values)
    drawn = Draws(seed).amount(yuan, N)
    assert drawn.dtype == np.int64
    assert (drawn % 100 == 0).all()
    assert drawn.min() >= yuan[0] * 100
    assert drawn.max() <= yuan[-1] * 100
    half = float((drawn < yuan[3] * 100).mean())
    assert half < 0.55


@few
@given(st.integers(0, 10**6), st.integers(0, 10_000))
def test_chances(seed: int, chance: int) -> None:
    assert abs(float(Draws(seed).happens(chance, N).mean()) - chance / 10_000) < 0.05
