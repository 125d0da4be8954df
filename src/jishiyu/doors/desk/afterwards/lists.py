"""What is due: awards to be looked at again, and measures that wait to be confirmed."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from jishiyu.cases.queries import life_after as life
from jishiyu.cases.rules.life_after import MEASURE_NAMES, SOURCE_NAMES
from jishiyu.cases.rules.recheck_classes import CLASS_NAMES
from jishiyu.cases.rules.steps import days_left
from jishiyu.doors.desk.listing import listing
from jishiyu.doors.threshold.middleware import PostRequest
from jishiyu.journeys.life_after import plan_missing
from jishiyu.law.queries import pack
from jishiyu.offices.queries import require

AHEAD = {"30": 30, "90": 90, "all": 3650}


@dataclass(frozen=True, slots=True)
class Line:
    """One re-check of the list."""

    plan: Any
    days_left: int | None
    item: Any
    name: Any


@never_cache
@require_GET
def due(request: PostRequest) -> HttpResponse:
    """Re-checks that are due or overdue, measures that wait, and awards without a plan."""
    require(request.post, "cases.see")
    ahead = request.GET.get("ahead", "30")
    ahead = ahead if ahead in AHEAD else "30"
    until = request.today + timedelta(days=AHEAD[ahead])
    page = listing(life.rechecks(request.post, life.RecheckAsked(until=until)), request)
    lines = [
        Line(
            row,
            days_left(row.due_on, request.today),
            pack().item(row.award.item),
            CLASS_NAMES.get(row.class_key),
        )
        for row in page.page
    ]
    waiting = list(life.measures_waiting(request.post)[:50])
    shown = {
        "listing": page,
        "lines": lines,
        "ahead": ahead,
        "overdue": life.rechecks(
            request.post, life.RecheckAsked(until=request.today - timedelta(days=1))
        ).count(),
        "waiting": [
            (row, MEASURE_NAMES[row.kind], SOURCE_NAMES[row.source], pack().item(row.award.item))
            for row in waiting
        ],
        "without": life.without_plan(request.post).count(),
    }
    return render(request, "desk/afterwards/list.html", shown)


@require_POST
def plan(request: PostRequest) -> HttpResponse:
    """Plan the re-checks of awards that were decided before there were plans."""
    require(request.post, "cases.recheck")
    count = plan_missing(actor=request.post, moment=request.moment)
    messages.success(request, gettext("已按规则为%(n)s项救助定出复核日。") % {"n": count})
    return redirect("desk:after_list")
