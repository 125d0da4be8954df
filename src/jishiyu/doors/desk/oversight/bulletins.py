"""Bulletins: listed, drafted from a report, changed while drafts, issued with their number, printed."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jishiyu.doors.desk.listing import listing
from jishiyu.doors.desk.oversight.forms import BulletinForm, DraftForm
from jishiyu.doors.desk.oversight.quarters import manages, on_form
from jishiyu.doors.threshold.middleware import PostRequest
from jishiyu.foundations.outcomes import CannotBecause
from jishiyu.law.queries import pack
from jishiyu.offices.queries import require
from jishiyu.oversight import operations, queries

_DEFAULT_SIGN = "社救办"  # as is: the mark of an official document


@require_GET
def bulletins(request: PostRequest) -> HttpResponse:
    """All bulletins that the post may read."""
    require(request.post, "oversight.see")
    return render(
        request, "desk/oversight/bulletins.html", {"listing": listing(queries.bulletins(), request)}
    )


@require_http_methods(["GET", "POST"])
def new_bulletin(request: PostRequest) -> HttpResponse:
    """Begin a bulletin, from a report if one is chosen (``?report=``)."""
    require(request.post, "oversight.manage")
    last = queries.bulletins().first()
    reports = [(str(row.id), f"{row.year} Q{row.quarter} v{row.version}") for row in queries.reports()]
    first = {"sign": last.prefix if last else _DEFAULT_SIGN, "report": request.GET.get("report", "")}
    form = BulletinForm(request.POST if request.method == "POST" else None, reports=reports, initial=first)
    if form.is_valid():
        told = form.cleaned_data
        try:
            with transaction.atomic():
                row = operations.write_bulletin(
                    title=told["title"],
                    body=told["body"],
                    prefix=told["sign"],
                    report_id=UUID(told["report"]) if told["report"] else None,
                    actor=request.post,
                    moment=request.moment,
                )
        except CannotBecause as why:
            on_form(form, why)
        else:
            messages.success(request, gettext("已保存草稿。"))
            return redirect("desk:oversight_bulletin", bulletin_id=row.id)
    return render(
        request, "desk/oversight/bulletin_new.html", {"form": form}, status=422 if form.is_bound else 200
    )


@require_http_methods(["GET", "POST"])
def bulletin(request: PostRequest, bulletin_id: UUID) -> HttpResponse:
    """One bulletin as it is printed; a draft can be changed here."""
    require(request.post, "oversight.see")
    row = queries.bulletin(bulletin_id)
    form = DraftForm(
        request.POST if request.method == "POST" else None, initial={"title": row.title, "body": row.body}
    )
    if form.is_valid():
        try:
            with transaction.atomic():
                operations.rewrite_bulletin(bulletin_id, actor=request.post, **form.cleaned_data)
        except CannotBecause as why:
            on_form(form, why)
        else:
            messages.success(request, gettext("已保存草稿。"))
            return redirect("desk:oversight_bulletin", bulletin_id=bulletin_id)
    page = {
        "bulletin": row,
        "form": form if row.status == "draft" and manages(request) else None,
        "paragraphs": [one for one in row.body.splitlines() if one.strip()],
        "group": pack().district.leading_group,
    }
    return render(request, "desk/oversight/bulletin.html", page, status=422 if form.errors else 200)


@require_POST
def issue(request: PostRequest, bulletin_id: UUID) -> HttpResponse:
    """Issue a draft: it gets its number and stays."""
    row = operations.issue_bulletin(bulletin_id, actor=request.post, moment=request.moment)
    messages.success(
        request,
        gettext("已印发：%(prefix)s〔%(year)d〕%(number)d号")
        % {"prefix": row.prefix, "year": row.year or 0, "number": row.number or 0},
    )
    return redirect("desk:oversight_bulletin", bulletin_id=bulletin_id)
