"""Back-pay (补发) when a standard is raised for months that were already paid: the difference of each month, both values cited.

The notice of 2023-10-19 (京民社救发〔2023〕240号) raised dibao from 1320 to 1395 yuan from 2023-07 on: who was paid by 1320 for
July to September is owed 75 yuan a head and month. Nothing is taken back: a month in which more was paid owes nothing.
"""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta

from jishiyu.foundations.money import yuan_text
from jishiyu.foundations.outcomes import CannotBecause, Sentence, sentence
from jishiyu.foundations.periods import add_months, month_start
from jishiyu.law.rules.pack import Pack
from jishiyu.law.rules.parameters import Dated, Parameter
from jishiyu.law.rules.rulebook import Plan
from jishiyu.programmes.rules.compute import Told
from jishiyu.programmes.rules.from_pack import rules_of_pack
from jishiyu.programmes.rules.in_numbers import amounts_of
from jishiyu.programmes.rules.ready import ready_for
from jishiyu.programmes.rules.used_aid import Used
from jishiyu.registry.rules.situation import HouseholdSituation

_EVE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class MonthOwed:
    """One month: what was had, what is due by the raised standard (fen), and the two values that say so, if known."""

    month: date
    had: int
    due: int
    old: Dated | None = None
    new: Dated | None = None

    @property
    def owed(self) -> int:
        """What is still to be paid for the month, in fen; never below zero."""
        return max(self.due - self.had, 0)

    def say(self) -> Sentence:
        """The month's line in words."""
        if self.old is None or self.new is None:
            return sentence(
                "{m}补发：应发{d}元，已发{h}元",
                "{m}, back-pay: {d} yuan due, {h} had",
                m=f"{self.month:%Y-%m}",
                d=yuan_text(self.due),
                h=yuan_text(self.had),
            )
        return sentence(
            "{m}补发：标准由{o}元调为{n}元，应发{d}元，已发{h}元",
            "{m}, back-pay: the standard rose from {o} to {n} yuan; {d} due, {h} had",
            m=f"{self.month:%Y-%m}",
            o=yuan_text(self.old.value),
            n=yuan_text(self.new.value),
            d=yuan_text(self.due),
            h=yuan_text(self.had),
        )


def back_pay(
    months: Iterable[date], *, had: int, due: int, old: Dated | None = None, new: Dated | None = None
) -> tuple[MonthOwed, ...]:
    """What each month owes, for an award that gave ``had`` fen a month where ``due`` is right; months that owe nothing left out.

    Plain numbers will do: ``back_pay([date(2023, 7, 1)], had=396_000, due=418_500)`` owes 22 500 fen.
    """
    found = (MonthOwed(month_start(month), had, due, old, new) for month in months)
    return tuple(one for one in found if one.owed)


def months_between(first: date, last: date) -> list[date]:
    """The first days of the months from one to another, both included."""
    found, month = [], month_start(first)
    while month <= month_start(last):
        found.append(month)
        month = add_months(month, 1)
    return found


@dataclass(frozen=True, slots=True)
class Raise:
    """A standard raised from a day on: the value before, the new one, and a pack in which nothing was raised."""

    parameter: str
    first: date
    old: Dated
    new: Dated
    unraised: Pack

    def say(self) -> Sentence:
        """The raise in words, with its document."""
        return sentence(
            "{n}自{d}起由{o}元调为{v}元（{c}）",
            "{n} from {d}: {o} to {v} yuan ({c})",
            n=self.new.name,
            d=self.first,
            o=yuan_text(self.old.value),
            v=yuan_text(self.new.value),
            c=str(self.new.citation) or "—",
        )


def raise_of(pack: Pack, parameter: str, first: date) -> Raise:
    """The raise of a standard on a day. Raises CannotBecause when no value begins then, or one of both is not certain."""
    new, old = pack.parameter(parameter, first), pack.parameter(parameter, first - _EVE)
    if new.first != first:
        raise CannotBecause(
            "back_pay.no_new_value",
            sentence("“{n}”没有自{d}起的新值", "“{n}” has no new value from {d}", n=new.name, d=first),
            sentence("当日的值始于{f}", "The value of that day begins on {f}", f=new.first),
        )
    old.insist()
    new.insist()
    if new.value <= old.value:
        raise CannotBecause(
            "back_pay.not_raised",
            sentence("“{n}”没有提高，无需补发", "“{n}” was not raised: nothing is owed", n=new.name),
        )
    parameters = tuple(_unraised(one, first) if one.id == parameter else one for one in pack.parameters)
    return Raise(parameter, first, old, new, replace(pack, parameters=parameters))


def _unraised(parameter: Parameter, first: date) -> Parameter:
    """The parameter as if the value before had stayed for the days of the new one."""
    ends = {one.from_: one.to for one in parameter.values}
    values = [
        one.model_copy(update={"to": ends[first]}) if one.to == first - _EVE else one
        for one in parameter.values
        if one.from_ != first
    ]
    return parameter.model_copy(update={"values": tuple(values)})


def items_raised(pack: Pack, rise: Raise) -> tuple[str, ...]:
    """The monthly items whose answers can rest on the standard, in the pack's order."""
    rules, plans = rules_of_pack(pack, rise.first), ready_for(pack, rise.first).plans
    found = []
    for item in pack.items:
        plan = plans.get(item.id)
        leaves = plan.leaves if isinstance(plan, Plan) else ()
        ids = {rules.parameters[name].id for name in leaves if name in rules.parameters}
        if item.frequency == "monthly" and rise.parameter in ids:
            found.append(item.id)
    return tuple(found)


def amounts_by_both(
    situation: HouseholdSituation,
    items: Sequence[str],
    day: date,
    pack: Pack,
    rise: Raise,
    *,
    used: Used | None = None,
    told: Told | None = None,
) -> dict[str, tuple[int | None, int | None]]:
    """Each item's amount on a day by the value before and by the new one, on the same facts; None where it cannot be computed."""
    both = [amounts_of(situation, items, day, each, used=used, told=told) for each in (rise.unraised, pack)]
    return {item: (both[0][item], both[1][item]) for item in items}


def raises(pack: Pack, since: date, until: date) -> tuple[Raise, ...]:
    """The certain raises of standards that a monthly item names, from one day to another, the newest first."""
    named = {id for item in pack.items if item.frequency == "monthly" for id in item.parameters}
    found = []
    for parameter in pack.parameters:
        days = {one.from_ for one in parameter.values if one.from_ and since <= one.from_ <= until}
        for first in days if parameter.id in named else ():
            with suppress(CannotBecause):  # no value before, lowered, or not certain: nothing to make good by
                found.append(raise_of(pack, parameter.id, first))
    return tuple(sorted(found, key=lambda one: (-one.first.toordinal(), one.parameter)))
