"""The decision. What was computed is shown line by line before anybody decides; another amount asks for its reason."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from jishiyu.cases import operations, queries
from jishiyu.doors.desk.cases.evidence import facts
from jishiyu.doors.desk.cases.forms import DecisionForm, refused
from jishiyu.doors.desk.checks.shown import hands
from jishiyu.doors.threshold.middleware import PostRequest
from jishiyu.foundations.outcomes import CannotBecause, NotYours
from jishiyu.journeys.grant_within_funds import charity_room, decide_within_funds
from jishiyu.law.queries import pack
from jishiyu.notices.queries import notices_of_case
from jishiyu.offices.queries import require


@require_http_methods(["GET", "POST"])
def decide(request: PostRequest, case_id: UUID) -> HttpResponse:
    """Show the chain and take the decision."""
    require(request.post, "cases.decide")
    row = operations.look(case_id, actor=request.post)
    why = queries.may_take_now(row, request.post)
    if row.step != "decide" or why is not None:
        messages.error(request, gettext("本案现在不在审批环节，或不由您的岗位办理。"))
        return redirect("desk:cases_page", case_id=case_id)
    step = queries.procedure_of(row).step("decide")
    basis = queries.basis_of(row)
    room = charity_room(case_id, actor=request.post)
    proposed = basis.amount if room is None or basis.amount is None else basis.amount - room.short
    signature = queries.open_signature(case_id)
    if signature is not None:
        proposed = signature.amount
    form = DecisionForm(request.POST or None, step=step, computed=proposed, bills=bool(basis.bills))
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                _decide(request, case_id, form)
            waits = queries.open_signature(case_id) is not None
            messages.success(
                request,
                gettext("第一签已记录，等待第二签。") if waits else gettext("决定已作出并记入日志。"),
            )
            return redirect("desk:cases_page", case_id=case_id)
        except NotYours:
            raise
        except CannotBecause as refusal:
            refused(form, refusal)
    shown = {
        "case": row,
        "item": pack().item(row.item),
        "step": step,
        "form": form,
        "basis": basis,
        "room": room,
        "hands": hands(row, request),
        "facts": facts(row.snapshot_id),
        "taken": [(one, queries.outcome_name(one)) for one in queries.steps_of(row.id)],
        "notices": notices_of_case(row.id),
        "visits": queries.visits_of(row.id),
    }
    return render(request, "desk/cases/decide.html", shown, status=422 if form.is_bound else 200)


def _decide(request: PostRequest, case_id: UUID, form: DecisionForm) -> None:
    told: dict[str, Any] = form.cleaned_data
    decide_within_funds(
        case_id,
        outcome=told["outcome"],
        amount=told["amount"],
        need=told.get("need"),
        papers=told.get("papers", ()),
        remarks=told["remarks"],
        reasons=form.reason_lines(),
        actor=request.post,
        moment=request.moment,
    )
