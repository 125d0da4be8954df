"""The list of visits to be done, the page that works without a network, and the pictures that came back."""

import json
from functools import cache
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language, gettext, override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from jishiyu.cases import queries
from jishiyu.cases.rules.living import LIVING
from jishiyu.doors.desk.fields import english
from jishiyu.doors.desk.visits.answering import answer, as_data
from jishiyu.doors.desk.visits.words import words
from jishiyu.doors.threshold.middleware import PostRequest
from jishiyu.evidence.queries import content_of
from jishiyu.journal.operations import record
from jishiyu.offices.queries import require

# What the page needs without a network, and nothing of anybody's.
SHELL = (
    "vendor/tabler.min.css", "threshold/jishiyu.css", "threshold/rain.svg", "desk/cases.css", "desk/visits/visits.css",
    "desk/visits/icon.svg", "desk/visits/device.js", "desk/visits/choosing.js", "desk/visits/form.js", "desk/visits/lock.js",
    "desk/visits/pictures.js", "desk/visits/sending.js", "desk/visits/signature.js", "desk/visits/store.js", "desk/visits/visiting.js",
    "desk/visits/words.js",
)  # fmt: skip


@never_cache
@require_GET
def to_do(request: PostRequest) -> HttpResponse:
    """The visits that wait for this post. Looking at the list is journalled like every list of names."""
    require(request.post, "cases.visit")
    works = queries.visits_to_do(request.post, request.today)
    record(act="cases.list_visits", detail={"count": len(works)})
    return render(request, "desk/visits/list.html", {"works": works, "days": settings.VISIT_DAYS})


@require_GET
def device(request: PostRequest) -> HttpResponse:
    """The page that the device keeps: labels and empty forms. Drawn without the request, so that nobody's name can be in it."""
    require(request.post, "cases.visit")
    shown = {"english": english(), "questions": LIVING, "words": words(), "days": settings.VISIT_DAYS}
    response = HttpResponse(render_to_string("desk/visits/device.html", shown))
    response.headers["Cache-Control"] = "no-cache"
    return response


@require_GET
def worker(request: PostRequest) -> HttpResponse:
    """The service worker, told which files to keep. Another digest of them is another worker, which fetches all anew."""
    require(request.post, "cases.visit")
    page = reverse("desk:visits_device")
    told = {
        "version": f"{_digest()}-{get_language()}",
        "page": page,
        "files": [static(name) for name in SHELL],
    }
    code = _file("desk/visits/worker.js").decode()
    response = HttpResponse(f"const SHELL = {json.dumps(told)};\n{code}", content_type="text/javascript")
    response.headers["Cache-Control"] = "no-cache"
    return response


@require_GET
def manifest(request: PostRequest) -> HttpResponse:
    """What lets a telephone put the page on its first screen."""
    require(request.post, "cases.visit")
    told = {
        "name": gettext("及时雨入户调查"),
        "short_name": gettext("入户调查"),
        "start_url": reverse("desk:visits_device"),
        "scope": reverse("desk:visits_list"),
        "display": "standalone",
        "lang": "en" if english() else "zh-Hans",
        "background_color": "#f4f6f8",
        "theme_color": "#0b5c86",
        "icons": [
            {"src": static("desk/visits/icon.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": one}
            for one in ("any", "maskable")
        ]
        + [
            {"src": static(f"desk/visits/icon-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png"}
            for size in (192, 512)
        ],
    }
    return HttpResponse(json.dumps(told, ensure_ascii=False), content_type="application/manifest+json")


@never_cache
@require_GET
@as_data
def token(request: PostRequest) -> HttpResponse:
    """The proof of origin for the device's next acts. Whoever is not logged in is sent to the log-in page instead."""
    require(request.post, "cases.visit")
    return answer({"token": get_token(request), "officer": request.post.officer_name})


@never_cache
@require_GET
def picture(request: PostRequest, attachment_id: UUID) -> HttpResponse:
    """One picture of a visit, for who may see it. Every look is journalled."""
    require(request.post, "cases.see_pictures")
    row = queries.picture(attachment_id, request.post)
    record(
        act="cases.see_picture",
        about=("picture", row.pk),
        household=row.household_id,
        detail={"kind": row.kind},
    )
    response = HttpResponse(content_of(row.document), content_type=row.document.media_type)
    response.headers["Content-Disposition"] = "inline"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@cache
def _digest() -> str:
    """Of all files and of the page itself."""
    made = sha256()
    for name in (*SHELL, "desk/visits/worker.js"):
        made.update(_file(name))
    for language, _ in settings.LANGUAGES:  # in all, so that every serving process finds the same
        with override(language):
            page: dict[str, Any] = {"questions": LIVING, "words": words(), "days": settings.VISIT_DAYS}
            made.update(render_to_string("desk/visits/device.html", page).encode())
    return made.hexdigest()[:16]


def _file(name: str) -> bytes:
    found = finders.find(name)
    if not isinstance(found, str):
        raise FileNotFoundError(name)
    with open(found, "rb") as opened:
        return opened.read()
