"""Posts and their holders, with the table of posts that are incompatible; and one's own near relatives."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from jishiyu.cases.rules.second_eyes import RELATION_NAMES
from jishiyu.doors.desk.cases.forms import refused
from jishiyu.doors.desk.fields import say
from jishiyu.doors.desk.listing import listing
from jishiyu.doors.desk.posts.forms import DeclareForm, GiveForm
from jishiyu.doors.threshold.middleware import PostRequest
from jishiyu.foundations.outcomes import CannotBecause, NotFound, NotYours
from jishiyu.offices import operations, queries
from jishiyu.offices.queries import require
from jishiyu.offices.rules import ROLE_NAMES, refusal, watching_pairs


@never_cache
@require_http_methods(["GET", "POST"])
def posts(request: PostRequest) -> HttpResponse:
    """Who holds which post; the administrator gives and ends them."""
    require(request.post, "offices.manage" if request.method == "POST" else "offices.see")
    form = GiveForm(request.POST or None, initial={"first_day": request.today})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            with transaction.atomic():
                operations.give_post_to(
                    told["username"], told["post"], first_day=told["first_day"], actor=request.post
                )
            messages.success(request, gettext("岗位已授予。"))
            return redirect("desk:posts_list")
        except NotYours:
            raise
        except CannotBecause as refusal_:
            refused(form, refusal_)
    shown = {
        "listing": listing(queries.holdings(request.today), request),
        "form": form if refusal(request.post, "offices.manage") is None else None,
        "pairs": [
            (ROLE_NAMES[one], ROLE_NAMES[other], where)
            for one, other, where in sorted(watching_pairs(), key=lambda pair: pair[2].say("zh"))
        ],
    }
    return render(request, "desk/posts/list.html", shown, status=422 if form.is_bound else 200)


@require_POST
def end(request: PostRequest, holding_id: UUID) -> HttpResponse:
    """End the holding of a post with today, or with yesterday where the post begins anew today."""
    require(request.post, "offices.manage")
    last = request.today - timedelta(days=1 if request.POST.get("yesterday") else 0)
    try:
        with transaction.atomic():
            operations.end_post(holding_id, last_day=last, actor=request.post)
        messages.success(request, gettext("任职已结束。"))
    except (NotYours, NotFound):
        raise
    except CannotBecause as refusal_:
        messages.error(request, say(refusal_.reason))
    return redirect("desk:posts_list")


@never_cache
@require_http_methods(["GET", "POST"])
def relatives(request: PostRequest) -> HttpResponse:
    """One's own near relatives, declared and withdrawn."""
    require(request.post, "offices.declare_relative")
    form = DeclareForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                operations.declare_relative(**form.cleaned_data, actor=request.post, moment=request.moment)
            messages.success(request, gettext("已申报。"))
            return redirect("desk:posts_relatives")
        except NotYours:
            raise
        except CannotBecause as refusal_:
            refused(form, refusal_)
    shown = {"rows": queries.own_relatives(request.post), "relations": RELATION_NAMES, "form": form}
    return render(request, "desk/posts/relatives.html", shown, status=422 if form.is_bound else 200)


@require_POST
def withdraw(request: PostRequest, declared_id: UUID) -> HttpResponse:
    """Take one's own declaration back."""
    require(request.post, "offices.declare_relative")
    operations.withdraw_relative(declared_id, actor=request.post, moment=request.moment)
    messages.success(request, gettext("申报已撤回。"))
    return redirect("desk:posts_relatives")
