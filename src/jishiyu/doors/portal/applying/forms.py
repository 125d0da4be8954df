"""The short steps of the application. Identity numbers are checked as they come in, and never shown back whole."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from jishiyu.doors.portal.applying.words import HAPPENED, HOUSING
from jishiyu.doors.threshold.templatetags.jishiyu import say
from jishiyu.evidence.rules.applications import FILLED_BY
from jishiyu.foundations.identifiers import BadIdNumber, masked_id, read_id_number
from jishiyu.offices.queries import sub_districts
from jishiyu.registry.rules.vocabulary import relation_word

RELATIONS = ("10", "20", "30", "51", "52", "53", "54", "60", "40", "70", "28", "38", "97", "99")
MOST_MEMBERS = 12
_CHOOSE = ("", gettext_lazy("请选择"))


class CodeForm(forms.Form):
    """Number and code of a draft, or of an application that was handed in."""

    number = forms.CharField(
        label=gettext_lazy("申请编号"),
        max_length=40,
        help_text=gettext_lazy("WS 开头，开始填写时给您的"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
        error_messages={"required": gettext_lazy("请填写申请编号")},
    )
    code = forms.CharField(
        label=gettext_lazy("查询码"),
        max_length=20,
        help_text=gettext_lazy("十位字母和数字；大小写都可以"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
        error_messages={"required": gettext_lazy("请填写查询码")},
    )


class IdNumberField(forms.CharField):
    """A checked identity number as text; what is wrong with it is said in words. ``had`` may stay without typing it again."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", gettext_lazy("身份证号"))
        kwargs.setdefault("max_length", 24)
        kwargs["widget"] = forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"})
        super().__init__(**kwargs)

    def clean(self, value: Any) -> str:
        text = str(super().clean(value) or "")
        if not text:
            return ""
        try:
            return read_id_number(text).text
        except BadIdNumber as bad:
            raise forms.ValidationError(say(bad.sentence)) from None

    def keep(self, had: str) -> None:
        """Show of a number that was given before no more than its ends, and let it stand when nothing is typed."""
        if had:
            self.required = False
            self.help_text = gettext("已填 %(masked)s；不改就空着") % {"masked": masked_id(had)}


