"""A series made one ahead: the same things in the same order, faults in their turn, and nothing made that nobody waits for."""

from collections.abc import Iterator

import pytest

from jishiyu.foundations.ahead import one_ahead


def test_the_same_series_one_ahead_and_no_more() -> None:
    made: list[int] = []

    def series() -> Iterator[int]:
        for one in range(5):
            made.append(one)
            yield one

    following = one_ahead(series())
    assert next(following) == 0
    following.close()  # type: ignore[attr-defined]
    assert len(made) <= 2
    assert list(one_ahead(range(4))) == [0, 1, 2, 3]
    assert list(one_ahead([])) == []


def test_a_fault_comes_in_its_turn() -> None:
    def series() -> Iterator[int]:
        yield 1
        raise ValueError("broken")

    following = one_ahead(series())
    assert next(following) == 1
    with pytest.raises(ValueError, match="broken"):
        next(following)
