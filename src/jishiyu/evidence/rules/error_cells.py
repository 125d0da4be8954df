"""Cells in which a formula failed (#DIV/0!, #N/A, #REF! …). The workbook's reader gives them as empty, which they are not."""

import html
import io
import re
import zipfile
from collections.abc import Iterator

from jishiyu.evidence.rules.cells import BadCell
from jishiyu.foundations.outcomes import sentence

ERRORS = frozenset(
    {"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#GETTING_DATA", "#SPILL!", "#CALC!"}
)
# By sheet name, row (from 1, as the spreadsheet shows it) and column (from 0): what stands in the cell.
Failed = dict[str, dict[int, dict[int, str]]]

_CELL = re.compile(rb'<c\b([^>]*\bt="e"[^>]*)>(.*?)</c>', re.DOTALL)
_PLACE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_VALUE = re.compile(rb"<v>([^<]*)</v>")
_SHEET = re.compile(r'<sheet\b[^>]*?\bname="([^"]*)"[^>]*?\br:id="([^"]*)"')
_RELATION = re.compile(r"<Relationship\b[^>]*>")
_ATTRIBUTE = re.compile(r'\b(Id|Target)="([^"]*)"')


def failed_cells(content: bytes) -> Failed:
    """Where formulas failed in a workbook; nothing for a file of another kind, which is refused elsewhere."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            return {name: cells for name, path in _sheets(book) if (cells := _failed(book.read(path)))}
    except (zipfile.BadZipFile, KeyError, OSError, ValueError):
        return {}


def refuse_error(raw: object) -> None:
    """Raise :class:`BadCell` for a cell that holds a failed formula's mark, or the mark as text."""
    if isinstance(raw, str) and raw.strip().upper() in ERRORS:
        raise BadCell(
            "formula_failed",
            sentence(
                "单元格是公式错误“{t}”，不是数据",
                "The cell holds a formula's error “{t}”, no data",
                t=raw.strip(),
            ),
            sentence(
                "请在表中改正公式，或直接填写数值；不清楚的填“不详”",
                "Mend the formula or write the value; write 不详 when it is not known",
            ),
        )


def _sheets(book: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    relations = book.read("xl/_rels/workbook.xml.rels").decode()
    paths = {}
    for tag in _RELATION.findall(relations):
        told = dict(_ATTRIBUTE.findall(tag))
        target = told.get("Target", "")
        paths[told.get("Id", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    for name, relation in _SHEET.findall(book.read("xl/workbook.xml").decode()):
        if relation in paths:
            yield html.unescape(name), paths[relation]


def _failed(sheet: bytes) -> dict[int, dict[int, str]]:
    found: dict[int, dict[int, str]] = {}
    if b't="e"' not in sheet:
        return found
    for attributes, inside in _CELL.findall(sheet):
        place, value = _PLACE.search(attributes), _VALUE.search(inside)
        if place and value:
            column = 0
            for letter in place[1]:
                column = column * 26 + letter - 64
            found.setdefault(int(place[2]), {})[column - 1] = value[1].decode()
    return found
