"""One import: how far it is, what became of its households, how the file was read, and what is still to be mended."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from jishiyu.doors.desk.imports.handing_in import as_workbook
from jishiyu.doors.desk.imports.shown import is_silent, shown_row, state_of
from jishiyu.doors.desk.listing import listing
from jishiyu.doors.threshold.middleware import PostRequest
from jishiyu.evidence import queries
from jishiyu.evidence.queries import Batch, Row
from jishiyu.foundations.identifiers import BadIdNumber, read_id_number
from jishiyu.journeys.take_in_workbook import ask_for_taking_in, bad_rows_workbook, columns_in_force
from jishiyu.journeys.take_in_workbook.problem_names import problem_name
from jishiyu.offices.queries import require
from jishiyu.registry.queries.homes import homes_of

_HOUSEHOLDS_ON_A_PAGE = 20
# What is mended in the register and not in the workbook: who lives in the household.
_OTHER_MEMBERS = frozenset({"not_a_member", "in_another_household", "other_relation", "members_left_out"})


@require_GET
def batch(request: PostRequest, batch_id: UUID) -> HttpResponse:
    """The import as a page."""
    require(request.post, "evidence.see")
    found = queries.batch(batch_id, request.post)
    code, words = request.GET.get("problem", ""), request.GET.get("q", "").strip()[:60]
    keys = queries.open_keys(found, code=code, words=words) if found.state == "done" else []
    cut = listing(keys, request, size=_HOUSEHOLDS_ON_A_PAGE)
    problems = queries.problem_counts(found) if found.state == "done" else []
    by_state = queries.state_counts(found)
    shown: dict[str, Any] = {
        **_progress(request, found),
        "listing": cut,
        "households": _households(found, list(cut.page)),
        "problems": [{"code": one, "name": problem_name(one), "count": count} for one, count in problems],
        "chosen": code,
        "words": words,
        "rows_by_state": by_state,
        "open_rows": by_state.get("bad", 0) + by_state.get("waiting", 0),
    }
    shown["state"] = state_of(found, bool(problems)) if found.state == "done" else shown["state"]
    return render(request, "desk/imports/page.html", shown)


@require_GET
def progress(request: PostRequest, batch_id: UUID) -> HttpResponse:
    """The progress bar, asked for again and again; when there is nothing more to wait for, the whole page comes anew."""
    require(request.post, "evidence.see")
    found = queries.batch(batch_id, request.post)
    if found.state in ("done", "failed"):
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "desk/imports/parts/progress.html", _progress(request, found))


@require_POST
def resume(request: PostRequest, batch_id: UUID) -> HttpResponse:
    """Ask the worker once more, where one has failed or fallen silent. It goes on where the progress stands."""
    require(request.post, "evidence.import")
    found = queries.batch(batch_id, request.post)
    if found.state != "done":
        ask_for_taking_in(found.id, actor=request.post)
    return redirect("desk:imports_page", batch_id=batch_id)


@require_POST
def bad_rows(request: PostRequest, batch_id: UUID) -> HttpResponse:
    """The rows to be mended as a workbook. By POST: personal data leaves the system, and the journal notes it."""
    content = bad_rows_workbook(batch_id, actor=request.post)
    return as_workbook(content, f"jishiyu-mend-{request.today:%Y%m%d}.xlsx")


def _progress(request: PostRequest, found: Batch) -> dict[str, Any]:
    return {"batch": found, "state": state_of(found), "silent": is_silent(found, request.moment)}


def _households(found: Batch, keys: Sequence[str]) -> list[dict[str, Any]]:
    columns = {column.key: column for column in columns_in_force()}
    rows: dict[str, list[Row]] = {key: [] for key in keys}
    for row in queries.rows_of(found, keys):
        rows[row.household_key].append(row)
    files = _files(rows)
    return [
        {"key": key, "rows": [shown_row(row, columns) for row in own], "file": files.get(key, "")}
        for key, own in rows.items()
    ]


def _files(rows: Mapping[str, Sequence[Row]]) -> dict[str, str]:
    """The page on which members are changed, for each household that the register has with other members than the workbook."""
    numbers: dict[str, list[str]] = {}
    for key, own in rows.items():
        if any(_OTHER_MEMBERS.intersection(row.codes) for row in own):
            for row in own:
                with suppress(BadIdNumber):
                    text = read_id_number(str(row.cells.get("id_number", ""))).text
                    numbers.setdefault(key, []).append(text)
    homes = homes_of([text for own in numbers.values() for text in own]) if numbers else {}
    return {
        key: reverse("desk:households_changes", kwargs={"household_id": homes[text].household_id})
        for key, own in numbers.items()
        for text in own
        if text in homes
    }
