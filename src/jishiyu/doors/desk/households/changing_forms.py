"""What is asked when members come and go, when another is head, and when a household is reached elsewhere."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from jishiyu.doors.desk.fields import DayField, english, say
from jishiyu.doors.desk.households.forms import RELATIONS, HouseholdForm, MemberForm
from jishiyu.doors.threshold.templatetags.jishiyu import as_written
from jishiyu.foundations.outcomes import Sentence
from jishiyu.offices import queries as offices
from jishiyu.registry.rules.moves import COMING, GOING, Arrival, Departure, Ground, Lives, NewHome, suggested
from jishiyu.registry.rules.newcomers import NewMember
from jishiyu.registry.rules.vocabulary import HEAD, SPOUSE, relation_word


def _words(words: Mapping[str, Sentence]) -> list[tuple[str, str]]:
    return [("", gettext("请选择")), *((key, say(word)) for key, word in words.items())]


def _relations(*extra: str, head: bool = True) -> list[tuple[str, str]]:
    codes = [code for code in dict.fromkeys((*RELATIONS, *extra)) if head or code != HEAD]
    return [("", gettext("请选择")), *((code, say(relation_word(code))) for code in codes if code)]


class GroundForm(forms.Form):
    """Since when, why, and on which paper: asked of every change."""

    day = DayField(label=gettext_lazy("日期"))
    reason = forms.CharField(label=gettext_lazy("原因"), max_length=200)
    paper = forms.CharField(
        label=gettext_lazy("凭什么材料"),
        max_length=120,
        help_text=gettext_lazy("例如：户口本、出生医学证明、死亡证明、结婚证、离婚证"),
    )

    def __init__(self, data: Any, *, today: date) -> None:
        super().__init__(data, initial={"day": today}, use_required_attribute=False)
        self.today = today

    def clean_day(self) -> date:
        """Not in the future."""
        day: date = self.cleaned_data["day"]
        if day > self.today:
            raise forms.ValidationError(gettext("日期不能晚于今天"))
        return day

    def ground(self) -> Ground:
        """What was filled in of it."""
        told = self.cleaned_data
        return Ground(told["day"], told["reason"], told["paper"])


class ComingForm(GroundForm):
    """Who comes to live here."""

    kind = forms.ChoiceField(label=gettext_lazy("怎么来的"))
    name = forms.CharField(label=gettext_lazy("姓名"), max_length=60)
    id_number = forms.CharField(
        label=gettext_lazy("身份证号"),
        max_length=24,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    relation = forms.ChoiceField(label=gettext_lazy("与户主关系"))
    field_order = ("kind", "name", "id_number", "relation", "day", "reason", "paper")

    def __init__(self, data: Any, *, today: date) -> None:
        super().__init__(data, today=today)
        self.fields["kind"].choices = _words(COMING)  # type: ignore[attr-defined]
        self.fields["relation"].choices = _relations(head=False)  # type: ignore[attr-defined]

    clean_id_number = MemberForm.clean_id_number

    def arrival(self) -> Arrival:
        """What was filled in, as the register takes it."""
        told = self.cleaned_data
        member = NewMember(str(uuid.uuid4()), told["name"], told["id_number"], told["relation"])
        return Arrival(member, told["kind"], self.ground())


class RelationsForm(GroundForm):
    """Who is head from now on, and how all are related to the new head. The fields begin with what can be told from before."""

    def __init__(
        self, data: Any, *, today: date, members: Sequence[tuple[Lives, str]], head: str = ""
    ) -> None:
        super().__init__(data, today=today)
        self.members = list(members)
        chosen = next((one for one, _ in members if one.person_id == head), None) or likely_head(
            [one for one, _ in members]
        )
        self.head = chosen.person_id if chosen else ""
        for one, name in self.members:
            guess = suggested(chosen, one) if chosen else ""
            self.fields[f"relation_{one.person_id}"] = forms.ChoiceField(
                label=as_written(name), choices=_relations(one.relation, guess), initial=guess
            )

    @property
    def relation_fields(self) -> list[forms.BoundField]:
        """One field for each member."""
        return [self[f"relation_{one.person_id}"] for one, _ in self.members]

    @property
    def plain_fields(self) -> list[forms.BoundField]:
        """All the others."""
        return [field for field in self if not field.name.startswith("relation_")]

    def clean(self) -> dict[str, Any]:
        """Exactly one head."""
        told = super().clean() or {}
        heads = [name for name, code in told.items() if name.startswith("relation_") and code == HEAD]
        if self.members and len(heads) != 1:
            raise forms.ValidationError(gettext("请把且只把一名成员填为户主"))
        return told

    def relations(self) -> dict[str, str]:
        """The relation of each member to the new head, by person id."""
        return {one.person_id: self.cleaned_data[f"relation_{one.person_id}"] for one, _ in self.members}


class GoingForm(RelationsForm):
    """Who goes, and, when it is the head, who is head then."""

    kind = forms.ChoiceField(label=gettext_lazy("怎么走的"))
    field_order = ("kind", "day", "reason", "paper")

    def __init__(self, data: Any, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["kind"].choices = _words(GOING)  # type: ignore[attr-defined]

    def departure(self, person_id: str) -> Departure:
        """What was filled in, as the register takes it."""
        return Departure(person_id, self.cleaned_data["kind"], self.ground(), self.relations())


class HomeForm(GroundForm):
    """Where and how the household is reached. What is hidden on screen is not shown here either: left empty it stays."""

    community = forms.CharField(label=gettext_lazy("社区"), max_length=60)
    address = forms.CharField(
        label=gettext_lazy("实际居住地址"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("不改可留空"),
    )
    phone = forms.RegexField(
        HouseholdForm.base_fields["phone"].regex.pattern,  # type: ignore[attr-defined]
        label=gettext_lazy("联系电话"),
        required=False,
        error_messages={"invalid": gettext_lazy("电话只能有数字、空格和短横")},
        help_text=gettext_lazy("不改可留空"),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
    field_order: tuple[str, ...] = ("community", "address", "phone", "day", "reason", "paper")

    def __init__(self, data: Any, *, today: date, household: Any) -> None:
        super().__init__(data, today=today)
        self.household = household
        self.initial.update({"community": household.community, "version": household.version})

    def home(self) -> NewHome:
        """What was filled in; empty keeps what stands."""
        told = self.cleaned_data
        return NewHome(
            told["community"],
            told["address"] or self.household.address,
            told["phone"] or self.household.phone,
        )


class AreaForm(HomeForm):
    """The other sub-district, and where the household lives there."""

    to = forms.ChoiceField(label=gettext_lazy("迁往街道"))
    field_order: tuple[str, ...] = ("to", "community", "address", "phone", "day", "reason", "paper")

    def __init__(self, data: Any, *, today: date, household: Any) -> None:
        super().__init__(data, today=today, household=household)
        self.initial["community"] = ""
        self.fields["address"].required = True
        self.fields["address"].help_text = ""
        areas = [one for one in offices.sub_districts() if one.code != household.sub_district_id]
        self.fields["to"].choices = [  # type: ignore[attr-defined]
            ("", gettext("请选择")),
            *((one.code, one.name_en if english() else one.name_zh) for one in areas),
        ]


def likely_head(members: Sequence[Lives]) -> Lives | None:
    """Who is probably head next: the spouse, else the oldest of those who stay."""
    spouse = next((one for one in members if one.relation in SPOUSE), None)
    return spouse or min(members, key=lambda one: one.born, default=None)
