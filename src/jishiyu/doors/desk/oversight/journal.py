"""The journal: filtered, exported, and walked from end to end to see whether it still holds."""

from itertools import islice
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from jishiyu.doors.desk.listing import listing
from jishiyu.doors.desk.sheet import Column, Sheet, workbook
from jishiyu.doors.threshold.middleware import PostRequest
from jishiyu.journal import queries
from jishiyu.journal.operations import record
from jishiyu.offices.queries import require
from jishiyu.registry.queries import households

_MOST_FAULTS = 50
_MOST_ROWS = 20_000


class Filters(forms.Form):
    """What the list is narrowed by."""

    act = forms.CharField(label=gettext_lazy("事项"), required=False, max_length=60)
    holder = forms.CharField(label=gettext_lazy("岗位"), required=False, max_length=60)
    household = forms.CharField(label=gettext_lazy("户编号"), required=False, max_length=36)
    outcome = forms.ChoiceField(
        label=gettext_lazy("结果"),
        required=False,
        choices=[
            ("", gettext_lazy("全部")),
            ("done", gettext_lazy("已办")),
            ("refused", gettext_lazy("被拒")),
        ],
    )


def _narrowed(request: PostRequest) -> tuple[Filters, QuerySet[Any]]:
    filters = Filters(request.GET)
    told: dict[str, str] = filters.cleaned_data if filters.is_valid() else {}
    rows = queries.entries(
        act=told.get("act", "").strip(),
        post=told.get("holder", "").strip(),
        household=_household(request, told.get("household", "")),
        outcome=told.get("outcome", ""),
    )
    return filters, rows


def _household(request: PostRequest, text: str) -> UUID | None:
    words = text.strip()
    if not words:
        return None
    try:
        return UUID(words)
    except ValueError:
        found = households(request.post).filter(number__iexact=words).values_list("pk", flat=True).first()
        return found or UUID(int=0)  # a number that nobody has is in no entry


@require_GET
def journal(request: PostRequest) -> HttpResponse:
    """The entries that the post may read, newest first."""
    require(request.post, "journal.see")
    filters, rows = _narrowed(request)
    page = {"filters": filters, "listing": listing(rows, request), "length": queries.length()}
    return render(request, "desk/oversight/journal.html", page)


@require_POST
def verify(request: PostRequest) -> HttpResponse:
    """Walk the whole chain and name each fault. The walk itself is in the journal."""
    require(request.post, "journal.verify")
    faults = list(islice(queries.find_faults(), _MOST_FAULTS))
    length = queries.length()
    record(act="journal.verify", outcome="done", detail={"entries": length, "faults": len(faults)})
    filters, rows = _narrowed(request)
    page = {
        "filters": filters,
        "listing": listing(rows, request),
        "length": length,
        "walked": True,
        "faults": faults,
    }
    return render(request, "desk/oversight/journal.html", page)


@require_POST
def export(request: PostRequest) -> HttpResponse:
    """The narrowed entries as a workbook, the newest first."""
    require(request.post, "journal.see")
    _, rows = _narrowed(request)
    taken = list(rows[:_MOST_ROWS])
    record(act="journal.export", detail={"rows": len(taken)})
    columns = [
        Column(gettext("编号"), 10, "number"),
        Column(gettext("时间"), 20),
        Column(gettext("岗位"), 20),
        Column(gettext("人员"), 14),
        Column(gettext("事项"), 24),
        Column(gettext("对象"), 34),
        Column(gettext("结果"), 10),
        Column(gettext("事由"), 40),
    ]
    lines = (
        (
            one.number, f"{one.at:%Y-%m-%d %H:%M:%S%z}", one.post, one.officer, one.act,
            f"{one.about_kind} {one.about_id}".strip(), one.outcome, one.reason,
        )
        for one in taken
    )  # fmt: skip
    return workbook(request, "journal", Sheet(gettext("日志"), columns, lines))
