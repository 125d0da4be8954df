"""The page of a household's whole package. Opening it is a look that the journal keeps."""

from datetime import date
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from jishiyu.doors.desk.households.away import opened
from jishiyu.doors.desk.package.gathering import narrowed, package_of
from jishiyu.doors.desk.package.lines import STATES
from jishiyu.doors.desk.tell.asked import questions_about
from jishiyu.doors.threshold.middleware import PostRequest
from jishiyu.foundations.outcomes import CannotBecause
from jishiyu.foundations.periods import add_months
from jishiyu.offices.queries import require
from jishiyu.programmes.queries import entitlements_now

_A_YEAR = 12


@never_cache
@require_GET
def package(request: PostRequest, household_id: UUID) -> HttpResponse:
    """What the household gets and could get on two days (``?before=&after=``; a year ago and today unless said).

    ``q`` (a part of an item's name) and ``show`` (how it stands) narrow the items; the sums stay.
    """
    require(request.post, "programmes.see")
    require(request.post, "cases.see")
    row = opened(household_id, actor=request.post)
    after = _day(request.GET.get("after"), request.today)
    before = _day(request.GET.get("before"), add_months(after, -_A_YEAR))
    words, state = request.GET.get("q", "").strip()[:40], request.GET.get("show", "")
    state = state if state in STATES else ""
    shown: dict[str, object] = {
        "household": row,
        "before": before,
        "after": after,
        "words": words,
        "state": state,
        "back": request.get_full_path(),
    }
    try:
        found = package_of(row.id, before, after, today=request.today)
        if found is not None:
            shown["package"] = narrowed(found, words, state)
            shown["states"] = [
                (key, name, found.counts[key]) for key, (name, _) in STATES.items() if found.counts[key]
            ]
            now = found.answers if after == request.today else entitlements_now(row.id, request.today)
            shown["questions"] = questions_about(row.id, now, today=request.today)
    except CannotBecause as why:  # a day on which no rule or procedure is known
        shown["refused"] = why.reason
    return render(request, "desk/package/page.html", shown)


def _day(text: str | None, otherwise: date) -> date:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return otherwise
