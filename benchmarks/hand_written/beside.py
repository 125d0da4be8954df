"""Score and items by the kernel beside the same by hand, turn by turn on the same chunks, equal on every household."""

from collections.abc import Callable, Sequence
from time import process_time
from typing import Any

from benchmarks.hand_written import items, score
from benchmarks.hand_written.some_items import SomeItems
from jishiyu.assessment.rules.score import model_of, score_population
from jishiyu.law.rules.columns import Population
from jishiyu.law.rules.pack import Pack
from jishiyu.programmes.rules.compute import with_used_aid
from jishiyu.programmes.rules.screening import Screening


def by_turns(
    times: int,
    chunks: Sequence[Population],
    one: Callable[[Population], Any],
    other: Callable[[Population], Any],
) -> tuple[float, float]:
    """CPU seconds of two over all chunks: the shortest of several for each chunk, by turns, so that a busy machine is busy for both."""
    shortest = [[float("inf")] * len(chunks) for _ in range(2)]
    for turn in range(times):
        for place, chunk in enumerate(chunks):
            # Whoever comes second finds the chunk nearer at hand.
            for which in (0, 1) if turn % 2 else (1, 0):
                began = process_time()
                (one, other)[which](chunk)
                shortest[which][place] = min(shortest[which][place], process_time() - began)
    return sum(shortest[0]), sum(shortest[1])


class Beside:
    """Two baselines: the score, and :data:`items.ITEMS`. Their days differ: the pack does not know every value on one day."""

    def __init__(self, pack: Pack, times: int) -> None:
        self.pack, self.times = pack, times
        self.wrong = 0

    def score(self, chunks: Sequence[Population], screening: Screening) -> tuple[float, float]:
        """Seconds by the kernel and by hand."""
        numbers = score.numbers_on(self.pack, screening.model, screening.day)
        for chunk in chunks:
            own = score_population(chunk, screening.day, self.pack, screening.model)
            total, most = score.score_by_hand(chunk, numbers)
            self.wrong += int((own.score != total).sum() + (own.highest != most).sum())
        return by_turns(
            self.times,
            chunks,
            lambda one: score_population(one, screening.day, self.pack, screening.model),
            lambda one: score.score_by_hand(one, numbers),
        )

    def items(self, chunks: Sequence[Population]) -> tuple[float, float, int]:
        """Seconds by the kernel and by hand, and how many rules it takes."""
        kernel = SomeItems(self.pack, items.DAY, model_of(self.pack.indicators), items.ITEMS)
        numbers = items.numbers_on(self.pack)
        chunks = [with_used_aid(one, None, [""] * int(one.counts.sum())) for one in chunks]
        for chunk in chunks:
            found = items.items_by_hand(chunk, numbers)
            self.wrong += items.differences(found, kernel.answer(chunk), len(chunk.counts))
        own, hand = by_turns(
            self.times,
            chunks,
            kernel.answer,
            lambda one: items.items_by_hand(one, numbers),
        )
        return own, hand, len(kernel.plan.rules)
