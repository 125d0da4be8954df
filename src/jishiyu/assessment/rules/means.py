"""The means of a household: whose income counts, what is recognised of it, what is taken off, and its property.

Amounts are fen over the twelve months before the legal date unless the name says ``monthly``. What the law changed
stands as versions of one rule; its numbers come from the policy pack by name (see ``PARAMETERS``).
"""

from datetime import date
from typing import Any

import numpy as np

from jishiyu.assessment.rules.facts import EMPLOYMENT, ILLNESS, MARITAL, SCHOOLING, TENURE
from jishiyu.law.rules.columns import Column, both, either, part, times, when
from jishiyu.law.rules.rulebook import aggregate, rule

REGULATION = "《城市居民最低生活保障条例》（国务院令第271号）"
BOOK_2006 = "北京市细化城市低保分类救助制度（2006年7月）"
ORDER_220 = "《最低生活保障审核审批办法（试行）》（民发〔2012〕220号）"
GUIDE_2012 = "《北京市社会救助家庭经济状况认定指导意见（试行）》"
SORTED_2015 = "《关于规范和统筹我市城乡居民最低生活保障分类救助制度的通知》"
ORDER_57 = "《最低生活保障审核确认办法》（民发〔2021〕57号）"

PROPERTY_FROM = date(2012, 6, 1)
PROPERTY_2019 = date(2019, 1, 1)
SORTED_FROM_2006 = date(2006, 7, 1)
SORTED_FROM_2015 = date(2015, 1, 1)
MONTHS = 12

NOT_RELATED = 99
SMALL_HOUSEHOLD = 2  # the classes of the money limit: up to two members, three and more
CHILD_CODES = tuple(range(20, 40))


@rule(
    entity="person",
    zh="计入共同生活的家庭成员",
    en="Counts as a member who lives with the household",
    cites=REGULATION,
)
def counts(relation: Any) -> Any:
    """Everyone living in the household who is related to its head; lodgers (code 99) do not count.

    Orders 220 (2012) and 57 (2021) name the same circle for people who live together; who was away for years
    (prison, religious orders) is not in the register's members to begin with.
    """
    return relation != NOT_RELATED


@rule(entity="person", zh="在校学生", en="At school above compulsory age or in compulsory school")
def at_school(schooling: Any) -> Any:
    """Any full-time schooling from compulsory school on."""
    return schooling >= SCHOOLING["compulsory"]


@rule(entity="person", zh="重度残疾", en="Severely disabled", aware=("disability_grade",))
def severely_disabled(disability_category: Any, disability_grade: Column) -> Any:
    """Visual or physical grade 1–2, intellectual or mental grade 1–3 (京: 困难残疾人生活补贴口径); multiple counts by grade 1–2.

    The grade is needed only of a person with a disability.
    """
    grade, disabled = disability_grade.values, disability_category > 0
    wide = (disability_category == 5) | (disability_category == 6)
    narrow = (disability_category == 1) | (disability_category == 4) | (disability_category == 7)
    severe = (wide & (grade >= 1) & (grade <= 3)) | (narrow & (grade >= 1) & (grade <= 2))
    return when(disabled, Column(severe, disability_grade.known))


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


@rule(entity="household", zh="单亲抚养", en="One parent bringing up children")
def lone_parent(has_lone_head: Any, has_spouse: Any, has_dependent_child: Any) -> Any:
    """A head without a spouse, with a child in his or her care."""
    return has_lone_head & ~has_spouse & has_dependent_child


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
    first=SORTED_FROM_2006, last=date(2014, 12, 31),
)  # fmt: skip
def reductions_2006(
    work_disregards: Any,
    has_severely_disabled: Any,
    has_old_supporter: Any,
    dibao_standard: Any,
    supporter_disregard: Any,
) -> Any:
    """The disregard for work, and one for a severely disabled member whose supporter is of retirement age."""
    return work_disregards + np.where(
        has_severely_disabled & has_old_supporter, part(dibao_standard, supporter_disregard) * MONTHS, 0
    )


