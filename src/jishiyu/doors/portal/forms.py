"""What the public is asked: about an objection to a notice, and to find the own case."""

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


class ProgressForm(forms.Form):
    """The case's number and its code, both from the application."""

    number = forms.CharField(
        label=gettext_lazy("案号或网上申请编号"),
        max_length=40,
        help_text=gettext_lazy("案号印在申请表标题下面；网上申请编号以 WS 开头"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
        error_messages={"required": gettext_lazy("请填写案号")},
    )
    code = forms.CharField(
        label=gettext_lazy("查询码"),
        max_length=20,
        help_text=gettext_lazy("印在申请表上，十位字母和数字；大小写都可以"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
        error_messages={"required": gettext_lazy("请填写查询码")},
    )
