"""What a household gets and could get, by programme: each item as it is on one day and on another, with awards and payments."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from jishiyu.cases import queries as cases
from jishiyu.foundations.outcomes import Sentence, sentence
from jishiyu.funds import queries as funds
from jishiyu.funds.queries import PaidLine
from jishiyu.law.queries import pack
from jishiyu.programmes.queries import entitlements
from jishiyu.programmes.rules.entitlement import ORDER_OF_OUTCOMES, Entitlement
from jishiyu.registry import queries as registry

OUTCOMES = {
    "eligible": (sentence("条件符合", "Conditions met"), "ok"),
    "cannot_compute": (sentence("由人核实", "For a person to verify"), "warn"),
    "not_eligible": (sentence("条件不符", "Conditions not met"), ""),
}
PERIODS = {
    "monthly": sentence("每月", "a month"),
    "yearly": sentence("每年", "a year"),
    "term": sentence("每学期", "a term"),
    "season": sentence("每季", "a season"),
    "festival": sentence("每节", "a festival"),
    "once": sentence("一次", "once"),
}
_REGULAR = "monthly"


@dataclass(frozen=True, slots=True)
class Side:
    """An item on one day: the answer, with its outcome in words and the tone of its mark."""

    answer: Entitlement
    outcome: Sentence
    tone: str

    @property
    def amount(self) -> int | None:
        """What it gives, or at least gives, in fen."""
        return self.answer.amount if self.answer.amount is not None else self.answer.at_least


@dataclass(frozen=True, slots=True)
class Line:
    """One item: both days, what was awarded, what was paid; ``change`` says what differs between the days."""

    name: Sentence
    period: Sentence | None
    before: Side
    after: Side
    awards: tuple[Any, ...]
    paid: tuple[PaidLine, ...]
    change: Sentence | None

    @property
    def paid_sum(self) -> int:
        """All that was paid, in fen; what came back is taken off."""
        return sum(one.amount for one in self.paid)

    @property
    def gets(self) -> bool:
        """Whether anything was awarded or paid."""
        return bool(self.awards or self.paid)

    @property
    def possible(self) -> bool:
        """Whether it is or may be given on the later day."""
        return self.after.answer.outcome != "not_eligible"


@dataclass(frozen=True, slots=True)
class Group:
    """One programme's items: what the household gets or may get first, then what it does not and why."""

    name: Sentence
    shown: tuple[Line, ...]
    others: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """The snapshot that a day's answers rest on; ``later`` when there was none as early as that day."""

    snapshot: Any
    later: bool


@dataclass(frozen=True, slots=True)
class Package:
    """Everything, with what comes every month and otherwise on each day, in fen, and what was paid in all."""

    groups: tuple[Group, ...]
    evidence: tuple[Evidence, Evidence]
    monthly: tuple[int, int]
    otherwise: tuple[int, int]
    paid: int


def evidence_on(household_id: UUID, day: date) -> Evidence | None:
    """The newest snapshot of facts as of the day or before; the first one there is when all are later."""
    rows = registry.snapshots(household_id)
    if not rows:
        return None
    found = next((row for row in rows if row.as_of <= day), None)
    return Evidence(found or rows[-1], found is None)


def package_of(household_id: UUID, before: date, after: date) -> Package | None:
    """The whole package; None when no facts are on file."""
    rests_on = [evidence_on(household_id, day) for day in (before, after)]
    if rests_on[0] is None or rests_on[1] is None:
        return None
    told = [registry.situation(one.snapshot.id) for one in rests_on if one]
    sides = [
        {one.item: one for one in entitlements(facts, day)}
        for facts, day in zip(told, (before, after), strict=True)
    ]
    awards = cases.awards_of_household(household_id)
    paid = funds.money_of_household(household_id)
    lines = {
        item.id: _line(item.id, sides[0][item.id], sides[1][item.id], awards, paid) for item in pack().items
    }
    groups = []
    for programme in pack().programmes:
        own = sorted((lines[item.id] for item in pack().items_of(programme.code)), key=_order)
        if own:
            shown = tuple(one for one in own if one.gets or one.possible)
            groups.append(Group(programme.name, shown, tuple(one for one in own if one not in shown)))
    regular, otherwise = zip(*(_sums(tuple(side.values())) for side in sides), strict=True)
    return Package(
        tuple(groups), (rests_on[0], rests_on[1]), regular, otherwise, sum(one.amount for one in paid)
    )  # fmt: skip


def _order(line: Line) -> tuple[bool, int, int]:
    return not line.gets, ORDER_OF_OUTCOMES[line.after.answer.outcome], -(line.after.amount or 0)


def _line(
    item: str, before: Entitlement, after: Entitlement, awards: Sequence[Any], paid: Sequence[PaidLine]
) -> Line:
    name = pack().item(item).name
    own = tuple(one for one in paid if one.item.as_data() == name.as_data())
    return Line(
        name, PERIODS.get(after.period), _side(before), _side(after),
        tuple(one for one in awards if one.item == item), own, _change(before, after),
    )  # fmt: skip


def _side(one: Entitlement) -> Side:
    words, tone = OUTCOMES[one.outcome]
    return Side(one, words, tone)


def _change(before: Entitlement, after: Entitlement) -> Sentence | None:
    if before.outcome != after.outcome:
        names = {outcome: words for outcome, (words, _) in OUTCOMES.items()}
        return sentence(
            "由“{b}”变为“{a}”", "from “{b}” to “{a}”", b=names[before.outcome], a=names[after.outcome]
        )
    if (before.amount, before.at_least) != (after.amount, after.at_least):
        return sentence("金额有变化", "another amount")
    return None


def _sums(answers: Sequence[Entitlement]) -> tuple[int, int]:
    """What is certain: every month, and otherwise; an item that yields to a better one is left out."""
    certain = [one for one in answers if one.yields_to is None]
    regular = sum(one.amount or one.at_least or 0 for one in certain if one.period == _REGULAR)
    return regular, sum(one.amount or one.at_least or 0 for one in certain if one.period != _REGULAR)
