"""What is asked to give a post, and to declare a relative."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from jishiyu.doors.desk.checks.forms import relation_choices
from jishiyu.doors.desk.fields import DayField, english
from jishiyu.offices import queries


class GiveForm(forms.Form):
    """An officer, by the user name, a post, and from which day."""

    username = forms.CharField(label=gettext_lazy("用户名"), max_length=60)
    post = forms.ChoiceField(label=gettext_lazy("岗位"))
    first_day = DayField(label=gettext_lazy("任职首日"))

    def __init__(self, data: Any, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        choices = [(row.code, row.title_en if english() else row.title_zh) for row in queries.posts()]
        self.fields["post"].choices = choices  # type: ignore[attr-defined]


class DeclareForm(forms.Form):
    """A near relative of one's own."""

    name = forms.CharField(label=gettext_lazy("亲属姓名"), max_length=60)
    id_number = forms.CharField(
        label=gettext_lazy("公民身份号码"),
        max_length=24,
        help_text=gettext_lazy("加密保存，只有您本人能看到；该亲属申请救助时，案件自动备案"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    relation = forms.ChoiceField(label=gettext_lazy("关系"))

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.fields["relation"].choices = relation_choices()  # type: ignore[attr-defined]
