"""What is asked for a check, a draw, and a near relative."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from jishiyu.cases.rules.second_eyes import FOLLOW_UPS, RELATION_NAMES
from jishiyu.doors.desk.fields import DayField, say


class FindingForm(forms.Form):
    """What two checkers found."""

    visited_on = DayField(label=gettext_lazy("核查日期"))
    first_visitor = forms.CharField(label=gettext_lazy("核查人一"), max_length=60)
    second_visitor = forms.CharField(label=gettext_lazy("核查人二"), max_length=60)
    agrees = forms.TypedChoiceField(
        label=gettext_lazy("与本案的调查和结论是否一致"),
        choices=[("yes", gettext_lazy("一致")), ("no", gettext_lazy("不一致"))],
        coerce=lambda text: text == "yes",
        widget=forms.RadioSelect,
    )
    findings = forms.CharField(
        label=gettext_lazy("核查情况"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    differences = forms.CharField(
        label=gettext_lazy("不一致之处"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("不一致时必填；案件将退回核实，或复核已批准的救助"),
    )


class FollowUpForm(forms.Form):
    """What is done about a difference."""

    what = forms.ChoiceField(label=gettext_lazy("处理方式"), widget=forms.RadioSelect)
    because = forms.CharField(
        label=gettext_lazy("理由"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, data: Any, *, offered: tuple[str, ...]) -> None:
        super().__init__(data)
        self.fields["what"].choices = [(key, say(FOLLOW_UPS[key])) for key in offered]  # type: ignore[attr-defined]
        if len(offered) == 1:
            self.fields["what"].initial = offered[0]


class FreezeForm(forms.Form):
    """The period, and which public figures will be the seed."""

    first = DayField(label=gettext_lazy("抽查期间：从"))
    last = DayField(label=gettext_lazy("到"))
    seed_source = forms.CharField(
        label=gettext_lazy("种子取自（公开、事先不可知的数字）"),
        max_length=160,
        help_text=gettext_lazy("例如：中国福利彩票双色球第2026140期开奖号码（红球由小到大，再蓝球）"),
    )
    seed_day = DayField(label=gettext_lazy("该数字公布的日期（须晚于今天）"))


class SeedForm(forms.Form):
    """The figures that were published."""

    seed = forms.CharField(label=gettext_lazy("公布的数字"), max_length=120)


class RelativeForm(forms.Form):
    """Whose near relative the applicant or a member is."""

    whose = forms.CharField(
        label=gettext_lazy("工作人员或评议成员姓名"),
        max_length=60,
        help_text=gettext_lazy("有登录账号的可填用户名，本人将不能办理本案"),
    )
    post = forms.CharField(label=gettext_lazy("岗位"), max_length=60, required=False)
    relation = forms.ChoiceField(label=gettext_lazy("关系"))

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["relation"].choices = relation_choices()  # type: ignore[attr-defined]


def relation_choices() -> list[tuple[str, str]]:
    """The ways to be related, in the reader's language."""
    return [(key, say(name)) for key, name in RELATION_NAMES.items()]
