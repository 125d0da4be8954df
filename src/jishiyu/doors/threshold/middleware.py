"""Every request acts for one post, in one transaction, with the journal open. Refusals and faults are told apart here."""

import logging
from collections.abc import Callable
from datetime import date, datetime
from typing import cast

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation

from jishiyu.foundations.clock import day_of, moment_now
from jishiyu.foundations.outcomes import CannotBecause, NotFound, NotYours
from jishiyu.journal.operations import forget_waiting, record
from jishiyu.offices.operations import acting
from jishiyu.offices.queries import posts_held
from jishiyu.offices.rules import PUBLIC, Post

Handler = Callable[[HttpRequest], HttpResponse]
log = logging.getLogger(__name__)

# What staff reach only after logging in. Everything else is the public's.
STAFF_PATHS = ("/desk/",)


class PostRequest(HttpRequest):
    """A request as views see it after :class:`PostOfRequest`."""

    post: Post
    posts: list[Post]
    moment: datetime
    today: date
    refusal: CannotBecause | None


class LanguageChoice:
    """Chinese first; English for whoever chose it. The choice is a cookie, so that it works before log-in too."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get("language", "zh-hans")
        with translation.override("en" if chosen == "en" else "zh-hans"):
            request.LANGUAGE_CODE = translation.get_language() or "zh-hans"
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
            return response


class PostOfRequest:
    """Finds the post that the person acts in and runs the whole request as that post.

    A refusal (:class:`CannotBecause`) rolls back what the view changed, keeps its own journal entry, and shows a page that
    says why and how to mend it. A fault (500) rolls back and is journalled as such.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        here = cast(PostRequest, request)
        here.moment = moment_now()
        here.today = day_of(here.moment)
        here.refusal = None
        here.posts = posts_held(here.user.pk, here.today) if here.user.is_authenticated else []
        here.post = _chosen(here)
        if here.path.startswith(STAFF_PATHS) and not here.posts:
            return (
                _no_post(here)
                if here.user.is_authenticated
                else redirect(f"{settings.LOGIN_URL}?next={here.path}")
            )
        with acting(here.post, moment=here.moment, source=str(here.META.get("REMOTE_ADDR", ""))):
            return self._answer(here)

    def _answer(self, request: PostRequest) -> HttpResponse:
        before = transaction.savepoint()
        response = self.get_response(request)
        if request.refusal is None and response.status_code < 500:
            transaction.savepoint_commit(before)
            return response
        transaction.savepoint_rollback(before)
        forget_waiting()
        act, reason = ("doors.refuse", request.refusal.code) if request.refusal else ("doors.fault", "fault")
        record(act=act, about=("path", request.path[:60]), outcome="refused", reason=reason)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Turn a refusal into its page. Anything else stays a fault for Django to report."""
        if not isinstance(exception, CannotBecause):
            return None
        cast(PostRequest, request).refusal = exception
        status = 403 if isinstance(exception, NotYours) else 404 if isinstance(exception, NotFound) else 409
        return render(
            request, "threshold/refused.html", {"refusal": exception, "status": status}, status=status
        )


def _chosen(request: PostRequest) -> Post:
    """The post chosen in this session, else the only or first one; the public post for everybody else."""
    if not request.posts:
        return PUBLIC
    code = request.session.get("post")
    return next((post for post in request.posts if post.code == code), request.posts[0])


def _no_post(request: HttpRequest) -> HttpResponse:
    return render(request, "threshold/no_post.html", status=403)
