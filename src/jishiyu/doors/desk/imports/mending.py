"""Mending a household's rows on screen: each cell as it was written, the reason beside it, and taken in when all is good."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from jishiyu.doors.desk.imports.shown import ROW_STATES, as_typed
from jishiyu.doors.threshold.middleware import PostRequest
from jishiyu.evidence import queries
from jishiyu.evidence.queries import Row
from jishiyu.evidence.rules.columns import Column
from jishiyu.foundations.outcomes import NotFound, sentence
from jishiyu.journal.operations import record
from jishiyu.journeys.take_in_workbook import Mended, check_again, columns_in_force, mend
from jishiyu.offices.queries import require

# Always shown, so that what a file left out can be filled in.
_ALWAYS = ("household_key", "name", "id_number", "relation", "community")


@require_http_methods(["GET", "POST"])
def household(request: PostRequest, batch_id: UUID) -> HttpResponse:
    """The open rows of one household. They show what lists mask, so that opening them is noted in the journal."""
    require(request.post, "evidence.import")
    found = queries.batch(batch_id, request.post)
    key = request.GET.get("key", "")
    rows = queries.rows_of(found, [key])
    if not rows:
        raise NotFound("no_open_rows", sentence("这一户没有待改的行", "This household has no rows to mend"))
    if request.method == "POST":
        edits = {row.pk: _edits(request, row) for row in rows}
        drop = [row.pk for row in rows if request.POST.get(f"drop-{row.pk}")]
        done = mend(
            batch_id,
            edits={pk: told for pk, told in edits.items() if told},
            drop=drop,
            actor=request.post,
            moment=request.moment,
        )
        return _after(request, batch_id, key, done)
    record(act="evidence.look", about=("batch", found.id), detail={"rows": [row.number for row in rows]})
    columns = columns_in_force()
    shown: dict[str, Any] = {
        "batch": found,
        "key": key,
        "rows": [_form_row(row, columns) for row in rows],
        "lists": [column for column in columns if column.options],
    }
    return render(request, "desk/imports/mend.html", shown)


@require_POST
def check(request: PostRequest, batch_id: UUID) -> HttpResponse:
    """Check every open row again as it stands."""
    done = check_again(batch_id, actor=request.post, moment=request.moment)
    _tell(request, done)
    return redirect("desk:imports_page", batch_id=batch_id)


def _after(request: PostRequest, batch_id: UUID, key: str, done: Mended) -> HttpResponse:
    """Back to the household while it has open rows, else to the import."""
    _tell(request, done)
    found = queries.batch(batch_id, request.post)
    if any(row.state in ("bad", "waiting") for row in queries.rows_of(found, [key])):
        return redirect(
            f"{reverse('desk:imports_mend', kwargs={'batch_id': batch_id})}?{urlencode({'key': key})}"
        )
    return redirect("desk:imports_page", batch_id=batch_id)


def _tell(request: PostRequest, done: Mended) -> None:
    if done.households_in:
        messages.success(request, gettext("已登记 %(n)d 户。") % {"n": done.households_in})
    if done.still_bad:
        messages.warning(request, gettext("还有 %(n)d 户需要改正。") % {"n": done.still_bad})


def _edits(request: PostRequest, row: Row) -> dict[str, str]:
    """The cells of a row that were changed on screen."""
    start, told = f"cell-{row.pk}-", {}
    for name, text in request.POST.items():
        if name.startswith(start):
            key, typed = name.removeprefix(start), str(text)[:200]
            before = row.household_key if key == "household_key" else as_typed(row.cells.get(key))
            if typed.strip() != before.strip():
                told[key] = typed
    return told


def _form_row(row: Row, columns: Sequence[Column]) -> dict[str, Any]:
    reasons: dict[str, list[Any]] = {}
    for problem in row.problems or ():
        reasons.setdefault(problem["column"], []).append(problem)
    cells = [
        {
            "column": column,
            "name": f"cell-{row.pk}-{column.key}",
            "value": row.household_key
            if column.key == "household_key"
            else as_typed(row.cells.get(column.key)),
            "reasons": reasons.get(column.key, []),
            "shown": column.key in reasons or column.key in row.cells or column.key in _ALWAYS,
        }
        for column in columns
    ]
    return {
        "row": row,
        "mark": ROW_STATES[row.state],
        "cells": [cell for cell in cells if cell["shown"]],
        "more": [cell for cell in cells if not cell["shown"]],
        "general": reasons.get("", []),
        "extra": {key[1:]: as_typed(value) for key, value in row.cells.items() if key.startswith("+")},
    }
