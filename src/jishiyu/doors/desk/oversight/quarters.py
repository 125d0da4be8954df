"""The quarter's figures within the reader's reach, stored reports, and how timely the units are."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jishiyu.doors.desk.fields import say
from jishiyu.doors.desk.oversight import shown
from jishiyu.doors.desk.sheet import workbook
from jishiyu.doors.threshold.middleware import PostRequest
from jishiyu.foundations.outcomes import CannotBecause, NotYours
from jishiyu.foundations.periods import Quarter
from jishiyu.offices.queries import require
from jishiyu.offices.rules import refusal
from jishiyu.oversight import operations, queries
from jishiyu.oversight.rules.figures import MEASURES, MONEY

_YEARS_BACK = 3
_TILES = ("applications", "granted", "helped", "paid")


class PlanForm(forms.Form):
    """The plan for the next stage, without which no report is issued."""

    plan = forms.CharField(
        label=gettext_lazy("下一阶段工作安排"), widget=forms.Textarea(attrs={"rows": 5}), max_length=4000
    )


def asked_quarter(request: PostRequest) -> Quarter:
    """The quarter in the address (``?q=2026-4``), else the present one. Anything else in the address is ignored."""
    now = Quarter.of(request.today)
    try:
        year, number = (request.GET.get("q") or request.POST.get("q") or "").split("-")
        asked = Quarter(int(year), int(number))
    except ValueError:
        return now
    return asked if (now.year - 20, 1) <= (asked.year, asked.number) <= (now.year, now.number) else now


def quarters_to_choose(request: PostRequest) -> list[Quarter]:
    """The present quarter and those before it."""
    found = [Quarter.of(request.today)]
    while len(found) < _YEARS_BACK * 4:
        found.append(found[-1].before())
    return found


@require_GET
def home(request: PostRequest) -> HttpResponse:
    """The quarter counted now, beside the one before, within the reader's reach."""
    require(request.post, "oversight.see")
    quarter = asked_quarter(request)
    figures = queries.quarterly(quarter, request.post)
    before = queries.quarterly(quarter.before(), request.post)
    page = {
        "quarter": quarter,
        "quarters": quarters_to_choose(request),
        "tiles": [
            (MEASURES[one], figures.total.value(one), before.total.value(one), one in MONEY) for one in _TILES
        ],
        "on_time": figures.total.on_time,
        "said": queries.said_of(figures, before),
        "tables": shown.tables(figures, ("programme", "sub_district", "source", "step", "band")),
        "charts": shown.charts(figures),
        "reports": list(queries.reports(quarter)),
        "decisions": queries.open_decisions(request.today)[:6],
    }
    return render(request, "desk/oversight/home.html", page)


@require_POST
def export(request: PostRequest) -> HttpResponse:
    """The quarter's figures within reach as a workbook."""
    require(request.post, "oversight.see")
    quarter = asked_quarter(request)
    figures = queries.quarterly(quarter, request.post)
    operations.note_export(
        what=f"{quarter.year}Q{quarter.number}", rows=len(figures.lines), actor=request.post
    )
    return workbook(request, f"quarter-{quarter.year}-{quarter.number}", *shown.sheets(figures))


@require_GET
def units(request: PostRequest) -> HttpResponse:
    """How timely sub-districts and agencies took their steps; computed from the cases' records, never typed in."""
    require(request.post, "oversight.see")
    quarter = asked_quarter(request)
    figures = queries.quarterly(quarter, request.post)
    page = {
        "quarter": quarter,
        "quarters": quarters_to_choose(request),
        "tables": shown.tables(figures, ("street_unit", "agency_unit")),
        "streets": shown.timeliness(figures, "street_unit"),
        "agencies": shown.timeliness(figures, "agency_unit"),
    }
    return render(request, "desk/oversight/units.html", page)


@require_POST
def draft(request: PostRequest) -> HttpResponse:
    """Count the quarter and keep it as a draft."""
    quarter = asked_quarter(request)
    row = operations.draft_report(quarter, actor=request.post, moment=request.moment)
    messages.success(request, gettext("已生成季报草稿，数字已封存。"))
    return redirect("desk:oversight_report", report_id=row.id)


@require_http_methods(["GET", "POST"])
def report(request: PostRequest, report_id: UUID) -> HttpResponse:
    """A stored report: its figures as far as the post may see, whether they still come out, and issuing it."""
    require(request.post, "oversight.see")
    form = PlanForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            with transaction.atomic():
                operations.issue_report(
                    report_id, plan=form.cleaned_data["plan"], actor=request.post, moment=request.moment
                )
        except CannotBecause as why:
            on_form(form, why)
        else:
            messages.success(request, gettext("季报已印发。"))
            return redirect("desk:oversight_report", report_id=report_id)
    row = queries.report(report_id)
    figures = queries.figures_of(row, request.post)
    page: dict[str, Any] = {
        "report": row,
        "form": form,
        "tables": shown.tables(figures),
        "charts": shown.charts(figures),
    }
    if request.post.scope in ("district", "audit"):
        page["changed"] = queries.changed_since(row, request.post)
        page["measures"] = MEASURES
    return render(request, "desk/oversight/report.html", page, status=422 if form.errors else 200)


def on_form(form: forms.Form, why: CannotBecause) -> None:
    """Show a refusal on the form. One for want of a right stays a refusal."""
    if isinstance(why, NotYours):
        raise why
    form.add_error(None, " ".join(say(one) for one in (why.reason, why.mend) if one))


def manages(request: PostRequest) -> bool:
    """Whether the post runs the office."""
    return refusal(request.post, "oversight.manage") is None
