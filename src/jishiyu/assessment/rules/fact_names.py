"""The words for facts, to say which one is missing."""

from jishiyu.foundations.outcomes import Sentence, sentence
from jishiyu.law.rules.engine import Missing

FACT_NAMES: dict[str, Sentence] = {
    "relation": sentence("与户主关系", "relation to the head"),
    "age": sentence("年龄", "age"),
    "sex": sentence("性别", "sex"),
    "marital": sentence("婚姻状况", "marital status"),
    "local_hukou": sentence("是否本市户籍", "local registration"),
    "employment": sentence("就业状况", "employment"),
    "work_capacity": sentence("劳动能力", "capacity to work"),
    "schooling": sentence("就学状况", "schooling"),
    "medical_insurance": sentence("医疗保险", "medical insurance"),
    "wage_income": sentence("工资性收入", "wages"),
    "business_income": sentence("经营净收入", "net business income"),
    "property_income": sentence("财产净收入", "property income"),
    "transfer_income": sentence("转移净收入", "transfer income"),
    "excluded_income": sentence("不计入的收入", "income left out by the rules"),
    "illness": sentence("患病情况", "illness"),
    "disability_category": sentence("残疾类别", "kind of disability"),
    "disability_grade": sentence("残疾等级", "grade of disability"),
    "daily_activities_lost": sentence("生活自理能力", "daily activities lost"),
    "medical_self_paid": sentence("医疗自付", "medical costs paid oneself"),
    "education_cost": sentence("教育支出", "education costs"),
    "rehabilitation_cost": sentence("康复支出", "rehabilitation costs"),
    "tenure": sentence("住房性质", "tenure of the home"),
    "homes_owned": sentence("自有住房套数", "homes owned"),
    "usable_area_dm2": sentence("住房使用面积", "usable floor area"),
    "unsafe_housing": sentence("住房安全", "safety of the home"),
    "monthly_rent": sentence("月租金", "monthly rent"),
    "vehicles": sentence("机动车辆数", "motor vehicles"),
    "liquid_assets": sentence("货币财产", "money and liquid assets"),
    "debt": sentence("负债", "debt"),
    "support": sentence("赡养抚养人支持", "support by those bound to give it"),
    "event": sentence("突发事件", "sudden event"),
    "event_days": sentence("突发事件日期", "day of the sudden event"),
}


def say_all_missing(missing: tuple[Missing, ...]) -> Sentence:
    """All that is missing, as one list; the same fact of several members is said once with their numbers."""
    said = _gathered(missing)
    zh = "；".join(one.say("zh") for one in said)
    en = "; ".join(one.say("en") for one in said)
    return Sentence("{list_zh}", "{list_en}", {"list_zh": zh, "list_en": en})


def _gathered(missing: tuple[Missing, ...]) -> list[Sentence]:
    members: dict[str, list[int]] = {}
    for one in missing:
        if one.why is None and one.member is not None:
            members.setdefault(one.name, []).append(one.member + 1)
    alone = (one for one in missing if one.why is not None or one.member is None)
    said = [one.why or FACT_NAMES.get(one.name, sentence(one.name, one.name)) for one in alone]
    for name, numbers in members.items():
        fact = FACT_NAMES.get(name, sentence(name, name))
        listed = ", ".join(str(number) for number in sorted(set(numbers)))
        said.append(sentence("第{n}位成员的{f}", "{f} of member {n}", n=listed, f=fact))
    return said


def say_cannot(missing: tuple[Missing, ...]) -> Sentence:
    """That something cannot be computed, and what for; a parameter's own reason says both already."""
    # The same few things lack of most households. A reason is known by itself: it is kept beside, so no other takes its place.
    key = tuple((one.name, one.member, id(one.why)) for one in missing)
    found = _said.get(key)
    if found is None:
        if len(_said) >= _KEPT:
            _said.clear()
        found = _said[key] = (missing, _say_cannot(missing))
    return found[1]


_KEPT = 4096
_said: dict[tuple[tuple[str, int | None, int], ...], tuple[tuple[Missing, ...], Sentence]] = {}


def _say_cannot(missing: tuple[Missing, ...]) -> Sentence:
    said = say_all_missing(missing)
    if all(one.why is not None for one in missing):
        return said
    return sentence("缺少依据，不能计算：{what}", "Cannot be computed, not known: {what}", what=said)
