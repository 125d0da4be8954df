"""Conditions of the programme for disabled people (助残): card, kind, and the grades of the nursing allowance."""

from typing import Any

from jishiyu.law.rules.columns import Column, among, when
from jishiyu.law.rules.rulebook import aggregate, rule
from jishiyu.registry.rules.vocabulary import INTELLECTUAL, MENTAL, MULTIPLE, PHYSICAL, SPEECH, VISUAL

NURSING = "北京市残疾人护理补贴暂行办法（2015年7月）"


@rule(entity="person", zh="持有残疾人证", en="Holds a disability card")
def holds_disability_card(disability_category: Any) -> Any:
    """A kind of disability is recorded; it is taken from the card."""
    return disability_category > 0


@rule(entity="person", zh="智力残疾", en="Intellectually disabled")
def intellectually_disabled(disability_category: Any) -> Any:
    """As on the card."""
    return disability_category == INTELLECTUAL


@rule(entity="person", zh="精神残疾", en="Mentally disabled")
def mentally_disabled(disability_category: Any) -> Any:
    """As on the card."""
    return disability_category == MENTAL


@rule(entity="person", zh="视力、听力或言语残疾", en="Blind, deaf or mute")
def blind_deaf_or_mute(disability_category: Any) -> Any:
    """As on the card; how far is for the court to see."""
    return (disability_category >= VISUAL) & (disability_category <= SPEECH)


@rule(
    entity="person",
    zh="护理补贴A档",
    en="Nursing allowance, class A",
    cites=NURSING,
    aware=("disability_grade",),
)
def nursing_class_a(disability_category: Any, disability_grade: Column) -> Any:
    """Grade 1 of sight, limbs, intellect, mind. Of multiple disability the card's parts decide, which a person has to see."""
    grade = disability_grade.values
    wide = among(disability_category, [VISUAL, PHYSICAL, INTELLECTUAL, MENTAL])
    multiple = (disability_category == MULTIPLE) & (grade <= 2)
    first = Column(wide & (grade == 1), disability_grade.mask() & ~multiple)
    return when(disability_category > 0, first)


@rule(
    entity="person",
    zh="护理补贴B档",
    en="Nursing allowance, class B",
    cites=NURSING,
    aware=("disability_grade",),
)
def nursing_class_b(disability_category: Any, disability_grade: Column) -> Any:
    """Grade 2 of sight and limbs, grades 2 and 3 of intellect and mind; of multiple disability a person has to see."""
    grade = disability_grade.values
    body = among(disability_category, [VISUAL, PHYSICAL]) & (grade == 2)
    mind = among(disability_category, [INTELLECTUAL, MENTAL]) & ((grade == 2) | (grade == 3))
    multiple = (disability_category == MULTIPLE) & (grade <= 3)
    second = Column(body | mind, disability_grade.mask() & ~multiple)
    return when(disability_category > 0, second)


@rule(entity="person", zh="有生活自理困难", en="Unable to do some daily activities")
def some_activities_lost(daily_activities_lost: Any) -> Any:
    """One of the six at least; how dependent that makes is for an assessment."""
    return daily_activities_lost > 0


@rule(entity="person", zh="个人收入低于低保标准", en="Own income below the standard")
def own_income_below_dibao(member_income: Any, dibao_standard: Any) -> Any:
    """Of the twelve months before, against twelve months of the standard."""
    return member_income < 12 * dibao_standard


@rule(entity="household", zh="一户多残", en="Several disabled members")
def several_disabled(disabled_members: Any) -> Any:
    """Two at least."""
    return disabled_members >= 2


AGGREGATES = (
    aggregate(
        "has_disabled_member", "any", "holds_disability_card", zh="有残疾成员", en="A member is disabled"
    ),
    aggregate("disabled_members", "count", "holds_disability_card", zh="残疾成员数", en="Disabled members"),
)
