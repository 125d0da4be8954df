"""ZK01, the minimum living guarantee (城市居民最低生活保障): who is below the standard, and by how much.

Three eras: the plain difference (to June 2006); the standard times a coefficient by kind of person (July 2006 to 2014,
form of the formula inferred from press reports); the difference plus an uplift by kind of person (from 2015).
"""

from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np

from jishiyu.assessment.rules.facts import SUPPORT, WORK_CAPACITY
from jishiyu.assessment.rules.means import (
    BOOK_2006,
    DAY,
    MONTHS,
    ORDER_57,
    REGULATION,
    SORTED_2015,
    SORTED_FROM_2006,
    SORTED_FROM_2015,
)
from jishiyu.law.rules.columns import Column, both, choose, either, part, times, when
from jishiyu.law.rules.rulebook import Rule, aggregate, rule

LAST_2014 = date(2014, 12, 31)
LOW_INCOME_DISABLED_FROM = date(2019, 1, 1)
NOTICE_2021_01 = "《关于进一步加强困难群众基本生活保障工作的通知》（2021年1月报道）"
UP, NEAREST, DOWN = 1, 0, -1


@rule(
    entity="household",
    zh="人均月收入低于低保标准",
    en="Income a head and month below the standard",
    cites=REGULATION,
)
def income_below_dibao(net_income: Any, counted_members: Any, dibao_standard: Any) -> Any:
    """Strictly below, compared before any rounding. Where nobody counts there is nothing to compare."""
    return Column(net_income < times(counted_members, MONTHS) * dibao_standard, counted_members > 0)


@rule(
    entity="household", zh="人均收入低于低保标准", en="Income below the standard", cites=REGULATION, name="dibao_income",
    last=LOW_INCOME_DISABLED_FROM - DAY,
)  # fmt: skip
def dibao_income(income_below_dibao: Any) -> Any:
    """The household's income alone."""
    return income_below_dibao


@rule(
    entity="household", zh="人均收入低于低保标准", en="Income below the standard", cites=NOTICE_2021_01, name="dibao_income",
    first=LOW_INCOME_DISABLED_FROM, aware=("income_below_dibao", "income_below_low_line", "has_severely_disabled"),
)  # fmt: skip
def dibao_income_2019(
    income_below_dibao: Column, income_below_low_line: Column, has_severely_disabled: Column
) -> Any:
    """Below the standard; or a severely disabled member of a low-income family, whom dibao takes in from 2019.

    Whether that member is then counted alone was not found: who may be such a family is left to a person.
    """
    disabled = ~has_severely_disabled.mask() | (has_severely_disabled.values != 0)
    maybe = disabled & (~income_below_low_line.mask() | (income_below_low_line.values != 0))
    below = income_below_dibao.mask() & (income_below_dibao.values != 0)
    return Column(below, income_below_dibao.mask() & (below | ~maybe))


@rule(
    entity="person", zh="三无（特困）人员", en="Without capacity, income, and support (san wu)", cites=REGULATION,
    aware=("work_capacity", "member_income", "support"),
)  # fmt: skip
def destitute(counts: Any, work_capacity: Column, member_income: Column, support: Column) -> Any:
    """No capacity to work, no income of his own, and nobody bound and able to support him; one that is not so settles it."""
    unable = Column(work_capacity.values == WORK_CAPACITY["none"], work_capacity.known)
    penniless = Column(member_income.values == 0, member_income.known)
    alone = Column(support.values != SUPPORT["able"], support.known)
    return both(Column(counts), unable, penniless, alone)


