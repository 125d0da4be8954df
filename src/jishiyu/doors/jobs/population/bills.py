"""Settled medical bills: what was charged, what insurance could cover, and what each insurance paid, in that order."""

from dataclasses import dataclass

import numpy as np

from jishiyu.doors.jobs.population.census import Kind
from jishiyu.doors.jobs.population.draws import Days, Draws, Ints
from jishiyu.doors.jobs.population.members import Members
from jishiyu.doors.jobs.population.vocabulary import INSURANCE

# Bills in a year (0 to 4) per 10 000, by illness none, chronic, serious.
_COUNT = np.array(
    [[9_550, 380, 70, 0, 0], [7_000, 2_200, 600, 200, 0], [1_200, 3_600, 2_700, 1_500, 1_000]], dtype=np.int64
)
_TOTAL = np.array(
    [
        (150, 600, 1_500, 3_500, 9_000, 20_000, 60_000, 120_000),
        (300, 1_200, 3_000, 8_000, 16_000, 30_000, 80_000, 160_000),
        (4_000, 9_000, 18_000, 38_000, 80_000, 160_000, 420_000, 900_000),
    ],
    dtype=np.int64,
)
# What basic insurance pays of the part in scope above the deductible, per cent from and to: employee, resident, none.
_BASIC = np.array([(78, 92), (58, 76), (0, 0)], dtype=np.int64)
_DEDUCTIBLE = np.array([130_000, 65_000, 0], dtype=np.int64)
_CRITICAL_FROM = 3_000_000
_COMMERCIAL_FROM = 1_000_000


@dataclass(frozen=True, slots=True)
class Bills:
    """The bills of a block, flat, in household order; ``member`` is the row of the patient in :class:`Members`. Fen."""

    member: Ints
    offsets: Ints
    settled_on: Days
    total: Ints
    in_scope: Ints
    basic: Ints
    critical: Ints
    supplementary: Ints
    commercial: Ints

    def self_paid(self, members: int) -> Ints:
        """What was left to each member over all their bills."""
        left = self.total - self.basic - self.critical - self.supplementary - self.commercial
        summed = np.zeros(members, dtype=np.int64)
        np.add.at(summed, self.member, left)
        return summed


def bills_of(
    draws: Draws, members: Members, illness: Ints, insurance: Ints, kind: Kind, as_of: np.datetime64
) -> Bills:
    """Draw the bills of the twelve months before the day; the insurance lines never exceed the part in scope."""
    count = draws.choice_by(_COUNT, illness)
    member = np.repeat(np.arange(len(members), dtype=np.int64), count)
    offsets = np.concatenate([[0], np.cumsum(members.per_household(count))]).astype(np.int64)
    n = len(member)
    cover = insurance[member]
    total = draws.amount_by(_TOTAL, illness[member]) + draws.whole(0, 99, n)
    in_scope = total * draws.whole(68, 98, n) // 100
    low, high = _BASIC[cover, 0], _BASIC[cover, 1]
    rate = low + (high - low) * draws.whole(0, 100, n) // 100
    basic = np.maximum(in_scope - _DEDUCTIBLE[cover], 0) * rate // 100
    left = in_scope - basic
    insured = cover != INSURANCE.index("none")
    critical = np.where(insured, np.maximum(left - _CRITICAL_FROM, 0) * 60 // 100, 0)
    left = left - critical
    employee = (cover == INSURANCE.index("employee")) & draws.happens(2_500, n)
    supplementary = np.where(employee, left * draws.whole(20, 60, n) // 100, 0)
    left = left - supplementary
    holds = draws.happens(1_500 if kind == "general" else 500, n)
    commercial = np.where(holds, np.maximum(left - _COMMERCIAL_FROM, 0) * 70 // 100, 0)
    settled = as_of - draws.whole(1, 364, n).astype("timedelta64[D]")
    return Bills(member, offsets, settled, total, in_scope, basic, critical, supplementary, commercial)


if len(_BASIC) != len(INSURANCE):
    raise ValueError("each medical insurance needs its rate")
