"""The questions of the self-check in plain words. Everything may be left empty: not told stays not known."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from jishiyu.doors.portal.selfcheck.words import CHOICES, Choices, in_readers_language
from jishiyu.law.rules.expressions import Question

MOST_PEOPLE = 10
_MUCH = Decimal(100_000_000)


class Choice(forms.TypedChoiceField):
    """One of a few answers, or "not sure", which is None."""

    def __init__(self, kind: str, label: Any, help_text: Any = "") -> None:
        super().__init__(
            label=label, help_text=help_text, required=False, choices=_asked(CHOICES[kind]), empty_value=None,
            coerce=lambda text: _MEANT.get(text, text), error_messages={"invalid_choice": gettext_lazy("请从列表里选一项")},
        )  # fmt: skip


_MEANT: dict[str, Any] = {"yes": True, "no": False}


def _asked(choices: Choices) -> Callable[[], list[tuple[str, str]]]:
    return lambda: [("", str(gettext_lazy("不清楚"))), *in_readers_language(choices)]


class Yuan(forms.DecimalField):
    """An amount of yuan; empty is not known."""

    def __init__(self, label: Any, help_text: Any = "") -> None:
        super().__init__(
            label=label, help_text=help_text, required=False, min_value=0, max_value=_MUCH, decimal_places=2,
            widget=forms.NumberInput(attrs={"inputmode": "decimal", "step": "0.01", "min": "0"}),
            error_messages={
                "invalid": gettext_lazy("请填数字，例如 1200"), "min_value": gettext_lazy("不能小于 0"),
                "max_value": gettext_lazy("数字太大，请检查"), "max_decimal_places": gettext_lazy("最多两位小数"),
            },
        )  # fmt: skip


class Number(forms.IntegerField):
    """A whole number; empty is not known."""

    def __init__(self, label: Any, most: int, help_text: Any = "", *, required: bool = False) -> None:
        super().__init__(
            label=label, help_text=help_text, required=required, min_value=0, max_value=most,
            widget=forms.NumberInput(attrs={"inputmode": "numeric", "min": "0", "max": str(most)}),
            error_messages={
                "invalid": gettext_lazy("请填整数"), "min_value": gettext_lazy("不能小于 0"),
                "max_value": gettext_lazy("数字太大，请检查"), "required": gettext_lazy("请填年龄，其他都可以不填"),
            },
        )  # fmt: skip


class HomeForm(forms.Form):
    """The home and what belongs to the household together."""

    tenure = Choice("tenure", gettext_lazy("现在住的房子"))
    homes_owned = Number(gettext_lazy("全家名下有几套房"), 50, gettext_lazy("公房承租权不算；没有填 0"))
    area = Number(gettext_lazy("住房使用面积（平方米）"), 9_999)
    monthly_rent = Yuan(gettext_lazy("每月房租（元）"), gettext_lazy("不付房租填 0"))
    unsafe_housing = Choice("yes_no", gettext_lazy("住的是经鉴定的危房吗"))
    vehicles = Number(gettext_lazy("全家有几辆汽车"), 50, gettext_lazy("残疾人代步车不算；没有填 0"))
    liquid_assets = Yuan(gettext_lazy("全家存款、股票、基金一共（元）"), gettext_lazy("没有填 0"))
    debt = Yuan(gettext_lazy("全家还欠多少钱（元）"), gettext_lazy("没有填 0"))
    support = Choice(
        "support",
        gettext_lazy("不住在一起的子女或父母"),
        gettext_lazy("法律上有义务赡养、抚养您家人的人"),
    )
    event = Choice("event", gettext_lazy("最近六个月出过大事吗"))


class PersonForm(forms.Form):
    """One person who lives in the household. Only the age has to be told."""

    relation = forms.ChoiceField(
        label=gettext_lazy("这个人是您的"), choices=lambda: in_readers_language(CHOICES["relation"])
    )
    age = Number(gettext_lazy("年龄（周岁）"), 130, required=True)
    sex = forms.ChoiceField(label=gettext_lazy("性别"), choices=lambda: in_readers_language(CHOICES["sex"]))
    marital = Choice("marital", gettext_lazy("婚姻"))
    local_hukou = Choice("yes_no", gettext_lazy("有本市户口吗"))
    employment = Choice("employment", gettext_lazy("现在的工作情况"))
    work_capacity = Choice("work_capacity", gettext_lazy("能不能工作"))
    wages = Yuan(gettext_lazy("每月工资或做生意的收入（元）"), gettext_lazy("没有填 0"))
    pension = Yuan(
        gettext_lazy("每月养老金、失业金、抚养费（元）"),
        gettext_lazy("没有填 0；抚恤金、高龄津贴、残疾补贴不用填"),
    )
    other_income = Yuan(gettext_lazy("每月房租、利息等收入（元）"), gettext_lazy("没有填 0"))
    schooling = Choice("schooling", gettext_lazy("上学"))
    medical_insurance = Choice("medical_insurance", gettext_lazy("医疗保险"))
    illness = Choice("illness", gettext_lazy("生病情况"))
    medical_self_paid = Yuan(
        gettext_lazy("最近一年自己付的医疗费（元）"), gettext_lazy("医保报销以后自己掏的；没有填 0")
    )
    disability = Choice("disability", gettext_lazy("残疾证上的类别"))
    disability_grade = Choice("grade", gettext_lazy("残疾证上的等级"))
    daily_activities_lost = Number(
        gettext_lazy("不能自理的有几项"),
        6,
        gettext_lazy("吃饭、穿衣、上下床、如厕、室内行走、洗澡；都能自理填 0"),
    )
    identity = Choice("identity", gettext_lazy("下面的情况有没有"))


class MoreForm(forms.Form):
    """Questions that only some programmes ask, by their keys in the pack."""

    def __init__(self, data: Mapping[str, Any] | None, questions: Iterable[Question]) -> None:
        super().__init__(data, prefix="more")
        for one in questions:
            words = dict(in_readers_language([(one.key, one.words)]))[one.key]
            self.fields[one.key] = Choice("yes_no", words) if one.unit == "flag" else Yuan(words)

    def told(self) -> dict[str, int | bool]:
        """What was answered: yes or no, or fen."""
        answers = {key: value for key, value in self.cleaned_data.items() if value is not None}
        return {
            key: int(value * 100) if isinstance(value, Decimal) else bool(value)
            for key, value in answers.items()
        }