class WhoForm(forms.Form):
    """Who applies, where the person lives, and who fills the form in."""

    name = forms.CharField(
        label=gettext_lazy("申请人姓名"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": gettext_lazy("请填写申请人姓名")},
    )
    id_number = IdNumberField(error_messages={"required": gettext_lazy("请填写身份证号")})
    phone = forms.RegexField(
        r"^[0-9+\- ]{7,20}$",
        label=gettext_lazy("联系电话"),
        help_text=gettext_lazy("街道会打这个电话联系您"),
        error_messages={
            "invalid": gettext_lazy("电话只能有数字、空格和短横"),
            "required": gettext_lazy("请填写联系电话"),
        },
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )
    sub_district = forms.ChoiceField(
        label=gettext_lazy("住在哪个街道"), error_messages={"required": gettext_lazy("请选择街道")}
    )
    address = forms.CharField(
        label=gettext_lazy("现在的住址"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
        error_messages={"required": gettext_lazy("请填写住址")},
    )
    filled_by = forms.ChoiceField(label=gettext_lazy("谁在填这张表"))
    helper = forms.CharField(
        label=gettext_lazy("代填人姓名"),
        required=False,
        max_length=60,
        help_text=gettext_lazy("本人填写的不用填"),
    )

    def __init__(self, *args: Any, had: Mapping[str, Any], **kwargs: Any) -> None:
        kwargs["initial"] = {key: value for key, value in had.items() if key != "id_number"}
        super().__init__(*args, **kwargs)
        self._had = str(had.get("id_number", ""))
        self.fields["id_number"].keep(self._had)  # type: ignore[attr-defined]
        places = [(one.code, say(one)) for one in sub_districts()]
        self.fields["sub_district"].choices = [_CHOOSE, *places]  # type: ignore[attr-defined]
        self.fields["filled_by"].choices = [(key, say(name)) for key, name in FILLED_BY.items()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("filled_by") not in (None, "self") and not told.get("helper"):
            self.add_error("helper", gettext("请填写代填人的姓名"))
        return told

    def told(self) -> dict[str, Any]:
        """What is kept of it."""
        return {**self.cleaned_data, "id_number": self.cleaned_data["id_number"] or self._had}

    def number_alone(self) -> str:
        """The right number of a form in which something else is wrong. It is kept, so that it need not be shown again."""
        number = str(self.cleaned_data.get("id_number", ""))
        if number:
            self.data = {key: self.data.get(key) for key in self.data} | {"id_number": ""}
            self.fields["id_number"].keep(number)  # type: ignore[attr-defined]
        return number


class MemberForm(forms.Form):
    """One person who lives with the applicant."""

    name = forms.CharField(label=gettext_lazy("姓名"), max_length=60, required=False)
    id_number = IdNumberField(required=False)
    relation = forms.ChoiceField(label=gettext_lazy("是申请人的"), required=False)

    def __init__(self, *args: Any, had: Mapping[str, Any], **kwargs: Any) -> None:
        kwargs["initial"] = {key: value for key, value in had.items() if key != "id_number"}
        super().__init__(*args, **kwargs)
        self._had = str(had.get("id_number", ""))
        self.fields["id_number"].keep(self._had)  # type: ignore[attr-defined]
        words = [(code, say(relation_word(code))) for code in RELATIONS]
        self.fields["relation"].choices = [_CHOOSE, *words]  # type: ignore[attr-defined]

    @property
    def empty(self) -> bool:
        """Nothing was filled in: nobody is meant."""
        return not any(self.cleaned_data.get(name) for name in ("name", "id_number", "relation"))

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        number = told.get("id_number") or (self._had if told.get("name") else "")
        if any((told.get("name"), told.get("relation"), told.get("id_number"))):
            for name, given in (
                ("name", told.get("name")),
                ("relation", told.get("relation")),
                ("id_number", number),
            ):
                if not given and name not in self.errors:
                    self.add_error(name, gettext("请填写，或把这一行都空着"))
        return told

    def told(self) -> dict[str, str]:
        """What is kept of it."""
        return {**self.cleaned_data, "id_number": self.cleaned_data["id_number"] or self._had}


class Family:
    """The rows of the family step, as many as are known and one to fill in."""

    def __init__(self, sent: Any, had: Sequence[Mapping[str, Any]], applicant: str) -> None:
        asked = (
            int(sent.get("people", "0")) if sent is not None and str(sent.get("people", "")).isdigit() else 0
        )
        rows = min(max(len(had), asked) if sent is not None else max(len(had), 1), MOST_MEMBERS)
        known = [*had, *({} for _ in range(rows))][:rows]
        self.applicant = applicant
        self.rows = [MemberForm(sent, prefix=f"m{place}", had=one) for place, one in enumerate(known)]

    def add(self) -> None:
        """One more empty row."""
        if len(self.rows) < MOST_MEMBERS:
            self.rows.append(MemberForm(None, prefix=f"m{len(self.rows)}", had={}))

    def is_valid(self) -> bool:
        """Whether each row is whole or empty, and nobody stands there twice."""
        fine = not sum(not row.is_valid() for row in self.rows)  # each says what is wrong with it
        seen = {self.applicant}
        for row in self.rows if fine else ():
            number = "" if row.empty else row.told()["id_number"]
            if number and number in seen:
                row.add_error("id_number", gettext("这个身份证号已经填过了"))
                fine = False
            seen.add(number)
        return fine

    def told(self) -> list[dict[str, str]]:
        """Who lives with the applicant."""
        return [row.told() for row in self.rows if not row.empty]


class SituationForm(forms.Form):
    """What happened, and how the family lives. Only the words are needed."""

    happened = forms.ChoiceField(label=gettext_lazy("主要是什么困难"), required=False)
    income = forms.DecimalField(
        label=gettext_lazy("全家一个月大约收入多少元"),
        required=False,
        min_value=0,
        max_value=1_000_000,
        decimal_places=2,
        help_text=gettext_lazy("说不准可以空着"),
    )
    housing = forms.ChoiceField(label=gettext_lazy("住的是什么房"), required=False)
    words = forms.CharField(
        label=gettext_lazy("请用自己的话说说遇到了什么困难"),
        min_length=5,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("发生了什么、从什么时候起、需要什么帮助"),
        error_messages={
            "required": gettext_lazy("请写几句困难情况"),
            "min_length": gettext_lazy("请至少写5个字"),
        },
    )

    def __init__(self, *args: Any, had: Mapping[str, Any], **kwargs: Any) -> None:
        kwargs["initial"] = dict(had)
        super().__init__(*args, **kwargs)
        reasons = [(one.key, say(one.name)) for one in HAPPENED]
        self.fields["happened"].choices = [_CHOOSE, *reasons]  # type: ignore[attr-defined]
        homes = [(key, say(name)) for key, name in HOUSING.items()]
        self.fields["housing"].choices = [_CHOOSE, *homes]  # type: ignore[attr-defined]

    def told(self) -> dict[str, str]:
        """What is kept of it; the amount as it was written."""
        return {key: "" if value is None else str(value) for key, value in self.cleaned_data.items()}
