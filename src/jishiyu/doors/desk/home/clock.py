"""The demo's clock: a visitor winds it ahead to see a public notice end or a month's payments fall due."""

from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from jishiyu.doors.threshold.middleware import PostRequest
from jishiyu.foundations.clock import wind_to
from jishiyu.journal.operations import record

STEPS = (1, 7, 30)


@require_POST
def wind(request: PostRequest) -> HttpResponse:
    """Wind the demo's clock ahead by one of the offered numbers of days. Outside the demo there is no such page."""
    days = request.POST.get("days", "")
    if not settings.DEMO or days not in map(str, STEPS):
        raise Http404
    wind_to(request.moment + timedelta(days=int(days)))
    record(act="doors.wind_demo_clock", detail={"days": int(days)})
    back = request.POST.get("back", "/desk/")
    return redirect(back if url_has_allowed_host_and_scheme(back, {request.get_host()}) else "/desk/")
