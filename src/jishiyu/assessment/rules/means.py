"""The income of a household: whose counts, what is recognised of it, and what is taken off.

Amounts are fen over the twelve months before the legal date unless the name says ``monthly``. What the law changed
stands as versions of one rule; its numbers come from the policy pack by name (see ``PARAMETERS``).
"""

from datetime import date, timedelta
from typing import Any

import numpy as np

from jishiyu.assessment.rules.facts import EMPLOYMENT, ILLNESS, MARITAL, SCHOOLING
from jishiyu.law.rules.columns import Column, among, both, choose, either, part, times, when
from jishiyu.law.rules.rulebook import aggregate, rule
from jishiyu.registry.rules.vocabulary import INTELLECTUAL, MENTAL, MULTIPLE, PHYSICAL, VISUAL

REGULATION = "《城市居民最低生活保障条例》（国务院令第271号）"
BOOK_2006 = "北京市细化城市低保分类救助制度（2006年7月）"
ORDER_220 = "《最低生活保障审核审批办法（试行）》（民发〔2012〕220号）"
SORTED_2015 = "《关于规范和统筹我市城乡居民最低生活保障分类救助制度的通知》"
ORDER_57 = "《最低生活保障审核确认办法》（民发〔2021〕57号）"

DAY = timedelta(days=1)
ORDER_220_FROM = date(2012, 12, 12)
ORDER_57_FROM = date(2021, 7, 1)
SORTED_FROM_2006 = date(2006, 7, 1)
SORTED_FROM_2015 = date(2015, 1, 1)
MONTHS = 12

NOT_RELATED = 99
UNBOUND_KIN = range(80, 97)  # GB/T 4761: uncles and aunts, cousins, nephews and nieces
CHILD_CODES = tuple(range(20, 40))


def _bound(relation: Any) -> Any:
    """Bound by law to support one another: all kin but uncles, aunts, cousins, nephews (80–96) and lodgers (99).

    Code 97 says “other relative” and not which: who enters one into a household has seen the duty.
    """
    return ((relation < UNBOUND_KIN[0]) | (relation > UNBOUND_KIN[-1])) & (relation != NOT_RELATED)


@rule(
    entity="person", zh="计入共同生活的家庭成员", en="Counts as a member who lives with the household", cites=REGULATION,
    name="counts", last=ORDER_220_FROM - DAY,
)  # fmt: skip
def counts_before(relation: Any) -> Any:
    """Everyone living in the household whom the law binds to it."""
    return _bound(relation)


@rule(
    entity="person", zh="计入共同生活的家庭成员", en="Counts as a member who lives with the household", cites=ORDER_220,
    name="counts", first=ORDER_220_FROM, last=ORDER_57_FROM - DAY,
)  # fmt: skip
def counts_2012(relation: Any, is_in_prison: Any, is_religious_away: Any) -> Any:
    """Not who serves a sentence (or re-education through labour), nor clergy away from the family for three years."""
    return _bound(relation) & ~is_in_prison & ~is_religious_away


@rule(
    entity="person", zh="计入共同生活的家庭成员", en="Counts as a member who lives with the household", cites=ORDER_57,
    name="counts", first=ORDER_57_FROM,
)  # fmt: skip
def counts_2021(
    relation: Any,
    is_in_prison: Any,
    is_religious_away: Any,
    is_in_compulsory_rehab: Any,
    is_declared_missing: Any,
) -> Any:
    """Nor, from 2021, who is in compulsory drug rehabilitation or declared missing."""
    away = is_in_prison | is_religious_away | is_in_compulsory_rehab | is_declared_missing
    return _bound(relation) & ~away


@rule(entity="person", zh="在校学生", en="At school above compulsory age or in compulsory school")
def at_school(schooling: Any) -> Any:
    """Any full-time schooling from compulsory school on."""
    return schooling >= SCHOOLING["compulsory"]


@rule(entity="person", zh="重度残疾", en="Severely disabled", aware=("disability_grade",))
def severely_disabled(disability_category: Any, disability_grade: Column) -> Any:
    """Visual or physical grade 1–2, intellectual or mental grade 1–3 (京: 困难残疾人生活补贴口径); multiple counts by grade 1–2.

    The grade is needed only of a disability that can be severe.
    """
    grade, disabled = disability_grade.values, disability_category > 0
    wide = among(disability_category, [INTELLECTUAL, MENTAL])
    narrow = among(disability_category, [VISUAL, PHYSICAL, MULTIPLE])
    severe = (wide & (grade >= 1) & (grade <= 3)) | (narrow & (grade >= 1) & (grade <= 2))
    known = disability_grade.known
    return when(disabled, Column(severe, None if known is None else known | ~(wide | narrow)))


@rule(entity="person", zh="患重大疾病", en="Seriously ill")
def seriously_ill(illness: Any) -> Any:
    """A serious illness as recorded."""
    return illness == ILLNESS["serious"]


