"""ZK01, the minimum living guarantee (城市居民最低生活保障): who is below the standard, and by how much.

Three eras: the plain difference (to June 2006); the standard times a coefficient by kind of person (July 2006 to 2014,
form of the formula inferred from press reports); the difference plus an uplift by kind of person (from 2015).
"""

from datetime import date
from typing import Any

import numpy as np

from jishiyu.assessment.rules.facts import SUPPORT, WORK_CAPACITY
from jishiyu.assessment.rules.means import (
    BOOK_2006,
    MONTHS,
    ORDER_57,
    REGULATION,
    SORTED_2015,
    SORTED_FROM_2006,
    SORTED_FROM_2015,
)
from jishiyu.law.rules.columns import Column, both, either, part, times, when
from jishiyu.law.rules.rulebook import aggregate, rule

LAST_2014 = date(2014, 12, 31)


@rule(
    entity="household",
    zh="人均月收入低于低保标准",
    en="Income a head and month below the standard",
    cites=REGULATION,
)
def income_below_standard(net_income: Any, counted_members: Any, dibao_standard: Any) -> Any:
    """Strictly below, compared before any rounding."""
    return net_income < times(counted_members, MONTHS) * dibao_standard


@rule(
    entity="person", zh="三无（特困）人员", en="Without capacity, income, and support (san wu)", cites=REGULATION,
    aware=("member_income", "support"),
)  # fmt: skip
def destitute(counts: Any, work_capacity: Any, member_income: Column, support: Column) -> Any:
    """No capacity to work, no income of his own, and nobody bound and able to support him; each is asked only in turn."""
    unable = counts & (work_capacity == WORK_CAPACITY["none"])
    penniless = when(unable, Column(member_income.values == 0, member_income.known))
    both_known = penniless.mask() & ~penniless.values
    alone = when(unable & ~both_known, Column(support.values != SUPPORT["able"], support.known))
    values = penniless.values & alone.values
    return Column(values, penniless.mask() & alone.mask())


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
    lower = np.where(second.values, coefficient_high, np.where(third, coefficient_raised, coefficient_able))
    values = np.where(first.values, coefficient_highest, lower)
    known = ~counts | (first.mask() & (first.values | second.mask()))
    return Column(np.where(counts, values, 0), known)


@rule(
    entity="person", zh="分类后的个人保障标准", en="Standard of the person, by kind", cites=BOOK_2006,
    first=SORTED_FROM_2006, last=LAST_2014,
)  # fmt: skip
def member_standard(dibao_standard: Any, coefficient: Any) -> Any:
    """The standard times the coefficient."""
    return part(dibao_standard, coefficient)


@rule(
    entity="person", zh="分类上浮比例", en="Uplift by kind of person", cites=SORTED_2015, first=SORTED_FROM_2015,
    unit="basis_points",
    aware=(
        "destitute", "seriously_ill", "severely_disabled", "dependent_child", "lone_parent", "uplift_destitute",
        "uplift_serious_illness", "uplift_severe_disability", "uplift_elder", "uplift_minor", "uplift_lone_parent",
    ),
)  # fmt: skip
def uplift(
    counts: Any,
    age: Any,
    relation: Any,
    destitute: Column,
    seriously_ill: Column,
    severely_disabled: Column,
    dependent_child: Column,
    lone_parent: Column,
    elder_age: Any,
    minor_age: Any,
    uplift_destitute: int | None,
    uplift_serious_illness: int | None,
    uplift_severe_disability: int | None,
    uplift_elder: int | None,
    uplift_minor: int | None,
    uplift_lone_parent: int | None,
) -> Any:
    """The highest uplift of the kinds a person is of (就高不叠加). A kind whose percentage is not known makes it unknown,
    unless the person is destitute, whose uplift is the highest there is."""
    kinds: list[tuple[Column, int | None]] = [
        (seriously_ill, uplift_serious_illness),
        (severely_disabled, uplift_severe_disability),
        (Column(age >= elder_age), uplift_elder),
        (Column(age < minor_age), uplift_minor),
        (both(lone_parent, either(Column(relation == 2), dependent_child)), uplift_lone_parent),
    ]
    values = np.zeros(len(counts), np.int64)
    known = np.ones(len(counts), bool)
    for kind, ratio in kinds:
        known &= kind.mask() & (~kind.values if ratio is None else True)
        values = np.maximum(values, np.where(kind.values, ratio or 0, 0))
    top = destitute.values & destitute.mask()
    known = (top & (uplift_destitute is not None)) | (known & ~top & destitute.mask())
    return Column(np.where(counts, np.where(top, uplift_destitute or 0, values), 0), known | ~counts)


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


@rule(entity="household", zh="每月低保金", en="Guarantee payment a month", cites=ORDER_57)
def dibao_amount(guaranteed: Any, net_income_monthly: Any) -> Any:
    """What is guaranteed less what the household has."""
    return np.maximum(guaranteed - net_income_monthly, 0)


AGGREGATES = (
    aggregate(
        "member_standards", "sum", "member_standard", zh="分类标准合计", en="Standards by kind, added up"
    ),
    aggregate(
        "uplifts", "sum", "uplift_amount", zh="上浮金额合计", en="Uplifts, added up", cites=SORTED_2015
    ),
)