@rule(
    entity="household", zh="收入核减（12个月）", en="Reductions of income (12 months)", cites=SORTED_2015, name="reductions",
    first=SORTED_FROM_2015,
)  # fmt: skip
def reductions_2015(
    has_ill_or_disabled: Any,
    has_old_supporter: Any,
    lone_parent: Any,
    dibao_standard: Any,
    reduction_ill_or_disabled: Any,
    reduction_old_supporter: Any,
    reduction_lone_parent: Any,
) -> Any:
    """For serious illness or severe disability, more when the supporter is old, and for one parent bringing up a child."""
    off = np.where(has_ill_or_disabled, part(dibao_standard, reduction_ill_or_disabled), 0)
    off = off + np.where(
        has_ill_or_disabled & has_old_supporter, part(dibao_standard, reduction_old_supporter), 0
    )
    return (off + np.where(lone_parent, part(dibao_standard, reduction_lone_parent), 0)) * MONTHS


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
    """In fen, rounded up: below a standard in whole fen exactly when the unrounded income is."""
    return -(-net_income // times(counted_members, MONTHS))


@rule(
    entity="household",
    zh="车辆符合规定",
    en="Vehicles within the rules",
    name="vehicles_ok",
    last=date(2012, 5, 31),
)
def vehicles_ok_before(member_count: Any) -> Any:
    """No property was tested before June 2012."""
    return member_count > 0


@rule(
    entity="household", zh="车辆符合规定", en="Vehicles within the rules", cites=GUIDE_2012, name="vehicles_ok",
    first=PROPERTY_FROM,
)  # fmt: skip
def vehicles_ok_2012(vehicles: Any, has_physically_disabled: Any, vehicle_limit: Any) -> Any:
    """No motor vehicle. A physically disabled member's may be an aid vehicle, which a person has to judge."""
    few = vehicles < vehicle_limit
    return Column(few, few | ~has_physically_disabled)


@rule(entity="person", zh="肢体残疾", en="Physically disabled")
def physically_disabled(disability_category: Any) -> Any:
    """Physical or multiple disability."""
    return (disability_category == 4) | (disability_category == 7)


@rule(entity="household", zh="住房套数（含承租公房）", en="Homes owned or rented from the state")
def homes(homes_owned: Any, tenure: Any) -> Any:
    """Owned homes, and one more for public housing that is rented."""
    return homes_owned + (tenure == TENURE["public_rent"])


@rule(
    entity="household",
    zh="住房符合规定",
    en="Housing within the rules",
    name="housing_ok",
    last=date(2012, 5, 31),
)
def housing_ok_before(member_count: Any) -> Any:
    """No property was tested before June 2012."""
    return member_count > 0


@rule(
    entity="household", zh="住房符合规定", en="Housing within the rules", cites=GUIDE_2012, name="housing_ok",
    first=PROPERTY_FROM, last=date(2018, 12, 31), aware=("usable_area_dm2",),
)  # fmt: skip
def housing_ok_2012(
    homes: Any,
    usable_area_dm2: Column,
    counted_members: Any,
    home_limit: Any,
    crowded_area: Any,
    small_area: Any,
) -> Any:
    """Fewer than two homes, or crowded in them; how much is built is not known, only that it is no less than usable."""
    few = homes < home_limit
    crowded = usable_area_dm2.values < times(counted_members, crowded_area)
    not_small = usable_area_dm2.values >= small_area
    return Column(few | crowded, few | (usable_area_dm2.mask() & (crowded | not_small)))


@rule(
    entity="household", zh="住房符合规定", en="Housing within the rules", cites=GUIDE_2012, name="housing_ok",
    first=PROPERTY_2019,
)  # fmt: skip
def housing_ok_2019(homes: Any, home_limit: Any) -> Any:
    """Fewer than two homes; with two, built area against the city's average has to be judged by a person."""
    return Column(homes < home_limit, homes < home_limit)


@rule(
    entity="household",
    zh="货币财产未超限额",
    en="Money within the limit",
    name="money_ok",
    last=date(2012, 5, 31),
)
def money_ok_before(member_count: Any) -> Any:
    """No property was tested before June 2012."""
    return member_count > 0


@rule(
    entity="household", zh="货币财产未超限额", en="Money within the limit", cites=GUIDE_2012, name="money_ok",
    first=PROPERTY_FROM, last=date(2018, 12, 31),
)  # fmt: skip
def money_ok_2012(liquid_assets: Any) -> Any:
    """The limit of these years was not found: only a household with nothing is certain to be within it."""
    return Column(liquid_assets == 0, liquid_assets == 0)


@rule(
    entity="household", zh="货币财产限额", en="Limit on money", cites=GUIDE_2012, first=PROPERTY_2019,
)  # fmt: skip
def money_limit(
    counted_members: Any, consumption_last_year: Any, money_times_small: Any, money_times_large: Any
) -> Any:
    """So many times last year's consumption a head, more for households of one or two."""
    small = part(consumption_last_year, money_times_small)
    large = part(consumption_last_year, money_times_large)
    return counted_members * np.where(counted_members <= SMALL_HOUSEHOLD, small, large)


@rule(
    entity="household", zh="货币财产未超限额", en="Money within the limit", cites=GUIDE_2012, name="money_ok",
    first=PROPERTY_2019, aware=("money_limit",),
)  # fmt: skip
def money_ok_2019(liquid_assets: Any, money_limit: Column) -> Any:
    """At most the limit; a household with nothing is within any."""
    nothing = liquid_assets == 0
    return Column(nothing | (liquid_assets <= money_limit.values), nothing | money_limit.mask())


@rule(
    entity="household", zh="财产符合规定", en="Property within the rules", cites=GUIDE_2012,
    aware=("vehicles_ok", "housing_ok", "money_ok"),
)  # fmt: skip
def property_within_limits(vehicles_ok: Column, housing_ok: Column, money_ok: Column) -> Any:
    """All three tests; one that fails settles it."""
    return both(vehicles_ok, housing_ok, money_ok)


AGGREGATES = (
    aggregate("counted_members", "count", "counts", zh="家庭人口数", en="Members who count"),
    aggregate("income", "sum", "counted_income", zh="家庭认定收入（12个月）", en="Recognised income (12 months)", cites=ORDER_220),
    aggregate("work_disregards", "sum", "work_disregard", zh="就业扣减合计", en="Disregards for work", cites=BOOK_2006),
    aggregate("has_severely_disabled", "any", "severely_disabled", zh="有重残成员", en="Has a severely disabled member"),
    aggregate("has_ill_or_disabled", "any", "ill_or_disabled", zh="有重病或重残成员", en="Has a seriously ill or severely disabled member"),
    aggregate("has_old_supporter", "any", "old_supporter", zh="抚养人高龄", en="The supporter is old"),
    aggregate("has_lone_head", "any", "lone_head", zh="户主无配偶", en="The head has no spouse"),
    aggregate("has_spouse", "any", "spouse", zh="户主配偶同住", en="The head's spouse lives here"),
    aggregate("has_dependent_child", "any", "dependent_child", zh="抚养未成年人或在校生", en="A child or student is brought up"),
    aggregate("has_physically_disabled", "any", "physically_disabled", zh="有肢体残疾成员", en="Has a physically disabled member"),
    aggregate("has_local_hukou", "any", "local_hukou", zh="有本市户籍成员", en="Has a member with local registration"),
)  # fmt: skip
