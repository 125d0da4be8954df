"""The list of households with its filters, search and export. Counts and files obey the post's reach like the list."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

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


@never_cache
@require_http_methods(["GET", "POST"])
def search(request: PostRequest) -> HttpResponse:
    """Everybody who fits the words. A single hit opens the household at once.

    The words come by POST: a name or the digits of an identity number belong into no address, history or log.
    """
    require(request.post, "registry.see")
    words = request.POST.get("q", "").strip()[:40]
    found = queries.find(words, request.post, limit=100)
    if len({one.household_id for one in found}) == 1:
        return redirect("desk:households_page", household_id=found[0].household_id)
    return render(request, "desk/households/search.html", {"searched": words, "found": found})


@never_cache
@require_POST
def suggest(request: PostRequest) -> HttpResponse:
    """A few hits while typing, from the second character of letters or the first Chinese one."""
    require(request.post, "registry.see")
    words = request.POST.get("q", "").strip()[:40]
    found = queries.find(words, request.post, limit=8) if _enough(words) else []
    return render(request, "desk/households/suggest.html", {"words": words, "found": found, **_said(request)})


def _enough(words: str) -> bool:
    return len(words) >= (2 if words.isascii() else 1)


def _said(request: HttpRequest) -> dict[str, Any]:
    return {"asked": bool(request.POST.get("q", "").strip())}


def _scores(cut: Listing, post: Post) -> dict[Any, dict[str, Any]]:
    """The newest scores of the households of one page, by household."""
    rows = latest_scores(post).filter(household_id__in=[row.id for row in cut.page])
    return {row.household_id: {"points": row.score, "band": band_mark(row.band)} for row in rows}
