"""Pages of the expert module: an expert's judgements; the panel's weights, proposed by one of the office, approved by another."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jishiyu.assessment import operations, queries
from jishiyu.assessment.rules import ahp
from jishiyu.doors.desk.experts.pairs import pairs, read_pairs, standing
from jishiyu.doors.desk.fields import DayField, say
from jishiyu.doors.threshold.middleware import PostRequest
from jishiyu.foundations.outcomes import CannotBecause
from jishiyu.law.queries import pack
from jishiyu.offices.queries import require


class ProposeForm(forms.Form):
    """A version of the weights to come."""

    label = forms.CharField(label=gettext_lazy("版本名称"), max_length=60)
    first_day = DayField(label=gettext_lazy("生效日"))


@require_http_methods(["GET", "POST"])
def home(request: PostRequest) -> HttpResponse:
    """An expert's judgements of every pair. POST keeps those that were made; pairs may be left for later."""
    require(request.post, "assessment.judge")
    if request.method == "POST":
        keys = [dim.key for dim in pack().indicators.dims]
        chosen = read_pairs(request.POST)
        taken_back = {pair: "" for pair in queries.judged_pairs(request.post.code) if pair not in chosen}
        told = chosen | taken_back
        given = {(keys[row], keys[column]): value for (row, column), value in told.items()}
        operations.judge(given, actor=request.post, moment=request.moment)
        messages.success(request, gettext("判断已保存。"))
        return redirect("desk:experts_home")
    chosen = queries.judged_pairs(request.post.code)
    page = {"groups": pairs(chosen), "standing": standing(chosen), "indicators": pack().indicators}
    return render(request, "desk/experts/home.html", page)


@require_GET
def check(request: PostRequest) -> HttpResponse:
    """What the choices on the form amount to, before they are kept."""
    require(request.post, "assessment.judge")
    return render(request, "desk/experts/standing.html", {"standing": standing(read_pairs(request.GET))})


@require_http_methods(["GET", "POST"])
def weights(request: PostRequest) -> HttpResponse:
    """The panel and what it amounts to, the versions of the weights. POST makes a version of the panel's judgements."""
    require(request.post, "assessment.approve_indicators")
    form = ProposeForm(
        request.POST if request.method == "POST" else None, initial={"first_day": request.today}
    )
    if form.is_valid() and _proposed(request, form):
        messages.success(request, gettext("已形成新版本，须由另一人批准后生效。"))
        return redirect("desk:experts_weights")
    page = {"form": form, "sets": [_shown(row) for row in queries.indicator_sets()], **_panel(request.today)}
    return render(request, "desk/experts/weights.html", page, status=422 if form.is_bound else 200)


@require_POST
def approve(request: PostRequest, set_id: UUID) -> HttpResponse:
    """Approve a version that somebody else made."""
    row = operations.approve_weights(set_id, actor=request.post, moment=request.moment)
    messages.success(request, gettext("已批准版本“%(label)s”。") % {"label": row.label})
    return redirect("desk:experts_weights")


def _proposed(request: PostRequest, form: ProposeForm) -> bool:
    told = form.cleaned_data
    try:
        with transaction.atomic():
            operations.propose_weights(
                told["label"], first_day=told["first_day"], actor=request.post, moment=request.moment
            )
    except IntegrityError:
        form.add_error("label", gettext("已有同名版本"))
        return False
    except CannotBecause as why:
        form.add_error(None, say(why.reason))
        return False
    return True


def _panel(today: date) -> dict[str, Any]:
    content = pack().indicators
    names = [dim.name for dim in content.dims]
    experts = queries.panel()
    table = tuple(float(value) for value in content.random_index)
    group = ahp.weigh(ahp.combine([one.matrix for one in experts]), table) if experts else None
    in_force = queries.model_in_force(today)
    now = [in_force.model.dimension_weights[dim.key] // 100 for dim in content.dims]
    new = ahp.in_parts(group.weights, 10_000) if group else [None] * len(names)
    return {
        "experts": [
            {
                "row": one,
                "ratio": f"{one.weights.ratio:.3f}",
                "fits": one.weights.ratio <= float(content.consistency_limit),
            }
            for one in experts
        ],
        "ratio": f"{group.ratio:.3f}" if group else "",
        "limit": f"{float(content.consistency_limit):g}",
        "lines": [
            {"name": name, "now": before, "new": after}
            for name, before, after in zip(names, now, new, strict=True)
        ],
        "in_force": in_force,
    }


def _shown(row: Any) -> dict[str, Any]:
    names = [dim.name for dim in pack().indicators.dims]
    parts = [(name, weight // 100) for name, weight in zip(names, row.weights, strict=False)]
    return {"row": row, "weights": parts, "ratio": f"{row.consistency / 10_000:.4f}"}
