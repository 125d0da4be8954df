"""Answers to the device's scripts: plain data, never kept, and refusals as data too."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpResponse, JsonResponse

from jishiyu.cases.operations import FIELD_OF
from jishiyu.doors.desk.fields import say
from jishiyu.doors.threshold.middleware import PostRequest
from jishiyu.foundations.outcomes import CannotBecause, NotFound, NotYours, sentence

View = Callable[..., HttpResponse]


def answer(data: dict[str, Any], status: int = 200) -> JsonResponse:
    """Data for a script, which no cache keeps."""
    return JsonResponse(data, status=status, headers={"Cache-Control": "no-store, private"})


def as_data(view: View) -> View:
    """A refusal as data instead of a page. What the view did is rolled back, as for a page."""

    @wraps(view)
    def answered(request: PostRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except CannotBecause as refusal:
            request.refusal = refusal
            return answer(refused(refusal), _status(refusal))

    return answered


def refused(refusal: CannotBecause) -> dict[str, Any]:
    """A refusal in the reader's language, with the field of the form that it belongs to."""
    return {
        "code": refusal.code,
        "field": FIELD_OF.get(refusal.code, ""),
        "reason": say(refusal.reason),
        "mend": say(refusal.mend) if refusal.mend else "",
    }


def _status(refusal: CannotBecause) -> int:
    if isinstance(refusal, NotYours):
        return 403
    if isinstance(refusal, NotFound):
        return 404
    return 422 if refusal.code in FIELD_OF else 409


def number(text: object) -> UUID:
    """An id that a script sent."""
    try:
        return UUID(str(text))
    except ValueError:
        raise unreadable() from None


def unreadable() -> CannotBecause:
    """What was sent is not what our own script sends."""
    return CannotBecause("visits.unreadable", sentence("发送的内容无法读取", "What was sent cannot be read"))
