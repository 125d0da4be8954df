"""The list of households with its filters and export. Counts and files obey the post's reach like the list."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from jishiyu.assessment.queries import latest_scores
from jishiyu.doors.desk.households.forms import Filters
from jishiyu.doors.desk.households.standing import band_mark
from jishiyu.doors.desk.households.workbook import households_workbook
from jishiyu.doors.desk.listing import Listing, listing
from jishiyu.doors.desk.words import address_of, with_words
from jishiyu.doors.threshold.middleware import PostRequest
from jishiyu.offices.queries import require
from jishiyu.offices.rules import Post
from jishiyu.registry import queries
from jishiyu.registry.operations import note_export

SORTS = {
    "number": ("number",),
    "head": ("head_pinyin", "number"),
    "sub_district": ("sub_district__position", "number"),
    "community": ("community", "number"),
    "size": ("size", "number"),
    "registered": ("registered_on", "number"),
}
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_POST
def narrow(request: PostRequest) -> HttpResponse:
    """Narrow the list. By POST: the name of a household's head belongs into no address, history or log."""
    require(request.post, "registry.see")
    told = {name: request.POST.get(name, "")[:60] for name in Filters(None, post=request.post).fields}
    terms = address_of(request, told)
    return redirect(f"{reverse('desk:households_list')}?{terms}" if terms else "desk:households_list")


@never_cache
@require_GET
def households(request: PostRequest) -> HttpResponse:
    """The households within reach, narrowed, sorted and cut into pages of fifty."""
    require(request.post, "registry.see")
    filters = Filters(with_words(request), post=request.post)
    rows = filters.narrow(queries.households(request.post), request.post)
    cut = listing(rows, request, sorts=SORTS, default="number")
    shown: dict[str, Any] = {"listing": cut, "filters": filters, "scores": _scores(cut, request.post)}
    return render(request, "desk/households/list.html", shown)


@require_POST
def export(request: PostRequest) -> HttpResponse:
    """The narrowed list as a workbook that says who took it and when; noted in the journal. By POST: it is an act."""
    require(request.post, "registry.export")
    filters = Filters(with_words(request), post=request.post)
    rows = list(filters.narrow(queries.households(request.post), request.post).order_by("number"))
    note_export(rows=len(rows), what="households", actor=request.post)
    content = households_workbook(rows, taken_by=request.post, at=request.moment)
    name = f"households-{request.today:%Y%m%d}.xlsx"
    return HttpResponse(
        content, content_type=_XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def _scores(cut: Listing, post: Post) -> dict[Any, dict[str, Any]]:
    """The newest scores of the households of one page, by household."""
    rows = latest_scores(post).filter(household_id__in=[row.id for row in cut.page])
    return {row.household_id: {"points": row.score, "band": band_mark(row.band)} for row in rows}
