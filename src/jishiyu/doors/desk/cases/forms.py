"""What is asked to narrow the list and to take a step. Choices come from the procedure, in the reader's language."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from jishiyu.cases.queries import CaseFilter
from jishiyu.cases.rules.living import LIVING
from jishiyu.cases.rules.steps import STATE_NAMES, STEP_NAMES
from jishiyu.doors.desk.fields import DayField, YuanField, say
from jishiyu.foundations.outcomes import CannotBecause, Sentence
from jishiyu.law.queries import pack
from jishiyu.law.rules.procedures import Step, StepPaper

Choices = list[tuple[str, Any]]


def refused(form: forms.Form, refusal: CannotBecause) -> None:
    """Show a refusal at the top of the form that met it, with how to mend it."""
    words = say(refusal.reason)
    form.add_error(None, f"{words}　{say(refusal.mend)}" if refusal.mend else words)


def _all(words: Iterable[tuple[str, Sentence]]) -> Choices:
    return [("", gettext("全部")), *((key, say(name)) for key, name in words)]


class Filters(forms.Form):
    """What narrows the list. All but the words is from the address, so that a narrowed list can be linked to."""

    q = forms.CharField(label=gettext_lazy("案号或申请人"), required=False, max_length=40)
    step = forms.ChoiceField(label=gettext_lazy("环节"), required=False)
    item = forms.ChoiceField(label=gettext_lazy("救助项目"), required=False)
    state = forms.ChoiceField(label=gettext_lazy("状态"), required=False)
    late = forms.BooleanField(label=gettext_lazy("只看超期"), required=False)
    mine = forms.BooleanField(label=gettext_lazy("只看我承办的"), required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.fields["step"].choices = _all(STEP_NAMES.items())  # type: ignore[attr-defined]
        self.fields["item"].choices = _all((one.id, one.name) for one in pack().items)  # type: ignore[attr-defined]
        self.fields["state"].choices = _all(STATE_NAMES.items())  # type: ignore[attr-defined]

    def terms(self) -> dict[str, str]:
        """What is asked for, by field, as it is kept under a name; fields that narrow nothing are left out."""
        self.is_valid()
        told = {
            name: "on" if value is True else str(value or "") for name, value in self.cleaned_data.items()
        }
        return {name: value for name, value in told.items() if value}

    def asked(self, officer: str = "") -> CaseFilter:
        """The filter; a field that cannot be read narrows nothing. ``officer`` is whose cases *mine* means."""
        self.is_valid()
        told = self.cleaned_data
        return CaseFilter(
            step=told.get("step", ""),
            item=told.get("item", ""),
            state=told.get("state", ""),
            late=told.get("late", False),
            words=told.get("q", ""),
            officer=officer if told.get("mine") else "",
        )

    @property
    def narrows(self) -> bool:
        """Whether anything is narrowed at all."""
        return any(self.data.get(name) for name in self.fields)


class PapersForm(forms.Form):
    """A form with the papers of a step as boxes to tick."""

    papers = forms.MultipleChoiceField(
        label=gettext_lazy("材料"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Any, *, papers: tuple[StepPaper, ...], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["papers"].choices = [(paper.key, _paper(paper)) for paper in papers]  # type: ignore[attr-defined]
        if not papers:
            del self.fields["papers"]


def _paper(paper: StepPaper) -> str:
    return gettext("%(paper)s（必备）") % {"paper": say(paper.name)} if paper.required else say(paper.name)


class StepForm(PapersForm):
    """A plain step: its outcome, its papers, remarks, and reasons where the outcome asks for them."""

    outcome = forms.ChoiceField(label=gettext_lazy("结论"), widget=forms.RadioSelect)
    authorised_by = forms.CharField(
        label=gettext_lazy("核对授权书签署人"),
        max_length=60,
        help_text=gettext_lazy("没有申请人授权，不得核对家庭经济状况"),
    )
    reasons = forms.CharField(
        label=gettext_lazy("理由"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("退回或不予通过时必填，每行一条"),
    )
    remarks = forms.CharField(
        label=gettext_lazy("备注"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )

    field_order: tuple[str, ...] = ("outcome", "authorised_by", "papers", "reasons", "remarks")

    def __init__(self, data: Any, *, step: Step, **kwargs: Any) -> None:
        super().__init__(data, papers=step.papers, **kwargs)
        self.fields["outcome"].choices = [(one.key, say(one.name)) for one in step.outcomes]  # type: ignore[attr-defined]
        if step.key != "check":
            del self.fields["authorised_by"]

    def reason_lines(self) -> list[str]:
        """The reasons, one a line."""
        return [line for line in self.cleaned_data.get("reasons", "").splitlines() if line.strip()]


class ApplyForm(PapersForm):
    """An application: what the household says, and the papers that are there."""

    statement = forms.CharField(
        label=gettext_lazy("申请理由"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("用申请人自己的话，写明遇到的困难"),
    )
    field_order = ("statement", "papers")


class VisitForm(PapersForm):
    """The record of a home visit, in the order in which it happens at the door."""

    visited_on = DayField(label=gettext_lazy("入户日期"))
    first_visitor = forms.CharField(label=gettext_lazy("调查人一"), max_length=60)
    second_visitor = forms.CharField(label=gettext_lazy("调查人二"), max_length=60)
    met_whom = forms.CharField(label=gettext_lazy("见到的家庭成员"), max_length=60)
    agrees = forms.TypedChoiceField(
        label=gettext_lazy("与申报和核对结果是否一致"),
        choices=[("yes", gettext_lazy("一致")), ("no", gettext_lazy("不一致"))],
        coerce=lambda text: text == "yes",
        widget=forms.RadioSelect,
    )
    differences = forms.CharField(
        label=gettext_lazy("不一致之处"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    findings = forms.CharField(
        label=gettext_lazy("调查结论"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    signed_by_household = forms.CharField(label=gettext_lazy("家庭签字人"), required=False, max_length=60)
    not_signed_because = forms.CharField(label=gettext_lazy("未签字的原因"), required=False, max_length=200)
    outcome = forms.ChoiceField(label=gettext_lazy("结论"), widget=forms.RadioSelect)
    reasons = forms.CharField(label=gettext_lazy("理由"), required=False, max_length=1000)

    def __init__(self, data: Any, *, step: Step, **kwargs: Any) -> None:
        super().__init__(data, papers=step.papers, **kwargs)
        for question in LIVING:
            self.fields[f"living_{question.key}"] = forms.ChoiceField(
                label=say(question.words),
                choices=[(key, say(words)) for key, words in question.answers],
                widget=forms.RadioSelect,
            )
        self.fields["outcome"].choices = [(one.key, say(one.name)) for one in step.outcomes]  # type: ignore[attr-defined]
        if len(step.outcomes) == 1:
            self.fields["outcome"].initial = step.outcomes[0].key

    def living(self) -> dict[str, str]:
        """The answers about the home, by key."""
        return {question.key: self.cleaned_data[f"living_{question.key}"] for question in LIVING}

    @property
    def questions(self) -> list[forms.BoundField]:
        """The questions about the home, as fields."""
        return [self[f"living_{question.key}"] for question in LIVING]


class DecisionForm(StepForm):
    """The decision: the amount is what was computed unless the decider writes another, with a reason."""

    amount = YuanField(label=gettext_lazy("批准金额"), required=False)
    need = YuanField(
        label=gettext_lazy("需要额"),
        required=False,
        help_text=gettext_lazy("系统未能计算时填写：本次困难的总需要"),
    )
    field_order = ("outcome", "amount", "need", "papers", "reasons", "remarks")

    def __init__(
        self, data: Any, *, step: Step, computed: int | None, bills: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(data, step=step, initial={"amount": computed}, **kwargs)
        if computed is not None or bills:  # what bills are known, they are the need
            del self.fields["need"]
