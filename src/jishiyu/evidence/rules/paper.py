"""Writing workbooks: the empty template with pick-lists and a help sheet, and bad rows with their reasons beside the cells."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from jishiyu.evidence.rules.columns import Column
from jishiyu.evidence.rules.headings import NOTE_HEADING
from jishiyu.evidence.rules.workbook import HELP_SHEET, ORIGIN_SHEET
from jishiyu.foundations.outcomes import Sentence

_HEADING_ROW, _FIRST_ROW = 1, 2
_OPTIONS_SHEET = "_options"
_ROWS_FOR_TYPING = 2_000


@dataclass(frozen=True, slots=True)
class Shown:
    """A row to be written: its cells as they came, the reasons by column key (``""`` for the whole row), whether it only waits."""

    cells: dict[str, Any]
    reasons: dict[str, str]
    waits: bool = False


def template(columns: tuple[Column, ...], title: Sentence, guide: Sequence[tuple[str, str]]) -> bytes:
    """An empty workbook: headings, pick-lists, comments, formats, a help sheet. ``guide``: pairs of subject and advice."""
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True})
    _Pages(book, columns, title.zh).data_sheet(())
    _help_sheet(book, columns, guide)
    book.close()
    return held.getvalue()


def bad_rows(columns: tuple[Column, ...], title: Sentence, rows: Sequence[Shown], origin: UUID) -> bytes:
    """The given rows in the template's layout, each reason as a comment on its coloured cell, ready to be mended and imported.

    Columns that we do not know come after ours. A hidden sheet names the batch, so that its rows are settled on re-import.
    """
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True, "strings_to_numbers": False})
    _Pages(book, columns, title.zh).data_sheet(rows)
    hidden = book.add_worksheet(ORIGIN_SHEET)
    hidden.write_string(0, 0, str(origin))
    hidden.very_hidden()
    book.close()
    return held.getvalue()


class _Pages:
    """The formats of one workbook and the sheet that people fill in."""

    def __init__(self, book: Any, columns: tuple[Column, ...], title: str) -> None:
        self.book, self.columns, self.title = book, columns, title
        add = book.add_format
        base = {"font_name": "宋体", "font_size": 11, "valign": "vcenter"}
        self.title_format = add({**base, "bold": True, "font_size": 16})
        heading = {
            **base,
            "bold": True,
            "border": 1,
            "bg_color": "#E9EEF4",
            "text_wrap": True,
            "align": "center",
        }
        self.required = add({**heading, "bg_color": "#D9E7F5", "font_color": "#B42318"})
        self.optional = add(heading)
        patterns = {
            "id": "@",
            "phone": "@",
            "key": "@",
            "day": "yyyy-mm-dd",
            "amount": "#,##0.00",
            "area": "0.0",
        }
        self.formats = {kind: add({**base, "num_format": pattern}) for kind, pattern in patterns.items()}
        self.plain = add(base)
        self.bad = add(
            {**base, "num_format": "@", "bg_color": "#FAD4D0", "border": 1, "border_color": "#B42318"}
        )
        self.waiting = add({**base, "num_format": "@", "bg_color": "#FFF4D6"})
        self.as_text = add({**base, "num_format": "@"})
        self.note = add({**base, "font_color": "#B42318", "text_wrap": True})

    def data_sheet(self, rows: Sequence[Shown]) -> None:
        """Headings, formats, pick-lists and the rows."""
        sheet = self.book.add_worksheet("家庭与成员")
        extra = sorted({key for row in rows for key in row.cells if key.startswith("+")})
        sheet.write(0, 0, self.title, self.title_format)
        sheet.set_row(0, 28)
        sheet.set_row(_HEADING_ROW, 34)
        sheet.freeze_panes(_FIRST_ROW, 6)
        for place, column in enumerate(self.columns):
            sheet.set_column(place, place, column.width, self.formats.get(column.kind, self.plain))
            sheet.write(
                _HEADING_ROW, place, column.shown(), self.required if column.required else self.optional
            )
            sheet.write_comment(_HEADING_ROW, place, _advice(column), {"x_scale": 2, "y_scale": 1.3})
        for place, heading in enumerate(extra, len(self.columns)):
            sheet.write(_HEADING_ROW, place, heading[1:], self.optional)
        self._pick_lists(sheet)
        if rows:
            note_place = len(self.columns) + len(extra)
            sheet.set_column(note_place, note_place, 60)
            sheet.write(_HEADING_ROW, note_place, NOTE_HEADING, self.optional)
            keys = [column.key for column in self.columns] + extra
            for number, row in enumerate(rows, _FIRST_ROW):
                self._row(sheet, number, keys, row)
                sheet.write_string(
                    number, note_place, "；".join(dict.fromkeys(row.reasons.values())), self.note
                )

    def _row(self, sheet: Any, number: int, keys: list[str], row: Shown) -> None:
        usual = self.waiting if row.waits else self.as_text
        for place, key in enumerate(keys):
            reason = row.reasons.get(key)
            value = row.cells.get(key, "")
            format_ = self.bad if reason else usual
            if isinstance(value, bool):
                sheet.write_string(number, place, "是" if value else "否", format_)
            elif isinstance(value, float) and abs(value) < 1e15:
                sheet.write_number(number, place, value, format_)
            elif value != "":
                sheet.write_string(number, place, str(value), format_)
            elif reason:
                sheet.write_blank(number, place, None, format_)
            if reason:
                sheet.write_comment(number, place, reason, {"x_scale": 2.2, "y_scale": 1.2})

    def _pick_lists(self, sheet: Any) -> None:
        """Pick-lists refer to a hidden sheet: a list written into the cell may have 255 characters only."""
        hidden = self.book.add_worksheet(_OPTIONS_SHEET)
        hidden.hide()
        for place, column in enumerate(self.columns):
            if not column.options:
                continue
            for row, word in enumerate(column.options):
                hidden.write_string(row, place, word)
            name = xl_col_to_name(place)
            sheet.data_validation(
                _FIRST_ROW,
                place,
                _FIRST_ROW + _ROWS_FOR_TYPING,
                place,
                {
                    "validate": "list",
                    "source": f"={_OPTIONS_SHEET}!${name}$1:${name}${len(column.options)}",
                    # Codes and several circumstances in one cell are taken too, so the list advises and does not forbid.
                    "error_type": "information",
                    "error_title": "不在选项中",
                    "error_message": "导入时会再核对",
                },
            )


def _advice(column: Column) -> str:
    parts = [column.meaning.zh]
    if column.required:
        parts.append("必填。")
    if column.example:
        parts.append(f"例：{column.example}")
    return "\n".join(parts)


def _help_sheet(book: Any, columns: Iterable[Column], guide: Sequence[tuple[str, str]]) -> None:
    sheet = book.add_worksheet(HELP_SHEET)
    bold = book.add_format({"bold": True, "bg_color": "#D9E7F5", "border": 1, "font_name": "宋体"})
    text = book.add_format({"text_wrap": True, "valign": "top", "border": 1, "font_name": "宋体"})
    for place, width in enumerate((18, 24, 10, 52, 52, 26)):
        sheet.set_column(place, place, width)
    row = 0
    for subject, advice in guide:
        sheet.write(row, 0, subject, bold)
        sheet.merge_range(row, 1, row, 5, advice, text)
        sheet.set_row(row, 34)
        row += 1
    row += 1
    for place, heading in enumerate(("栏目", "English", "是否必填", "含义", "可填内容", "例")):
        sheet.write(row, place, heading, bold)
    for column in columns:
        row += 1
        told = (
            column.shown(),
            column.heading.en,
            "必填" if column.required else "",
            f"{column.meaning.zh}\n{column.meaning.en}",
            "、".join(column.options),
            column.example,
        )
        for place, value in enumerate(told):
            sheet.write_string(row, place, value, text)


def day_text(day: date) -> str:
    """A day for a title: ``2026年11月24日``."""
    return f"{day.year}年{day.month}月{day.day}日"
