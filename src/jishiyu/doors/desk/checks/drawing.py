"""Draws on the desk: freeze the list, then draw by the figures of the day."""

import json

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from jishiyu.cases import operations, queries
from jishiyu.cases.rules.drawing import faults_in_draw, strata_from
from jishiyu.doors.desk.cases.forms import refused
from jishiyu.doors.desk.checks.forms import FreezeForm, SeedForm
from jishiyu.doors.threshold.middleware import PostRequest
from jishiyu.foundations.outcomes import CannotBecause, NotYours
from jishiyu.journeys.spot_checks import freeze
from jishiyu.law.queries import pack
from jishiyu.offices.queries import require
from jishiyu.offices.rules import refusal


@require_http_methods(["GET", "POST"])
def draws(request: PostRequest) -> HttpResponse:
    """All draws, and the form that freezes a new list."""
    require(request.post, "cases.draw" if request.method == "POST" else "cases.see")
    form = FreezeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                made = freeze(**form.cleaned_data, actor=request.post, moment=request.moment)
            messages.success(request, gettext("名单已冻结，摘要已公布。"))
            return redirect("desk:checks_draw", number=made)
        except NotYours:
            raise
        except CannotBecause as refusal_:
            refused(form, refusal_)
    shown = {
        "draws": [
            (one, sum(len(part["cases"]) for part in one.frame), sum(map(len, (one.drawn or {}).values())))
            for one in queries.draws()
        ],
        "form": form if refusal(request.post, "cases.draw") is None else None,
    }
    return render(request, "desk/checks/draws.html", shown, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def draw(request: PostRequest, number: str) -> HttpResponse:
    """One draw: list, digest, seed, and what was drawn; and the form that draws."""
    require(request.post, "cases.draw" if request.method == "POST" else "cases.see")
    row = queries.spot_draw(number)
    form = SeedForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                operations.draw_checks(
                    number, seed=form.cleaned_data["seed"], actor=request.post, moment=request.moment
                )
            messages.success(request, gettext("已抽取，抽中的案件已列入待核查。"))
            return redirect("desk:checks_draw", number=number)
        except NotYours:
            raise
        except CannotBecause as refusal_:
            refused(form, refusal_)
    told = json.loads(json.dumps(queries.published(row)))
    may = refusal(request.post, "cases.draw") is None
    shown = {
        "draw": row,
        "strata": [(one, (row.drawn or {}).get(one.name, [])) for one in strata_from(row.frame)],
        "places": {one.code: one.name for one in pack().sub_districts},
        "faults": faults_in_draw(told),
        "form": form if may and row.drawn_at is None else None,
        "ahead": request.today < row.seed_day,
    }
    return render(request, "desk/checks/draw.html", shown, status=422 if form.is_bound else 200)
