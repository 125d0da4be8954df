"""Applying: first the item, recommended ones first with their reasons; then the statement and the papers."""

from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from jishiyu.cases.queries import cases_of_household, running_procedure
from jishiyu.cases.queries.life_after import earlier_cases
from jishiyu.doors.desk.cases.forms import refused
from jishiyu.doors.desk.services.forms import ApplyToForm
from jishiyu.doors.desk.services.referring import leads_for, takes_in, units_for
from jishiyu.doors.desk.tell.asked import questions_about
from jishiyu.doors.threshold.middleware import PostRequest
from jishiyu.foundations.outcomes import CannotBecause, NotYours
from jishiyu.journeys.aid_had import aid_had_by
from jishiyu.journeys.apply import apply_for, foreseen_basis
from jishiyu.law.queries import pack, procedure_for
from jishiyu.law.rules.procedures import Procedure
from jishiyu.offices.queries import require
from jishiyu.programmes.queries import entitlements_now
from jishiyu.registry import queries as registry


@require_GET
def choose(request: PostRequest, household_id: UUID) -> HttpResponse:
    """The items that the household may apply for, programme by programme; those with an open case are marked."""
    require(request.post, "cases.apply")
    household = registry.household(household_id, request.post)
    answers = {
        one.item: one
        for one in entitlements_now(household.id, request.today, used=aid_had_by(household.id, request.today))
    }
    open_items = {row.item for row in cases_of_household(household.id) if row.state == "open"}
    programmes = []
    for programme in pack().programmes:
        items = [
            {"item": item, "open": item.id in open_items, "answer": answers.get(item.id)}
            for item in pack().items_of(programme.code)
            if _runs(item.id, request) is not None and takes_in(item.id, request)
        ]
        if items:
            programmes.append({"programme": programme, "items": items})
    shown = {"household": household, "programmes": programmes, "units": units_for(household.id, request)}
    return render(request, "desk/cases/choose.html", shown)


@require_http_methods(["GET", "POST"])
def apply(request: PostRequest, household_id: UUID, item: str) -> HttpResponse:
    """The application for one item, with what the rules say of it on the latest evidence."""
    require(request.post, "cases.apply")
    household = registry.household(household_id, request.post)
    one = pack().item(item)
    procedure = running_procedure(item, pack().era_on(request.today).key, request.today)
    form = ApplyToForm(request.POST or None, papers=procedure.first.papers, leads=leads_for(item, request))
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                made = apply_for(
                    household.id,
                    item,
                    papers=tuple(form.cleaned_data.get("papers", ())),
                    statement=form.cleaned_data["statement"],
                    lead_agency=form.cleaned_data.get("lead_agency", ""),
                    actor=request.post,
                    moment=request.moment,
                )
            return redirect("desk:cases_page", case_id=made)
        except NotYours:
            raise
        except CannotBecause as refusal:
            refused(form, refusal)
    snapshot = registry.latest_snapshot(household.id)
    basis = foreseen_basis(household.id, item, request.today)
    answers = entitlements_now(household.id, request.today, used=aid_had_by(household.id, request.today))
    shown = {
        "household": household,
        "item": one,
        "form": form,
        "snapshot": snapshot,
        "basis": basis,
        "questions": questions_about(household.id, answers, today=request.today, item=item),
        "back": request.path,
        "earlier": earlier_cases(household.id, item),
    }
    return render(request, "desk/cases/apply.html", shown, status=422 if form.is_bound else 200)


def _runs(item: str, request: PostRequest) -> Procedure | None:
    try:
        procedure = procedure_for(item, request.today)
    except CannotBecause:
        return None
    return procedure if procedure.status == "full" else None
