"""The list of cases within reach, narrowed by step, item, state and lateness."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from jishiyu.cases import queries
from jishiyu.cases.rules.steps import STATE_NAMES, STEP_NAMES, days_left
from jishiyu.doors.desk.cases.forms import Filters
from jishiyu.doors.desk.listing import listing
from jishiyu.doors.threshold.middleware import PostRequest
from jishiyu.law.queries import pack
from jishiyu.offices.queries import require

SORTS = {
    "number": ("number",),
    "applicant": ("applicant__pinyin", "number"),
    "sub_district": ("sub_district__position", "number"),
    "item": ("item", "number"),
    "opened": ("opened_on", "number"),
    "due": ("due_on", "number"),
}


@require_GET
def cases(request: PostRequest) -> HttpResponse:
    """All cases that the post reaches, in pages of fifty."""
    require(request.post, "cases.see")
    filters = Filters(request.GET)
    rows = queries.filtered(request.post, filters.asked(), request.today)
    shown = listing(rows, request, sorts=SORTS, default="-opened")
    lines = [
        {
            "case": row,
            "item": pack().item(row.item).name,
            "step": STEP_NAMES[row.step],
            "state": STATE_NAMES[row.state],
            "days_left": days_left(row.due_on, request.today),
        }
        for row in shown.page
    ]
    return render(request, "desk/cases/list.html", {"listing": shown, "lines": lines, "filters": filters})
