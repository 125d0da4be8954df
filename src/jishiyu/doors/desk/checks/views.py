"""What waits to be checked from above, one check with its outcome, and how far the shares were reached."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jishiyu.cases import operations, queries
from jishiyu.cases.rules.second_eyes import FOLLOW_UPS, FOLLOW_UPS_GRANTED, FOLLOW_UPS_OPEN, WHY_NAMES
from jishiyu.cases.rules.steps import days_left
from jishiyu.doors.desk.cases.evidence import facts
from jishiyu.doors.desk.cases.forms import refused
from jishiyu.doors.desk.checks.forms import FindingForm, FollowUpForm
from jishiyu.doors.desk.fields import say
from jishiyu.doors.desk.listing import listing
from jishiyu.doors.threshold.middleware import PostRequest
from jishiyu.foundations.outcomes import CannotBecause, NotFound, NotYours
from jishiyu.law.queries import pack
from jishiyu.offices.queries import require
from jishiyu.offices.rules import refusal


@never_cache
@require_GET
def checks(request: PostRequest) -> HttpResponse:
    """The checks within reach and the figures by sub-district."""
    require(request.post, "cases.see")
    rows = queries.checks(request.post)
    state = request.GET.get("state", "open")
    if state == "open":
        rows = rows.filter(finding=None)
    elif state == "differ":
        rows = rows.filter(finding__agrees=False)
    elif state == "done":
        rows = rows.filter(finding__isnull=False)
    found = listing(rows, request)
    areas = [
        one.code
        for one in pack().sub_districts
        if request.post.scope != "sub_district" or one.code == request.post.area
    ]
    shown = {
        "listing": found,
        "rows": [(one, days_left(one.due_on, request.today)) for one in found.page],
        "state": state,
        "states": (("open", gettext("待核查")), ("differ", gettext("不一致")), ("done", gettext("已核查"))),
        "whys": WHY_NAMES,
        "items": {one.id: one.name for one in pack().items},
        "figures": [one for one in queries.reached(request.post, request.today, areas) if one.any],
        "places": {one.code: one.name for one in pack().sub_districts},
        "days": pack().parameter("xicheng.spot_checks.days", request.today),
    }
    return render(request, "desk/checks/list.html", shown)


@never_cache
@require_http_methods(["GET", "POST"])
def check(request: PostRequest, check_id: UUID) -> HttpResponse:
    """One check: what the case says, and what was found. Opening it is a look at the case, which the journal keeps."""
    require(request.post, "cases.see")
    row = queries.check(check_id, request.post)
    case = operations.look(row.case_id, actor=request.post)
    why = refusal(request.post, "cases.check_again") or queries.refusal_to_check_this(case, request.post)
    first = {"visited_on": request.today, "first_visitor": request.post.officer_name}
    form = FindingForm(request.POST or None, initial=first)
    if request.method == "POST":
        require(request.post, "cases.check_again")
        if form.is_valid():
            try:
                with transaction.atomic():
                    operations.record_finding(
                        check_id,
                        operations.Found(**form.cleaned_data),
                        actor=request.post,
                        moment=request.moment,
                    )
                messages.success(request, gettext("核查结果已登记。"))
                return redirect("desk:checks_check", check_id=check_id)
            except (NotYours, NotFound):
                raise
            except CannotBecause as refusal_:
                refused(form, refusal_)
    return render(
        request,
        "desk/checks/check.html",
        _shown(request, row, case, form, why),
        status=422 if form.is_bound else 200,
    )


def _shown(request: PostRequest, row: Any, case: Any, form: FindingForm, why: Any) -> dict[str, Any]:
    finding = getattr(row, "finding", None)
    offered = FOLLOW_UPS_OPEN if case.state == "open" else FOLLOW_UPS_GRANTED
    follows = finding is not None and not finding.agrees and not hasattr(finding, "follow_up")
    may_follow = follows and refusal(request.post, "cases.follow_up") is None
    return {
        "check": row,
        "case": case,
        "item": pack().item(case.item),
        "why": WHY_NAMES[row.why],
        "finding": finding,
        "form": None if finding is not None or why is not None else form,
        "not_mine": why,
        "follow_ups": FOLLOW_UPS,
        "follows": follows,
        "follow_form": FollowUpForm(None, offered=offered) if may_follow else None,
        "days_left": days_left(row.due_on, request.today),
        "facts": facts(case.snapshot_id),
        "visits": queries.visits_of(case.id),
        "taken": [(one, queries.outcome_name(one)) for one in queries.steps_of(case.id)],
    }


@require_POST
def follow(request: PostRequest, finding_id: UUID) -> HttpResponse:
    """Deal with a difference."""
    require(request.post, "cases.follow_up")
    finding = queries.finding(finding_id, request.post)
    try:
        with transaction.atomic():
            operations.follow_up(
                finding_id,
                what=request.POST.get("what", ""),
                because=request.POST.get("because", ""),
                actor=request.post,
                moment=request.moment,
            )
        messages.success(request, gettext("处理结果已登记。"))
    except (NotYours, NotFound):
        raise
    except CannotBecause as refusal_:
        messages.error(request, " ".join(say(one) for one in (refusal_.reason, refusal_.mend) if one))
    return redirect("desk:checks_check", check_id=finding.check_of_id)


@require_POST
def signature(request: PostRequest, case_id: UUID) -> HttpResponse:
    """Decline a first signature, take one's own back, or pass the decision up to the next higher hand."""
    require(request.post, "cases.decide")
    queries.case(case_id, request.post)
    reason = request.POST.get("reason", "")
    try:
        with transaction.atomic():
            if request.POST.get("do") == "pass_up":
                operations.pass_up(case_id, reason=reason, actor=request.post)
                done = gettext("已移交上一级审批。")
            else:
                operations.decline_signature(
                    case_id, reason=reason, actor=request.post, moment=request.moment
                )
                done = gettext("第一签已退回，案件回到第一签岗位。")
        messages.success(request, done)
    except (NotYours, NotFound):
        raise
    except CannotBecause as refusal_:
        messages.error(request, " ".join(say(one) for one in (refusal_.reason, refusal_.mend) if one))
    return redirect("desk:cases_page", case_id=case_id)