@rule(
    entity="person", zh="个人认定收入（12个月）", en="Recognised income of the person (12 months)", cites=ORDER_220,
)  # fmt: skip
def member_income(
    wage_income: Any, business_income: Any, property_income: Any, transfer_income: Any, excluded_income: Any
) -> Any:
    """Wages, net business, property and transfer income, less what the rules leave out; a loss counts as none."""
    return np.maximum(wage_income + business_income + property_income + transfer_income - excluded_income, 0)


@rule(
    entity="person", zh="计入家庭的收入", en="Income that counts for the household", aware=("member_income",)
)
def counted_income(counts: Any, member_income: Column) -> Any:
    """The income of members who count; that of others need not be known."""
    return when(counts, member_income)


@rule(
    entity="person", zh="就业扣减（12个月）", en="Disregard for work (12 months)", cites=BOOK_2006, name="work_disregard",
    first=SORTED_FROM_2006, last=date(2014, 12, 31), aware=("employment", "wage_income", "business_income"),
)  # fmt: skip
def work_disregard_2006(
    counts: Any,
    employment: Column,
    wage_income: Column,
    business_income: Column,
    dibao_standard: Any,
    employment_disregard: Any,
) -> Any:
    """Of a working member's earnings, up to a part of the standard is not counted. Others' earnings are no matter."""
    working = (employment.values == EMPLOYMENT["employed"]) | (employment.values == EMPLOYMENT["flexible"])
    works = when(counts, Column(working, employment.known))
    earned = np.maximum(wage_income.values + business_income.values, 0)
    disregard = np.minimum(earned, part(dibao_standard, employment_disregard) * MONTHS)
    known = wage_income.mask() & business_income.mask()
    taken = when(works.values, Column(disregard, known))
    return Column(taken.values, taken.mask() & works.mask())


@rule(
    entity="person",
    zh="是重残者以外的高龄抚养人",
    en="Is an old supporter beside the disabled or ill",
    aware=("severely_disabled",),
)
def old_supporter(counts: Any, age: Any, severely_disabled: Column, supporter_age: Any) -> Any:
    """A member of the age named who is not severely disabled himself."""
    old = counts & (age >= supporter_age)
    return when(old, Column(~severely_disabled.values, severely_disabled.known))


@rule(
    entity="person",
    zh="单亲抚养的未成年人或在校生",
    en="Child or student in one parent's care",
    aware=("at_school",),
)
def dependent_child(counts: Any, relation: Any, age: Any, lone_child_age: Any, at_school: Column) -> Any:
    """A child of the head of the age named or younger, or older and at school."""
    is_child = counts & (relation >= CHILD_CODES[0]) & (relation <= CHILD_CODES[-1])
    young = is_child & (age <= lone_child_age)
    return either(Column(young), when(is_child, at_school))


@rule(entity="person", zh="无配偶的户主", en="Head without a spouse", aware=("marital",))
def lone_head(relation: Any, marital: Column) -> Any:
    """The head, when single, widowed or divorced."""
    return when(relation == 2, Column(marital.values != MARITAL["married"], marital.known))


@rule(entity="person", zh="户主的配偶", en="Spouse of the head")
def spouse(relation: Any) -> Any:
    """Living with the head as husband or wife."""
    return (relation >= 10) & (relation <= 12)


@rule(
    entity="person",
    zh="重病或重残成员",
    en="Member seriously ill or severely disabled",
    aware=("seriously_ill", "severely_disabled"),
)
def ill_or_disabled(counts: Any, seriously_ill: Column, severely_disabled: Column) -> Any:
    """Either is enough; the other need not be known then."""
    return when(counts, either(seriously_ill, severely_disabled))


@rule(
    entity="household",
    zh="单亲抚养",
    en="One parent bringing up children",
    aware=("has_lone_head", "has_dependent_child"),
)
def lone_parent(has_lone_head: Column, has_spouse: Any, has_dependent_child: Column) -> Any:
    """A head without a spouse, with a child in his or her care; one of these that is not so settles it."""
    return both(has_lone_head, Column(has_spouse == 0), has_dependent_child)


@rule(
    entity="household",
    zh="收入核减（12个月）",
    en="Reductions of income (12 months)",
    name="reductions",
    last=date(2006, 6, 30),
)
def reductions_none(member_count: Any) -> Any:
    """Before July 2006 nothing was taken off."""
    return np.zeros_like(member_count)


@rule(
    entity="household", zh="收入核减（12个月）", en="Reductions of income (12 months)", cites=BOOK_2006, name="reductions",
    first=SORTED_FROM_2006, last=date(2014, 12, 31), aware=("has_severely_disabled", "has_old_supporter"),
)  # fmt: skip
def reductions_2006(
    work_disregards: Any,
    has_severely_disabled: Column,
    has_old_supporter: Column,
    dibao_standard: Any,
    supporter_disregard: Any,
) -> Any:
    """The disregard for work, and one for a severely disabled member whose supporter is of retirement age."""
    supported = both(has_severely_disabled, has_old_supporter)
    off = choose(supported.values != 0, part(dibao_standard, supporter_disregard) * MONTHS, 0)
    return Column(work_disregards + off, supported.known)


