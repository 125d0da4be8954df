"""ZY03, medical aid for hospital bills (住院医疗救助), and CS01, charity for serious illness (“春雨”大病救助).

Insurance pays first, by bill; aid is a part of what remains of the costs in scope, up to a yearly cap for a person;
charity is a part of what then remains of a seriously ill person's bills.
"""

from datetime import date
from typing import Any

import numpy as np

from jishiyu.assessment.rules.means import MONTHS
from jishiyu.law.rules.columns import Column, both, choose, either, part, times, when
from jishiyu.law.rules.rulebook import aggregate, rule

ORDER_649 = "《社会救助暂行办法》（国务院令第649号）第二十九条"
NOTICE_1_7 = "《关于调整完善城乡医疗救助制度的意见》"
CHARITY = "区慈善协会“春雨”大病救助办法"


@rule(
    entity="household", zh="人均月收入低于低收入线", en="Income a head and month below the low-income line",
    cites=NOTICE_1_7, first=date(2009, 1, 1),
)  # fmt: skip
def income_below_low_line(net_income: Any, counted_members: Any, low_income_line: Any) -> Any:
    """Strictly below, compared before any rounding. Where nobody counts there is nothing to compare."""
    return Column(net_income < times(counted_members, MONTHS) * low_income_line, counted_members > 0)


@rule(
    entity="household", zh="低保或低收入家庭", en="Below the standard or the low-income line", cites=NOTICE_1_7,
    first=date(2009, 1, 1), aware=("income_below_dibao", "income_below_low_line"),
)  # fmt: skip
def aided_group(income_below_dibao: Column, income_below_low_line: Column) -> Any:
    """Either line is enough, and the other need not be known then."""
    return either(income_below_dibao, income_below_low_line)


@rule(entity="person", zh="保险支付合计", en="Paid by insurance", cites=ORDER_649)
def insured_part(bill_basic: Any, bill_critical: Any, bill_supplementary: Any, bill_commercial: Any) -> Any:
    """Basic, critical-illness, supplementary, and commercial insurance."""
    return bill_basic + bill_critical + bill_supplementary + bill_commercial


@rule(entity="person", zh="政策范围内个人负担", en="Left to pay of the costs in scope", cites=ORDER_649)
def burden_in_scope(bill_in_scope: Any, insured_part: Any) -> Any:
    """Costs in scope less all insurance, never below zero."""
    return np.maximum(bill_in_scope - insured_part, 0)


@rule(
    entity="person", zh="个人医疗救助金", en="Medical aid of the person", cites=ORDER_649,
    name="member_medical_aid", last=date(2011, 12, 31),
)  # fmt: skip
def member_medical_aid_before(
    burden_in_scope: Any, major_aid_given: Any, medical_aid_used: Any, inpatient_ratio: Any, inpatient_cap: Any,
    aid_deductible: Any,
) -> Any:  # fmt: skip
    """The ratio of what exceeds the deductible, up to the cap less what was used this year."""
    aid = part(np.maximum(burden_in_scope - major_aid_given - aid_deductible, 0), inpatient_ratio)
    return np.minimum(aid, np.maximum(inpatient_cap - medical_aid_used, 0))


@rule(
    entity="person", zh="个人医疗救助金", en="Medical aid of the person", cites=NOTICE_1_7,
    name="member_medical_aid", first=date(2012, 1, 1),
)  # fmt: skip
def member_medical_aid(
    burden_in_scope: Any,
    major_aid_given: Any,
    medical_aid_used: Any,
    inpatient_ratio: Any,
    inpatient_cap: Any,
) -> Any:
    """The ratio of the burden, up to the cap less what was used this year; the deductible was given up."""
    aid = part(np.maximum(burden_in_scope - major_aid_given, 0), inpatient_ratio)
    return np.minimum(aid, np.maximum(inpatient_cap - medical_aid_used, 0))


@rule(entity="person", zh="尚可给予的医疗救助", en="Medical aid not given yet", cites=ORDER_649)
def medical_aid_to_give(member_medical_aid: Any, medical_aid_given: Any) -> Any:
    """What these bills entitle to, less what was given on them already."""
    return np.maximum(member_medical_aid - medical_aid_given, 0)


