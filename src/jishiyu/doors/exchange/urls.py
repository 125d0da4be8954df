"""The addresses for other computers."""

from django.http import HttpRequest, JsonResponse
from django.urls import path, re_path

from jishiyu.doors.exchange.api import api
from jishiyu.foundations.outcomes import sentence


def nothing_here(request: HttpRequest, rest: str) -> JsonResponse:  # noqa: ARG001 - Django hands both in
    """Below this address nobody reads pages: what is not there says so as data too."""
    said = sentence("没有这个接口地址", "There is no such address").as_data()
    return JsonResponse({"code": "exchange.no_such_address", **said, "detail": []}, status=404)


urlpatterns = [path("v1/", api.urls), re_path(r"^(?P<rest>.*)$", nothing_here)]
