"""What has to come back, and needs that wait for charity's money: listed for everybody concerned, settled by whose act it is."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from jishiyu.cases import operations, queries
from jishiyu.doors.desk.fields import say
from jishiyu.doors.desk.listing import listing
from jishiyu.doors.threshold.middleware import PostRequest
from jishiyu.foundations.outcomes import CannotBecause, NotFound, NotYours
from jishiyu.funds.rules.sources import FUND_NAMES
from jishiyu.journeys.settle_recovery import settle_recovery
from jishiyu.law.queries import pack
from jishiyu.offices.queries import require


@never_cache
@require_GET
def recoveries(request: PostRequest) -> HttpResponse:
    """All recoveries within reach, by state, and the needs that wait."""
    require(request.post, "cases.see")
    rows = queries.recoveries(request.post)
    state = request.GET.get("state", "")
    if state in queries.RECOVERY_STATES:
        rows = rows.filter(state=state)
    waiting = queries.waiting_needs(request.post)
    shown = {
        "listing": listing(rows, request),
        "state": state,
        "states": queries.RECOVERY_STATES,
        "funds": FUND_NAMES,
        "items": {one.id: one.name for one in pack().items},
        "waiting": list(waiting[:200]),
        "waiting_sum": sum(waiting.values_list("amount", flat=True)),
        "reading": pack().district.coordination.recoveries,
    }
    return render(request, "desk/cases/recoveries.html", shown)


@require_POST
def act(request: PostRequest, recovery_id: UUID) -> HttpResponse:
    """Confirm a recovery, waive it, or note that it came back; each is another post's act."""
    what = request.POST.get("do", "")
    require(request.post, "funds.settle_recovery" if what == "settle" else "cases.confirm_recovery")
    how = {"actor": request.post, "moment": request.moment}
    try:
        with transaction.atomic():
            if what == "settle":
                settle_recovery(recovery_id, document_no=request.POST.get("document_no", ""), **how)  # type: ignore[arg-type]
                done = gettext("已登记退还，款项已记回原资金来源。")
            elif what == "waive":
                operations.waive_recovery(recovery_id, reason=request.POST.get("reason", ""), **how)  # type: ignore[arg-type]
                done = gettext("已免于追回，理由已记入日志。")
            else:
                operations.confirm_recovery(recovery_id, **how)  # type: ignore[arg-type]
                done = gettext("已确认，可以请家庭退还。")
        messages.success(request, done)
    except (NotYours, NotFound):
        raise
    except CannotBecause as refusal:
        messages.error(request, " ".join(say(one) for one in (refusal.reason, refusal.mend) if one))
    return redirect("desk:cases_recoveries")


@require_POST
def close_waiting(request: PostRequest, need_id: UUID) -> HttpResponse:
    """Take a waiting need off the list, with the reason."""
    require(request.post, "cases.close_waiting_need")
    try:
        with transaction.atomic():
            operations.close_waiting_need(
                need_id, reason=request.POST.get("reason", ""), actor=request.post, moment=request.moment
            )
        messages.success(request, gettext("待助已了结。"))
    except (NotYours, NotFound):
        raise
    except CannotBecause as refusal:
        messages.error(request, say(refusal.reason))
    return redirect("desk:cases_recoveries")
