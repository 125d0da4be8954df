"""The form of one answer: the value, who said it, on which paper, and for which days."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from jishiyu.doors.desk.fields import DayField, YuanField
from jishiyu.law.rules.expressions import Question
from jishiyu.registry.rules.answers import NewAnswer

_FLAGS = {"yes": True, "no": False, "unknown": None}


class AnswerForm(forms.Form):
    """One answer. An amount that is left empty, and *not known*, are answers too: they take an earlier one back."""

    value = forms.ChoiceField(
        label=gettext_lazy("回答"),
        widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
        choices=[
            ("yes", gettext_lazy("是")),
            ("no", gettext_lazy("否")),
            ("unknown", gettext_lazy("不清楚")),
        ],
    )
    said_by = forms.CharField(
        label=gettext_lazy("谁说的"),
        max_length=60,
        widget=forms.TextInput(attrs={"list": "said-by", "autocomplete": "off"}),
    )
    paper = forms.CharField(
        label=gettext_lazy("凭什么材料"),
        max_length=120,
        widget=forms.TextInput(attrs={"list": "papers", "autocomplete": "off"}),
    )
    first_day = DayField(label=gettext_lazy("情况自"))
    last_day = DayField(label=gettext_lazy("至"), required=False, help_text=gettext_lazy("一直如此可不填"))
    reason = forms.CharField(label=gettext_lazy("更正原因"), max_length=200)

    def __init__(self, data: Any, *, asked: Question, corrects: bool, today: date) -> None:
        super().__init__(data, prefix=asked.key, initial={"first_day": today}, use_required_attribute=False)
        self.asked = asked
        if asked.unit == "yuan":
            self.fields["value"] = YuanField(
                label=gettext_lazy("金额（元）"), required=False, help_text=gettext_lazy("不清楚可不填")
            )
        if not corrects:
            del self.fields["reason"]

    def clean(self) -> dict[str, Any]:
        """The last day never before the first."""
        told = super().clean() or {}
        first, last = told.get("first_day"), told.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", gettext("截止日期早于起始日期"))
        return told

    def answer(self) -> NewAnswer:
        """What was filled in, as the register takes it."""
        told = self.cleaned_data
        value = told["value"] if self.asked.unit == "yuan" else _FLAGS[told["value"]]
        return NewAnswer(
            key=self.asked.key,
            value=value,
            said_by=told["said_by"],
            paper=told["paper"],
            first_day=told["first_day"],
            last_day=told["last_day"],
            reason=told.get("reason", ""),
        )
