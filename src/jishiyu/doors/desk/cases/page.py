"""One case: where it stands, what it rests on, and the step to take, for exactly the post whose turn it is."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jishiyu.cases import operations, queries
from jishiyu.cases.rules.clocks import provisional
from jishiyu.cases.rules.living import answer_words
from jishiyu.cases.rules.steps import STATE_NAMES, days_left
from jishiyu.doors.desk.applications.shown import on_line_of
from jishiyu.doors.desk.cases.awards import awards_told
from jishiyu.doors.desk.cases.evidence import facts
from jishiyu.doors.desk.cases.forms import StepForm, refused
from jishiyu.doors.desk.cases.limits import whole_limit
from jishiyu.doors.desk.cases.papers.views import there_are
from jishiyu.doors.desk.checks.shown import second_eyes
from jishiyu.doors.desk.notes.shown import case_desk
from jishiyu.doors.desk.services.shown import services_of
from jishiyu.doors.desk.visits.shown import visit_records
from jishiyu.doors.threshold.middleware import PostRequest
from jishiyu.foundations.outcomes import CannotBecause, NotYours
from jishiyu.funds.rules.sources import FUND_NAMES
from jishiyu.journeys.apply import rest_on_latest
from jishiyu.journeys.withdraw_case import withdraw_case
from jishiyu.law.queries import pack
from jishiyu.law.rules.procedures import Step
from jishiyu.notices.queries import notices_of_case
from jishiyu.offices.queries import require
from jishiyu.offices.rules import refusal
from jishiyu.registry import queries as registry

# Steps that have a page of their own, by the page's name.
OWN_PAGE = {
    "visit": "desk:cases_visit",
    "decide": "desk:cases_decide",
    "notice": "desk:notices_of_case",
    "recheck": "desk:after_of_case",
    "deliver": "desk:services_case",
}


@require_GET
def case(request: PostRequest, case_id: UUID) -> HttpResponse:
    """The case page. Opening it is a look that the journal keeps."""
    require(request.post, "cases.see")
    row = operations.look(case_id, actor=request.post)
    step = _present_step(row)
    form = StepForm(None, step=step) if step and step.key not in OWN_PAGE else None
    return render(request, "desk/cases/page.html", _shown(request, row, step, form))


@require_http_methods(["POST"])
def step(request: PostRequest, case_id: UUID) -> HttpResponse:
    """Take the present step. The form says which step it was made for, so that a stale page changes nothing."""
    require(request.post, "cases.take_step")
    row = queries.case(case_id, request.post)
    present = _present_step(row)
    if present is None or request.POST.get("step") != present.key or present.key in OWN_PAGE:
        messages.error(request, gettext("案件已有新的进展，请看最新页面后再办理。"))
        return redirect("desk:cases_page", case_id=case_id)
    form = StepForm(request.POST, step=present)
    if form.is_valid():
        try:
            with transaction.atomic():
                _take(request, case_id, present.key, form)
            messages.success(request, gettext("已办理，案件进入下一环节。"))
            return redirect("desk:cases_page", case_id=case_id)
        except NotYours:
            raise
        except CannotBecause as refusal:
            refused(form, refusal)
    return render(request, "desk/cases/page.html", _shown(request, row, present, form), status=422)


def _take(request: PostRequest, case_id: UUID, key: str, form: StepForm) -> None:
    told = form.cleaned_data
    words: dict[str, Any] = {
        "outcome": told["outcome"],
        "papers": told.get("papers", ()),
        "remarks": told["remarks"],
        "reasons": form.reason_lines(),
        "actor": request.post,
        "moment": request.moment,
    }
    if key == "apply":
        operations.supply_papers(case_id, **words)
    elif key == "accept":
        operations.accept(case_id, **words)
    elif key == "check":
        operations.check(case_id, authorised_by=told["authorised_by"], **words)
    elif key == "review":
        operations.review(case_id, **words)
    elif key == "announce":
        operations.announce(case_id, **words)
    else:
        operations.take_step(case_id, step=key, **words)


@require_POST
def evidence(request: PostRequest, case_id: UUID) -> HttpResponse:
    """Let the case rest on the household's latest evidence."""
    require(request.post, "cases.rest_on_newer")
    rest_on_latest(case_id, reason=request.POST.get("reason", ""), actor=request.post, moment=request.moment)
    messages.success(request, gettext("本案已改以最新的经济状况快照为依据。"))
    return redirect("desk:cases_page", case_id=case_id)


@require_POST
def withdraw(request: PostRequest, case_id: UUID) -> HttpResponse:
    """The applicant takes the application back."""
    withdraw_case(case_id, reason=request.POST.get("reason", ""), actor=request.post, moment=request.moment)
    messages.success(request, gettext("申请已撤回。"))
    return redirect("desk:cases_page", case_id=case_id)


def _present_step(row: Any) -> Step | None:
    if row.step == "end":
        return None
    return queries.procedure_of(row).step(row.step)


def _shown(request: PostRequest, row: Any, step: Step | None, form: StepForm | None) -> dict[str, Any]:
    newest = registry.latest_snapshot(row.household_id)
    return {
        "case": row,
        "item": pack().item(row.item),
        "state": STATE_NAMES[row.state],
        "step": step,
        "own_page": OWN_PAGE.get(row.step, ""),
        "not_mine": queries.may_take_now(row, request.post),
        "form": form,
        "stages": queries.stages(row, request.today),
        "taken": [(one, queries.outcome_name(one)) for one in queries.steps_of(row.id)],
        "provisional": provisional(row.whole_due_on, pack().calendar),
        "whole": whole_limit(row),
        "whole_days_left": days_left(row.whole_due_on, request.today),
        "basis": queries.basis_of(row),
        "facts": facts(row.snapshot_id),
        "newer": newest is not None and newest.id != row.snapshot_id,
        "visits": [(one, answer_words(one.living)) for one in queries.visits_of(row.id)],
        "visit_records": visit_records(row.id, request.post),
        "awards": awards_told(row),
        "funds": FUND_NAMES,
        "states": queries.RECOVERY_STATES,
        "notices": notices_of_case(row.id),
        "services": services_of(row),
        "desk": case_desk(request, row),
        "eyes": second_eyes(row, request),
        "papers": there_are(row),
        "came": on_line_of(row, request.post),
        "code": queries.progress_code(row) if refusal(request.post, "cases.apply") is None else "",
    }
