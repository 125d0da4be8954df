"""What is asked to take in and to answer an objection."""

from django import forms
from django.utils.translation import gettext_lazy


class ObjectionForm(forms.Form):
    """An objection that came to the counter or by telephone."""

    text = forms.CharField(
        label=gettext_lazy("异议内容"),
        min_length=5,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    objector = forms.CharField(label=gettext_lazy("提出人（可不填）"), required=False, max_length=60)
    contact = forms.CharField(label=gettext_lazy("联系方式（可不填）"), required=False, max_length=60)


class AnswerForm(forms.Form):
    """The answer: whether it holds, and what was found."""

    upheld = forms.TypedChoiceField(
        label=gettext_lazy("异议是否成立"),
        choices=[("no", gettext_lazy("不成立")), ("yes", gettext_lazy("成立，撤下公示并重新核查"))],
        coerce=lambda text: text == "yes",
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=gettext_lazy("核实情况和答复"),
        min_length=5,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
