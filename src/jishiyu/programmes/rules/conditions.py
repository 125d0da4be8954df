"""Conditions that many items share: which group a household belongs to, and what its members are.

A policy pack names these as the tests of its items. ``aged_from`` and the like are given their number by the pack.
"""

from datetime import date
from typing import Any, get_args

from jishiyu.assessment.rules.facts import EMPLOYMENT, MARITAL, MEDICAL_INSURANCE, SUPPORT
from jishiyu.law.rules.columns import Column, among, both, either
from jishiyu.law.rules.rulebook import BEGINNING, Rule, aggregate, rule
from jishiyu.programmes.rules.medical import NOTICE_1_7
from jishiyu.registry.rules.situation import Identity
from jishiyu.registry.rules.vocabulary import IDENTITIES

ORDER_649 = "《社会救助暂行办法》（国务院令第649号）"
LOW_LINE_FROM = date(2009, 1, 1)
MEN, WOMEN = 1, 2


@rule(entity="household", zh="任何人", en="Anyone")
def anyone(member_count: Any) -> Any:
    """No condition."""
    return member_count > 0


@rule(entity="household", zh="项目在实施期内", en="The item is in force")
def not_in_force(member_count: Any) -> Any:
    """Never: the item is not in force on the day."""
    return member_count < 0


@rule(
    entity="household", zh="符合低保条件的家庭", en="A household that meets the dibao conditions", cites=ORDER_649,
    aware=("income_below_dibao", "property_within_limits", "has_local_hukou"),
)  # fmt: skip
def on_dibao(income_below_dibao: Column, property_within_limits: Column, has_local_hukou: Column) -> Any:
    """Income, property and registration; whether dibao was granted is for the caseworker to see."""
    return both(income_below_dibao, property_within_limits, has_local_hukou)


@rule(
    entity="household", zh="符合低收入家庭条件", en="A household that meets the low-income conditions", cites=NOTICE_1_7,
    name="low_income_family", last=date(2008, 12, 31),
)  # fmt: skip
def low_income_family_before(member_count: Any) -> Any:
    """There was no such group before 2009."""
    return member_count < 0


@rule(
    entity="household", zh="符合低收入家庭条件", en="A household that meets the low-income conditions", cites=NOTICE_1_7,
    first=LOW_LINE_FROM, aware=("income_below_low_line", "property_within_limits", "has_local_hukou"),
)  # fmt: skip
def low_income_family(
    income_below_low_line: Column, property_within_limits: Column, has_local_hukou: Column
) -> Any:
    """Income below the low-income line, property, and registration. Households on dibao meet it too."""
    return both(income_below_low_line, property_within_limits, has_local_hukou)


@rule(
    entity="household",
    zh="低保或低收入家庭",
    en="A dibao or low-income household",
    aware=("on_dibao", "low_income_family"),
)
def dibao_or_low_income(on_dibao: Column, low_income_family: Column) -> Any:
    """Either is enough."""
    return either(on_dibao, low_income_family)


@rule(entity="person", zh="无稳定收入", en="Without steady income", aware=("employment", "member_income"))
def no_steady_income(employment: Column, member_income: Column) -> Any:
    """Who works or draws a pension has one; who had no income at all has none; anything between, a person judges."""
    steady = among(employment.values, [EMPLOYMENT["employed"], EMPLOYMENT["retired"]]) & employment.mask()
    nothing = employment.mask() & ~steady & member_income.mask() & (member_income.values == 0)
    return Column(nothing, steady | nothing)


@rule(
    entity="person", zh="重残且无稳定收入", en="Severely disabled without steady income",
    aware=("severely_disabled", "no_steady_income"),
)  # fmt: skip
def severe_without_income(severely_disabled: Column, no_steady_income: Column) -> Any:
    """The group of the hardship allowance (生活困难补助)."""
    return both(severely_disabled, no_steady_income)


