"""The whole list of what waits for the post, and the choice of several cases at once."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from jishiyu.cases import queries
from jishiyu.doors.desk.home.tasks import tasks
from jishiyu.doors.desk.listing import listing
from jishiyu.doors.desk.work.narrowing import can_be_batched, choices, fits, summary, wanted
from jishiyu.doors.threshold.middleware import PostRequest


@never_cache
@require_GET
def work(request: PostRequest) -> HttpResponse:
    """Everything that waits for the post, most urgent first, in pages of fifty."""
    asked, officer = wanted(request.GET), request.post.officer
    found = tasks(request.post, request.today)
    left = [one for one in found if fits(one, asked, officer)]
    cut = listing(left, request)
    shown = {
        "listing": cut,
        "lines": [(one, can_be_batched(one)) for one in cut.page],
        "batchable": any(can_be_batched(one) for one in cut.page),
        "asked": asked,
        "terms": {key: value for key, value in asked.terms().items() if value},
        "summary": summary(found),
        "saved": queries.saved_filters(request.post, "work"),
        "of": "work",
        **choices(found, asked, officer, request.path),
    }
    return render(request, "desk/work/list.html", shown)
