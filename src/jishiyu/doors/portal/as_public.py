"""Public pages show the same to everybody: also a logged-in officer sees them as the public does."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse

from jishiyu.doors.threshold.middleware import PostRequest
from jishiyu.offices.operations import acting
from jishiyu.offices.rules import PUBLIC

View = Callable[..., HttpResponse]


def as_public(view: View) -> View:
    """Run a view for the public post, whoever asks; row security then shows published notices and nothing of households."""

    @wraps(view)
    def for_everybody(request: PostRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        source = str(request.META.get("REMOTE_ADDR", ""))
        with acting(PUBLIC, moment=request.moment, source=source):
            return view(request, *args, **kwargs)

    return for_everybody
