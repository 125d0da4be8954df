"""One award's life, its re-check, and what is proposed for it: seen first, proposed then."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from jishiyu.cases import operations, queries
from jishiyu.cases.operations.measures import Proposal
from jishiyu.cases.queries import life_after as life
from jishiyu.cases.queries.suspended import suspensions_of
from jishiyu.cases.rules.life_after import MEASURE_NAMES
from jishiyu.cases.rules.recheck_classes import CLASS_NAMES
from jishiyu.cases.rules.steps import STATE_NAMES, days_left
from jishiyu.doors.desk.afterwards.forms import MeasureForm, RecheckForm
from jishiyu.doors.desk.afterwards.shown import kinds_for, life_of
from jishiyu.doors.desk.cases.evidence import facts
from jishiyu.doors.desk.cases.forms import refused
from jishiyu.doors.threshold.middleware import PostRequest
from jishiyu.foundations.outcomes import CannotBecause, NotYours
from jishiyu.journeys import life_after as journey
from jishiyu.law.queries import pack
from jishiyu.offices.queries import require

ENDS_OF_RECHECK = ("continue", "raise", "lower", "suspend", "stop")


@never_cache
@require_GET
def award(request: PostRequest, award_id: UUID) -> HttpResponse:
    """One award from its decision to its end. Opening it is a look at its case."""
    require(request.post, "cases.see")
    row = queries.award(award_id, request.post)
    operations.look(row.case_id, actor=request.post)
    plan = life.recheck_plan(row.id)
    shown = _head(row) | {
        "plan": plan,
        "class_name": CLASS_NAMES.get(plan.class_key) if plan else None,
        "days_left": days_left(plan.due_on, request.today) if plan else None,
        "suspensions": suspensions_of(row.id),
        "events": life_of(row.case, queries.awards_of_case(row.case_id)),
        "kinds": kinds_for(row, row.case.state, request.today),
        "waiting": [one for one in life.measures_of_case(row.case_id) if one.state == "proposed"],
        "may_recheck": row.case.state == "granted" and (plan is not None or row.case.step == "recheck"),
        "earlier": [one for one in life.earlier_cases(row.household_id, row.item) if one.id != row.case_id],
    }
    return render(request, "desk/afterwards/award.html", shown)


@require_GET
def of_case(request: PostRequest, case_id: UUID) -> HttpResponse:
    """The award of a case that runs, or ran last; the case itself where nothing was awarded."""
    require(request.post, "cases.see")
    row = queries.case(case_id, request.post)
    awards = sorted(queries.awards_of_case(row.id), key=lambda one: (one.last_month is None, one.first_month))
    if not awards:
        return redirect("desk:cases_page", case_id=row.id)
    return redirect("desk:after_award", award_id=awards[-1].id)


@never_cache
@require_http_methods(["GET", "POST"])
def recheck(request: PostRequest, award_id: UUID) -> HttpResponse:
    """Look at an award again by today's rules on the newest evidence, and end the re-check one way."""
    require(request.post, "cases.recheck")
    row = queries.award(award_id, request.post)
    operations.look(row.case_id, actor=request.post)
    looked = journey.look_again(award_id, actor=request.post, moment=request.moment)
    fades = row.item in pack().district.life_after.grace.items
    kinds = (*ENDS_OF_RECHECK, "grace") if fades else ENDS_OF_RECHECK
    form = RecheckForm(request.POST or None, kinds=kinds, suggested=looked.suggested or "")
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            with transaction.atomic():
                made = journey.recheck(
                    award_id,
                    kind=told["kind"],
                    reasons=form.reason_lines(),
                    amount=told["amount"],
                    actor=request.post,
                    moment=request.moment,
                )
            messages.success(request, _said(made))
            return redirect("desk:after_settle", measure_id=made.id)
        except NotYours:
            raise
        except CannotBecause as refusal:
            refused(form, refusal)
    shown = _head(row) | {
        "looked": looked,
        "form": form,
        "plan": life.recheck_plan(row.id),
        "suggestion": MEASURE_NAMES.get(looked.suggested or ""),
        "facts": facts(looked.snapshot_id),
        "basis": looked.basis,
    }
    return render(request, "desk/afterwards/recheck.html", shown, status=422 if form.is_bound else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def measure(request: PostRequest, award_id: UUID) -> HttpResponse:
    """Propose what is done to an award: what would be paid is shown before it is proposed."""
    require(request.post, "cases.propose_measure")
    row = queries.award(award_id, request.post)
    operations.look(row.case_id, actor=request.post)
    form = MeasureForm(
        request.POST or None, kinds=kinds_for(row, row.case.state, request.today), today=request.today
    )
    foreseen: Any = None
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        proposal = Proposal(
            award_id,
            told["kind"],
            "hand",
            form.first_month(),
            form.reason_lines(),
            amount=told["amount"] if told["kind"] in ("raise", "lower") else None,
            back_pay=told["back_pay"] and told["kind"] == "resume",
            citation=journey.GROUND,
        )
        try:
            if request.POST.get("do") == "propose":
                with transaction.atomic():
                    made = journey.propose(proposal, actor=request.post, moment=request.moment)
                messages.success(request, _said(made))
                return redirect("desk:after_settle", measure_id=made.id)
            foreseen = journey.foresee(proposal, actor=request.post)
        except NotYours:
            raise
        except CannotBecause as refusal:
            refused(form, refusal)
    shown = _head(row) | {"form": form, "foreseen": foreseen}
    return render(request, "desk/afterwards/measure.html", shown, status=422 if form.errors else 200)


def _head(row: Any) -> dict[str, Any]:
    return {
        "award": row,
        "case": row.case,
        "item": pack().item(row.item),
        "state": STATE_NAMES[row.case.state],
        "amount": life.monthly_amount(row.id),
    }


def _said(made: Any) -> str:
    if made.state == "confirmed":
        return gettext("复核完成，继续发放，已定出下次复核日。")
    return gettext("已提出，待审批岗位确认；确认前照原决定发放。")
