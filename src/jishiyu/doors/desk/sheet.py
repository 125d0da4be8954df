"""A list as a workbook to take away. It says who took it and when, and nothing in it is ever a formula."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

import xlsxwriter
from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext

from jishiyu.doors.desk.fields import say
from jishiyu.doors.threshold.middleware import PostRequest

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FORMATS = {"money": "#,##0.00", "share": "0.0%", "day": "yyyy-mm-dd", "number": "#,##0", "text": "@"}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, its width in characters, and what stands in it. ``money`` is fen, ``share`` basis points."""

    heading: str
    width: int = 14
    kind: Literal["text", "money", "share", "number", "day"] = "text"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook."""

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Any]]


def workbook(request: PostRequest, name: str, *sheets: Sheet) -> HttpResponse:
    """The sheets as an .xlsx answer named ``name-yyyymmdd.xlsx``."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(
        content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        for one in sheets:
            _write(book, one, _taken(request))
    return HttpResponse(
        content.getvalue(),
        content_type=_XLSX,
        headers={"Content-Disposition": f'attachment; filename="{name}-{request.today:%Y%m%d}.xlsx"'},
    )


def _write(book: Any, sheet: Sheet, taken: str) -> None:
    page = book.add_worksheet(sheet.title[:31])
    page.set_footer("&L" + taken.replace("&", "&&")[:200] + "&R&P / &N")
    page.write_string(0, 0, taken, book.add_format({"italic": True, "font_color": "#8a5a00"}))
    bold = book.add_format({"bold": True, "bg_color": "#eef3f7", "border": 1})
    forms = {kind: book.add_format({"num_format": form}) for kind, form in _FORMATS.items()}
    for at, column in enumerate(sheet.columns):
        page.set_column(at, at, column.width)
        page.write_string(1, at, column.heading, bold)
    for line, row in enumerate(sheet.rows, start=2):
        for at, (column, value) in enumerate(zip(sheet.columns, row, strict=True)):
            _cell(page, line, at, column.kind, value, forms[column.kind])
    page.freeze_panes(2, 1)


def _cell(page: Any, line: int, at: int, kind: str, value: Any, form: Any) -> None:
    if value is None or value == "":
        page.write_blank(line, at, None, form)
    elif kind == "money":
        page.write_number(line, at, value / 100, form)
    elif kind == "share":
        page.write_number(line, at, value / 10_000, form)
    elif kind == "number":
        page.write_number(line, at, value, form)
    elif kind == "day" and isinstance(value, date):
        page.write_datetime(line, at, datetime(value.year, value.month, value.day), form)
    else:
        page.write_string(line, at, str(value), form)


def _taken(request: PostRequest) -> str:
    said = gettext("导出人：%(who)s（%(post)s）　时间：%(at)s　内部资料，注意保密") % {
        "who": request.post.officer_name,
        "post": say(request.post.title),
        "at": f"{request.moment:%Y-%m-%d %H:%M}",
    }
    return said + ("　" + gettext("演示数据，均为虚构") if settings.DEMO else "")
