"""A measure that was proposed: what it would do, and whether a person confirms it."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from jishiyu.cases import operations
from jishiyu.cases.operations import measures
from jishiyu.cases.queries import life_after as life
from jishiyu.cases.rules.life_after import MEASURE_NAMES, MEASURE_STATES, SOURCE_NAMES
from jishiyu.doors.desk.fields import say
from jishiyu.doors.threshold.middleware import PostRequest
from jishiyu.foundations.outcomes import CannotBecause, NotFound, NotYours
from jishiyu.journeys import life_after as journey
from jishiyu.law.queries import pack
from jishiyu.offices.queries import require


@never_cache
@require_http_methods(["GET", "POST"])
def settle(request: PostRequest, measure_id: UUID) -> HttpResponse:
    """One measure: everybody concerned sees it; who decides confirms or declines it."""
    require(request.post, "cases.confirm_measure" if request.method == "POST" else "cases.see")
    row = life.measure(measure_id, request.post)
    operations.look(row.case_id, actor=request.post)
    if request.method == "POST":
        try:
            with transaction.atomic():
                _settle(request, measure_id)
            return redirect("desk:after_award", award_id=row.award_id)
        except (NotYours, NotFound):
            raise
        except CannotBecause as refused:
            messages.error(request, " ".join(say(one) for one in (refused.reason, refused.mend) if one))
    shown = {
        "made": row,
        "award": row.award,
        "case": row.case,
        "item": pack().item(row.award.item),
        "name": MEASURE_NAMES[row.kind],
        "state": MEASURE_STATES[row.state],
        "source": SOURCE_NAMES[row.source],
        "rule": pack().district.life_after.change(row.circumstance.kind) if row.circumstance else None,
        "foreseen": journey.foresee_measure(row) if row.state == "proposed" else None,
        "own": bool(request.post.officer) and request.post.officer == row.proposer,
    }
    return render(request, "desk/afterwards/settle.html", shown)


def _settle(request: PostRequest, measure_id: UUID) -> None:
    if request.POST.get("do") == "confirm":
        journey.confirm(measure_id, actor=request.post, moment=request.moment)
        messages.success(request, gettext("已确认，救助已照此变更。通知书可以打印。"))
    else:
        measures.decline(
            measure_id, because=request.POST.get("because", ""), actor=request.post, moment=request.moment
        )
        messages.success(request, gettext("未采纳，照原决定发放。"))
