"""The pages of versions: all of them, one with its effect on the district's bands, two side by side, and the approval."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jishiyu.assessment import operations, queries
from jishiyu.assessment.rules.ahp import in_parts
from jishiyu.assessment.rules.reading import band_moves
from jishiyu.assessment.rules.score import Model, model_of
from jishiyu.doors.desk.experts import panels, shown
from jishiyu.doors.desk.fields import say
from jishiyu.doors.threshold.middleware import PostRequest
from jishiyu.foundations.outcomes import CannotBecause, NotFound, sentence
from jishiyu.law.queries import pack
from jishiyu.offices.queries import require
from jishiyu.offices.rules import refusal

SEE = "assessment.see_figures"
_PACK = "pack"


@require_http_methods(["GET", "POST"])
def weights(request: PostRequest) -> HttpResponse:
    """The versions of the weights; for the office the standing panel too, of whose judgements POST makes a version."""
    manages = refusal(request.post, panels.MANAGE) is None
    require(request.post, panels.MANAGE if request.method == "POST" else SEE)
    form = panels.propose_form(request)
    if form.is_valid() and panels.proposed(request, form, None):
        return redirect("desk:experts_weights")
    page = {
        "tab": "weights",
        "form": form,
        "manages": manages,
        "sets": [_shown(row) for row in queries.indicator_sets()],
        "in_force": queries.model_in_force(request.today),
        **(panels.results(request, None) if manages else {}),
    }
    return render(request, "desk/experts/weights.html", page, status=422 if form.is_bound else 200)


@require_GET
def version(request: PostRequest, set_id: UUID) -> HttpResponse:
    """One version: its weights down to the indicators, beside those in force; what it would do to the district's bands."""
    require(request.post, SEE)
    row = queries.indicator_set(set_id)
    in_force = queries.model_in_force(request.today).model
    page = {"row": row, "tab": "weights", "shown": _shown(row), "branches": _branches(row)}
    try:
        model = queries.model_of_set(row)
    except CannotBecause as why:
        page["doubt"] = why.reason
    else:
        page |= _beside(in_force, model, hide=shown.hides_few(request.post))
    return render(request, "desk/experts/version.html", page)


@require_GET
def compare(request: PostRequest) -> HttpResponse:
    """Two versions side by side (``?a=…&b=…``, each an id or "pack"), with the households that one moves against the other."""
    require(request.post, SEE)
    choices = [
        (_PACK, pack().indicators.version),
        *((str(one.pk), one.label) for one in queries.indicator_sets()),
    ]
    asked = [request.GET.get("a") or _PACK, request.GET.get("b") or choices[min(1, len(choices) - 1)][0]]
    page: dict[str, Any] = {
        "tab": "weights",
        "choices": choices,
        "pickers": list(zip("ab", asked, strict=True)),
    }
    try:
        models = [model_asked(one) for one in asked]
        page |= {
            "heads": [one.version for one in models],
            "tree": tree(models),
            **effect(*models, hide=shown.hides_few(request.post)),
        }
    except NotFound:
        raise
    except CannotBecause as why:
        page["doubt"] = why.reason
    return render(request, "desk/experts/compare.html", page)


@require_POST
def approve(request: PostRequest, set_id: UUID) -> HttpResponse:
    """Approve a version that somebody else made."""
    row = operations.approve_weights(set_id, actor=request.post, moment=request.moment)
    messages.success(request, gettext("已批准版本“%(label)s”。") % {"label": row.label})
    return redirect("desk:experts_weights")


def model_asked(text: str) -> Model:
    """The model of a version named by its id, or the pack's own ("pack"). Raises NotFound."""
    if text == _PACK:
        return model_of(pack().indicators)
    try:
        return queries.model_of_set(queries.indicator_set(UUID(text)))
    except ValueError as error:
        raise NotFound(
            "assessment.no_set", sentence("没有这个指标版本", "There is no such set of weights")
        ) from error


def tree(models: list[Model]) -> list[dict[str, Any]]:
    """The tree with each model's weights in the whole, in basis points: dimensions, each with its indicators."""
    content = pack().indicators
    roots = [
        dict(
            zip(
                (d.key for d in content.dims),
                in_parts(list(one.dimension_weights.values()), 10_000),
                strict=True,
            )
        )
        for one in models
    ]
    return [
        {
            "name": dim.name,
            "weights": [root[dim.key] for root in roots],
            "indicators": [
                {"name": one.name, "weights": [model.full[one.key] for model in models]}
                for one in content.of_dim(dim.key)
            ],
        }
        for dim in content.dims
    ]


def effect(before: Model, after: Model, *, hide: bool) -> dict[str, Any]:
    """Who comes into another band over the newest reading, when there is one.

    ``hide``: counts of a few households are not told, nor the bands' sums afterwards, of which they could be worked out.
    """
    row = queries.newest_reading()
    if row is None:
        return {"reading": None}
    try:
        read = queries.reading_of(row)
    except CannotBecause as why:
        return {"reading": None, "reading_doubt": why.reason}
    moves = band_moves(read, before, after)
    names = shown.bands()
    sums = [(sum(line), sum(each[place] for each in moves)) for place, line in enumerate(moves)]
    lines = shown.move_lines(moves, hide=hide)
    few = any(n is None for _, _, n in lines)
    changed = sum(n for place, line in enumerate(moves) for to, n in enumerate(line) if to != place)
    return {
        "reading": row,
        "moves": lines,
        "few": few,
        "changed": shown.few_hidden(changed, hide=hide),
        "effect_chart": {
            "title": gettext("各困难等级户数"),
            "kind": "hbar",
            "labels": [say(one.name) for one in reversed(names)],
            "series": [
                {"name": before.version, "data": [both[0] for both in reversed(sums)]},
                *([] if few else [{"name": after.version, "data": [both[1] for both in reversed(sums)]}]),
            ],
            "unit": gettext("户"),
        },
    }


def _beside(in_force: Model, model: Model, *, hide: bool) -> dict[str, Any]:
    """The version beside the one in force; the one in force stands alone."""
    if model.version == in_force.version:
        return {"tree": tree([model]), "heads": [model.version], "is_in_force": True}
    now = gettext("现行：%(v)s") % {"v": in_force.version}
    return {
        "tree": tree([in_force, model]),
        "heads": [now, model.version],
        **effect(in_force, model, hide=hide),
    }


def _branches(row: Any) -> list[dict[str, Any]]:
    """What the version rests on, branch by branch."""
    names = {dim.key: dim.name for dim in pack().indicators.dims}
    kept = row.content.get("branches", {})
    root = sentence("各维度之间", "Between the dimensions")
    return [
        {
            "name": names.get(key, root),
            "ratio": f"{one['ratio'] / 10_000:.4f}",
            "experts": one["experts"],
            "missing": one["missing"],
        }
        for key, one in kept.items()
    ]


def _shown(row: Any) -> dict[str, Any]:
    names = [dim.name for dim in pack().indicators.dims]
    parts = list(zip(names, in_parts(row.weights, 10_000), strict=False))
    return {"row": row, "weights": parts, "ratio": f"{row.consistency / 10_000:.4f}"}
