"""What a demo decider sets where the rules compute no amount, and why: the newest standard that is known, or a share.

The pack does not know every present standard, and no value is made up for it; an officer still has to decide. So the demo's
decider takes the newest known one, says so, and leaves the difference to be made up once the standard is entered.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from jishiyu.foundations.money import share, yuan_text
from jishiyu.foundations.periods import month_start
from jishiyu.law.rules import Pack
from jishiyu.law.rules.faults import UnknownValue
from jishiyu.law.rules.parameters import Dated
from jishiyu.registry.rules.situation import HouseholdSituation

STANDARD = "bj.dibao.urban"
_OLDEST = 60  # months to look back
_PLAIN = 30_000  # fen a member, where no standard of the item was found


@dataclass(frozen=True, slots=True)
class ByHand:
    """An amount in fen and the decider's reason."""

    amount: int
    because: str


def newest_known(pack: Pack, parameter: str, day: date) -> Dated:
    """The value in force that day, or the newest one before it that is known. Raises UnknownValue when there is none."""
    for _ in range(_OLDEST):
        try:
            return pack.parameter(parameter, day)
        except UnknownValue as unknown:
            latest = unknown
        day = month_start(day) - timedelta(days=1)
    raise latest


def by_hand(pack: Pack, item: str, told: HouseholdSituation, day: date) -> ByHand:
    """The amount and reason for one item of one household."""
    standard = newest_known(pack, STANDARD, day)
    said = f"{standard.first}起执行的每人每月{yuan_text(standard.value)}元"
    in_force = standard.last is None or standard.last >= day
    why = f"部分情况系统未掌握，按入户调查和{said}的标准核定。"
    if not in_force:
        why = f"现行标准尚未录入，暂按{said}核定，标准录入后补差。"
    people = len(told.members)
    if item == "ZK01":
        gap = max(0, standard.value - (per_head(told) or 0))
        return ByHand(_whole_yuan(gap * people), why)
    if item == "ZK05":
        return ByHand(standard.value * people, why)
    if item[:2] not in ("ZY", "CS"):
        return ByHand(_PLAIN * people, "现行标准未查到，按家庭实际困难程度集体研究核定。")
    part = 4_000 if item.startswith("ZY") else 2_000
    return ByHand(_whole_yuan(share(own_bills(told), part)), "按个人负担费用和家庭实际困难程度集体研究核定。")


def per_head(told: HouseholdSituation) -> int | None:
    """Monthly income per head in fen, None when part of it is unknown."""
    total = 0
    for one in told.members:
        parts = (one.wage_income, one.business_income, one.property_income, one.transfer_income)
        known = [part for part in parts if part is not None]
        if len(known) < len(parts) or one.excluded_income is None:
            return None
        total += sum(known) - one.excluded_income
    return total // 12 // len(told.members)


def own_bills(told: HouseholdSituation) -> int:
    """What the year's settled bills left to the household, in fen."""
    paid = sum(b.basic_paid + b.critical_paid + b.supplementary_paid + b.commercial_paid for b in told.bills)
    return sum(bill.total for bill in told.bills) - paid


def _whole_yuan(fen: int) -> int:
    return fen // 100 * 100
