"""What a measure does to the months of an award: which are paid, how much, and what was paid too much already. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from jishiyu.foundations.outcomes import CannotBecause, Sentence, sentence
from jishiyu.foundations.periods import add_months, month_start

MeasureKind = Literal["continue", "raise", "lower", "suspend", "resume", "grace", "stop"]

MEASURE_NAMES: dict[str, Sentence] = {
    "continue": sentence("继续发放", "goes on unchanged"),
    "raise": sentence("增发", "raised"),
    "lower": sentence("减发", "lowered"),
    "suspend": sentence("停发（暂停）", "suspended"),
    "resume": sentence("恢复发放", "resumed"),
    "grace": sentence("渐退", "grace period"),
    "stop": sentence("终止", "ended"),
}
MEASURE_STATES: dict[str, Sentence] = {
    "proposed": sentence("待确认", "to be confirmed"),
    "confirmed": sentence("已确认", "confirmed"),
    "declined": sentence("未采纳", "declined"),
}
SOURCE_NAMES: dict[str, Sentence] = {
    "recheck": sentence("动态复核", "re-check"),
    "circumstance": sentence("情况变化", "change of circumstances"),
    "appeal": sentence("复议、诉讼或信访", "appeal"),
    "hand": sentence("依职权", "by the office"),
}
APPEAL_OUTCOMES: dict[str, Sentence] = {
    "upheld": sentence("维持原决定", "the decision stands"),
    "changed": sentence("变更", "changed"),
    "revoked": sentence("撤销", "revoked"),
    "withdrawn": sentence("申请人撤回", "withdrawn"),
}


@dataclass(frozen=True, slots=True)
class Span:
    """A span of months by their first days, both included; ``last`` None is open."""

    first: date
    last: date | None = None

    def holds(self, month: date) -> bool:
        """Whether the month lies in the span."""
        return self.first <= month and (self.last is None or month <= self.last)


@dataclass(frozen=True, slots=True)
class Running:
    """An award as it runs: its months, what it pays each month (fen), and its suspended months."""

    months: Span
    amount: int
    suspended: tuple[Span, ...] = ()

    def pays(self, month: date) -> int:
        """What is paid for a month, in fen."""
        covered = self.months.holds(month) and not any(one.holds(month) for one in self.suspended)
        return self.amount if covered else 0


@dataclass(frozen=True, slots=True)
class Planned:
    """What a measure would do. ``amount``: of a raise or a reduction; ``shares``: basis points of each month of grace."""

    kind: MeasureKind
    first: date
    amount: int | None = None
    shares: tuple[int, ...] = ()
    back_pay: bool = False


@dataclass(frozen=True, slots=True)
class MonthPaid:
    """One month before and after a measure, in fen; ``had``: what was paid for it already."""

    month: date
    before: int
    after: int
    had: int | None = None

    @property
    def overpaid(self) -> int:
        """What was paid and is not due, in fen."""
        return max((self.had or 0) - self.after, 0)


def suggested(before: int, entitled: str, amount: int | None) -> MeasureKind | None:
    """What the rules of the day lead to; None where they cannot tell and a person has to say."""
    if entitled == "no":
        return "stop"
    if entitled != "yes" or amount is None:
        return None
    if amount == 0:
        return "stop"
    return "raise" if amount > before else "lower" if amount < before else "continue"


def earliest(kind: MeasureKind, today: date) -> date:
    """The first month in which a measure may work: the next one (错发从次月调整), for all but what is unchanged."""
    month = month_start(today)
    return month if kind == "continue" else add_months(month, 1)


def after(running: Running, planned: Planned, month: date) -> int:
    """What is paid for a month once the measure is done, in fen."""
    if month < planned.first:
        return running.pays(month)
    match planned.kind:
        case "stop" | "suspend":
            return 0
        case "raise" | "lower":
            return planned.amount or 0 if running.pays(month) else 0
        case "grace":
            place = _months_between(planned.first, month)
            share = planned.shares[place] if place < len(planned.shares) else 0
            return running.amount * share // 10_000
        case "resume":
            return running.amount
        case _:
            return running.pays(month)


def foresee(
    running: Running, planned: Planned, *, first: date, months: int, had: Mapping[date, int] | None = None
) -> list[MonthPaid]:
    """The months from ``first`` on, before and after."""
    paid = had or {}
    found = []
    for step in range(months):
        month = add_months(first, step)
        found.append(MonthPaid(month, running.pays(month), after(running, planned, month), paid.get(month)))
    return found


def overpaid(running: Running, planned: Planned, had: Mapping[date, int]) -> int:
    """What was paid already for months in which the measure leaves less due, in fen."""
    return sum(
        max(amount - after(running, planned, month), 0)
        for month, amount in had.items()
        if month >= planned.first
    )


def missed(suspended: Iterable[Span], ended: date | None, first: date, had: Iterable[date]) -> list[date]:
    """The months before ``first`` that a resumption with back-pay makes good: suspended, or after the end, and not paid."""
    paid, found = set(had), set()
    spans = list(suspended)
    if ended is not None:
        spans.append(Span(add_months(ended, 1), None))
    for span in spans:
        month = span.first
        while month < first and (span.last is None or month <= span.last):
            found.add(month)
            month = add_months(month, 1)
    return sorted(found - paid)


def require_reasons(reasons: Sequence[str]) -> list[str]:
    """The reasons that were written; refused when there is none (271号令第13条: every change is told in writing)."""
    said = [one.strip() for one in reasons if len(one.strip()) >= 4]
    if not said:
        raise CannotBecause(
            "life.reasons_missing",
            sentence("请写明理由（每条至少4个字）", "Say why (each reason of at least 4 characters)"),
        )
    return said


def _months_between(first: date, month: date) -> int:
    return (month.year - first.year) * 12 + month.month - first.month
