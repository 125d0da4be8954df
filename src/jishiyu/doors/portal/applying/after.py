"""After handing in: the receipt, what the sub-district answered, papers that it asks for, and then how far the case is."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from jishiyu.doors.portal.appeals import ways_to_appeal
from jishiyu.doors.portal.applying.holding import with_application
from jishiyu.doors.portal.applying.steps import upload_words
from jishiyu.doors.portal.applying.summary import summary_of
from jishiyu.doors.threshold.middleware import PostRequest
from jishiyu.evidence.rules.applications import STATE_NAMES
from jishiyu.journeys import apply_on_line
from jishiyu.journeys.apply_on_line import Held
from jishiyu.journeys.ask_progress import progress_of_application


@never_cache
@require_GET
@with_application("submitted", "asked", "taken", "refused")
def state(request: PostRequest, application: Held) -> HttpResponse:
    """Where the application is; once it is a case, where the case is."""
    row = application.row
    source = str(request.META.get("REMOTE_ADDR", ""))
    found = progress_of_application(row, moment=request.moment, source=source) if row.case else None
    shown = {
        "held": application,
        "state": STATE_NAMES[row.state],
        "summary": summary_of(application),
        "found": found,
        "appeals": ways_to_appeal(request.today)
        if row.state == "refused" or (found and found.refused)
        else [],
        **upload_words(application),
    }
    return render(request, "portal/apply/state.html", shown)


@require_POST
@with_application("asked")
def answer(request: PostRequest, application: Held) -> HttpResponse:
    """What was asked for is there."""
    apply_on_line.answer(application.row.pk, moment=request.moment)
    return redirect("portal:apply_state")
