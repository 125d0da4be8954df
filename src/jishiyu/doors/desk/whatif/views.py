"""Pages of the trials: all of them, one's figures, two side by side, a workbook of the figures."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from jishiyu.doors.desk.listing import listing
from jishiyu.doors.desk.sheet import workbook
from jishiyu.doors.desk.whatif import shown
from jishiyu.doors.desk.whatif.charts import charts
from jishiyu.doors.desk.whatif.running import shown_run
from jishiyu.doors.desk.whatif.sheets import ASSUMPTIONS, sampled, sheets
from jishiyu.doors.threshold.middleware import PostRequest
from jishiyu.foundations.clock import day_of
from jishiyu.foundations.outcomes import NotFound, sentence
from jishiyu.law.queries import pack
from jishiyu.oversight import operations, queries
from jishiyu.oversight.rules.trials import TRY, figures_for, headlines, trial_refusal

_UNDER_WAY = 10


@require_GET
def trials(request: PostRequest) -> HttpResponse:
    """Trials on their way, and all that the post may see, newest first; two can be chosen to stand side by side."""
    runs = queries.what_if_runs(request.post).exclude(state="done")[:_UNDER_WAY]
    page = {
        "listing": listing(queries.what_ifs(request.post), request), "tries": _tries(request),
        "runs": [shown_run(request, one) for one in runs],
    }  # fmt: skip
    return render(request, "desk/whatif/list.html", page)


@require_GET
def trial(request: PostRequest, what_if_id: UUID) -> HttpResponse:
    """A trial's figures."""
    row = queries.what_if(what_if_id, request.post)
    partial = queries.sees_part(row, request.post)
    figures = figures_for(row.figures, partial=partial)
    page = {
        "row": row,
        "figures": figures,
        "partial": partial,
        "headlines": shown.lines(headlines(figures)),
        "tables": shown.tables(figures),
        "items": shown.items_table(figures),
        "charts": charts(figures),
        "band_moves": shown.band_moves(figures),
        "reach": [
            (
                name,
                [
                    (shown.written(value, "percent" if kind == "share" else kind), way)
                    for value, way in values
                ],
            )
            for name, kind, values in shown.reach_lines(figures)
        ],
        "cliffs": [
            (side, figures["cliffs"][side], shown.cliff_items(figures, side)) for side in ("before", "after")
        ],
        "moved": shown.moved(row.figures),
        "stale": row.pack_version != pack().version,
        "assumptions": ASSUMPTIONS,
        "sampled": sampled(figures) if figures.get("sampled") else None,
        "tries": _tries(request),
    }
    return render(request, "desk/whatif/page.html", page)


@require_GET
def compare(request: PostRequest) -> HttpResponse:
    """Two trials side by side (``?a=…&b=…``): headlines, and each breakdown line by line."""
    chosen = [_uuid(request.GET.get(name, "")) for name in ("a", "b")]
    rows = list(queries.what_ifs(request.post)[:50])
    picked = [queries.what_if(one, request.post) for one in chosen if one]
    told = [figures_for(one.figures, partial=queries.sees_part(one, request.post)) for one in picked]
    page = {
        "rows": rows,
        "picked": picked,
        "headlines": shown.lines(headlines(*told)),
        "parts": _side_by_side(told) if len(told) == 2 else [],
        "years": _years(told) if len(told) == 2 else [],
        "apart": _apart(picked) if len(picked) == 2 else [],
    }
    return render(request, "desk/whatif/compare.html", page)


def _side_by_side(told: list[dict[str, Any]]) -> list[tuple[Any, list[tuple[Any, list[str]]]]]:
    """Each breakdown with a line for each key that either trial has: gaining, losing, and the net of a year, of both."""
    name, found = shown.naming(), []
    for part, title, _ in shown.PARTS:
        by_key = [{one["key"]: one for one in each[part]} for each in told]
        lines = []
        for key in dict.fromkeys((*by_key[0], *by_key[1])):
            cells: list[str] = []
            for measure, kind in (("gaining", "number"), ("losing", "number"), ("net", "money")):
                cells += [shown.written(_measured(each.get(key), measure), kind) for each in by_key]
            lines.append((name(part, key), cells))
        found.append((title, lines))
    return found


def _measured(line: dict[str, Any] | None, measure: str) -> int | None:
    if line is None:
        return 0
    if measure != "net":
        return line[measure]  # type: ignore[no-any-return]
    before, after = line["before"], line["after"]
    return None if before is None or after is None else int(after - before)


def _years(told: list[dict[str, Any]]) -> list[tuple[int, list[str]]]:
    by_year = [{one["year"]: one["after"] - one["before"] for one in each["years"]} for each in told]
    return [
        (year, [shown.written(one.get(year), "money") for one in by_year])
        for year in sorted({*by_year[0], *by_year[1]})
    ]


def _apart(picked: list[Any]) -> list[Any]:
    """What makes the two less alike than they look."""
    one, other = picked
    told = (
        (one.day != other.day, sentence("生效日不同", "They begin on different days")),
        (one.pack_version != other.pack_version, sentence("政策包版本不同", "They rest on different versions of the policy pack")),
        (
            (one.households, one.agency, _day_of(one)) != (other.households, other.agency, _day_of(other)),
            sentence("所依据的登记不是同一时点或范围", "They rest on facts of different moments or reach"),
        ),
    )  # fmt: skip
    return [words for apart, words in told if apart]


def _day_of(row: Any) -> date:
    return day_of(row.evidence_until or row.made_at)


@require_POST
def export(request: PostRequest, what_if_id: UUID) -> HttpResponse:
    """A trial's figures as a workbook."""
    row = queries.what_if(what_if_id, request.post)
    operations.note_trial_export(row.id, actor=request.post)
    figures = figures_for(row.figures, partial=queries.sees_part(row, request.post))
    return workbook(request, "what-if", *sheets(row, figures, headlines(figures)))


def _tries(request: PostRequest) -> bool:
    return trial_refusal(request.post, TRY, pack().district) is None


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError as error:
        raise NotFound(
            "oversight.no_such_trial", sentence("没有这次试算", "There is no such trial")
        ) from error
