"""Draws of spot checks for everybody: the list's digest before the seed is known, then seed and outcome, to draw again."""

import json

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from jishiyu.cases.queries import draws as all_draws
from jishiyu.cases.queries import published, spot_draw
from jishiyu.cases.rules.drawing import strata_from
from jishiyu.doors.portal.as_public import as_public
from jishiyu.doors.threshold.middleware import PostRequest
from jishiyu.law.queries import pack

_SHOWN = 60


@as_public
@require_GET
def draws(request: PostRequest) -> HttpResponse:
    """Past draws, newest first, and how to draw again."""
    shown = [
        (one, sum(len(part["cases"]) for part in one.frame), sum(map(len, (one.drawn or {}).values())))
        for one in all_draws()[:_SHOWN]
    ]
    return render(request, "portal/spot_draws.html", {"draws": shown})


@as_public
@require_GET
def draw(request: PostRequest, number: str) -> HttpResponse:
    """One draw: its list by parts, digest, seed, and the marks drawn."""
    row = spot_draw(number)
    shown = {
        "draw": row,
        "strata": [(one, (row.drawn or {}).get(one.name, [])) for one in strata_from(row.frame)],
        "places": {one.code: one.name for one in pack().sub_districts},
    }
    return render(request, "portal/spot_draw.html", shown)


@as_public
@require_GET
def file(_request: PostRequest, number: str) -> HttpResponse:
    """The draw as a file, which ``jishiyu spot-check redraw`` and the script of the page read."""
    text = json.dumps(published(spot_draw(number)), ensure_ascii=False, indent=1)
    answer = HttpResponse(text, content_type="application/json; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{number}.json"'
    return answer
