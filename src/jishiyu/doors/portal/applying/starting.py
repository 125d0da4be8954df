"""The way in: what happened, which item, a number and a code; and going on with what was begun."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jishiyu.doors.portal.applying.forms import CodeForm
from jishiyu.doors.portal.applying.holding import forget, opened, remember, with_application
from jishiyu.doors.portal.applying.words import HAPPENED
from jishiyu.doors.portal.as_public import as_public
from jishiyu.doors.threshold.middleware import PostRequest
from jishiyu.foundations.outcomes import CannotBecause
from jishiyu.journeys import apply_on_line
from jishiyu.journeys.apply_on_line import Held, procedure_on_line
from jishiyu.law.queries import pack
from jishiyu.offices.queries import sub_districts


@require_GET
@as_public
def start(request: PostRequest) -> HttpResponse:
    """What happened, in plain words, or a programme; then the items to choose from, each with whom it is for."""
    what = next((one for one in HAPPENED if one.key == request.GET.get("what")), None)
    asked = request.GET.get("programme", "")
    codes = what.programmes if what else (asked,) if asked in {one.code for one in pack().programmes} else ()
    shown = {
        "happened": HAPPENED,
        "what": what,
        "programmes": [_programme(code, request) for code in codes],
        "all": pack().programmes,
        "sub_districts": sub_districts(),
        "open": opened(request),
    }
    return render(request, "portal/apply/start.html", shown)


def _programme(code: str, request: PostRequest) -> dict[str, Any]:
    items = pack().items_of(code)
    on_line = [one for one in items if procedure_on_line(one.id, request.today) is not None]
    return {"programme": pack().programme(code), "items": on_line, "others": len(items) - len(on_line)}


@require_POST
@as_public
def begin(request: PostRequest) -> HttpResponse:
    """Begin a draft for an item."""
    source = str(request.META.get("REMOTE_ADDR", ""))
    made = apply_on_line.begin(request.POST.get("item", ""), moment=request.moment, source=source)
    return remember(redirect("portal:apply_code"), made)


@never_cache
@require_GET
@as_public
@with_application("draft")
def code(request: PostRequest, application: Held) -> HttpResponse:
    """The number and code to write down or print, before anything is filled in."""
    return render(request, "portal/apply/code.html", {"held": application})


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def go_on(request: PostRequest) -> HttpResponse:
    """Open a draft, or what was handed in, by its number and code. A wrong try stays in the journal."""
    form, refusal = CodeForm(request.POST or None), None
    if form.is_valid():
        try:
            source = str(request.META.get("REMOTE_ADDR", ""))
            found = apply_on_line.open_by_code(**form.cleaned_data, moment=request.moment, source=source)
            page = "portal:apply_who" if found.row.state == "draft" else "portal:apply_state"
            return remember(redirect(page), found)
        except CannotBecause as nothing:
            refusal = nothing
    status = 422 if form.is_bound else 200
    return render(request, "portal/apply/continue.html", {"form": form, "refusal": refusal}, status=status)


@require_POST
@as_public
def leave(_request: PostRequest) -> HttpResponse:
    """Close the application in this browser; it stays under its number and code."""
    return forget(redirect("portal:apply"))


@require_POST
@as_public
@with_application("draft")
def delete(request: PostRequest, application: Held) -> HttpResponse:
    """Delete the draft with its files."""
    apply_on_line.drop(application.row.pk, moment=request.moment)
    return forget(redirect("portal:apply"))
