"""Insurance that pays after aid was given: what the chain would have been, and what has to come back to whom.

先保险、后救助. Had the insurer paid in time, aid would have been less; the difference is owed back. Who paid last is
refunded first (charity, then government, as the pack says), so that government aid stays the main part (clause C3). It is
never more than was paid, nor more than the insurer paid now: nobody is worse off for being insured. Amounts are fen.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from jishiyu.foundations.outcomes import sentence
from jishiyu.programmes.rules.coordination import (
    ORDER,
    ChainKind,
    ChainLine,
    Cover,
    coordinate,
    covered_by,
    require_closed,
)

Fund = Literal["government", "charity"]
REFUNDED_FIRST: tuple[Fund, ...] = ("charity", "government")
INSURANCE: tuple[ChainKind, ...] = (
    "basic_insurance", "critical_insurance", "supplementary_insurance", "commercial_insurance",
)  # fmt: skip
PAID_LATE = sentence("救助之后到账", "Paid after the aid")


@dataclass(frozen=True, slots=True)
class Owed:
    """What one source would have given less (``less``), what it paid so far, and what has to come back of that."""

    fund: Fund
    less: int
    paid: int
    recover: int


@dataclass(frozen=True, slots=True)
class Recomputed:
    """The chain as it stands after the late payment, and what is owed back, in the order in which it is refunded."""

    chain: tuple[ChainLine, ...]
    owed: tuple[Owed, ...]

    @property
    def recover(self) -> int:
        """All that has to come back, in fen."""
        return sum(one.recover for one in self.owed)


def recompute_after(
    before: Sequence[ChainLine],
    kind: ChainKind,
    amount: int,
    *,
    would: Mapping[ChainKind, int] | None = None,
    others: int | None = None,
    paid: Mapping[str, int] | None = None,
    refunded_first: Sequence[Fund] = REFUNDED_FIRST,
    citation: str = "",
) -> Recomputed:
    """The closed chain ``before`` after an insurer of ``kind`` paid ``amount`` (> 0) more of the same need.

    ``would``: what the rules let each fund give with the payment known; None where no rule computed it: aid is then cut to
    what is still open, government before charity. ``others`` is what other awards give of it now, where theirs fell as
    well. ``paid``: what each fund paid to the household so far. Late insurance
    never raises aid. Raises ValueError for a kind that is no insurance or an amount that is none.
    """
    if kind not in INSURANCE or amount <= 0:
        raise ValueError(f"no insurance paid late: {kind} {amount}")
    require_closed(before)
    need, had = before[0], {fund: covered_by(before, fund) for fund in REFUNDED_FIRST}
    insured = _insured(before, kind, amount, citation, others)
    plain = coordinate(need.amount, [*insured, *_aid(before, had)])
    least = {
        fund: min(had[fund], covered_by(plain, fund) if would is None else would.get(fund, 0))
        for fund in REFUNDED_FIRST
    }
    left, less = amount, dict.fromkeys(REFUNDED_FIRST, 0)
    for fund in refunded_first:
        # Whatever the order, what no longer fits into the need has to go: insurance has the first call on it.
        less[fund] = min(had[fund] - least[fund], left)
        left -= less[fund]
    less = _fitting(less, had, need.amount - sum(_amount(one) for one in insured), refunded_first)
    after = {fund: had[fund] - less[fund] for fund in REFUNDED_FIRST}
    chain = coordinate(
        need.amount, [*insured, *_aid(before, after)], label=need.label, citation=need.citation,
        first=need.first, last=need.last, note=need.note,
    )  # fmt: skip
    owed = []
    for fund in refunded_first:
        so_far = (paid or {}).get(fund, 0)
        owed.append(Owed(fund, less[fund], so_far, max(0, min(less[fund], so_far - after[fund]))))
    return Recomputed(chain, tuple(owed))


def _insured(
    before: Sequence[ChainLine], kind: ChainKind, amount: int, citation: str, others: int | None
) -> list[Cover]:
    """All that stands before aid, with the late payment in its own place; never more than the need altogether."""
    kept: list[Cover] = []
    left = covered_by(before, "other_aid") if others is None else others
    for line in before[1:-1]:
        if line.kind == "other_aid":
            kept.append(_cover(line, min(line.amount, left)))
            left -= min(line.amount, left)
        elif line.kind not in REFUNDED_FIRST:
            kept.append(_cover(line, line.amount))
    late = Cover(kind, amount, citation, note=PAID_LATE)
    return _cut(sorted([*kept, late], key=lambda one: ORDER.index(one.kind)), before[0].amount)


def _cut(covers: Sequence[Cover], need: int) -> list[Cover]:
    lines = coordinate(need, covers)[1:-1]
    return [_cover(line, line.amount) for line in lines]


def _aid(before: Sequence[ChainLine], amounts: Mapping[Fund, int]) -> list[Cover]:
    """The lines of aid with these sums, of several of one fund the last cut first."""
    found: list[Cover] = []
    for fund in REFUNDED_FIRST:
        left = amounts[fund]
        for line in before[1:-1]:
            if line.kind == fund:
                found.append(_cover(line, min(line.amount, left)))
                left -= min(line.amount, left)
    return found


def _fitting(
    less: dict[Fund, int], had: Mapping[Fund, int], room: int, order: Sequence[Fund]
) -> dict[Fund, int]:
    over = sum(had[fund] - less[fund] for fund in REFUNDED_FIRST) - room
    fitted = dict(less)
    for fund in order:
        more = max(0, min(over, had[fund] - fitted[fund]))
        fitted[fund] += more
        over -= more
    return fitted


def _cover(line: ChainLine, amount: int) -> Cover:
    return Cover(line.kind, amount, line.citation, line.label, line.first, line.last, line.note)


def _amount(cover: Cover) -> int:
    return cover.offered if isinstance(cover.offered, int) else 0


def as_decided(decided: int, computed: int | None, computed_after: int) -> int:
    """What a person would have decided, had the rules said ``computed_after`` in place of ``computed``.

    Less than was computed stays at most what is computed now; what a person gave beyond it stays beyond it.
    """
    if computed is None:
        return decided
    if decided <= computed:
        return min(decided, computed_after)
    return min(decided, computed_after + decided - computed)
