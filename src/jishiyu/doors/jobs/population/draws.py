"""Seeded draws in whole numbers only, so that every machine draws the same.

Floating logarithms and exponentials differ in the last bit between processors; so shares are whole numbers, and amounts
are drawn from a short table of quantiles by integer interpolation.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Days = NDArray[np.datetime64]

# The points, in 1/1000 of the population, at which an amount table gives its values.
POINTS = np.array([0, 100, 250, 500, 750, 900, 990, 1000], dtype=np.int64)
_FINE = 1_000  # each point is divided once more, so that amounts do not repeat


class Draws:
    """One stream of draws, known by its seed and its place (kind, block, topic)."""

    def __init__(self, seed: int, *place: int) -> None:
        self._rng = np.random.Generator(np.random.PCG64(np.random.SeedSequence(seed, spawn_key=place)))

    def whole(self, low: int, high: int, n: int) -> Ints:
        """``n`` whole numbers from ``low`` to ``high``, both included."""
        return self._rng.integers(low, high + 1, n, dtype=np.int64)

    def happens(self, per_ten_thousand: int | Ints, n: int) -> Bools:
        """True with the given chance, one for all or one for each."""
        return np.asarray(self._rng.integers(0, 10_000, n, dtype=np.int64) < per_ten_thousand)

    def choice(self, weights: Sequence[int] | Ints, n: int) -> Ints:
        """Index drawn by whole-number weights."""
        edges = np.cumsum(np.asarray(weights, dtype=np.int64))
        return np.searchsorted(
            edges, self._rng.integers(0, edges[-1], n, dtype=np.int64), side="right"
        ).astype(np.int64)

    def choice_by(self, table: Ints, group: Ints) -> Ints:
        """Index drawn for each row from the weights of its group; every row of ``table`` has the same sum."""
        edges = np.cumsum(table, axis=1)
        if (edges[:, -1] != edges[0, -1]).any():
            raise ValueError("the rows of a table of weights need one common sum")
        drawn = self._rng.integers(0, edges[0, -1], len(group), dtype=np.int64)
        found = np.zeros(len(group), dtype=np.int64)
        for column in range(table.shape[1] - 1):
            found += drawn >= edges[group, column]
        return found

    def amount(self, yuan: Sequence[int], n: int) -> Ints:
        """Amounts in fen from one table of quantiles in yuan at :data:`POINTS`."""
        return self.amount_by(np.array([yuan], dtype=np.int64), np.zeros(n, dtype=np.int64))

    def amount_by(self, yuan: Ints, group: Ints) -> Ints:
        """Amounts in fen, each from the quantile table (a row of ``yuan``) of its group; whole yuan."""
        drawn = self._rng.integers(0, POINTS[-1] * _FINE, len(group), dtype=np.int64)
        piece = np.searchsorted(POINTS * _FINE, drawn, side="right") - 1
        low, high = yuan[group, piece], yuan[group, piece + 1]
        start, width = POINTS[piece] * _FINE, (POINTS[piece + 1] - POINTS[piece]) * _FINE
        return np.asarray((low + (high - low) * (drawn - start) // width) * 100)
