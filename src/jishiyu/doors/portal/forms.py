"""What the public is asked when somebody objects to a notice."""

from django import forms
from django.utils.translation import gettext_lazy


class ObjectionForm(forms.Form):
    """An objection, named or not. ``website`` stays empty: only machines fill in what nobody sees."""

    text = forms.CharField(
        label=gettext_lazy("您对这份公示有什么意见？"),
        min_length=5,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("请写明事实，5至2000字"),
        error_messages={
            "required": gettext_lazy("请写明您的意见"),
            "min_length": gettext_lazy("请至少写5个字"),
        },
    )
    objector = forms.CharField(
        label=gettext_lazy("您的姓名（可以不填）"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    contact = forms.CharField(
        label=gettext_lazy("怎样联系您（可以不填）"),
        required=False,
        max_length=60,
        help_text=gettext_lazy(
            "留下联系方式，我们会把核实结果告诉您。您的姓名和联系方式加密保存，不会公开，也不会告诉被公示的家庭。"
        ),
    )
    website = forms.CharField(required=False, widget=forms.HiddenInput)
