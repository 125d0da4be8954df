"""Larger letters and stronger contrast for who reads with difficulty: kept in a cookie of this browser, on every public page."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET

from jishiyu.doors.threshold.middleware import PostRequest
from jishiyu.foundations.outcomes import NotFound, sentence

WAYS = ("large", "contrast")
_YEAR = 365 * 24 * 3600


@require_GET
def reading(request: PostRequest, way: str, state: str) -> HttpResponse:
    """Turn a way of reading on or off, and go back to the page."""
    if way not in WAYS or state not in ("on", "off"):
        raise NotFound("no_such_way", sentence("没有这种阅读方式", "There is no such way of reading"))
    wanted = request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    response = redirect(wanted if safe else "portal:home")
    if state == "on":
        secure = settings.SESSION_COOKIE_SECURE
        response.set_cookie(f"reading_{way}", "on", max_age=_YEAR, samesite="Lax", secure=secure)
    else:
        response.delete_cookie(f"reading_{way}", samesite="Lax")
    return response