@rule(
    entity="person", zh="分类救助系数", en="Coefficient by kind of person", cites=BOOK_2006, unit="basis_points",
    first=SORTED_FROM_2006, last=LAST_2014, aware=("destitute", "severely_disabled", "at_school"),
)  # fmt: skip
def coefficient(
    counts: Any,
    age: Any,
    work_capacity: Any,
    is_overseas_chinese: Any,
    destitute: Column,
    severely_disabled: Column,
    at_school: Column,
    elder_age: Any,
    minor_age: Any,
    coefficient_highest: Any,
    coefficient_high: Any,
    coefficient_raised: Any,
    coefficient_able: Any,
) -> Any:
    """The highest that applies: 三无 and old returned overseas Chinese; over 70, under 16, students, severely disabled;
    people unable to work; everyone else the standard itself."""
    first = either(destitute, Column(is_overseas_chinese & (age >= elder_age)))
    in_years = Column((age >= elder_age) | (age < minor_age))
    second = either(in_years, at_school, severely_disabled)
    third = work_capacity == WORK_CAPACITY["none"]
    lower = choose(second.values, coefficient_high, choose(third, coefficient_raised, coefficient_able))
    values = choose(first.values, coefficient_highest, lower)
    known = ~counts | (first.mask() & (first.values | second.mask()))
    return Column(choose(counts, values, 0), known)


@rule(
    entity="person", zh="分类后的个人保障标准", en="Standard of the person, by kind", cites=BOOK_2006,
    first=SORTED_FROM_2006, last=LAST_2014,
)  # fmt: skip
def member_standard(dibao_standard: Any, coefficient: Any) -> Any:
    """The standard times the coefficient."""
    return part(dibao_standard, coefficient)


def _for_kind(kind: Column, ratio: int | None) -> Column:
    """The uplift of one kind of person: its percentage need be known only where someone is of the kind."""
    values = choose(kind.values & kind.mask(), ratio or 0, 0)
    return Column(values, kind.mask() & (~kind.values | (ratio is not None)))


def _uplift_rule(zh: str, en: str, *aware: str) -> Callable[[Callable[..., Any]], Rule]:
    return rule(
        entity="person",
        zh=zh,
        en=en,
        cites=SORTED_2015,
        first=SORTED_FROM_2015,
        aware=aware,
        unit="basis_points",
    )


@_uplift_rule("重病上浮", "Uplift for serious illness", "seriously_ill", "uplift_serious_illness")
def illness_uplift(seriously_ill: Column, uplift_serious_illness: int | None) -> Any:
    """Of a seriously ill person."""
    return _for_kind(seriously_ill, uplift_serious_illness)


@_uplift_rule("重残上浮", "Uplift for severe disability", "severely_disabled", "uplift_severe_disability")
def disability_uplift(severely_disabled: Column, uplift_severe_disability: int | None) -> Any:
    """Of a severely disabled person."""
    return _for_kind(severely_disabled, uplift_severe_disability)


@_uplift_rule("老年人上浮", "Uplift for elders", "uplift_elder")
def elder_uplift(age: Any, elder_age: Any, uplift_elder: int | None) -> Any:
    """Of the age named or older."""
    return _for_kind(Column(age >= elder_age), uplift_elder)


@_uplift_rule("未成年人上浮", "Uplift for minors", "uplift_minor")
def minor_uplift(age: Any, minor_age: Any, uplift_minor: int | None) -> Any:
    """Younger than the age named."""
    return _for_kind(Column(age < minor_age), uplift_minor)


@_uplift_rule(
    "单亲家庭上浮", "Uplift in one-parent families", "dependent_child", "lone_parent", "uplift_lone_parent"
)
def lone_parent_uplift(
    relation: Any, dependent_child: Column, lone_parent: Column, uplift_lone_parent: int | None
) -> Any:
    """Of the parent and the children in the parent's care."""
    return _for_kind(both(lone_parent, either(Column(relation == 2), dependent_child)), uplift_lone_parent)


@_uplift_rule("特困人员上浮", "Uplift for destitute persons", "destitute", "uplift_destitute")
def destitute_uplift(destitute: Column, uplift_destitute: int | None) -> Any:
    """Of a destitute person living at home."""
    return _for_kind(destitute, uplift_destitute)


