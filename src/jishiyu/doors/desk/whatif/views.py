"""Pages of the trials: all of them, a new one, its figures, the households behind them, two side by side, a workbook."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jishiyu.doors.desk.fields import say
from jishiyu.doors.desk.listing import listing
from jishiyu.doors.desk.sheet import workbook
from jishiyu.doors.desk.whatif import shown
from jishiyu.doors.desk.whatif.forms import TrialForm
from jishiyu.doors.threshold.middleware import PostRequest
from jishiyu.foundations.outcomes import CannotBecause, NotFound, NotYours, sentence
from jishiyu.journeys.what_if import try_change
from jishiyu.law.queries import pack
from jishiyu.oversight import operations, queries
from jishiyu.oversight.rules.trials import TRY, headlines, trial_refusal


@require_GET
def trials(request: PostRequest) -> HttpResponse:
    """All trials that the post may see, newest first; two can be chosen to stand side by side."""
    rows = queries.what_ifs(request.post)
    page = {"listing": listing(rows, request), "tries": _tries(request)}
    return render(request, "desk/whatif/list.html", page)


@require_http_methods(["GET", "POST"])
def new_trial(request: PostRequest) -> HttpResponse:
    """Put a change together; POST runs it over the newest evidence and keeps the result."""
    operations.require_trying(request.post)
    day = _day(request.POST.get("day") or request.GET.get("day"), request.today)
    chosen = {"day": day, "parameter_0": request.GET.get("parameter", "")}
    form = TrialForm(request.POST if request.method == "POST" else None, day=day, initial=chosen)
    if form.is_valid():
        try:
            with transaction.atomic():
                made = try_change(
                    form.cleaned_data["name"], form.changes(), day=form.cleaned_data["day"],
                    actor=request.post, moment=request.moment,
                )  # fmt: skip
        except NotYours:
            raise
        except CannotBecause as why:
            form.add_error(None, " ".join(say(one) for one in (why.reason, why.mend) if one))
        else:
            messages.success(request, gettext("试算已完成并保存。"))
            return redirect("desk:whatif_page", what_if_id=made)
    return render(
        request, "desk/whatif/new.html", {"form": form, "day": day}, status=422 if form.errors else 200
    )


@require_GET
def trial(request: PostRequest, what_if_id: UUID) -> HttpResponse:
    """A trial's figures."""
    row = queries.what_if(what_if_id, request.post)
    figures = row.figures
    page = {
        "row": row,
        "figures": figures,
        "headlines": shown.lines(headlines(figures)),
        "tables": shown.tables(figures),
        "items": shown.items_table(figures),
        "charts": shown.charts(figures),
        "band_moves": shown.band_moves(figures),
        "cliffs": [
            (side, figures["cliffs"][side], shown.cliff_items(figures, side)) for side in ("before", "after")
        ],
        "moved": sum(n for _, _, n in shown.band_moves(figures)),
        "stale": row.pack_version != pack().version,
    }
    return render(request, "desk/whatif/page.html", page)


@never_cache
@require_GET
def households(request: PostRequest, what_if_id: UUID) -> HttpResponse:
    """The households behind a trial's figures, within reach; looking at them goes into the journal."""
    row = queries.what_if(what_if_id, request.post)
    asked = {name: request.GET.get(name, "") for name in ("side", "sub_district", "band", "kind")}
    found = listing(queries.touched(row, request.post, queries.TouchedBy(**asked)), request)
    operations.note_touched_seen(row.id, rows=len(found.page), actor=request.post)
    name = shown.naming()
    lines = [
        {
            "row": one, "kind": name("kinds", one.kind), "band_before": name("bands", one.band_before),
            "band_after": name("bands", one.band_after),
            "parts": [(name("items", item), before, after) for item, before, after in one.parts],
        }
        for one in found.page
    ]  # fmt: skip
    words = [
        name(part, asked[key])
        for part, key in (("areas", "sub_district"), ("bands", "band"), ("kinds", "kind"))
        if asked[key]
    ]
    page = {"row": row, "listing": found, "lines": lines, "asked": asked, "words": words}
    return render(request, "desk/whatif/households.html", page)


@require_GET
def compare(request: PostRequest) -> HttpResponse:
    """Two trials side by side (``?a=…&b=…``)."""
    chosen = [_uuid(request.GET.get(name, "")) for name in ("a", "b")]
    rows = list(queries.what_ifs(request.post)[:50])
    picked = [queries.what_if(one, request.post) for one in chosen if one]
    page = {
        "rows": rows,
        "picked": picked,
        "headlines": shown.lines(headlines(*(one.figures for one in picked))),
    }
    return render(request, "desk/whatif/compare.html", page)


@require_POST
def export(request: PostRequest, what_if_id: UUID) -> HttpResponse:
    """A trial's figures as a workbook."""
    row = queries.what_if(what_if_id, request.post)
    operations.note_trial_export(row.id, actor=request.post)
    return workbook(request, "what-if", *shown.sheets(row, headlines(row.figures)))


def _tries(request: PostRequest) -> bool:
    return trial_refusal(request.post, TRY, pack().district) is None


def _day(text: str | None, today: date) -> date:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return today


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError as error:
        raise NotFound(
            "oversight.no_such_trial", sentence("没有这次试算", "There is no such trial")
        ) from error