@rule(
    entity="household", zh="因病因残、单亲核减（12个月）", en="Reductions for illness, disability, one parent (12 months)",
    cites=SORTED_2015, first=SORTED_FROM_2015, aware=("has_ill_or_disabled", "has_old_supporter"),
)  # fmt: skip
def sorted_reductions(
    has_ill_or_disabled: Column,
    has_old_supporter: Column,
    lone_parent: Any,
    dibao_standard: Any,
    reduction_ill_or_disabled: Any,
    reduction_old_supporter: Any,
    reduction_lone_parent: Any,
) -> Any:
    """For serious illness or severe disability, more when the supporter is old, and for one parent bringing up a child."""
    supported = both(has_ill_or_disabled, has_old_supporter)
    off = choose(has_ill_or_disabled.values != 0, part(dibao_standard, reduction_ill_or_disabled), 0)
    off = off + choose(supported.values != 0, part(dibao_standard, reduction_old_supporter), 0)
    off = off + choose(lone_parent, part(dibao_standard, reduction_lone_parent), 0)
    return Column(off * MONTHS, has_ill_or_disabled.mask() & supported.mask())


@rule(
    entity="household", zh="收入核减（12个月）", en="Reductions of income (12 months)", cites=SORTED_2015, name="reductions",
    first=SORTED_FROM_2015, last=ORDER_57_FROM - DAY,
)  # fmt: skip
def reductions_2015(sorted_reductions: Any) -> Any:
    """Those of the sorted assistance alone."""
    return sorted_reductions


@rule(
    entity="person", zh="必要就业成本（12个月）", en="Necessary cost of work (12 months)", cites=ORDER_57, first=ORDER_57_FROM,
    aware=("employment", "wage_income", "work_cost_share"),
)  # fmt: skip
def work_cost(counts: Any, employment: Column, wage_income: Column, work_cost_share: int | None) -> Any:
    """A working member's share of wages that the city lets off. It named none: nothing is taken off until the pack has one."""
    if work_cost_share is None:
        return Column(counts * np.int64(0))
    working = (employment.values == EMPLOYMENT["employed"]) | (employment.values == EMPLOYMENT["flexible"])
    works = when(counts, Column(working, employment.known))
    cost = part(np.maximum(wage_income.values, 0), work_cost_share)
    taken = when(works.values, Column(cost, wage_income.known))
    return Column(taken.values, taken.mask() & works.mask())


@rule(
    entity="household", zh="收入核减（12个月）", en="Reductions of income (12 months)", cites=ORDER_57, name="reductions",
    first=ORDER_57_FROM,
)  # fmt: skip
def reductions_2021(sorted_reductions: Any, work_costs: Any) -> Any:
    """Those of the sorted assistance, and the necessary cost of work (民发〔2021〕57号)."""
    return sorted_reductions + work_costs


@rule(
    entity="household", zh="核减后收入（12个月）", en="Income after reductions (12 months)", cites=ORDER_220
)
def net_income(income: Any, reductions: Any) -> Any:
    """Recognised income less the reductions, never below zero."""
    return np.maximum(income - reductions, 0)


@rule(
    entity="household",
    zh="核减后家庭月收入",
    en="Income of the household after reductions, a month",
    cites=ORDER_220,
)
def net_income_monthly(net_income: Any) -> Any:
    """A twelfth, in whole fen rounded down (the household's benefit)."""
    return net_income // MONTHS


@rule(
    entity="household",
    zh="核减后人均月收入（进一分）",
    en="Income a head and month after reductions (rounded up)",
    cites=ORDER_220,
)
def per_capita(net_income: Any, counted_members: Any) -> Any:
    """In fen, rounded up, to be shown and scored; lines are compared with the unrounded income. Unknown if nobody counts."""
    return Column(-(-net_income // times(np.maximum(counted_members, 1), MONTHS)), counted_members > 0)


AGGREGATES = (
    aggregate("counted_members", "count", "counts", zh="家庭人口数", en="Members who count"),
    aggregate("income", "sum", "counted_income", zh="家庭认定收入（12个月）", en="Recognised income (12 months)", cites=ORDER_220),
    aggregate("work_disregards", "sum", "work_disregard", zh="就业扣减合计", en="Disregards for work", cites=BOOK_2006),
    aggregate("work_costs", "sum", "work_cost", zh="必要就业成本合计", en="Necessary costs of work", cites=ORDER_57),
    aggregate("has_severely_disabled", "any", "severely_disabled", zh="有重残成员", en="Has a severely disabled member"),
    aggregate("has_ill_or_disabled", "any", "ill_or_disabled", zh="有重病或重残成员", en="Has a seriously ill or severely disabled member"),
    aggregate("has_old_supporter", "any", "old_supporter", zh="抚养人高龄", en="The supporter is old"),
    aggregate("has_lone_head", "any", "lone_head", zh="户主无配偶", en="The head has no spouse"),
    aggregate("has_spouse", "any", "spouse", zh="户主配偶同住", en="The head's spouse lives here"),
    aggregate("has_dependent_child", "any", "dependent_child", zh="抚养未成年人或在校生", en="A child or student is brought up"),
    aggregate("has_local_hukou", "any", "local_hukou", zh="有本市户籍成员", en="Has a member with local registration"),
)  # fmt: skip
