"""The home visit, on a form that works on a telephone at the door."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from jishiyu.cases import operations, queries
from jishiyu.cases.operations import VisitRecord
from jishiyu.doors.desk.cases.forms import VisitForm, refused
from jishiyu.doors.desk.visits.shown import standing
from jishiyu.doors.threshold.middleware import PostRequest
from jishiyu.foundations.outcomes import CannotBecause, NotYours
from jishiyu.law.queries import pack
from jishiyu.offices.queries import require


@require_http_methods(["GET", "POST"])
def visit(request: PostRequest, case_id: UUID) -> HttpResponse:
    """Record the visit and take the step."""
    require(request.post, "cases.visit")
    row = operations.look(case_id, actor=request.post)
    why = queries.may_take_now(row, request.post)
    if row.step != "visit" or why is not None:
        messages.error(request, gettext("本案现在不在入户调查环节，或不由您的岗位办理。"))
        return redirect("desk:cases_page", case_id=case_id)
    step = queries.procedure_of(row).step("visit")
    received = standing(case_id)
    form = VisitForm(request.POST or None, step=step, initial=_first(request, received))
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                _record(request, case_id, form)
            messages.success(request, gettext("入户调查已登记。"))
            return redirect("desk:cases_page", case_id=case_id)
        except NotYours:
            raise
        except CannotBecause as refusal:
            refused(form, refusal)
    shown = {"case": row, "item": pack().item(row.item), "step": step, "form": form}
    shown |= {"received": received, "seen": queries.visit_version(case_id)}
    return render(request, "desk/cases/visit.html", shown, status=422 if form.is_bound else 200)


def _first(request: PostRequest, received: list[dict[str, Any]]) -> dict[str, Any]:
    """What the form begins with: the newest version that came from a device, else today and the officer."""
    plain = {"visited_on": request.today, "first_visitor": request.post.officer_name}
    return plain | received[-1]["row"].content if received else plain


def _record(request: PostRequest, case_id: UUID, form: VisitForm) -> None:
    told = form.cleaned_data
    visited = VisitRecord(
        visited_on=told["visited_on"],
        first_visitor=told["first_visitor"],
        second_visitor=told["second_visitor"],
        met_whom=told["met_whom"],
        living=form.living(),
        findings=told["findings"],
        agrees=told["agrees"],
        differences=told["differences"],
        signed_by_household=told["signed_by_household"],
        not_signed_because=told["not_signed_because"],
    )
    operations.visit(
        case_id,
        visited,
        outcome=told["outcome"],
        papers=told.get("papers", ()),
        reasons=[told["reasons"]],
        seen=int(seen) if (seen := request.POST.get("seen", "0")).isdigit() else 0,
        actor=request.post,
        moment=request.moment,
    )