@_uplift_rule(
    "分类上浮比例", "Uplift by kind of person", "illness_uplift", "disability_uplift", "elder_uplift", "minor_uplift",
    "lone_parent_uplift", "destitute_uplift",
)  # fmt: skip
def uplift(
    counts: Any,
    illness_uplift: Column,
    disability_uplift: Column,
    elder_uplift: Column,
    minor_uplift: Column,
    lone_parent_uplift: Column,
    destitute_uplift: Column,
) -> Any:
    """The highest of the kinds a person is of (就高不叠加). The destitute have the highest there is: it settles it."""
    others = [illness_uplift, disability_uplift, elder_uplift, minor_uplift, lone_parent_uplift]
    top = destitute_uplift.mask() & (destitute_uplift.values > 0)
    known = top | np.logical_and.reduce([one.mask() for one in (*others, destitute_uplift)])
    highest = np.maximum.reduce([one.values for one in (*others, destitute_uplift)])
    return when(counts, Column(choose(top, destitute_uplift.values, highest), known))


@rule(
    entity="person", zh="分类上浮金额", en="Uplift in money", cites=SORTED_2015, first=SORTED_FROM_2015,
)  # fmt: skip
def uplift_amount(dibao_standard: Any, uplift: Any) -> Any:
    """The uplift's part of the standard."""
    return part(dibao_standard, uplift)


@rule(
    entity="household", zh="保障标准合计（每月）", en="Standards of all members (a month)", name="guaranteed",
    cites=REGULATION, last=date(2006, 6, 30),
)  # fmt: skip
def guaranteed_plain(dibao_standard: Any, counted_members: Any) -> Any:
    """The standard for each member."""
    return dibao_standard * counted_members


@rule(
    entity="household", zh="保障标准合计（每月）", en="Standards of all members (a month)", name="guaranteed",
    cites=BOOK_2006, first=SORTED_FROM_2006, last=LAST_2014,
)  # fmt: skip
def guaranteed_sorted(member_standards: Any) -> Any:
    """The standards by kind of person, added up."""
    return member_standards


@rule(
    entity="household", zh="保障标准合计（每月）", en="Standards of all members (a month)", name="guaranteed",
    cites=SORTED_2015, first=SORTED_FROM_2015,
)  # fmt: skip
def guaranteed_uplifted(dibao_standard: Any, counted_members: Any, uplifts: Any) -> Any:
    """The standard for each member, and the uplifts."""
    return dibao_standard * counted_members + uplifts


@rule(entity="household", zh="补差（不含上浮）", en="The difference, without uplifts", cites=REGULATION)
def difference(dibao_standard: Any, counted_members: Any, net_income_monthly: Any) -> Any:
    """What the household's income lacks to the standard."""
    return np.maximum(dibao_standard * counted_members - net_income_monthly, 0)


@rule(entity="household", zh="每月低保金（取整前）", en="Guarantee payment a month, exact", cites=ORDER_57)
def dibao_exact(guaranteed: Any, net_income_monthly: Any) -> Any:
    """What is guaranteed less what the household has, to the fen."""
    return np.maximum(guaranteed - net_income_monthly, 0)


@rule(
    entity="household", zh="每月低保金（取整后）", en="Guarantee payment a month, rounded", cites=ORDER_57,
    aware=("rounding_unit", "rounding_way"),
)  # fmt: skip
def dibao_amount(dibao_exact: Any, rounding_unit: int | None, rounding_way: int | None) -> Any:
    """Rounded as the district configured: to the unit, up (1), to the nearest (0) or down (-1). To the fen until it did."""
    if rounding_unit is None or rounding_way is None:
        return dibao_exact
    added = {UP: rounding_unit - 1, NEAREST: rounding_unit // 2, DOWN: 0}[rounding_way]
    return (dibao_exact + added) // rounding_unit * rounding_unit


AGGREGATES = (
    aggregate(
        "member_standards", "sum", "member_standard", zh="分类标准合计", en="Standards by kind, added up"
    ),
    aggregate(
        "uplifts", "sum", "uplift_amount", zh="上浮金额合计", en="Uplifts, added up", cites=SORTED_2015
    ),
)
