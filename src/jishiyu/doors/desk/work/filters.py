"""Filters under a name. They are used by POST, so that no word of them ever stands in an address."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from jishiyu.cases import operations, queries
from jishiyu.doors.desk.cases.forms import Filters
from jishiyu.doors.desk.fields import say
from jishiyu.doors.desk.words import address_of
from jishiyu.doors.desk.work.narrowing import wanted
from jishiyu.doors.threshold.middleware import PostRequest
from jishiyu.foundations.outcomes import CannotBecause, NotYours
from jishiyu.offices.queries import require

# The lists that have filters: the page, and what of a form is kept.
_PAGES = {"work": "desk:work_list", "cases": "desk:cases_list"}


@require_POST
def save(request: PostRequest, of: str) -> HttpResponse:
    """Keep the present filter of a list under a name, for the post or for its colleagues too."""
    require(request.post, "cases.see")
    if of not in _PAGES:
        return redirect("desk:home")
    asked = _asked(request.POST, of)
    try:
        operations.save_filter(
            request.POST.get("name", ""), asked, of=of, shared=request.POST.get("shared") == "on", actor=request.post,
            moment=request.moment,
        )  # fmt: skip
        messages.success(request, gettext("筛选已保存。"))
    except NotYours:
        raise
    except CannotBecause as refusal:
        messages.error(request, say(refusal.reason))
    return redirect(f"{reverse(_PAGES[of])}?{address_of(request, asked)}")


@require_POST
def use(request: PostRequest, filter_id: UUID) -> HttpResponse:
    """Narrow the list as a saved filter says."""
    require(request.post, "cases.see")
    row = queries.saved_filter(filter_id, request.post)
    return redirect(f"{reverse(_PAGES[row.of])}?{address_of(request, row.asked)}")


@require_POST
def remove(request: PostRequest, filter_id: UUID) -> HttpResponse:
    """Forget a filter of one's own."""
    require(request.post, "cases.see")
    of = operations.remove_filter(filter_id, actor=request.post)
    messages.success(request, gettext("筛选已删除。"))
    return redirect(_PAGES[of])


def _asked(told: QueryDict, of: str) -> dict[str, str]:
    if of == "work":
        return wanted(told).terms()
    return Filters(told).terms()
