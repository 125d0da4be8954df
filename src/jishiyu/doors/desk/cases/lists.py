"""The list of cases within reach, narrowed by words, step, item, state and lateness."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from jishiyu.cases import queries
from jishiyu.cases.rules.steps import STATE_NAMES, STEP_NAMES, days_left
from jishiyu.doors.desk.cases.forms import Filters
from jishiyu.doors.desk.listing import listing
from jishiyu.doors.desk.words import address_of, with_words
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


@require_POST
def narrow(request: PostRequest) -> HttpResponse:
    """Narrow the list. By POST: a name or a case's number belongs into no address, history or log."""
    require(request.post, "cases.see")
    terms = address_of(request, Filters(request.POST).terms())
    return redirect(f"{reverse('desk:cases_list')}?{terms}" if terms else "desk:cases_list")


@never_cache
@require_GET
def cases(request: PostRequest) -> HttpResponse:
    """All cases that the post reaches, in pages of fifty."""
    require(request.post, "cases.see")
    filters = Filters(with_words(request))
    rows = queries.filtered(request.post, filters.asked(request.post.officer), request.today)
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
    shown_too = {
        "saved": queries.saved_filters(request.post, "cases"),
        "of": "cases",
        "terms": filters.terms(),
    }
    return render(
        request, "desk/cases/list.html", {"listing": shown, "lines": lines, "filters": filters, **shown_too}
    )
