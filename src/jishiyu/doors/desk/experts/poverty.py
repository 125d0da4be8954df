"""Multidimensional poverty of the district by Alkire and Foster: a choice of unit, weights, line and cut-off, and the figures."""

import re
from fractions import Fraction
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from jishiyu.assessment import queries
from jishiyu.assessment.rules.district_poverty import Found, Question, answer
from jishiyu.assessment.rules.score import Model, model_of
from jishiyu.assessment.rules.small_cells import LEAST
from jishiyu.doors.desk.experts import poverty_shown, versions
from jishiyu.doors.desk.sheet import workbook
from jishiyu.doors.threshold.middleware import PostRequest
from jishiyu.foundations.outcomes import CannotBecause, sentence
from jishiyu.journal.operations import record
from jishiyu.law.queries import pack
from jishiyu.offices.queries import require

_SHARE = re.compile(r"[0-9]{1,5}(/[0-9]{1,5}|\.[0-9]{1,6})?")
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
        unreadable = forms.ValidationError(gettext("请写成分数或小数，如 1/3、0.4"))
        # Only short ones: "1e999999999" is a number to Fraction, and would take the worker's whole time.
        if not _SHARE.fullmatch(text):
            raise unreadable
        try:
            k = Fraction(text)
        except ZeroDivisionError:
            raise unreadable from None
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
    """H, A, M0, M1, M2 with standard errors, by dimension and sub-district, over the newest reading."""
    require(request.post, versions.SEE)
    page, _ = _answered(request, request.GET.dict())
    return render(request, "desk/experts/poverty.html", page, status=422 if page["form"].errors else 200)


@require_POST
def export(request: PostRequest) -> HttpResponse:
    """The same figures as a workbook; that they were taken stands in the journal."""
    require(request.post, versions.SEE)
    page, found = _answered(request, request.POST.dict())
    if found is None or page["small"]:
        raise CannotBecause(
            "assessment.nothing_to_export",
            sentence("按此条件没有可以导出的数字", "There are no figures to take away for this choice"),
        )
    told = page["form"].cleaned_data
    detail = {
        "what": "poverty",
        "unit": told["unit"],
        "weights": told["weights"],
        "line": told["line"],
        "k": str(told["k"]),
    }
    record(act="assessment.export", about=("reading", page["row"].pk), detail=detail)
    return workbook(request, "poverty", *poverty_shown.sheets(found, page))


def _answered(request: PostRequest, asked: dict[str, Any]) -> tuple[dict[str, Any], Found | None]:
    """What the page shows, and the answer when there is one."""
    usual = {"unit": "person", "weights": "force", "line": "5000", "k": "1/3"}
    form = PovertyForm(usual | asked)
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
    return page, found
