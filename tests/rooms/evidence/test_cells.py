"""One cell at a time: whatever is written, it becomes a value or a reason, never a fault of the program."""

import math
from datetime import date, datetime, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jishiyu.evidence.rules.cells import (
    BadCell,
    is_blank,
    plain,
    read_amount,
    read_area,
    read_day,
    read_id,
    read_name,
    read_phone,
    read_whole,
    read_yes_no,
    reader_of,
)
from jishiyu.evidence.rules.columns import Column
from jishiyu.foundations.money import yuan_text
from jishiyu.foundations.outcomes import sentence
from tests.fixtures import an_id

TODAY = date(2026, 11, 24)
KINDS = (
    "text",
    "name",
    "id",
    "phone",
    "day",
    "amount",
    "area",
    "whole",
    "yes_no",
    "choice",
    "choices",
    "key",
)


def a_column(kind: Any, **more: Any) -> Column:
    return Column("x", sentence("栏", "column"), kind, "member", sentence("义", "meaning"), **more)


anything = st.one_of(
    st.text(max_size=30),
    st.text("0123456789.,-/年月日万元￥１２３　 xX无%eE+()", max_size=12),
    st.floats(allow_nan=True, allow_infinity=True),
    st.integers(-(10**20), 10**20).map(float),
    st.booleans(),
    st.dates(),
    st.datetimes(),
)


@pytest.mark.parametrize("kind", KINDS)
@given(raw=anything)
def test_any_cell_gives_a_value_or_a_reason(kind: str, raw: Any) -> None:
    read = reader_of(a_column(kind, least=0, most=10**12, words={"是": "y", "02": "02"}), TODAY)
    try:
        read(raw)
    except BadCell as bad:
        for told in (bad.wrong, bad.mend):
            assert told.say("zh")
            assert told.say("en")


@given(st.integers(-(10**13), 10**13))
def test_amounts_are_read_to_the_fen(fen: int) -> None:
    assert read_amount(yuan_text(fen)) == fen
    assert read_amount(f"￥{yuan_text(fen)}元") == fen
    if abs(fen) < 10**11:
        assert read_amount(fen / 100) == fen


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_a_day_is_the_same_in_every_form(day: date) -> None:
    forms = [
        f"{day:%Y-%m-%d}", f"{day.year}/{day.month}/{day.day}", f"{day:%Y%m%d}", f"{day.year}年{day.month}月{day.day}日",
        f"{day.year}.{day.month}.{day.day}", day, datetime.combine(day, time()), float(f"{day:%Y%m%d}"),
    ]  # fmt: skip
    assert {read_day(form) for form in forms} == {day}


@given(st.dates(date(1909, 1, 1), date(2099, 12, 31)))
def test_excel_counts_days_from_the_end_of_1899(day: date) -> None:
    assert read_day(float((day - date(1899, 12, 30)).days)) == day


@pytest.mark.parametrize("raw", ["", "  ", "\u3000\u00a0", "\u200b\ufeff", "'"])
def test_invisible_cells_are_blank(raw: str) -> None:
    assert is_blank(raw)


@pytest.mark.parametrize(
    ("raw", "text"),
    [("　１２３ＡＢ　", "123AB"), ("'00123", "00123"), (12.0, "12"), (1.5, "1.5"), (True, "是"), (date(2026, 1, 2), "2026-01-02")],
)  # fmt: skip
def test_plain_text(raw: Any, text: str) -> None:
    assert plain(raw) == text


@pytest.mark.parametrize(
    ("raw", "name"),
    [("王　芳", "王芳"), (" 单 春 雨", "单春雨"), ("买买提•吐尔逊", "买买提·吐尔逊"), ("Ali  Khan", "Ali Khan"), ("㛃𬭎", "㛃𬭎"), ("李〇", "李〇")],
)  # fmt: skip
def test_names(raw: str, name: str) -> None:
    assert read_name(raw) == name


@pytest.mark.parametrize("raw", ["王芳2", "王芳（已故）", "张*", "李" * 61])
def test_what_is_no_name(raw: str) -> None:
    with pytest.raises(BadCell):
        read_name(raw)


def test_id_numbers_of_every_shape() -> None:
    number = an_id(date(1990, 1, 1), 1, 3)
    old = number.text[:6] + number.text[8:17]
    spread = " ".join(number.text)
    wide = number.text.translate({ord(sign): ord(sign) + 0xFEE0 for sign in "0123456789X"})
    for raw in (number.text, number.text.lower(), spread, wide, f"'{number.text}", old, float(old)):
        assert read_id(raw) == number


@pytest.mark.parametrize("raw", [1.1990019900101e17, 119900199001010010.0, "1.199E+17", "1.199e17"])
def test_an_id_number_that_lost_digits_is_never_rounded_back(raw: Any) -> None:
    with pytest.raises(BadCell) as bad:
        read_id(raw)
    assert bad.value.code == "id_lost_digits"


@pytest.mark.parametrize(
    ("raw", "phone"),
    [("138 0000 0000", "13800000000"), ("+86-010-12345678", None), ("010-62345678", "010-62345678"), ("无", None), (13800000000.0, "13800000000")],
)  # fmt: skip
def test_phones(raw: Any, phone: str | None) -> None:
    if raw == "+86-010-12345678":
        with pytest.raises(BadCell):
            read_phone(raw)
    else:
        assert read_phone(raw) == phone


@pytest.mark.parametrize(
    ("raw", "dm2"),
    [(38.5, 3850), ("38.5㎡", 3850), ("38.5平方米", 3850), ("４０平米", 4000), ("无", 0), ("不详", None)],
)
def test_areas(raw: Any, dm2: int | None) -> None:
    assert read_area(raw) == dm2


@pytest.mark.parametrize(
    ("raw", "number"), [(2.0, 2), ("2套", 2), ("０", 0), ("无", 0), ("/", None), ("1辆", 1)]
)
def test_whole_numbers(raw: Any, number: int | None) -> None:
    assert read_whole(raw) == number


@pytest.mark.parametrize(
    ("raw", "yes"), [("是", True), ("√", True), (1.0, True), ("否", False), (False, False), ("-", None)]
)
def test_yes_and_no(raw: Any, yes: bool | None) -> None:
    assert read_yes_no(raw) is yes


@pytest.mark.parametrize("raw", [math.nan, math.inf, -math.inf, 1e300])
def test_numbers_that_are_none(raw: float) -> None:
    for read in (read_amount, read_area, read_whole, read_day):
        with pytest.raises(BadCell):
            read(raw)
