"""Forms of the leading group's office: bulletins, meetings, decisions, training."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from jishiyu.doors.desk.fields import DayField, say
from jishiyu.law.queries import pack

MEETING_KINDS = (
    ("quarterly", gettext_lazy("季度例会")),
    ("liaison", gettext_lazy("联络员会议")),
    ("other", gettext_lazy("其他会议")),
)
TRAINING_KINDS = (("regular", gettext_lazy("定期培训")), ("adhoc", gettext_lazy("专题培训")))


def units() -> list[tuple[str, str]]:
    """Every member unit and sub-district with its name, in the document's order."""
    district = pack().district
    return [(code, say(district.unit_name(code))) for code in district.member_units()]


class BulletinForm(forms.Form):
    """A bulletin."""

    sign = forms.CharField(
        label=gettext_lazy("机关代字"), max_length=12, help_text=gettext_lazy("发文字号中年份前的部分")
    )
    title = forms.CharField(label=gettext_lazy("标题"), max_length=120)
    report = forms.ChoiceField(
        label=gettext_lazy("依据季报"),
        required=False,
        help_text=gettext_lazy("选择季报且正文留空时，自动填入该季报的分析"),
    )
    body = forms.CharField(
        label=gettext_lazy("正文"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 12}),
        max_length=20_000,
    )

    def __init__(self, *args: Any, reports: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["report"].choices = [("", "—"), *reports]  # type: ignore[attr-defined]


class DraftForm(forms.Form):
    """The words of a bulletin that is still a draft."""

    title = forms.CharField(label=gettext_lazy("标题"), max_length=120)
    body = forms.CharField(
        label=gettext_lazy("正文"), widget=forms.Textarea(attrs={"rows": 14}), max_length=20_000
    )


class MeetingForm(forms.Form):
    """A meeting to come."""

    kind = forms.ChoiceField(label=gettext_lazy("会议类别"), choices=MEETING_KINDS)
    title = forms.CharField(label=gettext_lazy("会议名称"), max_length=120)
    held_on = DayField(label=gettext_lazy("会议日期"))
    place = forms.CharField(label=gettext_lazy("地点"), max_length=80, required=False)
    agenda = forms.CharField(
        label=gettext_lazy("议程"),
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("每行一项；已按未办结事项预填"),
        max_length=4000,
    )


class MinutesForm(forms.Form):
    """What was said."""

    minutes = forms.CharField(
        label=gettext_lazy("会议纪要"), widget=forms.Textarea(attrs={"rows": 8}), max_length=20_000
    )


class DecisionForm(forms.Form):
    """What was decided."""

    text = forms.CharField(label=gettext_lazy("议定事项"), max_length=400)
    unit = forms.ChoiceField(label=gettext_lazy("责任单位"))
    due_on = DayField(label=gettext_lazy("完成期限"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = units()  # type: ignore[attr-defined]


class TrainingForm(forms.Form):
    """A training session to come. How many each unit sends stands in fields ``enrolled-<unit>``."""

    kind = forms.ChoiceField(label=gettext_lazy("培训类别"), choices=TRAINING_KINDS)
    title = forms.CharField(label=gettext_lazy("培训名称"), max_length=120)
    planned_on = DayField(label=gettext_lazy("培训日期"))
    place = forms.CharField(label=gettext_lazy("地点"), max_length=80, required=False)
    teacher = forms.CharField(label=gettext_lazy("授课人"), max_length=60, required=False)
    content = forms.CharField(
        label=gettext_lazy("培训内容"),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        max_length=4000,
    )


def counts_sent(sent: Any, prefix: str) -> dict[str, int]:
    """Whole numbers of fields ``prefix-<unit>`` for the units of the pack; what is empty or no number is left out."""
    found = {}
    for code, _ in units():
        text = str(sent.get(f"{prefix}-{code}", "")).strip()
        if text.isdecimal() and len(text) <= 4:
            found[code] = int(text)
    return found
