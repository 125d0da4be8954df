"""Back-pay for a standard that a notice raised from a day gone by: every award concerned, and one act that makes all good.

The preview lists what each award owes by month. The act makes one single award beside each (paid with the next run) and notes
the months: done again, it finds nothing owed. What a person had decided otherwise is listed and left to a person.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from jishiyu.cases import operations as cases_operations
from jishiyu.cases import queries as cases
from jishiyu.cases.queries.suspended import suspended_of
from jishiyu.foundations.clock import day_of
from jishiyu.foundations.outcomes import CannotBecause, Sentence, sentence
from jishiyu.foundations.periods import month_start
from jishiyu.funds import operations as funds_operations
from jishiyu.funds import queries as funds
from jishiyu.journal.operations import record
from jishiyu.law.queries import pack
from jishiyu.offices.rules import Post, require
from jishiyu.programmes.rules.back_pay import (
    MonthOwed,
    Raise,
    amounts_by_both,
    back_pay,
    items_raised,
    months_between,
    raise_of,
)
from jishiyu.programmes.rules.coordination import AID, Cover
from jishiyu.programmes.rules.used_aid import AidHad
from jishiyu.registry.queries import situation

Progress = Callable[[int, int], None]
_DEPARTS = sentence(
    "批准金额与按原标准计算的不一致，由人核定补发",
    "The award is not what the old standard gives: for a person to judge",
)
_UNKNOWN = sentence(
    "按新标准不能计算，由人核定补发", "Cannot be computed by the new standard: for a person to judge"
)
_ENDED = sentence("案件已终止，由人核定补发", "The case has ended: for a person to judge")


@dataclass(frozen=True, slots=True)
class AwardOwed:
    """An award and the months it owes; ``unclear`` says why a person has to judge it instead."""

    award: UUID
    case: UUID
    number: str
    household: UUID
    item: str
    months: tuple[MonthOwed, ...]
    unclear: Sentence | None = None

    @property
    def owed(self) -> int:
        """Fen owed altogether."""
        return sum(one.owed for one in self.months)


@dataclass(frozen=True, slots=True)
class Preview:
    """A raise, and every award that it concerns."""

    rise: Raise
    awards: tuple[AwardOwed, ...]

    @property
    def owing(self) -> tuple[AwardOwed, ...]:
        """The awards that owe something."""
        return tuple(one for one in self.awards if one.months and one.unclear is None)

    @property
    def unclear(self) -> tuple[AwardOwed, ...]:
        """The awards left to a person."""
        return tuple(one for one in self.awards if one.unclear is not None)

    @property
    def amount(self) -> int:
        """Fen owed altogether."""
        return sum(one.owed for one in self.owing)


@dataclass(frozen=True, slots=True)
class MadeGood:
    """What the act did: how many awards, households and months, and fen."""

    awards: int
    households: int
    months: int
    amount: int


def preview_back_pay(parameter: str, first: date, *, until: date, actor: Post) -> Preview:
    """What is owed for the months from the raise to ``until`` (its month included). Changes nothing.

    Raises CannotBecause when the pack has no certain raise of the standard on that day.
    """
    require(actor, "cases.see")
    rise = raise_of(pack(), parameter, first)
    items = items_raised(pack(), rise)
    months = months_between(first, until)
    rows = list(cases.awards_in_months(actor, items, months[0], months[-1])) if months else []
    done = funds.made_good((row.id for row in rows), parameter)
    suspended = suspended_of(row.id for row in rows)
    found = (
        _owed(
            row,
            rise,
            [
                m
                for m in months
                if (row.id, m) not in done and not any(one.holds(m) for one in suspended.get(row.id, ()))
            ],
        )
        for row in rows
    )
    return Preview(rise, tuple(one for one in found if one.months or one.unclear is not None))


def look_at_back_pay(parameter: str, first: date, *, until: date, actor: Post) -> Preview:
    """The preview as somebody looks at it: noted in the journal, since it lists households' awards."""
    found = preview_back_pay(parameter, first, until=until, actor=actor)
    record(
        act="cases.look_at_back_pay",
        detail={"parameter": parameter, "first": first.isoformat(), "awards": len(found.awards)},
    )
    return found


def make_good(
    parameter: str, first: date, *, until: date, actor: Post, moment: datetime, progress: Progress | None = None
) -> MadeGood:  # fmt: skip
    """Make every clear award of the preview good, in one transaction. Again, it finds nothing owed and does nothing.

    ``progress`` is told (done, of how many). Raises CannotBecause for months that have not begun.
    """
    require(actor, "cases.back_pay")
    if month_start(until) > month_start(day_of(moment)):
        raise CannotBecause(
            "back_pay.month_not_begun",
            sentence("{m}尚未开始", "{m} has not begun", m=f"{until:%Y-%m}"),
        )
    funds_operations.hold_the_till()
    preview = preview_back_pay(parameter, first, until=until, actor=actor)
    for place, one in enumerate(preview.owing, 1):
        row = cases_operations.supplement(
            one.award, _covers(one), because=preview.rise.say(), actor=actor, moment=moment
        )
        funds_operations.note_back_pay(
            row, one.award, one.months, parameter=parameter, actor=actor, moment=moment
        )
        if progress is not None:
            progress(place, len(preview.owing))
    owing = preview.owing
    months = sum(len(one.months) for one in owing)
    return MadeGood(len(owing), len({one.household for one in owing}), months, preview.amount)


def _covers(one: AwardOwed) -> Sequence[Cover]:
    # The money is that of the award itself: of the fund that its first line of aid is of.
    kind = next(
        (line.kind for line in cases.chain_now(one.award) if line.kind in AID and line.amount), AID[0]
    )
    return [
        Cover(kind, month.owed, _cited(month), label=month.say(), first=month.month, last=month.month)
        for month in one.months
    ]


def _cited(month: MonthOwed) -> str:
    return str(month.new.citation) if month.new else ""


def _owed(row: Any, rise: Raise, months: Sequence[date]) -> AwardOwed:
    covered = [m for m in months if row.first_month <= m and (row.last_month is None or m <= row.last_month)]
    found: list[MonthOwed] = []
    why: Sentence | None = None
    amounts: Mapping[str, tuple[int | None, int | None]] = {}
    for month in covered:
        if not amounts or month.month == 1:  # facts stand still; ages and yearly standards may not
            amounts = _amounts(row, month, rise)
        old, new = amounts[row.item]
        if new is not None and row.amount == new:
            continue
        if new is None or row.amount != old:
            why = _UNKNOWN if new is None else _DEPARTS
            break
        found += back_pay([month], had=row.amount, due=new, old=rise.old, new=rise.new)
    if why is None and found and row.case.state != "granted":
        why = _ENDED
    return AwardOwed(
        row.id,
        row.case_id,
        row.case.number,
        row.household_id,
        row.item,
        tuple(found) if why is None else (),
        why,
    )


def _amounts(row: Any, month: date, rise: Raise) -> dict[str, tuple[int | None, int | None]]:
    """By both standards, on all that the case rests on: the evidence, what persons had told, and the aid had by then."""
    basis = cases.basis_of(row.case)
    facts, had = situation(row.snapshot_id), AidHad.from_data(basis.aid_had)
    return amounts_by_both(facts, [row.item], month, pack(), rise, used=had, told=dict(basis.told))
