"""Meetings and training: planned, held, written down; decisions followed until done."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jishiyu.doors.desk.fields import say
from jishiyu.doors.desk.listing import listing
from jishiyu.doors.desk.oversight.forms import (
    MEETING_KINDS,
    TRAINING_KINDS,
    DecisionForm,
    MeetingForm,
    MinutesForm,
    TrainingForm,
    counts_sent,
    units,
)
from jishiyu.doors.desk.oversight.quarters import manages, on_form
from jishiyu.doors.threshold.middleware import PostRequest
from jishiyu.foundations.outcomes import CannotBecause
from jishiyu.offices.queries import require
from jishiyu.oversight import operations, queries


@require_GET
def meetings(request: PostRequest) -> HttpResponse:
    """All meetings, and what of their decisions is still to be done."""
    require(request.post, "oversight.see")
    page = {
        "listing": listing(queries.meetings(), request),
        "kinds": dict(MEETING_KINDS),
        "follows": queries.open_decisions(request.today),
    }
    return render(request, "desk/oversight/meetings.html", page)


@require_http_methods(["GET", "POST"])
def new_meeting(request: PostRequest) -> HttpResponse:
    """Plan a meeting; the agenda begins with what lies open."""
    require(request.post, "oversight.manage")
    agenda = "\n".join(say(one) for one in queries.suggested_agenda(request.post, request.today))
    form = MeetingForm(
        request.POST if request.method == "POST" else None,
        initial={"agenda": agenda, "held_on": request.today},
    )
    if form.is_valid():
        told = dict(form.cleaned_data)
        row = operations.plan_meeting(agenda=told.pop("agenda").splitlines(), actor=request.post, **told)
        messages.success(request, gettext("已安排会议。"))
        return redirect("desk:oversight_meeting", meeting_id=row.id)
    return render(
        request, "desk/oversight/meeting_new.html", {"form": form}, status=422 if form.is_bound else 200
    )


@require_http_methods(["GET", "POST"])
def meeting(request: PostRequest, meeting_id: UUID) -> HttpResponse:
    """One meeting. POST by the office: minutes, attendance or a decision, told apart by ``what``."""
    require(request.post, "oversight.see")
    what = request.POST.get("what", "")
    minutes = MinutesForm(request.POST if what == "minutes" else None)
    decision = DecisionForm(request.POST if what == "decision" else None)
    try:
        with transaction.atomic():
            done = _written(request, meeting_id, what, minutes, decision)
    except CannotBecause as why:
        done = False
        on_form(decision if what == "decision" else minutes, why)
    if done:
        messages.success(request, gettext("已登记。"))
        return redirect("desk:oversight_meeting", meeting_id=meeting_id)
    row = queries.meeting(meeting_id)
    if what != "minutes":
        minutes = MinutesForm(initial={"minutes": row.minutes})
    came = {one.unit: one for one in row.attendance.all()}
    page = {
        "meeting": row,
        "kind": dict(MEETING_KINDS)[row.kind],
        "minutes": minutes,
        "decision": decision,
        "units": [(code, name, came.get(code)) for code, name in units()],
        "names": dict(units()),
        "held": row.held_on <= request.today,
        "manages": manages(request),
    }
    return render(request, "desk/oversight/meeting.html", page, status=422 if what else 200)


def _written(
    request: PostRequest, meeting_id: UUID, what: str, minutes: MinutesForm, decision: DecisionForm
) -> bool:
    actor, moment = request.post, request.moment
    if what == "minutes" and minutes.is_valid():
        operations.keep_minutes(
            meeting_id, minutes=minutes.cleaned_data["minutes"], actor=actor, moment=moment
        )
        return True
    if what == "decision" and decision.is_valid():
        operations.decide_in_meeting(meeting_id, actor=actor, **decision.cleaned_data)
        return True
    if what == "attendance":
        present = {
            code: request.POST.get(f"who-{code}", "")[:60] if request.POST.get(f"came-{code}") else None
            for code, _ in units()
        }
        operations.note_attendance(meeting_id, present=present, actor=actor, moment=moment)
        return True
    return False


@require_POST
def finish(request: PostRequest, decision_id: UUID) -> HttpResponse:
    """Say how a decision was carried out."""
    outcome = request.POST.get("outcome", "")[:400]
    operations.finish_decision(decision_id, outcome=outcome, actor=request.post, moment=request.moment)
    messages.success(request, gettext("已办结议定事项。"))
    return redirect("desk:oversight_meetings")


@require_GET
def trainings(request: PostRequest) -> HttpResponse:
    """All training sessions."""
    require(request.post, "oversight.see")
    page = {"listing": listing(queries.trainings(), request), "kinds": dict(TRAINING_KINDS)}
    return render(request, "desk/oversight/trainings.html", page)


@require_http_methods(["GET", "POST"])
def new_training(request: PostRequest) -> HttpResponse:
    """Plan a session with the number of people of each unit."""
    require(request.post, "oversight.manage")
    form = TrainingForm(
        request.POST if request.method == "POST" else None, initial={"planned_on": request.today}
    )
    if form.is_valid():
        row = operations.plan_training(
            enrolled=counts_sent(request.POST, "enrolled"), actor=request.post, **form.cleaned_data
        )
        messages.success(request, gettext("已安排培训。"))
        return redirect("desk:oversight_training", training_id=row.id)
    page = {"form": form, "units": units()}
    return render(request, "desk/oversight/training_new.html", page, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def training(request: PostRequest, training_id: UUID) -> HttpResponse:
    """One session; who came and passed is noted by the office."""
    require(request.post, "oversight.see")
    wrong = None
    if request.method == "POST":
        came, passed = counts_sent(request.POST, "attended"), counts_sent(request.POST, "passed")
        told = {code: (came.get(code, 0), passed.get(code, 0)) for code in {*came, *passed}}
        try:
            with transaction.atomic():
                operations.hold_training(training_id, came=told, actor=request.post, moment=request.moment)
        except CannotBecause as why:
            if why.code == "not_your_act":
                raise
            wrong = why.reason
        else:
            messages.success(request, gettext("已登记。"))
            return redirect("desk:oversight_training", training_id=training_id)
    row = queries.training(training_id)
    places = {one.unit: one for one in row.places.all()}
    page = {
        "training": row,
        "kind": dict(TRAINING_KINDS)[row.kind],
        "units": [(code, name, places.get(code)) for code, name in units()],
        "wrong": wrong,
        "may_note": row.planned_on <= request.today and manages(request),
    }
    return render(request, "desk/oversight/training.html", page, status=422 if wrong else 200)
