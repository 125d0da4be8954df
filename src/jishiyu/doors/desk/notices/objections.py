"""The inbox of objections: oldest first, each to be answered before its notice may close."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jishiyu.cases.rules.steps import days_left
from jishiyu.doors.desk.cases.forms import refused
from jishiyu.doors.desk.listing import listing
from jishiyu.doors.desk.notices.forms import AnswerForm, ObjectionForm
from jishiyu.doors.threshold.middleware import PostRequest
from jishiyu.foundations.outcomes import CannotBecause, NotYours
from jishiyu.notices import operations, queries
from jishiyu.offices.queries import require


@require_GET
def inbox(request: PostRequest) -> HttpResponse:
    """Objections within reach; those without an answer unless all are asked for."""
    require(request.post, "notices.see")
    everything = request.GET.get("all") == "1"
    rows = queries.objections(request.post, waiting=not everything)
    page = listing(rows, request)
    shown = {
        "listing": page,
        "rows": [
            (row, limit, _left(limit, request)) for row in page.page for limit in [queries.answer_by(row)]
        ],
        "everything": everything,
    }
    return render(request, "desk/notices/inbox.html", shown)


def _left(limit: Any, request: PostRequest) -> int | None:
    return days_left(limit[0], request.today) if limit else None


@never_cache
@require_http_methods(["GET", "POST"])
def answer(request: PostRequest, objection_id: UUID) -> HttpResponse:
    """One objection and its answer."""
    require(request.post, "notices.answer" if request.method == "POST" else "notices.see")
    row = operations.look_at_objection(objection_id, actor=request.post)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                operations.answer_objection(
                    objection_id, actor=request.post, moment=request.moment, **form.cleaned_data
                )
            messages.success(request, gettext("异议已答复。"))
            return redirect("desk:notices_page", notice_id=row.notice_id)
        except NotYours:
            raise
        except CannotBecause as refusal:
            refused(form, refusal)
    shown = {"objection": row, "form": form}
    return render(request, "desk/notices/answer.html", shown, status=422 if form.is_bound else 200)


@require_POST
def take_in(request: PostRequest, notice_id: UUID) -> HttpResponse:
    """Take in an objection that came to the counter or by telephone."""
    require(request.post, "notices.object")
    queries.notice_for_desk(notice_id, request.post)
    form = ObjectionForm(request.POST)
    if form.is_valid():
        operations.receive_objection(
            notice_id, channel="counter", actor=request.post, moment=request.moment, **form.cleaned_data
        )
        messages.success(request, gettext("异议已登记。"))
    else:
        messages.error(request, gettext("异议内容需5至2000字。"))
    return redirect("desk:notices_page", notice_id=notice_id)
