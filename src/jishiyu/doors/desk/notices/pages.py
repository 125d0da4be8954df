"""The list of notices, one notice, and the two acts: putting up and closing."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from jishiyu.cases import queries as cases
from jishiyu.doors.desk.listing import listing
from jishiyu.doors.desk.notices.forms import ObjectionForm
from jishiyu.doors.threshold.middleware import PostRequest
from jishiyu.foundations.outcomes import sentence
from jishiyu.notices import operations, queries
from jishiyu.notices.rules.masking import FREQUENCY_NAMES
from jishiyu.offices.queries import require

REMOVED_HOW = {
    "term_over": sentence("公示期满", "its days are over"),
    "clear": sentence("期满结束，无成立的异议", "closed, no objection was upheld"),
    "upheld": sentence("异议成立", "an objection was upheld"),
    "withdrawn": sentence("申请撤回", "the application was withdrawn"),
}
SORTS = {
    "published": ("published_on", "id"),
    "ends": ("ends_on", "id"),
    "sub_district": ("sub_district__position", "id"),
    "waiting": ("waiting", "id"),
}


@require_GET
def notices(request: PostRequest) -> HttpResponse:
    """The notices within reach, those that are up first in the order of their last day."""
    require(request.post, "notices.see")
    rows = queries.notices(request.post)
    only_up = request.GET.get("up") == "1"
    if only_up:
        rows = rows.filter(withdrawn_on=None)
    shown = {
        "listing": listing(rows, request, sorts=SORTS, default="-published"),
        "only_up": only_up,
        "waiting": queries.objections(request.post, waiting=True).count(),
    }
    return render(request, "desk/notices/list.html", shown)


@require_GET
def of_case(request: PostRequest, case_id: UUID) -> HttpResponse:
    """Where the step of public notice is done: the notice that is up, or the masked preview before it goes up."""
    require(request.post, "notices.see")
    row = cases.case(case_id, request.post)
    for notice_ in queries.notices_of_case(row.id):
        if notice_.withdrawn_on is None:
            return redirect("desk:notices_page", notice_id=notice_.id)
    preview = operations.preview(row.id, actor=request.post, moment=request.moment)
    shown = {
        "case": row,
        "preview": preview,
        "frequency": FREQUENCY_NAMES.get(preview.content["frequency"]),
        "not_mine": cases.may_take_now(row, request.post),
        "at_notice": row.step == "notice",
    }
    return render(request, "desk/notices/preview.html", shown)


@require_POST
def publish(request: PostRequest, case_id: UUID) -> HttpResponse:
    """Put the notice up."""
    row = operations.publish(case_id, actor=request.post, moment=request.moment)
    messages.success(request, gettext("公示已发布。"))
    return redirect("desk:notices_page", notice_id=row.id)


@require_GET
def notice(request: PostRequest, notice_id: UUID) -> HttpResponse:
    """One notice with its objections."""
    require(request.post, "notices.see")
    row = queries.notice_for_desk(notice_id, request.post)
    removal = queries.removal_of(row.id)
    shown = {
        "notice": row,
        "frequency": FREQUENCY_NAMES.get(row.content["frequency"]),
        "objections": queries.objections_of(row.id),
        "over": request.today > row.ends_on,
        "removal": removal,
        "removed_how": REMOVED_HOW.get(removal.how) if removal else None,
        "days_left": (row.ends_on - request.today).days,
        "not_mine": cases.may_take_now(row.case, request.post),
        "form": ObjectionForm(),
    }
    return render(request, "desk/notices/page.html", shown)


@require_POST
def close(request: PostRequest, notice_id: UUID) -> HttpResponse:
    """Close a notice whose window is over; the case goes on."""
    row = operations.close(notice_id, actor=request.post, moment=request.moment)
    messages.success(request, gettext("公示已结束，案件进入审批。"))
    return redirect("desk:cases_page", case_id=row.case_id)
