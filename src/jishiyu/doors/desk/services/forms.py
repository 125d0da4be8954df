"""What is asked to deliver. The fields of each kind come from the rules, in the reader's language."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from jishiyu.cases.queries.services import ProviderRow
from jishiyu.cases.rules.service_kinds import KINDS, Kind, Question
from jishiyu.cases.rules.services import MEASURES, SCORES, Finished
from jishiyu.doors.desk.cases.forms import ApplyForm, PapersForm
from jishiyu.doors.desk.fields import DayField, YuanField, say
from jishiyu.law.rules.procedures import Outcome, StepPaper

_LONG = forms.Textarea(attrs={"rows": 2})


def _field(question: Question) -> forms.Field:
    told: dict[str, Any] = {"label": say(question.words), "required": question.required}
    match question.ask:
        case "day":
            return DayField(**told)
        case "number":
            return forms.IntegerField(min_value=0, max_value=9999, **told)
        case "yuan":
            return YuanField(**told)
        case "choice":
            choices = [(key, say(words)) for key, words in question.choices]
            return forms.ChoiceField(choices=[("", "—"), *choices], **told)
        case "long":
            return forms.CharField(max_length=1000, widget=forms.Textarea(attrs={"rows": 2}), **told)
        case _:
            return forms.CharField(max_length=120, **told)


def _ask(form: forms.Form, questions: Iterable[Question]) -> None:
    for question in questions:
        form.fields[f"q_{question.key}"] = _field(question)


def _answers(form: forms.Form, questions: Iterable[Question]) -> dict[str, Any]:
    return {one.key: form.cleaned_data.get(f"q_{one.key}") for one in questions}


class ApplyToForm(ApplyForm):
    """An application, with the agency that shall lead where several share the item."""

    lead_agency = forms.ChoiceField(
        label=gettext_lazy("由哪个单位牵头"),
        required=False,
        help_text=gettext_lazy("例如直管公房：按房屋属于哪个经营单位选择"),
    )

    def __init__(self, data: Any, *, leads: Sequence[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["lead_agency"].choices = [(code, say(name)) for code, name in leads]  # type: ignore[attr-defined]
        if len(leads) < 2:
            del self.fields["lead_agency"]


class ArrangeForm(forms.Form):
    """Who delivers it, and what its kind asks for when it is arranged."""

    kind = forms.CharField(widget=forms.HiddenInput)
    provider = forms.ChoiceField(
        label=gettext_lazy("服务方"),
        required=False,
        help_text=gettext_lazy("只列出本单位登记的、能提供此项服务的机构；没有合适的，请先登记服务方"),
    )

    def __init__(self, data: Any, *, kind: Kind, providers: Sequence[ProviderRow], **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "arrange_%s")  # several forms stand on one page
        super().__init__(data, **kwargs)
        self.of_kind = kind
        own = [] if kind.provider else [("", gettext("本单位办理"))]
        self.fields["provider"].choices = own + [(str(one.id), one.name) for one in providers]  # type: ignore[attr-defined]
        self.fields["provider"].required = kind.provider
        self.initial.setdefault("kind", kind.key)
        _ask(self, kind.arrange)

    def answers(self) -> dict[str, Any]:
        """The answers by key."""
        return _answers(self, self.of_kind.arrange)


class FinishForm(PapersForm):
    """What was done: the outcome, the kind's own questions, what is measured, and the step's papers."""

    outcome = forms.ChoiceField(label=gettext_lazy("结论"), widget=forms.RadioSelect)
    done_on = DayField(label=gettext_lazy("落实日期"))
    what_was_done = forms.CharField(label=gettext_lazy("做了什么"), max_length=1000, widget=_LONG)
    minutes = forms.IntegerField(required=False, min_value=1, max_value=100_000)
    quantity = forms.IntegerField(required=False, min_value=1, max_value=1_000_000)
    amount = YuanField(required=False)
    document = forms.CharField(required=False, max_length=80)

    def __init__(
        self,
        data: Any,
        *,
        kind: Kind,
        papers: tuple[StepPaper, ...],
        outcomes: Iterable[Outcome],
        **kwargs: Any,
    ) -> None:
        kwargs.setdefault("auto_id", "finish_%s")  # several forms stand on one page
        super().__init__(data, papers=papers, **kwargs)
        self.kind = kind
        ways = [(one.key, say(one.name)) for one in outcomes if not one.reasons]
        self.fields["outcome"].choices = ways  # type: ignore[attr-defined]
        self.initial.setdefault("outcome", ways[0][0] if ways else "")
        for measure, words in MEASURES.items():
            if measure in kind.measures:
                self.fields[measure].label = say(words)
                self.fields[measure].required = measure in kind.needs
            else:
                del self.fields[measure]
        _ask(self, kind.finish)
        # Papers are ticked last, beside the button.
        self.order_fields(
            ["outcome", "done_on", *(f"q_{one.key}" for one in kind.finish), "what_was_done", *MEASURES]
        )

    @property
    def asked(self) -> list[forms.BoundField]:
        """All but the outcome and the papers, in order."""
        return [self[name] for name in self.fields if name not in ("outcome", "papers")]

    def told(self) -> Finished:
        """What was told, for the act."""
        told = self.cleaned_data
        return Finished(
            done_on=told["done_on"],
            what_was_done=told["what_was_done"],
            answers=_answers(self, self.kind.finish),
            minutes=told.get("minutes"),
            quantity=told.get("quantity"),
            amount=told.get("amount"),
            document_no=told.get("document") or "",
        )


class NotDeliveredForm(forms.Form):
    """Why it could not be delivered."""

    outcome = forms.ChoiceField(label=gettext_lazy("结论"), widget=forms.RadioSelect)
    reasons = forms.CharField(
        label=gettext_lazy("未能落实的原因"),
        max_length=1000,
        widget=_LONG,
        help_text=gettext_lazy("每行一条"),
    )

    def __init__(self, data: Any, *, outcomes: Iterable[Outcome], **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "not_%s")  # several forms stand on one page
        super().__init__(data, **kwargs)
        ways = [(one.key, say(one.name)) for one in outcomes if one.reasons]
        self.fields["outcome"].choices = ways  # type: ignore[attr-defined]
        self.initial.setdefault("outcome", ways[0][0] if ways else "")

    def reason_lines(self) -> list[str]:
        """The reasons, one a line."""
        return [line for line in self.cleaned_data["reasons"].splitlines() if line.strip()]


class AppointForm(forms.Form):
    """A day on which somebody comes or is seen."""

    planned_on = DayField(label=gettext_lazy("约定日期"))
    at_time = forms.TimeField(
        label=gettext_lazy("时间"), required=False, widget=forms.TimeInput(attrs={"type": "time"})
    )
    who_goes = forms.CharField(label=gettext_lazy("谁去"), max_length=80)
    place = forms.CharField(label=gettext_lazy("地点"), required=False, max_length=80)

    def __init__(self, data: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "appoint_%s")
        super().__init__(data, **kwargs)


class MarkForm(forms.Form):
    """What became of an appointment."""

    became = forms.ChoiceField(
        label=gettext_lazy("结果"),
        choices=[
            ("kept", gettext_lazy("已进行")),
            ("missed", gettext_lazy("未成（无人在家、失约等）")),
            ("moved", gettext_lazy("改期")),
        ],
        widget=forms.RadioSelect,
    )
    what_happened = forms.CharField(label=gettext_lazy("情况或原因"), max_length=1000, widget=_LONG)
    minutes = forms.IntegerField(
        label=gettext_lazy("用时（分钟）"), required=False, min_value=1, max_value=10_000
    )
    to = DayField(label=gettext_lazy("改到哪天"), required=False)

    def clean(self) -> dict[str, Any]:
        """A new day is asked for exactly when it is moved."""
        told = super().clean() or {}
        if told.get("became") == "moved" and not told.get("to"):
            self.add_error("to", gettext("改期的，请填写新的日期"))
        return told


class SatisfactionForm(forms.Form):
    """What the household says of it."""

    score = forms.TypedChoiceField(label=gettext_lazy("满意度"), coerce=int, widget=forms.RadioSelect)
    told_by = forms.CharField(label=gettext_lazy("由谁评价"), max_length=60)
    words = forms.CharField(
        label=gettext_lazy("意见"),
        required=False,
        max_length=1000,
        widget=_LONG,
        help_text=gettext_lazy("不满意的必填"),
    )

    def __init__(self, data: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "ask_%s")  # several forms stand on one page
        super().__init__(data, **kwargs)
        self.fields["score"].choices = [(key, say(words)) for key, words in SCORES.items()]  # type: ignore[attr-defined]


class ProviderForm(forms.Form):
    """A provider for the register of the officer's own office."""

    name = forms.CharField(label=gettext_lazy("服务方名称"), max_length=80)
    outside = forms.TypedChoiceField(
        label=gettext_lazy("性质"),
        choices=[("no", gettext_lazy("本单位所属")), ("yes", gettext_lazy("外部机构"))],
        coerce=lambda text: text == "yes",
        widget=forms.RadioSelect,
    )
    services = forms.MultipleChoiceField(
        label=gettext_lazy("能提供的服务"), widget=forms.CheckboxSelectMultiple
    )
    contact_name = forms.CharField(label=gettext_lazy("联系人"), required=False, max_length=40)
    phone = forms.CharField(label=gettext_lazy("联系电话"), required=False, max_length=24)

    def __init__(self, data: Any, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["services"].choices = [(key, say(kind.name)) for key, kind in KINDS.items()]  # type: ignore[attr-defined]
