"""What is asked to re-check an award, to propose and settle a measure, to record a change, and to register and answer an appeal."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from jishiyu.cases.operations.appeals import Answer, NewAppeal
from jishiyu.cases.rules.life_after import APPEAL_OUTCOMES, MEASURE_NAMES, earliest
from jishiyu.doors.desk.fields import DayField, YuanField, say
from jishiyu.foundations.periods import add_months, month_start
from jishiyu.law.rules.life_after import AppealWay, ChangeRule


class ReasonsForm(forms.Form):
    """Reasons, one each line."""

    reasons = forms.CharField(
        label=gettext_lazy("理由（每行一条，写入通知书）"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
    )

    def reason_lines(self) -> list[str]:
        """The reasons as they were written, without empty lines."""
        return [line.strip() for line in self.cleaned_data["reasons"].splitlines() if line.strip()]


class MeasureForm(ReasonsForm):
    """What is done, from which month on, with how much."""

    kind = forms.ChoiceField(label=gettext_lazy("处理"))
    first = forms.ChoiceField(label=gettext_lazy("自何月起"))
    amount = YuanField(label=gettext_lazy("新的月金额（增发、减发时填写）"), required=False)
    back_pay = forms.BooleanField(label=gettext_lazy("恢复时补发停发的月份"), required=False)
    field_order = ("kind", "first", "amount", "back_pay", "reasons")

    def __init__(self, data: Any, *, kinds: Iterable[str], today: date) -> None:
        super().__init__(data)
        begin = earliest("stop", today)
        months = [add_months(begin, step) for step in range(4)]
        self.fields["kind"].choices = [(key, say(MEASURE_NAMES[key])) for key in kinds]  # type: ignore[attr-defined]
        self.fields["first"].choices = [(f"{one:%Y-%m-%d}", f"{one:%Y-%m}") for one in months]  # type: ignore[attr-defined]

    def first_month(self) -> date:
        """The month chosen."""
        return month_start(date.fromisoformat(self.cleaned_data["first"]))


class RecheckForm(ReasonsForm):
    """How a re-check ended; the rules' suggestion is chosen to begin with."""

    kind = forms.ChoiceField(label=gettext_lazy("复核结论"), widget=forms.RadioSelect)
    amount = YuanField(label=gettext_lazy("新的月金额（与测算不同时填写）"), required=False)
    field_order = ("kind", "amount", "reasons")

    def __init__(self, data: Any, *, kinds: Iterable[str], suggested: str) -> None:
        super().__init__(data, initial={"kind": suggested})
        self.fields["kind"].choices = [(key, say(MEASURE_NAMES[key])) for key in kinds]  # type: ignore[attr-defined]


class ChangeForm(forms.Form):
    """A change of circumstances: which, whom, since when, and on which paper."""

    kind = forms.ChoiceField(label=gettext_lazy("情况变化"))
    person = forms.ChoiceField(label=gettext_lazy("涉及的成员"), required=False)
    day = DayField(label=gettext_lazy("发生日期"))
    reason = forms.CharField(label=gettext_lazy("情况说明"), max_length=300)
    paper = forms.CharField(label=gettext_lazy("凭据材料"), max_length=120)

    def __init__(self, data: Any, *, rules: Iterable[ChangeRule], members: list[tuple[str, str]]) -> None:
        super().__init__(data)
        self.fields["kind"].choices = [(one.key, say(one.name)) for one in rules]  # type: ignore[attr-defined]
        self.fields["person"].choices = [("", gettext("全户")), *members]  # type: ignore[attr-defined]
        self.fields["person"].widget.attrs["translate"] = "no"  # names stay as they are in every language


class AppealForm(forms.Form):
    """An appeal as it came in: by which way and before whom, against which decision, received when."""

    way = forms.ChoiceField(label=gettext_lazy("救济途径和受理机关"))
    against_day = DayField(label=gettext_lazy("所针对决定的日期"))
    received_on = DayField(label=gettext_lazy("收到日期"))
    appellant = forms.CharField(label=gettext_lazy("申请人"), max_length=60)
    grounds = forms.CharField(
        label=gettext_lazy("请求和理由"),
        min_length=5,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Any, *, ways: Iterable[AppealWay], initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        self.fields["way"].choices = [  # type: ignore[attr-defined]
            (f"{way.kind}-{place}", f"{say(way.name)} · {say(body)}")
            for way in ways
            for place, body in enumerate(way.bodies)
        ]

    def told(self) -> NewAppeal:
        """What was typed, as the act takes it."""
        kind, place = self.cleaned_data["way"].rsplit("-", 1)
        names = ("against_day", "received_on", "appellant", "grounds")
        return NewAppeal(kind, body=int(place), **{name: self.cleaned_data[name] for name in names})


class AnswerForm(forms.Form):
    """How an appeal came out."""

    outcome = forms.ChoiceField(label=gettext_lazy("结论"), widget=forms.RadioSelect)
    decided_on = DayField(label=gettext_lazy("结论日期"))
    document_no = forms.CharField(label=gettext_lazy("文书编号"), max_length=80)
    words = forms.CharField(
        label=gettext_lazy("结论摘要"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.fields["outcome"].choices = [(key, say(name)) for key, name in APPEAL_OUTCOMES.items()]  # type: ignore[attr-defined]

    def answer(self) -> Answer:
        """What was typed, as the act takes it."""
        return Answer(**self.cleaned_data)
