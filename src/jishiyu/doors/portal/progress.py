"""How far is my case, and who looked at my data: by the case's number and the code on the application, without a log-in."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from jishiyu.doors.portal.appeals import ways_to_appeal
from jishiyu.doors.portal.applying.holding import remember
from jishiyu.doors.portal.forms import ProgressForm
from jishiyu.doors.threshold.middleware import PostRequest
from jishiyu.foundations.outcomes import NotFound
from jishiyu.journeys.apply_on_line import open_by_code
from jishiyu.journeys.ask_progress import ask_progress


@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("code")
@never_cache
def progress(request: PostRequest) -> HttpResponse:
    """Ask for number and code, and show where the case stands. Both come by POST: neither stands in an address or a log."""
    form = ProgressForm(request.POST or None)
    found, refusal = None, None
    if form.is_valid():
        try:
            source = str(request.META.get("REMOTE_ADDR", ""))
            if (
                form.cleaned_data["number"].strip().upper().startswith("WS")
            ):  # came in on line, and may be a case by now
                opened = open_by_code(**form.cleaned_data, moment=request.moment, source=source)
                return remember(redirect("portal:apply_state"), opened)
            found = ask_progress(**form.cleaned_data, moment=request.moment, source=source)
        except NotFound as nothing:
            refusal = nothing
    status = 200 if found or not form.is_bound else 404 if refusal else 422
    shown = {
        "form": form,
        "found": found,
        "refusal": refusal,
        "appeals": ways_to_appeal(request.today) if found and found.refused else [],
    }
    return render(request, "portal/progress.html", shown, status=status)
