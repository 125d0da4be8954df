"""Which application this browser has open: a signed cookie for two hours, on these pages only. It says no number and no code."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from jishiyu.doors.threshold.middleware import PostRequest
from jishiyu.journeys.apply_on_line import Held, held

_COOKIE, _SALT, _SECONDS = "application", "portal.application", 2 * 60 * 60
View = Callable[..., HttpResponse]


def remember(response: HttpResponse, application: Held) -> HttpResponse:
    """Let this browser go on with the application."""
    response.set_signed_cookie(
        _COOKIE, str(application.row.pk), salt=_SALT, max_age=_SECONDS, path=reverse("portal:apply"),
        httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip
    return response


def forget(response: HttpResponse) -> HttpResponse:
    """Close the application in this browser: a computer that others use too."""
    response.delete_cookie(_COOKIE, path=reverse("portal:apply"), samesite="Lax")
    return response


def opened(request: PostRequest) -> Held | None:
    """The application that this browser has open, if it is still there."""
    told = request.get_signed_cookie(_COOKIE, default=None, salt=_SALT, max_age=_SECONDS)
    return held(UUID(told), moment=request.moment) if told else None


def with_application(*states: str) -> Callable[[View], View]:
    """A view of the open application in one of these states. Nothing open leads to the door, another state to its page."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: PostRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            application = opened(request)
            if application is None:
                return redirect("portal:apply_continue")
            if states and application.row.state not in states:
                return redirect(
                    "portal:apply_state" if application.row.state != "draft" else "portal:apply_code"
                )
            return view(request, application, *args, **kwargs)

        return guarded

    return guard