@rule(
    entity="person",
    zh="其他救助后政策范围内个人负担",
    en="Left to pay in scope after hospital aid",
    cites=ORDER_649,
)
def burden_after_hospital_aid(burden_in_scope: Any, medical_aid_given: Any) -> Any:
    """What hospital aid (ZY03) left of the costs in scope, where it was given on these bills."""
    return np.maximum(burden_in_scope - medical_aid_given, 0)


@rule(entity="household", zh="有医保范围内个人负担", en="Something in scope is left to pay", cites=ORDER_649)
def has_burden(burdens: Any) -> Any:
    """More than nothing."""
    return burdens > 0


@rule(
    entity="person", zh="重病者保险、救助后自付", en="A seriously ill person's share after insurance and aid",
    cites=CHARITY, aware=("seriously_ill", "member_medical_aid"),
)  # fmt: skip
def left_after_aid(
    seriously_ill: Column,
    bill_total: Any,
    insured_part: Any,
    member_medical_aid: Column,
    major_aid_given: Any,
) -> Any:
    """Of the whole bill, in scope or not. Asked only of who has a bill, and the aid only of who is seriously ill."""
    left = np.maximum(bill_total - insured_part - member_medical_aid.values - major_aid_given, 0)
    known = seriously_ill.mask() & (~seriously_ill.values | member_medical_aid.mask())
    return when(bill_total > 0, Column(choose(seriously_ill.values, left, 0), known))


@rule(
    entity="household", zh="重大疾病自付达到起点", en="A serious illness leaves enough to pay", cites=CHARITY
)
def has_serious_burden(left_after_aid_sum: Any, chunyu_floor: Any) -> Any:
    """More than nothing, and at least the floor."""
    return (left_after_aid_sum > 0) & (left_after_aid_sum >= chunyu_floor)


@rule(entity="household", zh="“春雨”救助金", en="Charity for serious illness", cites=CHARITY)
def chunyu_amount(
    left_after_aid_sum: Any, chunyu_ratio: Any, chunyu_cap: Any, charity_used: Any, charity_given: Any
) -> Any:
    """A part of what is left, up to the cap less what was used this year, and less what was given on these bills."""
    aid = np.minimum(part(left_after_aid_sum, chunyu_ratio), np.maximum(chunyu_cap - charity_used, 0))
    return np.maximum(aid - charity_given, 0)


@rule(
    entity="household", zh="属困难家庭", en="A household in hardship", cites=CHARITY, first=date(2009, 1, 1),
    aware=("aided_group", "property_within_limits"),
)  # fmt: skip
def in_hardship(aided_group: Column, property_within_limits: Column) -> Any:
    """Below one of the two lines, with property within the rules."""
    return both(aided_group, property_within_limits)


AGGREGATES = (
    aggregate("bills", "sum", "bill_total", zh="医疗费用总额", en="Medical bills"),
    aggregate("bills_in_scope", "sum", "bill_in_scope", zh="政策范围内费用", en="Costs in scope"),
    aggregate("paid_basic", "sum", "bill_basic", zh="基本医保支付", en="Paid by basic insurance"),
    aggregate("paid_critical", "sum", "bill_critical", zh="大病保险支付", en="Paid by critical-illness insurance"),
    aggregate("paid_supplementary", "sum", "bill_supplementary", zh="补充保险支付", en="Paid by supplementary insurance"),
    aggregate("paid_commercial", "sum", "bill_commercial", zh="商业保险支付", en="Paid by commercial insurance"),
    aggregate("burdens", "sum", "burden_in_scope", zh="政策范围内个人负担合计", en="Left to pay in scope", cites=ORDER_649),
    aggregate("medical_aid", "sum", "member_medical_aid", zh="医疗救助金", en="Medical aid", cites=ORDER_649),
    aggregate("medical_aid_now", "sum", "medical_aid_to_give", zh="尚可给予的医疗救助", en="Medical aid not given yet", cites=ORDER_649),
    aggregate("medical_given", "sum", "medical_aid_given", zh="这些票据已给予的医疗救助", en="Medical aid given on these bills"),
    aggregate("major_given", "sum", "major_aid_given", zh="这些票据已给予的重大疾病救助", en="Major-disease aid given on these bills"),
    aggregate("left_after_aid_sum", "sum", "left_after_aid", zh="重病自付合计", en="Left of serious illness"),
)  # fmt: skip
