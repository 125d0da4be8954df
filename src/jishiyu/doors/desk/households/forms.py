"""What the list is narrowed by, and what is asked to register a household."""

import uuid
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext, gettext_lazy

from jishiyu.assessment import queries as assessment
from jishiyu.cases import queries as cases
from jishiyu.doors.desk.fields import english, say
from jishiyu.doors.desk.households.standing import bands
from jishiyu.foundations.identifiers import BadIdNumber, IdNumber, read_id_number
from jishiyu.offices import queries as offices
from jishiyu.offices.rules import Post
from jishiyu.registry import queries
from jishiyu.registry.rules.family import Kin, family_faults
from jishiyu.registry.rules.newcomers import NewHousehold, NewMember
from jishiyu.registry.rules.vocabulary import HEAD, relation_word

# The relations of GB/T 4761 that make sense on a form; the table has more, which a workbook may bring.
RELATIONS = ("02", "10", "20", "30", "28", "38", "40", "51", "52", "53", "54", "60", "70", "97", "99")


class Filters(forms.Form):
    """What narrows the list of households. All but the words is from the address, so that a narrowed list can be linked to."""

    q = forms.CharField(label=gettext_lazy("户主或户编号"), required=False, max_length=40)
    sub_district = forms.ChoiceField(label=gettext_lazy("街道"), required=False)
    community = forms.CharField(label=gettext_lazy("社区"), required=False, max_length=60)
    band = forms.ChoiceField(label=gettext_lazy("困难等级"), required=False)
    case = forms.ChoiceField(
        label=gettext_lazy("案件"),
        required=False,
        choices=[
            ("", gettext_lazy("全部")),
            ("open", gettext_lazy("有在办案件")),
            ("any", gettext_lazy("有过案件")),
            ("none", gettext_lazy("没有案件")),
        ],
    )
    smallest = forms.IntegerField(label=gettext_lazy("人数从"), required=False, min_value=1, max_value=30)
    largest = forms.IntegerField(label=gettext_lazy("到"), required=False, min_value=1, max_value=30)

    def __init__(self, *args: Any, post: Post, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        areas = [(area.code, area) for area in offices.sub_districts() if post.area in ("", area.code)]
        self.fields["sub_district"].choices = [  # type: ignore[attr-defined]
            ("", gettext("全部")),
            *((code, area.name_en if english() else area.name_zh) for code, area in areas),
        ]
        self.fields["band"].choices = [  # type: ignore[attr-defined]
            ("", gettext("全部")),
            *((one.key, say(one.name)) for one in bands()),
            ("none", gettext("未评估")),
        ]
        if len(areas) == 1:
            del self.fields["sub_district"]

    def narrow(self, rows: "QuerySet[Any]", post: Post) -> "QuerySet[Any]":
        """The rows that fit; a filter that cannot be read narrows nothing."""
        self.is_valid()
        told = self.cleaned_data
        rows = _by_band(rows, told.get("band", ""), post)
        rows = _by_case(rows, told.get("case", ""), post)
        return queries.narrowed(
            rows,
            queries.Narrowing(
                sub_district=told.get("sub_district", ""),
                community=told.get("community", ""),
                smallest=told.get("smallest"),
                largest=told.get("largest"),
                words=told.get("q", ""),
            ),
        )

    @property
    def narrows(self) -> bool:
        """Whether anything is narrowed at all."""
        return any(self.data.get(name) for name in self.fields)


def _by_band(rows: "QuerySet[Any]", band: str, post: Post) -> "QuerySet[Any]":
    if not band:
        return rows
    scores = assessment.latest_scores(post).order_by()
    if band == "none":
        return rows.exclude(pk__in=scores.values("household_id"))
    return rows.filter(pk__in=scores.filter(band=band).values("household_id"))


def _by_case(rows: "QuerySet[Any]", asked: str, post: Post) -> "QuerySet[Any]":
    if not asked:
        return rows
    found = cases.cases(post).order_by()
    if asked == "none":
        return rows.exclude(pk__in=found.values("household_id"))
    return rows.filter(
        pk__in=(found.filter(state="open") if asked == "open" else found).values("household_id")
    )


class HouseholdForm(forms.Form):
    """The household itself. Its file number is given by the system."""

    community = forms.CharField(
        label=gettext_lazy("社区"),
        max_length=60,
        widget=forms.TextInput(attrs={"list": "communities", "autocomplete": "off"}),
    )
    address = forms.CharField(
        label=gettext_lazy("实际居住地址"), max_length=200, help_text=gettext_lazy("加密保存，平时隐去")
    )
    phone = forms.RegexField(
        r"^[0-9+\- ]{7,20}$",
        label=gettext_lazy("联系电话"),
        required=False,
        strip=True,
        error_messages={"invalid": gettext_lazy("电话只能有数字、空格和短横")},
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )


class MemberForm(forms.Form):
    """One member: name, identity number, relation to the head."""

    name = forms.CharField(
        label=gettext_lazy("姓名"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    id_number = forms.CharField(
        label=gettext_lazy("身份证号"),
        max_length=24,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    relation = forms.ChoiceField(label=gettext_lazy("与户主关系"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["use_required_attribute"] = False
        super().__init__(*args, **kwargs)
        self.fields["relation"].choices = [  # type: ignore[attr-defined]
            ("", gettext("请选择")),
            *((code, say(relation_word(code))) for code in RELATIONS),
        ]

    def clean_id_number(self) -> IdNumber:
        """The checked number; the message says which character is wrong and what it should be."""
        try:
            return read_id_number(self.cleaned_data["id_number"])
        except BadIdNumber as bad:
            raise forms.ValidationError(say(bad.sentence)) from None


if TYPE_CHECKING:
    _MemberForms = forms.BaseFormSet[MemberForm]
else:
    _MemberForms = forms.BaseFormSet


class MembersFormSet(_MemberForms):
    """All members: each number once, one head, plausible relations."""

    today: date

    def clean(self) -> None:
        """Check the members against one another, once each of them is readable."""
        kept = self.kept()
        if not kept:
            raise forms.ValidationError(gettext("至少要有一名成员"))
        self._each_number_once(kept)
        if any(form.errors for form in kept):
            return
        kin = [_kin(form) for form in kept]
        for fault in family_faults(kin, self.today):
            told = (
                f"{say(fault.wrong)}。{say(fault.mend)}"
                if not english()
                else f"{say(fault.wrong)}. {say(fault.mend)}"
            )
            if fault.place is None:
                raise forms.ValidationError(told)
            kept[fault.place].add_error(fault.fact if fault.fact in kept[fault.place].fields else None, told)

    def kept(self) -> list[MemberForm]:
        """The forms that were filled in and not taken out."""
        return [form for form in self.forms if form.has_changed() and form not in self.deleted_forms]

    def _each_number_once(self, kept: Sequence[MemberForm]) -> None:
        seen: set[str] = set()
        for form in kept:
            number = form.cleaned_data.get("id_number") if form.is_valid() else None
            if number is None:
                continue
            if number.text in seen:
                form.add_error("id_number", gettext("这个身份证号在本表中已填过"))
            seen.add(number.text)


MEMBERS = forms.formset_factory(MemberForm, formset=MembersFormSet, extra=1, max_num=30, can_delete=True)


def newcomer_from(
    household: HouseholdForm, members: MembersFormSet, *, area: str, number: str, today: date
) -> NewHousehold:
    """What the filled forms say, as the register takes it."""
    told = household.cleaned_data
    return NewHousehold(
        household_id=str(uuid.uuid4()),
        number=number,
        sub_district=area,
        community=told["community"],
        address=told["address"],
        phone=told["phone"] or "",
        registered_on=today,
        members=tuple(
            NewMember(
                str(uuid.uuid4()),
                form.cleaned_data["name"],
                form.cleaned_data["id_number"],
                form.cleaned_data["relation"],
            )
            for form in members.kept()
        ),
    )


def _kin(form: MemberForm) -> Kin:
    number: IdNumber = form.cleaned_data["id_number"]
    return Kin(form.cleaned_data["relation"], number.born, number.sex)


FIRST_MEMBER = [{"relation": HEAD}]
