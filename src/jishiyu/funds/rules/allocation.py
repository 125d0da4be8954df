"""From which deposits a payment is taken: those given for its programme first, then free ones; the older before the newer.

Of deposits of one day, upper-level money goes before the district's own.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from jishiyu.foundations.money import Fen, yuan_text
from jishiyu.foundations.outcomes import CannotBecause, sentence
from jishiyu.funds.rules.sources import FUND_NAMES, SOURCE_KINDS, Fund, SourceKind, may_pay


@dataclass(frozen=True, slots=True)
class Purse:
    """What a deposit still holds. ``purpose`` is the code of the one programme that it was given for, or empty. ``left``: fen."""

    deposit: str
    source: str
    kind: SourceKind
    purpose: str
    received_on: date
    left: Fen


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a payment and the deposit that bears it, in fen."""

    deposit: str
    source: str
    amount: Fen


class NotEnough(CannotBecause):
    """No deposits that may pay this hold enough. Nothing was taken."""

    def __init__(self, fund: Fund, programme: str, wanted: Fen, there: Fen) -> None:
        super().__init__(
            "funds.not_enough",
            sentence(
                "可用于{p}的{f}资金不足：需{w}元，可用{t}元，尚缺{m}元",
                "Not enough money for {f} under {p}: {w} yuan needed, {t} yuan there, {m} yuan missing",
                p=programme or sentence("本项", "this item"),
                f=FUND_NAMES[fund],
                w=yuan_text(wanted),
                t=yuan_text(there),
                m=yuan_text(wanted - there),
            ),
            sentence(
                "请先登记到账资金，或调整本批发放范围",
                "Record the money received first, or narrow the payment run",
            ),
        )
        self.fund, self.programme, self.wanted, self.there = fund, programme, wanted, there


def usable(purses: Iterable[Purse], fund: Fund, programme: str) -> list[Purse]:
    """The purses that may pay this, in the order in which they are emptied."""
    fitting = [
        one for one in purses if one.left > 0 and may_pay(one.kind, fund) and one.purpose in ("", programme)
    ]
    return sorted(fitting, key=_emptied_in)


def _emptied_in(one: Purse) -> tuple[bool, date, int, str]:
    return (one.purpose == "", one.received_on, SOURCE_KINDS.index(one.kind), one.deposit)


def allocate(amount: Fen, purses: Iterable[Purse], *, fund: Fund, programme: str) -> tuple[Part, ...]:
    """Take ``amount`` (fen, > 0) from the purses. The parts sum to it exactly and none is greater than what its purse held.

    Raises :class:`NotEnough` when the usable purses together hold less, ValueError for an amount that is not positive.
    """
    if amount <= 0:
        raise ValueError(f"a payment is more than nothing: {amount}")
    fitting = usable(purses, fund, programme)
    there = sum(one.left for one in fitting)
    if there < amount:
        raise NotEnough(fund, programme, amount, there)
    parts, open_amount = [], amount
    for purse in fitting:
        taken = min(purse.left, open_amount)
        if taken:
            parts.append(Part(purse.deposit, purse.source, taken))
            open_amount -= taken
    return tuple(parts)


def spend(purses: Sequence[Purse], parts: Iterable[Part]) -> list[Purse]:
    """The purses after the parts were taken from them."""
    taken = {part.deposit: part.amount for part in parts}
    return [replace(one, left=one.left - taken.get(one.deposit, 0)) for one in purses]
