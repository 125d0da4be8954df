"""Sources with what they hold, and deposits: listed, recorded, traced to households, taken back."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from jishiyu.doors.desk.fields import say
from jishiyu.doors.desk.funds.forms import DepositForm, ReasonForm, SourceForm
from jishiyu.doors.desk.listing import listing
from jishiyu.doors.threshold.middleware import PostRequest
from jishiyu.foundations.outcomes import CannotBecause, NotYours, Sentence, sentence
from jishiyu.funds import operations, queries
from jishiyu.law.queries import pack
from jishiyu.offices.queries import require

_SORTS = {
    "day": ("received_on", "document_no"),
    "amount": ("amount",),
    "left": ("left",),
    "source": ("source__kind", "source__name_zh"),
}


def refused(form: forms.Form, refusal: CannotBecause) -> None:
    """Show a refusal on the form that asked for the act. One for want of a right stays a refusal."""
    if isinstance(refusal, NotYours):
        raise refusal
    form.add_error(None, " ".join(say(one) for one in (refusal.reason, refusal.mend) if one))


@require_GET
def balances(request: PostRequest) -> HttpResponse:
    """The three kinds of source, kept apart, and the deposits behind them."""
    require(request.post, "funds.see")
    kinds = queries.balances()
    shown = {
        "kinds": kinds,
        "chart": _chart(kinds),
        "listing": listing(queries.deposits(), request, sorts=_SORTS, default="-day"),
        "purposes": {one.code: one.name for one in pack().programmes},
        "runs": list(queries.runs()[:5]),
    }
    return render(request, "desk/funds/list.html", shown)


def _chart(kinds: list[queries.KindBalance]) -> dict[str, Any]:
    rows = [one for kind in kinds for one in kind.sources]
    return {
        "title": gettext("各来源已支出与结余（元）"),
        "kind": "hstack",
        "unit": gettext("元"),
        "labels": [say(one.name) for one in rows],
        "series": [
            {"name": gettext("已支出"), "data": [one.paid / 100 for one in rows]},
            {"name": gettext("结余"), "data": [one.left / 100 for one in rows]},
        ],
    }


@require_http_methods(["GET", "POST"])
def new_source(request: PostRequest) -> HttpResponse:
    """Name a source."""
    require(request.post, "funds.deposit")
    form = SourceForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        told = form.cleaned_data
        name = Sentence(told["name_zh"].strip(), told["name_en"].strip())
        operations.name_source(kind=told["kind"], name=name, actor=request.post)
        messages.success(request, gettext("已登记资金来源。下一步：登记到账。"))
        return redirect("desk:funds_deposit_new")
    return render(request, "desk/funds/source_new.html", {"form": form}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def new_deposit(request: PostRequest) -> HttpResponse:
    """Record money that came in."""
    require(request.post, "funds.deposit")
    form = DepositForm(
        request.POST if request.method == "POST" else None,
        today=request.today,
        initial={"received_on": request.today},
    )
    if form.is_valid():
        told = form.cleaned_data
        try:
            with transaction.atomic():
                made = operations.receive_deposit(
                    source_id=UUID(told["source"]),
                    amount=told["amount"],
                    received_on=told["received_on"],
                    document_no=told["document_no"],
                    purpose=told["purpose"],
                    actor=request.post,
                    moment=request.moment,
                )
        except CannotBecause as refusal:
            refused(form, refusal)
        else:
            messages.success(request, gettext("已登记到账。"))
            return redirect("desk:funds_deposit", deposit_id=made.id)
    shown = {"form": form, "sources": queries.sources()}
    return render(request, "desk/funds/deposit_new.html", shown, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def deposit(request: PostRequest, deposit_id: UUID) -> HttpResponse:
    """One deposit traced to the households that it reached; taken back by POST while nothing was paid from it."""
    require(request.post, "funds.see")
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            with transaction.atomic():
                operations.reverse_deposit(
                    deposit_id, reason=form.cleaned_data["reason"], actor=request.post, moment=request.moment
                )
        except CannotBecause as refusal:
            refused(form, refusal)
        else:
            messages.success(request, gettext("已冲正这笔到账。"))
            return redirect("desk:funds_deposit", deposit_id=deposit_id)
    trace = operations.look_at_deposit(deposit_id, actor=request.post)
    held = trace.deposit
    shown = {
        "trace": trace,
        "form": form,
        "kind": queries.kind_name(held.source.kind),
        "purpose": pack().programme(held.purpose).name
        if held.purpose
        else sentence("不限用途", "any purpose"),
        "items": {one.id: one.name for one in pack().items},
        "listing": listing(trace.parts, request),
    }
    return render(request, "desk/funds/deposit.html", shown, status=422 if form.errors else 200)