@rule(
    entity="household", zh="符合生活困难补助条件", en="A household that meets the hardship-allowance conditions",
    aware=("has_severe_without_income", "income_below_dibao", "has_local_hukou"),
)  # fmt: skip
def on_hardship_allowance(
    has_severe_without_income: Column, income_below_dibao: Column, has_local_hukou: Column
) -> Any:
    """Such a member, and the household above the dibao standard."""
    above = Column(~income_below_dibao.values, income_below_dibao.known)
    return both(has_severe_without_income, above, has_local_hukou)


@rule(entity="person", zh="达到规定年龄", en="Of the age or older", unit="flag")
def aged_from(age: Any, age_from: Any) -> Any:
    """In full years; the birthday counts."""
    return age >= age_from


@rule(entity="person", zh="不超过规定年龄", en="Of the age or younger", unit="flag")
def aged_up_to(age: Any, age_to: Any) -> Any:
    """In full years, up to the day before the next birthday."""
    return age <= age_to


@rule(entity="person", zh="未满规定年龄", en="Younger than the age", unit="flag")
def aged_below(age: Any, age_below: Any) -> Any:
    """In full years."""
    return age < age_below


@rule(entity="person", zh="女性", en="A woman")
def woman(sex: Any) -> Any:
    """As recorded."""
    return sex == WOMEN


@rule(entity="person", zh="男性", en="A man")
def man(sex: Any) -> Any:
    """As recorded."""
    return sex == MEN


@rule(entity="person", zh="本市户籍成员", en="Registered locally")
def local_member(local_hukou: Any) -> Any:
    """The member's own registration."""
    return local_hukou


@rule(entity="person", zh="丧偶", en="Widowed")
def widowed(marital: Any) -> Any:
    """As recorded."""
    return marital == MARITAL["widowed"]


@rule(entity="person", zh="单亲母亲", en="A mother who brings up children alone", aware=("lone_parent",))
def lone_mother(relation: Any, sex: Any, lone_parent: Column) -> Any:
    """The head, a woman, of a one-parent household."""
    return both(Column((relation == 2) & (sex == WOMEN)), lone_parent)


@rule(entity="person", zh="有职工医保", en="Insured as an employee")
def insured_as_employee(medical_insurance: Any) -> Any:
    """Employees' medical insurance."""
    return medical_insurance == MEDICAL_INSURANCE["employee"]


@rule(entity="person", zh="有疾病记录", en="Ill in any way on record")
def ill_at_all(illness: Any) -> Any:
    """Chronic or serious."""
    return illness > 0


@rule(entity="person", zh="医疗自付达到起点", en="Own medical cost reaches the floor")
def own_medical_cost_from(medical_self_paid: Any, floor: Any) -> Any:
    """Of the twelve months before, after all insurance; the floor itself counts."""
    return medical_self_paid >= floor


@rule(entity="household", zh="独居", en="Living alone")
def living_alone(member_count: Any) -> Any:
    """Nobody else lives in the household."""
    return member_count == 1


@rule(entity="household", zh="没有法定赡养抚养人", en="Nobody is bound to support")
def nobody_bound(support: Any) -> Any:
    """As recorded."""
    return support == SUPPORT["none"]


@rule(entity="household", zh="人口不超过规定数", en="No more members than named", unit="flag")
def household_up_to(counted_members: Any, size: Any) -> Any:
    """Members who count."""
    return counted_members <= size


def _identity(word: Any) -> Rule:
    return Rule(
        str(word), "person", (f"is_{word}",), _as_recorded, "", BEGINNING, None, IDENTITIES[word], unit="flag"
    )


def _as_recorded(flag: Any) -> Any:
    return flag


IDENTITY_TESTS = tuple(_identity(word) for word in get_args(Identity))
AGGREGATES = (
    aggregate(
        "has_severe_without_income", "any", "severe_without_income", zh="有重残且无稳定收入成员",
        en="A member is severely disabled without steady income",
    ),
)  # fmt: skip
