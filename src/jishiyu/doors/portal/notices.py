"""Public notices by sub-district, one notice to read and to print, and how to object to it."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from jishiyu.doors.portal.as_public import as_public
from jishiyu.doors.portal.forms import ObjectionForm
from jishiyu.doors.portal.poster import poster_of
from jishiyu.doors.threshold.middleware import PostRequest
from jishiyu.doors.threshold.papers import write_pdf
from jishiyu.notices import operations, queries
from jishiyu.notices.rules.masking import FREQUENCY_NAMES
from jishiyu.offices.queries import sub_districts
from jishiyu.offices.rules import PUBLIC


@require_GET
@as_public
def notices(request: PostRequest) -> HttpResponse:
    """The notices that are up today, of one sub-district or of all."""
    places = sub_districts()
    asked = request.GET.get("place", "")
    chosen = next((place for place in places if place.code == asked), None)
    rows = queries.current_notices(request.today, chosen.code if chosen else "")
    shown = {
        "places": places,
        "chosen": chosen,
        "notices": [(row, FREQUENCY_NAMES.get(row.content["frequency"])) for row in rows],
    }
    return render(request, "portal/notices.html", shown)


@require_http_methods(["GET", "POST"])
@as_public
def notice(request: PostRequest, notice_id: UUID) -> HttpResponse:
    """One notice with the form to object, named or not."""
    row = queries.notice(notice_id, request.today)
    form = ObjectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not form.cleaned_data["website"]:
            operations.receive_objection(
                notice_id,
                text=form.cleaned_data["text"],
                objector=form.cleaned_data["objector"],
                contact=form.cleaned_data["contact"],
                actor=PUBLIC,
                moment=request.moment,
            )
        return redirect("portal:thanks", notice_id=notice_id)
    shown = {
        "notice": row,
        "frequency": FREQUENCY_NAMES.get(row.content["frequency"]),
        "form": form,
        "days_left": (row.ends_on - request.today).days,
    }
    return render(request, "portal/notice.html", shown, status=422 if form.is_bound else 200)


@require_GET
@as_public
def poster(request: PostRequest, notice_id: UUID) -> HttpResponse:
    """One notice as a sheet to hang out, with a code that leads to it; nothing is on it that is not on its page."""
    row = queries.notice(notice_id, request.today)
    address = request.build_absolute_uri(reverse("portal:notice", args=[notice_id]))
    response = HttpResponse(write_pdf(poster_of(row, address)), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="notice-{row.published_on:%Y-%m-%d}.pdf"'
    return response


@require_GET
@as_public
def thanks(request: PostRequest, notice_id: UUID) -> HttpResponse:
    """That the objection came in, and what happens with it."""
    row = queries.notice(notice_id, request.today)
    return render(request, "portal/thanks.html", {"notice": row})
