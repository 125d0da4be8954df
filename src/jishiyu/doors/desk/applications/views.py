"""The inbox: what came on line and waits for an answer, the earliest due first; and what was settled."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from jishiyu.cases.rules.steps import days_left
from jishiyu.doors.desk.listing import listing
from jishiyu.doors.threshold.middleware import PostRequest
from jishiyu.evidence import queries
from jishiyu.evidence.rules.applications import STATE_NAMES, WAITING
from jishiyu.law.queries import pack
from jishiyu.offices.queries import require


@never_cache
@require_GET
def inbox(request: PostRequest) -> HttpResponse:
    """Applications within the post's reach: those that wait, or (``?settled=1``) those that are settled."""
    require(request.post, "evidence.see")
    settled = request.GET.get("settled") == "1"
    rows = (
        queries.applications(request.post).exclude(state__in=WAITING).order_by("-settled_at")
        if settled
        else queries.inbox(request.post)
    )
    listed = listing(rows, request)
    shown = {
        "listing": listed,
        "settled": settled,
        "waiting": queries.inbox(request.post).count(),
        "rows": [
            {
                "row": row,
                "name": row.told["applicant"]["name"],
                "item": pack().item(row.item).name,
                "state": STATE_NAMES[row.state],
                "days_left": days_left(row.due_on, request.today),
            }
            for row in listed.page
        ],
    }
    return render(request, "desk/applications/list.html", shown)
