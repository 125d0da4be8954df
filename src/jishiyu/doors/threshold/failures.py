"""Pages for what goes wrong outside a view's own refusals. They read no database: it may be what failed."""

# ruff: noqa: ARG001 - Django fixes what these functions are handed

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language

from jishiyu.foundations.clock import moment_now


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the request cannot be read."""
    return _page(request, "bad_request", 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: Django itself refuses (the post's own refusals have their reasons and another page)."""
    return _page(request, "forbidden", 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: no such address."""
    return _page(request, "not_found", 404)


def fault(request: HttpRequest) -> HttpResponse:
    """500: the program failed; the page says that it is not the user's doing and that nothing was changed."""
    return _page(request, "fault", 500)


def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without its proof of origin, mostly because the page was open for too long."""
    return _page(request, "csrf", 403)


def _page(request: HttpRequest, name: str, status: int) -> HttpResponse:
    words = {
        "english": (get_language() or "").startswith("en"),
        "home": "/desk/" if request.path.startswith("/desk/") else "/",
        "moment": moment_now(),
        "request": {"COOKIES": {"theme": request.COOKIES.get("theme", "")}},
    }
    # No request is handed to the template engine, so no context processor runs.
    return HttpResponse(render_to_string(f"threshold/{name}.html", words), status=status)
