"""The monthly run: preview, confirm, result; and one payment traced back to what bore it."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jishiyu.doors.desk.fields import say
from jishiyu.doors.desk.funds.forms import MonthForm, ReasonForm
from jishiyu.doors.desk.funds.treasury import refused
from jishiyu.doors.desk.listing import listing
from jishiyu.doors.desk.sheet import Column, Sheet, workbook
from jishiyu.doors.threshold.middleware import PostRequest
from jishiyu.foundations.outcomes import CannotBecause, Sentence, sentence
from jishiyu.funds import operations, queries
from jishiyu.funds.rules.sources import FUND_NAMES
from jishiyu.journeys.pay_the_month import Preview, pay_the_month, preview_the_month
from jishiyu.law.queries import pack
from jishiyu.offices.queries import require, sub_districts


@require_GET
def runs(request: PostRequest) -> HttpResponse:
    """All runs, and the month to pay next."""
    require(request.post, "funds.see")
    form = MonthForm(initial={"month": f"{request.today:%Y-%m}"})
    return render(
        request, "desk/funds/runs.html", {"listing": listing(queries.runs(), request), "form": form}
    )


@require_GET
def preview(request: PostRequest) -> HttpResponse:
    """What a month's run would pay, from what, and what is missing. Changes nothing."""
    require(request.post, "funds.see")
    form = MonthForm(request.GET)
    if not form.is_valid():
        shown = {"listing": listing(queries.runs(), request), "form": form}
        return render(request, "desk/funds/runs.html", shown, status=422)
    found = preview_the_month(form.cleaned_data["month"], actor=request.post)
    return render(request, "desk/funds/preview.html", _previewed(found, request))


def _previewed(found: Preview, request: PostRequest) -> dict[str, Any]:
    sums: dict[tuple[str, str], list[int]] = {}
    for one in found.dues:
        line = sums.setdefault((one.programme, one.fund), [0, 0])
        line[0] += 1
        line[1] += one.amount
    names = {str(row.id): sentence(row.name_zh, row.name_en) for row in queries.sources()}
    return {
        "preview": found,
        "lines": [
            (pack().programme(programme).name, FUND_NAMES[fund], count, amount)  # type: ignore[index]
            for (programme, fund), (count, amount) in sums.items()
        ],
        "sources": [(names[source], amount) for source, amount in found.by_source.items()],
        "lacks": [one.say() for one in found.lacks],
        "items": {one.id: one.name for one in pack().items},
        "areas": {row.code: row for row in sub_districts()},
        "funds": FUND_NAMES,
        "listing": listing(found.dues, request),
    }


@require_POST
def pay(request: PostRequest) -> HttpResponse:
    """Pay the previewed month. Doing it twice pays once."""
    require(request.post, "funds.pay")
    form = MonthForm(request.POST)
    if not form.is_valid():
        return redirect("desk:funds_runs")
    month: date = form.cleaned_data["month"]
    try:
        with transaction.atomic():
            paid = pay_the_month(month, actor=request.post, moment=request.moment)
    except CannotBecause as refusal:
        messages.error(request, " ".join(say(one) for one in (refusal.reason, refusal.mend) if one))
        found = preview_the_month(month, actor=request.post)
        return render(request, "desk/funds/preview.html", _previewed(found, request), status=409)
    if paid.run is None:
        messages.info(request, gettext("本月没有待发放的救助，未新建批次。"))
        return redirect("desk:funds_runs")
    messages.success(
        request,
        ngettext("批次 %(number)s 已发放 %(n)d 笔。", "批次 %(number)s 已发放 %(n)d 笔。", paid.payments)
        % {"number": paid.number, "n": paid.payments},
    )
    return redirect("desk:funds_run", run_id=paid.run)


@require_GET
def run(request: PostRequest, run_id: UUID) -> HttpResponse:
    """What one run paid, by programme and fund, and each payment within reach."""
    require(request.post, "funds.see")
    shown = {
        "run": queries.run(run_id),
        "totals": queries.run_totals(run_id, request.post),
        "listing": listing(queries.payments(request.post).filter(run_id=run_id), request),
        "items": {one.id: one.name for one in pack().items},
        "funds": FUND_NAMES,
    }
    return render(request, "desk/funds/run.html", shown)


@require_POST
def export_run(request: PostRequest, run_id: UUID) -> HttpResponse:
    """A run's payments as a workbook, payees masked."""
    require(request.post, "funds.see")
    row = queries.run(run_id)
    paid = list(queries.payments(request.post).filter(run_id=run_id))
    operations.note_export(rows=len(paid), what=row.number, actor=request.post)
    items: dict[str, Sentence] = {one.id: one.name for one in pack().items}
    columns = [
        Column(gettext("案件编号"), 22),
        Column(gettext("户编号"), 20),
        Column(gettext("领款人"), 12),
        Column(gettext("救助项目"), 26),
        Column(gettext("资金类别"), 12),
        Column(gettext("所属月份"), 12, "day"),
        Column(gettext("发放日期"), 12, "day"),
        Column(gettext("金额（元）"), 14, "money"),
    ]
    rows = (
        (
            one.award.case.number, one.household.number, one.payee, say(items[one.item]), say(FUND_NAMES[one.fund]),  # type: ignore[index]
            one.month, one.paid_on, one.amount,
        )
        for one in paid
    )  # fmt: skip
    return workbook(request, f"payments-{row.number}", Sheet(row.number, columns, rows))


@require_http_methods(["GET", "POST"])
def payment(request: PostRequest, payment_id: UUID) -> HttpResponse:
    """One payment with what bore it; written back by POST."""
    require(request.post, "funds.pay" if request.method == "POST" else "registry.see")
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            with transaction.atomic():
                operations.reverse_payment(
                    payment_id, reason=form.cleaned_data["reason"], actor=request.post, moment=request.moment
                )
        except CannotBecause as refusal:
            refused(form, refusal)
        else:
            messages.success(request, gettext("已冲正这笔发放，资金已退回原到账。"))
            return redirect("desk:funds_payment", payment_id=payment_id)
    trace = operations.look_at_payment(payment_id, actor=request.post)
    shown = {
        "trace": trace,
        "payment": trace.payment,
        "item": pack().item(trace.payment.item),
        "fund": FUND_NAMES[trace.payment.fund],  # type: ignore[index]
        "parts": [(queries.kind_name(part.source.kind), part) for part in trace.parts],
        "form": form,
    }
    return render(request, "desk/funds/payment.html", shown, status=422 if form.errors else 200)
