"""What each hardship indicator measures. The points for a measure stand in the policy pack (``indicators.yaml``).

A ratio is in basis points, rounded so that comparing it with a cut-off equals comparing the exact fraction: up where
little means hardship, down where much does. A measure that is not a number is the place of its case in ``CASES``.
Missing facts make a measure unknown, never nothing.
"""

from typing import Any

import numpy as np

from jishiyu.assessment.rules.facts import (
    EMPLOYMENT,
    EVENT,
    ILLNESS,
    SCHOOLING,
    TENURE,
    WORK_CAPACITY,
)
from jishiyu.law.rules.columns import Array, Column, both, choose, either, times, when
from jishiyu.law.rules.rulebook import aggregate, rule

# A ratio to nothing (costs without income) is worse than any cut-off.
BEYOND = 2**40
MONTHS = 12


def ratio_down(upper: Any, lower: Any) -> Any:
    """``upper`` ÷ ``lower`` in basis points, rounded down; ``BEYOND`` when the lower is 0 and the upper is not."""
    exact = times(upper, 10_000) // np.maximum(lower, 1)
    return choose(lower > 0, exact, choose(upper > 0, BEYOND, 0))


def ratio_up(upper: Any, lower: Any) -> Any:
    """``upper`` ÷ ``lower`` in basis points, rounded up; ``BEYOND`` when the lower is 0 and the upper is not."""
    exact = -(-times(upper, 10_000) // np.maximum(lower, 1))
    return choose(lower > 0, exact, choose(upper > 0, BEYOND, 0))


def _works(employment: Any) -> Array:
    return np.asarray((employment == EMPLOYMENT["employed"]) | (employment == EMPLOYMENT["flexible"]))


@rule(entity="household", zh="扣减后人均月收入", en="Income a head and month after reductions")
def inc_ratio(per_capita: Any) -> Any:
    """In fen; the cut-offs that are ratios are taken of the standard in force."""
    return per_capita


@rule(
    entity="person",
    zh="有固定工资或养老金",
    en="Has steady wages or a pension",
    aware=("employment", "wage_income", "transfer_income"),
)
def steady_income(counts: Any, employment: Column, wage_income: Column, transfer_income: Column) -> Any:
    """In employment with wages, or retired with a pension; one that is not so settles it."""
    employed = Column(employment.values == EMPLOYMENT["employed"], employment.known)
    retired = Column(employment.values == EMPLOYMENT["retired"], employment.known)
    paid = both(employed, Column(wage_income.values > 0, wage_income.known))
    return both(
        Column(counts), either(paid, both(retired, Column(transfer_income.values > 0, transfer_income.known)))
    )


@rule(entity="household", zh="收入稳定性", en="Steadiness of income", unit="code")
def inc_stability(income: Any, has_steady_income: Any) -> Any:
    """0 no income at all, 1 income but none that is steady, 2 steady income."""
    return choose(income == 0, 0, choose(has_steady_income, 2, 1))


@rule(
    entity="household",
    zh="货币财产占限额",
    en="Money against the limit",
    unit="basis_points",
    name="liquid_assets_ratio",
)
def liquid_assets_ratio(liquid_assets: Any, money_limit: Any) -> Any:
    """Rounded up."""
    return ratio_up(liquid_assets, money_limit)


@rule(
    entity="household",
    zh="医疗自付占家庭收入",
    en="Medical costs paid oneself against income",
    unit="basis_points",
)
def oop_share(self_paid: Any, income: Any) -> Any:
    """Rounded down."""
    return ratio_down(self_paid, income)


@rule(entity="person", zh="患慢性病", en="Chronically ill")
def chronically_ill(illness: Any) -> Any:
    """A chronic illness as recorded."""
    return illness == ILLNESS["chronic"]


@rule(entity="household", zh="重大疾病", en="Serious illness", unit="code", aware=("has_chronically_ill",))
def major_ill(seriously_ill_count: Any, has_chronically_ill: Column) -> Any:
    """0 two or more members seriously ill, 1 one, 2 a chronic illness only, 3 none."""
    settled = seriously_ill_count > 0
    values = choose(seriously_ill_count >= 2, 0, choose(settled, 1, choose(has_chronically_ill.values, 2, 3)))
    return Column(values, settled | has_chronically_ill.mask())


@rule(entity="household", zh="医疗自付额", en="Medical costs paid oneself")
def oop_abs(self_paid: Any) -> Any:
    """In fen over twelve months."""
    return self_paid


@rule(entity="person", zh="残疾", en="Disabled")
def disabled(disability_category: Any) -> Any:
    """Any category."""
    return disability_category > 0


@rule(
    entity="household",
    zh="最高残疾档",
    en="Highest level of disability",
    unit="code",
    aware=("has_severely_disabled", "has_disabled"),
)
def dis_level(has_severely_disabled: Column, has_disabled: Column) -> Any:
    """0 severe, 1 other disability, 2 none. One severe disability settles it."""
    severe = has_severely_disabled.mask() & (has_severely_disabled.values != 0)
    none = has_disabled.mask() & (has_disabled.values == 0)
    values = choose(severe, 0, choose(none, 2, 1))
    return Column(values, severe | none | (has_disabled.mask() & has_severely_disabled.mask()))


@rule(
    entity="household",
    zh="丧失的日常生活能力项数（最多者）",
    en="Daily activities lost (the most of any member)",
    unit="count",
)
def adl(most_activities_lost: Any) -> Any:
    """0 to 6."""
    return most_activities_lost


@rule(entity="person", zh="老年人", en="Elder")
def elder(age: Any, elder_from: Any) -> Any:
    """Of the age named or older."""
    return age >= elder_from


@rule(
    entity="household",
    zh="一户多残或老残一体",
    en="Several disabled, or disabled and old together",
    unit="code",
)
def multi(disabled_count: Any, has_elder: Any) -> Any:
    """0 yes, 1 no."""
    return choose((disabled_count >= 2) | ((disabled_count == 1) & has_elder), 0, 1)


@rule(entity="household", zh="刚性支出占家庭收入", en="Unavoidable costs against income", unit="basis_points")
def rigid_ratio(self_paid: Any, education_costs: Any, rehabilitation_costs: Any, income: Any) -> Any:
    """Medical, education and rehabilitation costs, rounded down."""
    return ratio_down(self_paid + education_costs + rehabilitation_costs, income)


@rule(
    entity="household",
    zh="负债占年收入",
    en="Debt against a year's income",
    unit="basis_points",
    name="debt_ratio",
)
def debt_ratio(debt: Any, income: Any) -> Any:
    """Rounded down."""
    return ratio_down(debt, income)


@rule(entity="household", zh="人均住房使用面积", en="Usable floor area a head", unit="dm2")
def area(usable_area_dm2: Any, member_count: Any) -> Any:
    """In square decimetres, rounded down."""
    return usable_area_dm2 // member_count


@rule(entity="household", zh="住房安全与设施", en="Safety of the home", unit="code")
def safety(unsafe_housing: Any) -> Any:
    """0 unsafe or without its own kitchen and toilet, 1 neither."""
    return choose(unsafe_housing, 0, 1)


@rule(
    entity="household",
    zh="租金占收入",
    en="Rent against income",
    unit="basis_points",
    aware=("monthly_rent",),
)
def rent_burden(tenure: Any, monthly_rent: Column, income: Any) -> Any:
    """Rounded down; only tenants have a rent to know."""
    rents = (tenure == TENURE["public_rent"]) | (tenure == TENURE["private_rent"])
    rent = when(rents, monthly_rent)
    return Column(ratio_down(times(rent.values, MONTHS), income), rent.known)


@rule(
    entity="person",
    zh="劳动年龄内有劳动能力",
    en="Of working age and able",
    aware=("work_capacity", "employment"),
)
def able(
    age: Any, work_capacity: Column, employment: Column, working_age_from: Any, working_age_to: Any
) -> Any:
    """Between the ages named, not at school or retired, and not without capacity; one that is not so settles it."""
    of_age = (age >= working_age_from) & (age <= working_age_to)
    free = (employment.values != EMPLOYMENT["student"]) & (employment.values != EMPLOYMENT["retired"])
    capable = Column(work_capacity.values != WORK_CAPACITY["none"], work_capacity.known)
    return both(Column(of_age), Column(free, employment.known), capable)


@rule(entity="person", zh="在就业", en="In work")
def works(employment: Any) -> Any:
    """Employed or in flexible work."""
    return _works(employment)


@rule(entity="person", zh="有劳动能力未就业", en="Able but without work", aware=("able", "works"))
def able_without_work(able: Column, works: Column) -> Any:
    """Able, of working age, not working."""
    return both(able, Column(works.values == 0, works.known))


@rule(entity="household", zh="有劳动能力未就业情况", en="Able members without work", unit="code")
def able_unemployed(able_count: Any, able_without_work_count: Any) -> Any:
    """0 all who are able are without work, 1 some, 2 none."""
    none = able_without_work_count == 0
    return choose(none, 2, choose(able_without_work_count == able_count, 0, 1))


@rule(entity="household", zh="抚养比", en="Dependants for each worker", unit="basis_points")
def dependency(member_count: Any, workers: Any) -> Any:
    """Members who do not work against those who do, rounded down; with nobody at work it is beyond any cut-off."""
    return choose(workers > 0, ratio_down(member_count - workers, workers), BEYOND)


@rule(entity="person", zh="非义务教育在读", en="At school beyond compulsory education")
def beyond_compulsory(schooling: Any) -> Any:
    """Senior secondary, vocational or higher."""
    return schooling >= SCHOOLING["senior"]


@rule(
    entity="household",
    zh="非义务教育在读人数",
    en="Members at school beyond compulsory education",
    unit="count",
)
def in_school(beyond_compulsory_count: Any) -> Any:
    """How many."""
    return beyond_compulsory_count


@rule(entity="person", zh="困境儿童", en="Child at risk", aware=("schooling",))
def child_at_risk(
    age: Any,
    is_orphan: Any,
    is_unsupervised_child: Any,
    schooling: Column,
    school_from: Any,
    school_to: Any,
    adult_age: Any,
) -> Any:
    """Orphan, without support in fact, or of compulsory school age and out of school."""
    minor = (age < adult_age) & (is_orphan | is_unsupervised_child)
    of_school_age = (age >= school_from) & (age < school_to)
    return either(
        Column(minor), when(of_school_age, Column(schooling.values == SCHOOLING["none"], schooling.known))
    )


@rule(entity="household", zh="困境儿童情况", en="Children at risk", unit="code")
def child_risk(has_child_at_risk: Any) -> Any:
    """0 yes, 1 no."""
    return choose(has_child_at_risk, 0, 1)


@rule(
    entity="household",
    zh="家庭结构",
    en="Family structure",
    unit="code",
    name="family_type",
    aware=("lone_parent",),
)
def family_type(
    member_count: Any,
    oldest: Any,
    has_bereaved_parent: Any,
    lone_parent: Column,
    elder_from: Any,
    very_old_from: Any,
) -> Any:
    """0 bereaved parents or one very old person alone, 1 one parent with children, 2 one elder alone, 3 other."""
    alone = member_count == 1
    gravest = has_bereaved_parent | (alone & (oldest >= very_old_from))
    settled = gravest | alone
    values = choose(
        gravest, 0, choose(alone, choose(oldest >= elder_from, 2, 3), choose(lone_parent.values, 1, 3))
    )
    return Column(values, settled | lone_parent.mask())


@rule(
    entity="household",
    zh="法定赡养人支持",
    en="Support by those bound to give it",
    unit="code",
    name="support_level",
)
def support_level(support: Any) -> Any:
    """0 nobody, 1 someone unable, 2 someone able."""
    return support


@rule(
    entity="household",
    zh="近期突发事件",
    en="Recent sudden event",
    unit="code",
    name="event_kind",
    aware=("event", "event_days"),
)
def event_kind(event: Column, event_days: Column, event_within_days: Any) -> Any:
    """0 death or injury, 1 home lost, 2 serious illness, 3 work lost, 4 none within the days named."""
    none = event.mask() & (event.values == EVENT["none"])
    recent = (event_days.values >= 0) & (event_days.values <= event_within_days)
    values = choose(none | ~recent, 4, event.values - 1)
    return Column(values, none | (event.mask() & event_days.mask()))


@rule(entity="person", zh="失独父母", en="Parent bereaved of an only child")
def bereaved(is_bereaved_parent: Any) -> Any:
    """As recorded."""
    return is_bereaved_parent


AGGREGATES = (
    aggregate("has_steady_income", "any", "steady_income", zh="有固定收入", en="Has steady income"),
    aggregate("self_paid", "sum", "medical_self_paid", zh="医疗自付合计", en="Medical costs paid oneself"),
    aggregate("seriously_ill_count", "count", "seriously_ill", zh="重大疾病人数", en="Members seriously ill"),
    aggregate("has_chronically_ill", "any", "chronically_ill", zh="有慢性病成员", en="Has a chronically ill member"),
    aggregate("has_disabled", "any", "disabled", zh="有残疾成员", en="Has a disabled member"),
    aggregate("disabled_count", "count", "disabled", zh="残疾人数", en="Disabled members"),
    aggregate("most_activities_lost", "max", "daily_activities_lost", zh="丧失项数最多者", en="Most activities lost", unit="count"),
    aggregate("has_elder", "any", "elder", zh="有老年成员", en="Has an elder"),
    aggregate("education_costs", "sum", "education_cost", zh="教育支出", en="Education costs"),
    aggregate("rehabilitation_costs", "sum", "rehabilitation_cost", zh="康复支出", en="Rehabilitation costs"),
    aggregate("able_count", "count", "able", zh="有劳动能力人数", en="Able members"),
    aggregate("workers", "count", "works", zh="就业人数", en="Members in work"),
    aggregate("able_without_work_count", "count", "able_without_work", zh="有劳动能力未就业人数", en="Able members without work"),
    aggregate("beyond_compulsory_count", "count", "beyond_compulsory", zh="非义务教育在读人数", en="Beyond compulsory education"),
    aggregate("has_child_at_risk", "any", "child_at_risk", zh="有困境儿童", en="Has a child at risk"),
    aggregate("has_bereaved_parent", "any", "bereaved", zh="失独家庭", en="Bereaved of an only child"),
    aggregate("oldest", "max", "age", zh="最大年龄", en="Age of the oldest", unit="count"),
)  # fmt: skip
