"""Workbooks as officials fill them in, made for tests: rows by column key, then written in any layout."""

import io
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import openpyxl

from tests.fixtures import an_id

Row = dict[str, Any]

HEADINGS = {
    "household_key": "户序号",
    "sub_district": "街道",
    "community": "社区",
    "address": "居住地址",
    "phone": "联系电话",
    "name": "姓名",
    "id_number": "身份证号",
    "relation": "与户主关系",
    "born": "出生日期",
    "sex": "性别",
    "marital": "婚姻状况",
    "disability_category": "残疾类别",
    "disability_grade": "残疾等级",
    "identities": "特殊身份",
    "wage_income": "工资性收入（元/年）",
    "transfer_income": "转移净收入",
    "usable_area_dm2": "使用面积（平方米）",
    "vehicles": "机动车数",
    "event": "突发事件",
    "event_on": "事件日期",
    "as_of": "填报日期",
}


def a_head(running: int, key: str = "1", **cells: Any) -> Row:
    """A woman who heads a household, born in 1975."""
    row = {
        "household_key": key,
        "community": "德外社区",
        "address": "甲一胡同1号",
        "name": "单春雨",
        "id_number": an_id(date(1975, 3, 4), 2, running).text,
        "relation": "户主",
        "wage_income": 6000,
    }
    return row | cells


def a_husband(running: int, key: str = "1", **cells: Any) -> Row:
    """Her husband, born in 1973."""
    number = an_id(date(1973, 5, 6), 1, running).text
    return {"household_key": key, "name": "王长乐", "id_number": number, "relation": "夫"} | cells


def a_son(running: int, key: str = "1", **cells: Any) -> Row:
    """Her son, born in 2012."""
    number = an_id(date(2012, 3, 4), 1, running).text
    return {"household_key": key, "name": "王小满", "id_number": number, "relation": "子"} | cells


def a_family(running: int, key: str = "1") -> list[Row]:
    """Head, husband and son."""
    return [a_head(running, key), a_husband(running, key), a_son(running, key)]


def a_workbook(
    rows: Sequence[Row],
    *,
    keys: Sequence[str] = (),
    headings: Mapping[str, str] = HEADINGS,
    above: Sequence[Sequence[Any]] = (),
    below: Sequence[Sequence[Any]] = (),
    extra: Mapping[str, Any] | None = None,
    sheet: str = "家庭与成员",
    merges: Sequence[str] = (),
) -> bytes:
    """Rows under one line of headings. ``keys``: which columns and in which order (default: those that the rows use)."""
    used = list(keys) or [key for key in HEADINGS if any(key in row for row in rows)]
    extra = extra or {}
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = sheet
    for line in above:
        page.append(list(line))
    page.append([headings[key] for key in used] + list(extra))
    for row in rows:
        page.append([row.get(key) for key in used] + list(extra.values()))
    for line in below:
        page.append(list(line))
    for merge in merges:
        page.merge_cells(merge)
    return as_bytes(book)


def as_bytes(book: openpyxl.Workbook) -> bytes:
    """The workbook as its file."""
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()
