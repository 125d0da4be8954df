"""Beginning a run over the district, watching it, and going on with one whose worker fell silent."""

from datetime import date
from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jishiyu.assessment import queries
from jishiyu.doors.desk.assessment.shown import bands_of, is_silent, items_of, state_of
from jishiyu.doors.desk.listing import listing
from jishiyu.doors.threshold.middleware import PostRequest
from jishiyu.foundations.outcomes import CannotBecause
from jishiyu.journeys.screen_the_district import ask_for_screening, begin_screening
from jishiyu.offices.queries import require

_ACT = "assessment.screen"


class BeginForm(forms.Form):
    """The legal date to judge by."""

    day = forms.DateField(
        label=gettext_lazy("法定日期"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("按这一天有效的标准、指标和条件计算；证据取各户最新的快照。"),
    )


@require_http_methods(["GET", "POST"])
def runs(request: PostRequest) -> HttpResponse:
    """The runs, newest first; and the way to begin one. Refused while one is under way, with the reason on this page."""
    require(request.post, _ACT)
    refused: CannotBecause | None = None
    form = BeginForm(request.POST or None, initial={"day": request.today})
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                return _begin(request, form.cleaned_data["day"])
        except CannotBecause as why:
            refused = why
    cut = listing(queries.screening_runs(), request, size=20)
    shown = {
        "listing": cut,
        "rows": [{"run": row, "state": state_of(row)} for row in cut.page],
        "form": form,
        "refused": refused,
        "open": queries.open_screening(),
    }
    wrong = refused is not None or bool(form.is_bound and form.errors)
    return render(request, "desk/assessment/list.html", shown, status=422 if wrong else 200)


def _begin(request: PostRequest, day: date) -> HttpResponse:
    number = begin_screening(day=day, actor=request.post, moment=request.moment)
    ask_for_screening(number, actor=request.post)
    return redirect("desk:screening_run", number=number)


@require_GET
def run(request: PostRequest, number: int) -> HttpResponse:
    """One run: how far it is, and what it came to."""
    require(request.post, _ACT)
    found = queries.screening_run(number)
    shown = _progress(request, found) | {"bands": bands_of(found.counts), "items": items_of(found.counts)}
    return render(request, "desk/assessment/run.html", shown)


@require_GET
def progress(request: PostRequest, number: int) -> HttpResponse:
    """The progress bar, asked for again and again; when there is nothing more to wait for, the whole page comes anew."""
    require(request.post, _ACT)
    found = queries.screening_run(number)
    if found.state != "open":
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "desk/assessment/parts/progress.html", _progress(request, found))


@require_POST
def resume(request: PostRequest, number: int) -> HttpResponse:
    """Ask the worker once more. It goes on where the progress stands."""
    require(request.post, _ACT)
    found = queries.screening_run(number)
    if found.state == "open":
        ask_for_screening(found.number, actor=request.post)
    return redirect("desk:screening_run", number=number)


def _progress(request: PostRequest, found: Any) -> dict[str, Any]:
    return {"run": found, "state": state_of(found), "silent": is_silent(found, request.moment)}
