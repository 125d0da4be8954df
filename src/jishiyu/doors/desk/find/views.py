"""Search everywhere. The words come by POST: a name or the digits of an identity number belong into no address, history or log."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from jishiyu.doors.desk.find.groups import Group, people_in, search
from jishiyu.doors.threshold.middleware import PostRequest

_FEW, _MANY = 5, 50


@never_cache
@require_http_methods(["GET", "POST"])
def find(request: PostRequest) -> HttpResponse:
    """Everything that fits the words, in groups. When it is one single thing, that is opened at once."""
    words = request.POST.get("q", "").strip()[:40]
    groups = search(words, request.post, request.today, most=_MANY) if words else []
    (only,) = urls if len(urls := {hit.url for group in groups for hit in group.hits}) == 1 else ("",)
    if only:
        return redirect(only)
    return render(request, "desk/find/page.html", _shown(words, groups))


@never_cache
@require_POST
def suggest(request: PostRequest) -> HttpResponse:
    """The first hits of each group while typing, from the second character of letters or figures or the first Chinese one."""
    words = request.POST.get("q", "").strip()[:40]
    enough = len(words) >= (2 if words.isascii() else 1)
    groups = search(words, request.post, request.today, most=_FEW) if enough else []
    return render(request, "desk/find/suggest.html", _shown(words, groups))


def _shown(words: str, groups: list[Group]) -> dict[str, Any]:
    return {"searched": words, "words": words, "groups": groups, "people": people_in(groups)}
