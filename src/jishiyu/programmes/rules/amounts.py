"""How tests are joined and amounts are found, on columns that know what they do not know. All arrays, no case by case."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from jishiyu.foundations.outcomes import Sentence, sentence
from jishiyu.law.rules.columns import (
    NONE,
    UNKNOWN_NUMBER,
    Column,
    both,
    choose,
    either,
    part,
    settled_by,
    times,
)
from jishiyu.law.rules.items import BenefitItem
from jishiyu.programmes.rules.coordination import ChainKind, ChainLine, Cover, coordinate


@dataclass(frozen=True, slots=True)
class Shape:
    """How the arguments of an amount lie: for each row whether it has a condition, then factors, then caps."""

    rows: tuple[bool, ...]
    times: int
    caps: int


def all_of(*tests: Column) -> Column:
    """All true; one known false settles it."""
    single = not isinstance(tests[0].values, np.ndarray)
    return settled_by(False, tests) if single else both(*map(_flags, tests))


def one_of(*tests: Column) -> Column:
    """One true; one known true settles it."""
    single = not isinstance(tests[0].values, np.ndarray)
    return settled_by(True, tests) if single else either(*map(_flags, tests))


def negated(test: Column) -> Column:
    """The opposite; the unknown stays unknown."""
    return Column(~_flags(test).values, test.known)


def as_told(answer: Any) -> Any:
    """What a person answered."""
    return answer


def on_these_days(there: bool, member_count: Any) -> Any:
    """The same for every household of a day."""
    return (member_count > 0) & there


def besides(gate: Column, when: Column, pay: Any) -> Column:
    """What is paid besides where both hold; nothing where one is known not to."""
    open_ = all_of(gate, when)
    values, there = _of(pay)
    sure = open_.mask()
    return Column(np.where(sure & open_.values & there, values, 0), sure & (~open_.values | there))


def all_added(*amounts: Any) -> Any:
    """What is paid together."""
    total = amounts[0]
    for one in amounts[1:]:
        total = total + one
    return total


def known(*terms: Any) -> Any:
    """True when all terms are known; the engine keeps it unknown otherwise."""
    return bool(terms)


def share_of(base: Any, ratio: Any) -> Any:
    """The ratio (basis points) of the base, in whole fen."""
    return part(base, ratio)


def certain(amount: Column) -> Column:
    """What is known of each member's amount; of a member whose amount is not known nothing is certain."""
    return amount if amount.known is None else Column(choose(amount.known, amount.values, 0))


def first_that_applies(shape: Shape, gate: Column, *given: Any) -> Column:
    """The first row whose condition holds, times the factors, at most the cap, where the gate is open; zero elsewhere.

    A row whose condition is not known hides the rows after it, and where no row applies the amount is not known.
    """
    if not isinstance(gate.values, np.ndarray) and not (_sure(gate) and gate.values):
        return NONE if _sure(gate) else UNKNOWN_NUMBER  # for one alone there is nothing to choose
    rest = iter(given)
    amount: Any = 0
    sure: Any = False
    still: Any = True
    for conditional in shape.rows:
        hit = still
        if conditional:
            when = _flags(next(rest))
            told = still & _sure(when)
            hit, still = told & when.values, told & ~when.values
        values, there = _of(next(rest))
        amount, sure = choose(hit, values, amount), choose(hit, there, sure)
    for _ in range(shape.times):
        values, there = _of(next(rest))
        amount, sure = times(choose(sure, amount, 0), values), sure & there
    for _ in range(shape.caps):
        values, there = _of(next(rest))
        amount, sure = choose(amount < values, amount, values), sure & (there | (amount == 0))
    told = _sure(gate)
    shut = told & ~_flags(gate).values
    return Column(choose(shut, 0, amount), shut | (told & sure))


def _flags(column: Column) -> Column:
    values = column.values
    if isinstance(values, np.bool_) or values.dtype == np.bool_:
        return column
    return Column(values != 0, column.known)


def _sure(column: Column) -> Any:
    return True if column.known is None else column.known


def _of(value: Any) -> tuple[Any, Any]:
    """A number, or numbers, with what is known of them; a parameter is one for all."""
    if value is None:
        return 0, False
    if isinstance(value, Column):
        flags = value.values.dtype == np.bool_
        return value.values + 0 if flags else value.values, _sure(value)
    return value, True


_NEEDS: dict[str, Sentence] = {
    "government": sentence("政府救助", "Government aid"),
    "charity": sentence("慈善救助", "Charity aid"),
    "supplementary_insurance": sentence("职工互助保障", "Workers' mutual aid"),
    "other_aid": sentence("社会保险待遇", "Social insurance"),
}


def no_chain(_: Mapping[str, int], __: int, ___: date) -> tuple[ChainLine, ...]:
    """A service, a thing, or a status has no money to coordinate."""
    return ()


def chain(
    item: BenefitItem, by: ChainKind, need: str | None, values: Mapping[str, int], amount: int, day: date
) -> tuple[ChainLine, ...]:  # fmt: skip
    """The need, what the item pays of it, and what stays open; insurance that pays first is to be checked and noted."""
    cited = item.citation.zh if item.citation else ""
    first = "、".join(payer.name.zh for payer in item.insurance_first)
    first_en = ", ".join(payer.name.en for payer in item.insurance_first)
    note = (
        sentence(
            "先由{p}支付，须核实后扣除", "{e} pays first: to be checked and taken off", p=first, e=first_en
        )
        if first
        else None
    )
    whole = max(values.get(need, amount), amount) if need else amount
    paid = Cover(by, amount, cited, label=item.name)
    label = sentence("{n}所针对的需要", "What “{n}” is for", n=item.name)
    return coordinate(whole, [paid], label=label, citation=cited, first=day, note=note)
