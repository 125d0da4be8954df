"""Multidimensional poverty of the district by Alkire and Foster: a choice of unit, weights, line and cut-off, and the figures."""

from fractions import Fraction
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_GET

from jishiyu.assessment import queries
from jishiyu.assessment.rules.district_poverty import Found, Question, answer
from jishiyu.assessment.rules.score import Model, model_of
from jishiyu.assessment.rules.small_cells import LEAST
from jishiyu.doors.desk.experts import poverty_shown, versions
from jishiyu.doors.desk.sheet import workbook
from jishiyu.doors.threshold.middleware import PostRequest
from jishiyu.foundations.outcomes import CannotBecause
from jishiyu.law.queries import pack
from jishiyu.offices.queries import require

_KS = ("1/5", "1/4", "3/10", "1/3", "2/5", "1/2", "2/3")


class PovertyForm(forms.Form):
    """What is asked of the district."""

    unit = forms.ChoiceField(
        label=gettext_lazy("计量单位"),
        choices=[("person", gettext_lazy("人")), ("household", gettext_lazy("户"))],
        required=False,
        help_text=gettext_lazy("按人时，一户的剥夺算在每位成员身上。"),
    )
    weights = forms.ChoiceField(
        label=gettext_lazy("权重"),
        choices=[
            ("force", gettext_lazy("现行版本")),
            ("equal", gettext_lazy("各维度相等，维度内各指标相等")),
            ("pack", gettext_lazy("政策包示例")),
        ],
        required=False,
    )
    line = forms.ChoiceField(
        label=gettext_lazy("怎样算被剥夺"),
        choices=[
            ("5000", gettext_lazy("指标得分达到满分的一半")),
            ("3000", gettext_lazy("指标得分达到满分的三成")),
            ("8000", gettext_lazy("指标得分达到满分的八成")),
            ("10000", gettext_lazy("指标得满分")),
        ],
        required=False,
    )
    k = forms.CharField(
        label=gettext_lazy("贫困临界值 k"),
        max_length=12,
        required=False,
        widget=forms.TextInput(attrs={"list": "ks", "autocomplete": "off", "class": "num"}),
        help_text=gettext_lazy("加权剥夺达到这个份额即为贫困；写成分数，如 1/3。"),
    )

    def clean_k(self) -> Fraction:
        """A share above 0 and up to 1; a third when nothing is given."""
        text = (self.cleaned_data["k"] or "1/3").replace("／", "/").replace(" ", "")
        try:
            k = Fraction(text)
        except (ValueError, ZeroDivisionError):
            raise forms.ValidationError(gettext("请写成分数或小数，如 1/3、0.4")) from None
        if not 0 < k <= 1 or k.denominator > 10_000:
            raise forms.ValidationError(gettext("k 须大于0且不超过1，分母不超过10000"))
        return k

    def question(self, today_model: Model) -> Question:
        """The question, with what was left out as usual."""
        told = self.cleaned_data
        model = model_of(pack().indicators) if told["weights"] == "pack" else today_model
        return Question(
            by_person=(told["unit"] or "person") == "person",
            weights=None if told["weights"] == "equal" else model,
            line=int(told["line"] or 5000),
            k=told["k"],
        )


@require_GET
def poverty(request: PostRequest) -> HttpResponse:
    """H, A, M0, M1, M2 with standard errors, by dimension and sub-district, over the newest reading; ``?as=xlsx`` to take away."""
    require(request.post, versions.SEE)
    usual = {"unit": "person", "weights": "force", "line": "5000", "k": "1/3"}
    form = PovertyForm(usual | request.GET.dict())
    row = queries.newest_reading()
    page: dict[str, Any] = {"tab": "poverty", "form": form, "row": row, "ks": _KS, "least": LEAST}
    found: Found | None = None
    in_force = queries.model_in_force(request.today)
    page["in_force"] = in_force
    if row is not None and form.is_valid():
        try:
            question = form.question(in_force.model)
            found = answer(queries.reading_of(row), question, pack().indicators)
            page |= poverty_shown.page(found, question)
            page["stale"] = queries.is_stale(row, request.today)
        except CannotBecause as why:
            page["doubt"] = why.reason
    if request.GET.get("as") == "xlsx" and found is not None:
        return workbook(request, "poverty", *poverty_shown.sheets(found, page))
    return render(request, "desk/experts/poverty.html", page, status=422 if form.errors else 200)
