"""Forms of the treasury: a source, a deposit, a month to pay, a reversal."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from jishiyu.doors.desk.fields import DayField, YuanField, say
from jishiyu.foundations.outcomes import sentence
from jishiyu.funds.queries import sources
from jishiyu.funds.rules.sources import SOURCE_NAMES
from jishiyu.law.queries import pack


def read_month(text: str) -> date:
    """The first day of a month as it is written in a field. Raises ValidationError."""
    try:
        year, month = text.split("-")
        return date(int(year), int(month), 1)
    except ValueError:
        raise forms.ValidationError(gettext("请填写年和月，例如 2026-11")) from None


class SourceForm(forms.Form):
    """A named source of one of the three kinds."""

    kind = forms.ChoiceField(label=gettext_lazy("来源类别"))
    name_zh = forms.CharField(label=gettext_lazy("名称（中文）"), max_length=80)
    name_en = forms.CharField(label=gettext_lazy("名称（英文）"), max_length=160)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind, say(name)) for kind, name in SOURCE_NAMES.items()]  # type: ignore[attr-defined]


class DepositForm(forms.Form):
    """Money that came in."""

    source = forms.ChoiceField(label=gettext_lazy("资金来源"))
    amount = YuanField(label=gettext_lazy("到账金额"), required=True, least=1)
    received_on = DayField(label=gettext_lazy("到账日期"))
    document_no = forms.CharField(
        label=gettext_lazy("文件或凭证编号"),
        max_length=80,
        help_text=gettext_lazy("例如：京财社指〔2026〕12号；同一来源的编号不能重复"),
    )
    purpose = forms.ChoiceField(
        label=gettext_lazy("指定用途"),
        required=False,
        help_text=gettext_lazy("只能用于某一专项的，请选择；不限用途的留空"),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [
            (str(row.id), f"{say(SOURCE_NAMES[row.kind])} · {say(sentence(row.name_zh, row.name_en))}")  # type: ignore[index]
            for row in sources()
        ]
        self.fields["source"].choices = named  # type: ignore[attr-defined]
        programmes = [(one.code, say(one.name)) for one in pack().programmes]
        self.fields["purpose"].choices = [("", gettext("不限用途")), *programmes]  # type: ignore[attr-defined]
        self.fields["received_on"].widget.attrs["max"] = today.isoformat()


class MonthForm(forms.Form):
    """The month to pay."""

    month = forms.CharField(
        label=gettext_lazy("发放月份"), widget=forms.TextInput(attrs={"type": "month"}), max_length=7
    )

    def clean_month(self) -> date:
        """The month's first day."""
        return read_month(self.cleaned_data["month"])


class ReasonForm(forms.Form):
    """Why something is taken back."""

    reason = forms.CharField(
        label=gettext_lazy("冲正事由"),
        min_length=4,
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("冲正后原记录保留，另记一笔相反的分录"),
    )
