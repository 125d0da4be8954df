"""The facts of an economic snapshot as forms: the household's, each member's, and the medical bills. Empty means not known."""

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from jishiyu.doors.desk.fields import AreaField, CountField, DayField, WordField, YesNoField, YuanField, say
from jishiyu.registry.rules import vocabulary as words
from jishiyu.registry.rules.situation import HouseholdSituation, MedicalBill, MemberSituation


class HouseholdFacts(forms.Form):
    """What is asked of the household as a whole."""

    as_of = DayField(label=gettext_lazy("情况截至"))
    source = forms.CharField(
        label=gettext_lazy("情况来源"),
        max_length=120,
        help_text=gettext_lazy("例如：入户了解、本人申报、经济状况核对报告"),
    )
    tenure = WordField(words.TENURE, label=gettext_lazy("居住方式"), required=False)
    homes_owned = CountField(label=gettext_lazy("名下住房套数"), required=False, most=50)
    usable_area_dm2 = AreaField(label=gettext_lazy("使用面积"), required=False)
    unsafe_housing = YesNoField(label=gettext_lazy("是否危房"), required=False)
    monthly_rent = YuanField(label=gettext_lazy("月租金"), required=False)
    vehicles = CountField(label=gettext_lazy("机动车辆数"), required=False, most=50)
    liquid_assets = YuanField(label=gettext_lazy("金融资产合计"), required=False)
    debt = YuanField(label=gettext_lazy("负债"), required=False)
    support = WordField(words.SUPPORT, label=gettext_lazy("赡养抚养"), required=False)
    event = WordField(words.EVENT, label=gettext_lazy("突发事件"), required=False)
    event_on = DayField(label=gettext_lazy("发生日期"), required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_as_of(self) -> date:
        """Not in the future."""
        day: date = self.cleaned_data["as_of"]
        if day > self.today:
            raise forms.ValidationError(gettext("日期不能晚于今天"))
        return day

    def clean(self) -> dict[str, Any]:
        """An event needs its day; a day without an event is dropped."""
        told = super().clean() or {}
        event = told.get("event")
        if event not in (None, "none") and not told.get("event_on"):
            self.add_error("event_on", gettext("请填写突发事件的发生日期"))
        if event in (None, "none"):
            told["event_on"] = None
        return told


class MemberFacts(forms.Form):
    """What is asked of each member. Incomes and costs are totals of the last twelve months."""

    marital = WordField(words.MARITAL, label=gettext_lazy("婚姻状况"), required=False)
    local_hukou = YesNoField(label=gettext_lazy("本市户籍"), required=False)
    employment = WordField(words.EMPLOYMENT, label=gettext_lazy("就业"), required=False)
    work_capacity = WordField(words.WORK_CAPACITY, label=gettext_lazy("劳动能力"), required=False)
    schooling = WordField(words.SCHOOLING, label=gettext_lazy("就学"), required=False)
    medical_insurance = WordField(words.MEDICAL_INSURANCE, label=gettext_lazy("医疗保险"), required=False)
    wage_income = YuanField(label=gettext_lazy("工资性收入"), required=False)
    business_income = YuanField(label=gettext_lazy("经营净收入"), required=False)
    property_income = YuanField(label=gettext_lazy("财产净收入"), required=False)
    transfer_income = YuanField(label=gettext_lazy("转移净收入"), required=False)
    excluded_income = YuanField(
        label=gettext_lazy("其中不计入收入"),
        required=False,
        help_text=gettext_lazy("按规定不计入家庭收入的部分"),
    )
    illness = WordField(words.ILLNESS, label=gettext_lazy("患病"), required=False)
    disability_category = WordField(words.DISABILITY, label=gettext_lazy("残疾类别"), required=False)
    disability_grade = CountField(
        label=gettext_lazy("残疾等级"), required=False, most=4, help_text=gettext_lazy("1至4级，无残疾填0")
    )
    daily_activities_lost = CountField(
        label=gettext_lazy("丧失的自理能力项数"),
        required=False,
        most=6,
        help_text=gettext_lazy("六项中的几项"),
    )
    medical_self_paid = YuanField(label=gettext_lazy("自付医疗费"), required=False)
    education_cost = YuanField(label=gettext_lazy("教育支出"), required=False)
    rehabilitation_cost = YuanField(label=gettext_lazy("康复支出"), required=False)
    identities = forms.MultipleChoiceField(
        label=gettext_lazy("特殊身份"),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
    )

    keep_health = forms.BooleanField(
        label=gettext_lazy("健康信息沿用上次登记（不显示）"),
        required=False,
        initial=True,
        widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
    )

    def __init__(self, *args: Any, last: MemberSituation | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Health is masked until a reason is given, so the form never shows what was recorded: it keeps it or takes new words.
        self.last = last
        if last is None:
            del self.fields["keep_health"]
        self.fields["identities"].choices = [  # type: ignore[attr-defined]
            (code, say(word)) for code, word in words.IDENTITIES.items()
        ]

    def clean(self) -> dict[str, Any]:
        """A disability has a grade from 1 to 4; none has none."""
        told = super().clean() or {}
        if told.get("keep_health"):
            if any(told.get(name) is not None for name in HEALTH):
                self.add_error(None, gettext("填了新的健康信息，请取消“沿用上次登记”"))
            return told | {name: getattr(self.last, name) for name in HEALTH}
        category, grade = told.get("disability_category"), told.get("disability_grade")
        if category and grade == 0:
            self.add_error("disability_grade", gettext("有残疾的须填1至4级"))
        if category == 0 and grade:
            self.add_error("disability_category", gettext("填了残疾等级，请选类别"))
        return told


class BillFacts(forms.Form):
    """One settled medical bill."""

    person = forms.ChoiceField(label=gettext_lazy("就医人"))
    settled_on = DayField(label=gettext_lazy("结算日期"))
    total = YuanField(label=gettext_lazy("总费用"), required=True)
    in_scope = YuanField(label=gettext_lazy("医保范围内"), required=True)
    basic_paid = YuanField(label=gettext_lazy("基本医保"), required=False)
    critical_paid = YuanField(label=gettext_lazy("大病保险"), required=False)
    supplementary_paid = YuanField(label=gettext_lazy("补充医疗"), required=False)
    commercial_paid = YuanField(label=gettext_lazy("商业保险"), required=False)

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        kwargs["use_required_attribute"] = False
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = list(people)  # type: ignore[attr-defined]
        self.fields["person"].widget.attrs["translate"] = "no"  # names stay as they are in every language

    def clean(self) -> dict[str, Any]:
        """The parts never exceed the whole."""
        told = super().clean() or {}
        if self.errors:
            return told
        paid = sum(told[name] or 0 for name in INSURANCE)
        if told["in_scope"] > told["total"]:
            self.add_error("in_scope", gettext("医保范围内金额不能超过总费用"))
        elif paid > told["total"]:
            self.add_error("total", gettext("各项保险赔付合计超过总费用"))
        return told


INSURANCE = ("basic_paid", "critical_paid", "supplementary_paid", "commercial_paid")
BILLS = forms.formset_factory(BillFacts, extra=0, max_num=60, can_delete=True)
INCOMES = ("wage_income", "business_income", "property_income", "transfer_income", "excluded_income")
HEALTH = (
    "illness", "disability_category", "disability_grade", "daily_activities_lost", "medical_self_paid", "rehabilitation_cost",
)  # fmt: skip
LIFE = (
    "marital",
    "local_hukou",
    "employment",
    "work_capacity",
    "schooling",
    "medical_insurance",
    "education_cost",
)
HOUSING = ("tenure", "homes_owned", "usable_area_dm2", "unsafe_housing", "monthly_rent")
BELONGINGS = ("vehicles", "liquid_assets", "debt", "support", "event", "event_on")


def initial_household(last: HouseholdSituation | None, today: date) -> dict[str, Any]:
    """What the form starts with: the last snapshot's facts, as of today."""
    names = HOUSING + BELONGINGS
    return {"as_of": today, **({name: getattr(last, name) for name in names} if last else {})}


def initial_member(last: MemberSituation | None) -> dict[str, Any]:
    """The last snapshot's facts of one member, without those of health."""
    if last is None:
        return {}
    return {name: getattr(last, name) for name in INCOMES + LIFE} | {"identities": sorted(last.identities)}


def initial_bills(last: HouseholdSituation | None, since: date) -> list[dict[str, Any]]:
    """The bills of the last snapshot that are still within the twelve months."""
    names = ("settled_on", "total", "in_scope", *INSURANCE)
    bills = last.bills if last else ()
    return [
        {"person": bill.person_id} | {name: getattr(bill, name) for name in names}
        for bill in bills
        if bill.settled_on >= since
    ]


def situation_from(
    household_id: str,
    sub_district: str,
    household: HouseholdFacts,
    members: Sequence[tuple[MemberSituation, MemberFacts]],
    bills: "forms.BaseFormSet[BillFacts]",
) -> HouseholdSituation:
    """What the filled forms say. ``members`` pairs what is fixed (id, relation, birth, sex) with what was filled in."""
    told = household.cleaned_data
    return HouseholdSituation(
        household_id=household_id,
        sub_district=sub_district,
        as_of=told["as_of"],
        members=tuple(_member(fixed, form.cleaned_data) for fixed, form in members),
        bills=tuple(_bill(form.cleaned_data) for form in bills if form not in bills.deleted_forms),
        **{name: told[name] for name in HOUSING + BELONGINGS},
    )


def nothing_known(person_id: str, relation: str, born: date, sex: int) -> MemberSituation:
    """A member of whom only the identity is known."""
    unknown: dict[str, Any] = dict.fromkeys(INCOMES + HEALTH + LIFE)
    return MemberSituation(person_id=person_id, relation=relation, born=born, sex=sex, **unknown)


def _member(fixed: MemberSituation, told: dict[str, Any]) -> MemberSituation:
    return MemberSituation(
        person_id=fixed.person_id,
        relation=fixed.relation,
        born=fixed.born,
        sex=fixed.sex,
        identities=frozenset(told["identities"]),
        **{name: told[name] for name in INCOMES + HEALTH + LIFE},
    )


def _bill(told: dict[str, Any]) -> MedicalBill:
    return MedicalBill(
        bill_id=str(uuid.uuid4()),
        person_id=told["person"],
        settled_on=told["settled_on"],
        total=told["total"],
        in_scope=told["in_scope"],
        **{name: told[name] or 0 for name in INSURANCE},
    )
