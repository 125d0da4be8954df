"""Coming in, going out, choosing post and language."""

from django.conf import settings
from django.contrib import auth, messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jishiyu.doors.desk.home.desk import tiles_for
from jishiyu.doors.desk.home.forms import LogIn
from jishiyu.doors.threshold.middleware import PostRequest
from jishiyu.journal.operations import record
from jishiyu.offices import queries as offices
from jishiyu.offices.operations import acting

_LANGUAGES = dict(settings.LANGUAGES)
_YEAR = 365 * 24 * 3600


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def login(request: PostRequest) -> HttpResponse:
    """Ask who it is. Five failures from one place close the door for a quarter of an hour (django-axes)."""
    if request.method == "GET" and request.user.is_authenticated:
        return redirect(settings.LOGIN_REDIRECT_URL)
    form = LogIn(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        officer = auth.authenticate(request, **form.cleaned_data)
        if officer is not None:
            auth.login(request, officer)
            held = offices.posts_held(officer.pk, request.today)
            with acting(held[0] if held else request.post, moment=request.moment, source=_source(request)):
                record(act="offices.log_in", about=("officer", form.cleaned_data["username"]))
            return redirect(_next(request, settings.LOGIN_REDIRECT_URL))
        record(act="offices.log_in", about=("officer", form.cleaned_data["username"][:60]), outcome="refused")
        form.add_error(None, gettext("用户名或密码不对。"))
    shown = {
        "form": form,
        "next": request.POST.get("next") or request.GET.get("next", ""),
        "log_ins": offices.log_ins(request.today) if settings.DEMO else [],
        "demo_password": settings.DEMO_PASSWORD if settings.DEMO else "",
    }
    return render(request, "desk/home/login.html", shown, status=422 if form.is_bound else 200)


@require_POST
def logout(request: PostRequest) -> HttpResponse:
    """Leave. By POST only, so that no picture or link can throw somebody out."""
    if request.user.is_authenticated:
        record(act="offices.log_out", about=("officer", request.user.get_username()))
        auth.logout(request)
    return redirect(reverse("desk:login"))


@require_POST
def switch_post(request: PostRequest) -> HttpResponse:
    """Act in another of one's posts from now on."""
    wanted = request.POST.get("post", "")
    chosen = next((post for post in request.posts if post.code == wanted), None)
    if chosen is None:
        messages.error(request, gettext("您没有担任这个岗位。"))
    else:
        request.session["post"] = chosen.code
        record(act="offices.switch_post", about=("post", chosen.code))
    return redirect("desk:home")


def language(request: HttpRequest, code: str) -> HttpResponse:
    """Choose the language of the screens; kept in a cookie, so that it also holds before log-in."""
    if code not in _LANGUAGES:
        return HttpResponseNotFound()
    response = redirect(_next(request, "/"))
    response.set_cookie(
        "language", code, max_age=_YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
    )
    return response


@require_GET
def home(request: PostRequest) -> HttpResponse:
    """The work desk: what waits for this post, how its area stands, what it looked at last."""
    return render(request, "desk/home/home.html", tiles_for(request.post, request.today))


@require_GET
def help_page(request: PostRequest) -> HttpResponse:
    """How the work goes, step by step, and which post does what."""
    return render(request, "desk/home/help.html")


def _next(request: HttpRequest, otherwise: str) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure()):
        return wanted
    return otherwise


def _source(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))
