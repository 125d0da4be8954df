"""The grace period (渐退): dibao goes on in parts when a member found work and the household leaves it (2006 on).

Month 1 in full, month 2 half, from month 3 nothing. How long it lasts since 2015 was not found: the pack's values are in doubt
from then, and the answer is a refusal that says so.
"""

from dataclasses import dataclass
from datetime import date

from jishiyu.foundations.periods import add_months, month_start
from jishiyu.law.rules.columns import part
from jishiyu.law.rules.pack import Pack
from jishiyu.law.rules.parameters import Dated

SHARES = ("bj.dibao.fade_out.month_1", "bj.dibao.fade_out.month_2", "bj.dibao.fade_out.month_3")


@dataclass(frozen=True, slots=True)
class GraceMonth:
    """One month of the period: what is still paid (fen), and the share (basis points) with its citation."""

    month: date
    amount: int
    share: Dated


def grace_payments(full: int, began_work: date, pack: Pack) -> tuple[GraceMonth, ...]:
    """What is paid in each month after work began, of ``full`` fen a month: the rule of that day holds for the whole period.

    Months that pay nothing end it and are left out. Raises UnknownValue when the shares of that day are not certain.
    """
    shares = [pack.parameter(id, began_work) for id in SHARES]
    months = [add_months(month_start(began_work), place) for place in range(1, len(SHARES) + 1)]
    found = [
        GraceMonth(month, part(full, share.insist()), share)
        for month, share in zip(months, shares, strict=True)
    ]
    return tuple(one for one in found if one.share.value > 0)
