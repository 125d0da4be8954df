"""The page on which a case is delivered, and its acts. Everything posted is recorded for the post that has to deliver."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from jishiyu.cases import operations as case_operations
from jishiyu.cases import queries as case_queries
from jishiyu.cases.operations import appointments, services
from jishiyu.cases.operations.appointments import Plan
from jishiyu.cases.operations.services import Arrangement
from jishiyu.cases.queries import services as queries
from jishiyu.cases.rules.service_kinds import KINDS
from jishiyu.cases.rules.services import kind_of
from jishiyu.doors.desk.cases.forms import refused
from jishiyu.doors.desk.services import forms
from jishiyu.doors.desk.services.shown import deliveries_shown, may_deliver
from jishiyu.doors.threshold.middleware import PostRequest
from jishiyu.foundations.outcomes import CannotBecause, NotYours
from jishiyu.law.queries import pack
from jishiyu.law.rules.procedures import Step
from jishiyu.offices.queries import require


@require_GET
@never_cache
def case(request: PostRequest, case_id: UUID) -> HttpResponse:
    """How a case is delivered: who, when, what was done. Opening it is a look that the journal keeps."""
    require(request.post, "cases.see")
    row = case_operations.look(case_id, actor=request.post)
    return _page(request, row)


def _page(request: PostRequest, row: Any, *, status: int = 200, **bound: Form) -> HttpResponse:
    step, why_not = _step(row), may_deliver(row, request.post)
    here = row.step == "deliver" and row.state in ("open", "granted")
    shown = {
        "case": row,
        "item": pack().item(row.item),
        "step": step,
        "here": here,
        "not_mine": why_not if here else None,
        "mine": here and why_not is None,
        "deliveries": deliveries_shown(row.id),
        "award": queries.award_to_deliver(row.id),
        "mark_form": forms.MarkForm(None),
        "satisfaction_form": forms.SatisfactionForm(None),
        "appoint_form": forms.AppointForm(
            None, initial={"planned_on": request.today, "who_goes": request.post.officer_name}
        ),
        "deliverer": step is not None and queries.refusal_to_deliver(row, request.post) is None,
        "standing": row.state == "granted" and not here,
    }
    if shown["mine"] and step is not None:
        shown |= _step_forms(request, row, step)
    return render(request, "desk/services/case.html", shown | bound, status=status)


def _step_forms(request: PostRequest, row: Any, step: Step) -> dict[str, Any]:
    kinds = queries.kinds_of_case(row)
    under_way = next((one for one in queries.deliveries_of_case(row.id) if one.state == "arranged"), None)
    asked = request.GET.get("kind", "")
    key = asked if asked in kinds else under_way.kind if under_way else kinds[0]
    kind = KINDS[key]
    first = {"provider": str(under_way.provider_id or "")} if under_way else {}
    if under_way and under_way.kind == key:
        first |= {f"q_{name}": answer for name, answer in under_way.arranged.items()}
    made: dict[str, Any] = {
        "kinds": [KINDS[one] for one in kinds],
        "kind": kind,
        "under_way": under_way,
        "arrange_form": forms.ArrangeForm(
            None, kind=kind, providers=queries.providers_for(request.post, key), initial=first
        ),
    }
    if any(one.reasons for one in step.outcomes):
        made["not_form"] = forms.NotDeliveredForm(None, outcomes=step.outcomes)
    if under_way:
        made["finish_form"] = forms.FinishForm(
            None,
            kind=KINDS[under_way.kind],
            papers=step.papers,
            outcomes=step.outcomes,
            initial={"done_on": request.today},
        )
    return made


def _step(row: Any) -> Step | None:
    try:
        return case_queries.procedure_of(row).step("deliver")
    except (CannotBecause, KeyError):
        return None


@require_POST
@never_cache
def arrange(request: PostRequest, case_id: UUID) -> HttpResponse:
    """Arrange the delivery, or arrange it anew."""
    require(request.post, "cases.deliver")
    row = _own(case_queries.case(case_id, request.post), request)
    kind = kind_of(request.POST.get("kind", ""))
    form = forms.ArrangeForm(request.POST, kind=kind, providers=queries.providers_for(request.post, kind.key))

    def act() -> None:
        provider = form.cleaned_data["provider"]
        services.arrange(
            case_id,
            Arrangement(kind.key, form.answers(), UUID(provider) if provider else None),
            actor=request.post,
            moment=request.moment,
        )

    return _do(request, row, form, "arrange_form", act, gettext("已安排。请登记约定的日期，完成后登记结果。"))


@require_POST
@never_cache
def deliver(request: PostRequest, case_id: UUID) -> HttpResponse:
    """It was delivered: what was done, and the step is taken."""
    require(request.post, "cases.deliver")
    row = _own(case_queries.case(case_id, request.post), request)
    under_way, step = queries.delivery_under_way(row.id), _step(row)
    if under_way is None or step is None:
        messages.error(request, gettext("案件已有新的进展，请看最新页面后再办理。"))
        return redirect("desk:services_case", case_id=case_id)
    form = forms.FinishForm(
        request.POST, kind=KINDS[under_way.kind], papers=step.papers, outcomes=step.outcomes
    )

    def act() -> None:
        services.deliver(
            case_id,
            form.told(),
            outcome=form.cleaned_data["outcome"],
            papers=form.cleaned_data.get("papers", ()),
            actor=request.post,
            moment=request.moment,
        )

    return _do(request, row, form, "finish_form", act, gettext("已登记落实。"))


@require_POST
@never_cache
def not_delivered(request: PostRequest, case_id: UUID) -> HttpResponse:
    """It could not be delivered, and why."""
    require(request.post, "cases.deliver")
    row = _own(case_queries.case(case_id, request.post), request)
    step = _step(row)
    form = forms.NotDeliveredForm(request.POST, outcomes=step.outcomes if step else ())

    def act() -> None:
        services.not_deliver(
            case_id,
            reasons=form.reason_lines(),
            outcome=form.cleaned_data["outcome"],
            actor=request.post,
            moment=request.moment,
        )

    return _do(request, row, form, "not_form", act, gettext("已登记未能落实的原因。"))


@require_POST
@never_cache
def appoint(request: PostRequest, delivery_id: UUID) -> HttpResponse:
    """Plan a day."""
    require(request.post, "cases.deliver")
    row = _own(queries.delivery(delivery_id, request.post).case, request)
    form = forms.AppointForm(request.POST)

    def act() -> None:
        told = form.cleaned_data
        plan = Plan(told["planned_on"], told["who_goes"], told["place"], told["at_time"])
        appointments.appoint(delivery_id, plan, actor=request.post)

    return _do(request, row, form, "appoint_form", act, gettext("已登记约定。"))


@require_POST
@never_cache
def mark(request: PostRequest, appointment_id: UUID) -> HttpResponse:
    """An appointment was kept, missed, or is moved."""
    require(request.post, "cases.deliver")
    row = _own(queries.appointment(appointment_id, request.post).delivery.case, request)
    form = forms.MarkForm(request.POST)

    def act() -> None:
        told: dict[str, Any] = form.cleaned_data
        words = told["what_happened"]
        who: dict[str, Any] = {"actor": request.post, "moment": request.moment}
        if told["became"] == "moved":
            appointments.move_appointment(appointment_id, told["to"], why=words, **who)
        else:
            appointments.keep_or_miss(
                appointment_id,
                kept=told["became"] == "kept",
                what_happened=words,
                minutes=told["minutes"],
                **who,
            )

    return _do(request, row, form, "mark_form", act, gettext("已登记。"))


@require_POST
@never_cache
def satisfaction(request: PostRequest, delivery_id: UUID) -> HttpResponse:
    """What the household says of it."""
    require(request.post, "cases.deliver")
    row = queries.delivery(delivery_id, request.post).case
    form = forms.SatisfactionForm(request.POST)

    def act() -> None:
        services.tell_satisfaction(
            delivery_id, **form.cleaned_data, actor=request.post, moment=request.moment
        )

    return _do(request, row, form, "satisfaction_form", act, gettext("已登记满意度。"))


def _own(row: Any, request: PostRequest) -> Any:
    """The case, for exactly the post that has to deliver it: nobody is shown a form for what is another's."""
    why = queries.refusal_to_deliver(row, request.post)
    if why is not None:
        raise NotYours("cases.not_yours_to_deliver", why)
    return row


def _do(
    request: PostRequest, row: Any, form: Form, name: str, act: Callable[[], None], said: str
) -> HttpResponse:
    """Act on a sound form and go back to the page; else show it again with what is wrong."""
    if form.is_valid():
        try:
            with transaction.atomic():
                act()
            messages.success(request, said)
            return redirect("desk:services_case", case_id=row.id)
        except NotYours:
            raise
        except CannotBecause as refusal:
            refused(form, refusal)
    return _page(request, row, status=422, **{name: form})
