"""Appeals: listed with their clocks, registered, answered; and what each did to its case."""

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
from jishiyu.cases.operations.appeals import receive_appeal, settle_appeal
from jishiyu.cases.queries import life_after as life
from jishiyu.cases.rules.life_after import APPEAL_OUTCOMES
from jishiyu.cases.rules.steps import days_left
from jishiyu.doors.desk.afterwards.forms import AnswerForm, AppealForm
from jishiyu.doors.desk.cases.forms import refused
from jishiyu.doors.desk.fields import say
from jishiyu.doors.desk.listing import listing
from jishiyu.doors.threshold.middleware import PostRequest
from jishiyu.foundations.clock import day_of
from jishiyu.foundations.outcomes import CannotBecause, NotYours, Sentence, sentence
from jishiyu.law.queries import pack
from jishiyu.offices.queries import require

EFFECTS: dict[str, Sentence] = {
    "none": sentence("案件不变", "The case stays as it is"),
    "reopened": sentence("案件已恢复，重新审核", "The case stands at its review again"),
    "measure": sentence("须按结论处理在享救助", "The award has to be dealt with accordingly"),
}


@never_cache
@require_GET
def appeals(request: PostRequest) -> HttpResponse:
    """Appeals within reach, those without an outcome first."""
    require(request.post, "cases.see")
    page = listing(life.appeals(request.post), request)
    rows = [(row, _way_name(row), APPEAL_OUTCOMES.get(row.outcome), _left(row, request)) for row in page.page]
    return render(request, "desk/afterwards/appeals.html", {"listing": page, "rows": rows})


@never_cache
@require_http_methods(["GET", "POST"])
def new(request: PostRequest, case_id: UUID) -> HttpResponse:
    """Register an appeal against what was decided in a case, by the law of today."""
    require(request.post, "cases.appeal")
    row = operations.look(case_id, actor=request.post)
    steps = [one for one in queries.steps_of(row.id) if one.step == "decide" or one.next == "end"]
    initial = {
        "against_day": day_of(steps[-1].at) if steps else row.closed_on,
        "received_on": request.today,
        "appellant": row.applicant.name,
    }
    ways = pack().district.life_after.ways(request.today)
    form = AppealForm(request.POST or None, ways=ways, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                made = receive_appeal(case_id, form.told(), actor=request.post, moment=request.moment)
            messages.success(request, gettext("已登记。"))
            return redirect("desk:after_appeal", appeal_id=made.id)
        except NotYours:
            raise
        except CannotBecause as refusal:
            refused(form, refusal)
    shown = {"case": row, "form": form, "ways": ways, "item": pack().item(row.item)}
    return render(request, "desk/afterwards/appeal_new.html", shown, status=422 if form.is_bound else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def appeal(request: PostRequest, appeal_id: UUID) -> HttpResponse:
    """One appeal with its clock; its outcome is entered here."""
    require(request.post, "cases.appeal" if request.method == "POST" else "cases.see")
    row = life.appeal(appeal_id, request.post)
    operations.look(row.case_id, actor=request.post)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                made = settle_appeal(appeal_id, form.answer(), actor=request.post, moment=request.moment)
            messages.success(request, f"{gettext('结论已登记。')}{_effect_words(made)}")
            return redirect("desk:after_appeal", appeal_id=row.id)
        except NotYours:
            raise
        except CannotBecause as refusal:
            refused(form, refusal)
    awards = queries.awards_of_case(row.case_id)
    shown = {
        "appeal": row,
        "case": row.case,
        "item": pack().item(row.case.item),
        "way": pack().district.life_after.way(row.kind, row.received_on),
        "way_name": _way_name(row),
        "days_left": _left(row, request),
        "outcome": APPEAL_OUTCOMES.get(row.outcome),
        "effect": EFFECTS.get(row.effect),
        "award": next((one for one in awards if one.frequency == "monthly"), None),
        "form": form,
    }
    return render(request, "desk/afterwards/appeal.html", shown, status=422 if form.is_bound else 200)


def _effect_words(made: Any) -> str:
    return say(EFFECTS[made.effect])


def _way_name(row: Any) -> Sentence:
    way = pack().district.life_after.way(row.kind, row.received_on)
    return way.name if way else sentence(row.kind, row.kind)


def _left(row: Any, request: PostRequest) -> int | None:
    return None if row.outcome else days_left(row.due_on, request.today)
