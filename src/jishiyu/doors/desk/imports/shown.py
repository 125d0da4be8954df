"""How batches and their rows are shown: states as marks, cells masked unless they are being mended."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy

from jishiyu.doors.desk.marks import Mark, silent_since
from jishiyu.evidence.queries import Batch, Row
from jishiyu.evidence.rules.cells import plain
from jishiyu.evidence.rules.columns import Column
from jishiyu.foundations.identifiers import masked_id
from jishiyu.journeys.take_in_workbook.problem_names import problem_name

# Cells that a list never shows: they identify a person, or tell of their health.
_SECRET = frozenset(
    {"phone", "address", "illness", "disability_category", "disability_grade", "daily_activities_lost",
     "medical_self_paid", "rehabilitation_cost", "work_capacity"}
)  # fmt: skip

_STATES = {
    "received": Mark(gettext_lazy("等待处理"), "ti-clock", "note"),
    "reading": Mark(gettext_lazy("正在导入"), "ti-loader", "note"),
    "done": Mark(gettext_lazy("已完成"), "ti-circle-check", "ok"),
    "failed": Mark(gettext_lazy("未能导入"), "ti-alert-circle", "bad"),
}
_SOME_BAD = Mark(gettext_lazy("有待改行"), "ti-alert-triangle", "warn")

ROW_STATES = {
    "bad": Mark(gettext_lazy("待改"), "ti-alert-circle", "bad"),
    "waiting": Mark(gettext_lazy("等待同户"), "ti-clock", "warn"),
    "duplicate": Mark(gettext_lazy("重复行"), "ti-copy", "note"),
    "taken": Mark(gettext_lazy("已登记"), "ti-circle-check", "ok"),
    "updated": Mark(gettext_lazy("已更新"), "ti-refresh", "ok"),
    "unchanged": Mark(gettext_lazy("无变化"), "ti-equal", "note"),
    "mended": Mark(gettext_lazy("已改并登记"), "ti-circle-check", "ok"),
    "dropped": Mark(gettext_lazy("已剔除"), "ti-trash", "note"),
}


def state_of(batch: Batch, open_rows: bool | None = None) -> Mark:
    """The state of a batch as a mark; a finished one with bad rows says so."""
    some_bad = batch.counts.get("households_bad") if open_rows is None else open_rows
    return _SOME_BAD if batch.state == "done" and some_bad else _STATES[batch.state]


def is_silent(batch: Batch, now: datetime) -> bool:
    """Whether the worker seems gone: nothing has moved for a while."""
    last = batch.advanced_at or batch.received_at
    return batch.state in ("received", "reading") and silent_since(last, now)


def shown_row(row: Row, columns: dict[str, Column]) -> dict[str, Any]:
    """A row of the list: who it is, masked, and each problem beside the heading and (if no secret) the value of its cell."""
    cells = row.cells
    problems = [
        {
            "heading": columns[told["column"]].heading if told["column"] in columns else None,
            "value": _shown_value(told["column"], cells.get(told["column"])),
            # The reason may quote the cell: of a secret one the list says only what kind of fault it is.
            "wrong": problem_name(told["code"]) if told["column"] in _SECRET else told["wrong"],
            "mend": told["mend"],
        }
        for told in row.problems or ()
    ]
    return {
        "row": row,
        "mark": ROW_STATES[row.state],
        "name": cells.get("name", ""),
        "id_number": masked_id(str(cells.get("id_number", ""))),
        "relation": cells.get("relation", ""),
        "problems": problems,
    }


def _shown_value(column: str, value: Any) -> str:
    if value is None or value == "":
        return ""
    if column == "id_number":
        return masked_id(str(value))
    return "••••" if column in _SECRET else as_typed(value)[:40]


def as_typed(value: Any) -> str:
    """A cell as text that can be typed back: whole numbers without a decimal point."""
    return "" if value is None else plain(value)
