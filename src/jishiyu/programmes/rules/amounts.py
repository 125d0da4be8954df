"""How tests are joined and amounts are found, on columns that know what they do not know. All arrays, no case by case."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from jishiyu.foundations.outcomes import Sentence, sentence
from jishiyu.law.rules.columns import Array, Column, Mask, both, either, part, times
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
    return both(*(_flags(one) for one in tests))


def one_of(*tests: Column) -> Column:
    """One true; one known true settles it."""
    return either(*(_flags(one) for one in tests))


def negated(test: Column) -> Column:
    """The opposite; the unknown stays unknown."""
    return Column(~_flags(test).values, test.known)


def as_told(answer: Any) -> Any:
    """What a person answered."""
    return answer


def known(*terms: Any) -> Any:
    """True when all terms are known; the engine keeps it unknown otherwise."""
    return bool(terms)


def share_of(base: Any, ratio: Any) -> Any:
    """The ratio (basis points) of the base, in whole fen."""
    return part(base, ratio)


def certain(amount: Column) -> Column:
    """What is known of each member's amount; of a member whose amount is not known nothing is certain."""
    return Column(np.where(amount.mask(), amount.values, 0))


def first_that_applies(shape: Shape, gate: Column, *given: Any) -> Column:
    """The first row whose condition holds, times the factors, at most the cap, where the gate is open; zero elsewhere.

    A row whose condition is not known hides the rows after it, and where no row applies the amount is not known.
    """
    size = len(gate.values)
    rest = iter(given)
    amount, sure, still = np.zeros(size, np.int64), np.zeros(size, bool), np.ones(size, bool)
    for conditional in shape.rows:
        when = _flags(next(rest)) if conditional else Column(np.ones(size, bool))
        values, there = _of(next(rest), size)
        hit = still & when.mask() & when.values
        amount, sure = np.where(hit, values, amount), np.where(hit, there, sure)
        still = still & when.mask() & ~when.values
    for _ in range(shape.times):
        values, there = _of(next(rest), size)
        amount, sure = times(np.where(sure, amount, 0), values), sure & there
    for _ in range(shape.caps):
        values, there = _of(next(rest), size)
        amount, sure = np.minimum(amount, values), sure & (there | (amount == 0))
    open_ = _flags(gate)
    shut = gate.mask() & ~open_.values
    return Column(np.where(shut, 0, amount), shut | (gate.mask() & sure))


def _flags(column: Column) -> Column:
    return column if column.values.dtype == np.bool_ else Column(column.values != 0, column.known)


def _of(value: Any, size: int) -> tuple[Array, Mask]:
    if value is None:
        return np.zeros(size, np.int64), np.zeros(size, bool)
    if isinstance(value, Column):
        return np.asarray(value.values, np.int64), value.mask()
    return np.full(size, value, np.int64), np.ones(size, bool)


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
