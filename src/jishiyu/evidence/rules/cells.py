"""One cell, as people write it, made a value: full-width digits, spaces of every kind, ``￥1,200.50``, ``1.2万``, dates in any form.

A cell that cannot be read raises :class:`BadCell`, which says what is wrong and how to mend it. Nothing is guessed.
"""

import math
import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from jishiyu.evidence.rules.columns import Column
from jishiyu.foundations.identifiers import BadIdNumber, read_id_number
from jishiyu.foundations.money import fen_from_yuan
from jishiyu.foundations.outcomes import Sentence, sentence

Raw = str | float | int | bool | date | datetime
Reader = Callable[[Raw], Any]

# What officials write for "not known" (the value is unknown) and for "there is none" (an amount or count of zero).
UNKNOWN = frozenset({"/", "\\", "-", "--", "—", "——", "不详", "未知", "不清楚", "n/a", "na", "?", "？"})
NOTHING = frozenset({"无", "没有", "零", "〇", "none"})

_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"), None)
_FULL_WIDTH = (
    {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20} | _INVISIBLE
)
_DOTS = str.maketrans("•・．‧∙", "·····")
_YMD = re.compile(r"^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?$")
_CLOCK_TIME = re.compile(r"[ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$")
_CURRENCY = re.compile(r"^(人民币|rmb|cny|¥|\$)?(.*?)(元整|元|圆|块|rmb|cny)?$", re.IGNORECASE)
_NUMBER = re.compile(r"^-?[0-9][0-9,]*(\.[0-9]+)?$")
_TENS = {"万": 10_000, "千": 1_000, "百": 100}
_UNITS = re.compile(r"(人|口|套|处|间|辆|台|个|项|级|岁|次)$")
_SQUARE_METRES = re.compile(r"(平方米|平米|㎡|m2|平|sqm)$", re.IGNORECASE)
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U000323af〇]")
_NAME = re.compile(r"^[\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af〇·A-Za-z .'-]{1,60}$")
_SEVERAL = re.compile(r"[、,;/|\s]+")
_FIRST_SERIAL, _LAST_SERIAL = 367, 73_415  # 1901-01-01 to 2100-12-31 in Excel's count of days
_EXCEL_DAY_ZERO = date(1899, 12, 30)


class BadCell(ValueError):
    """A cell that cannot be read. ``code`` is stable; ``wrong`` says what is wrong, ``mend`` how to put it right."""

    def __init__(self, code: str, wrong: Sentence, mend: Sentence) -> None:
        super().__init__(wrong.say("en"))
        self.code, self.wrong, self.mend = code, wrong, mend


def plain(raw: Raw) -> str:
    """The cell as plain text: half-width, without invisible characters, outer spaces and the apostrophe that marks text."""
    if isinstance(raw, str):
        text = raw if raw.isascii() else unicodedata.normalize("NFKC", raw).translate(_INVISIBLE)
        text = text.strip()
        return text[1:].strip() if text[:1] in ("'", "’", "‘", "`") else text
    if isinstance(raw, bool):
        return "是" if raw else "否"
    if isinstance(raw, float):
        return str(int(raw)) if raw.is_integer() and abs(raw) < 1e15 else repr(raw)
    if isinstance(raw, datetime):
        return raw.date().isoformat()
    return raw.isoformat() if isinstance(raw, date) else str(raw)


def is_blank(raw: Raw) -> bool:
    """Whether nothing is written in the cell."""
    return raw == "" or (isinstance(raw, str) and not plain(raw))


def read_text(raw: Raw) -> str | None:
    """Free text, inner line breaks made spaces."""
    return " ".join(plain(raw).split()) or None


def read_name(raw: Raw) -> str | None:
    """A person's name. Spaces that only spread two characters apart (``王　芳``) go; rare characters stay as written."""
    text = raw.translate(_FULL_WIDTH).translate(_DOTS).strip() if isinstance(raw, str) else plain(raw)
    text = "".join(text.split()) if _HAN.search(text) else " ".join(text.split())
    if not _NAME.match(text):
        raise BadCell(
            "bad_name",
            sentence("姓名“{t}”含有数字或符号", "The name “{t}” has digits or signs in it", t=text[:20]),
            sentence("只填写姓名，不加编号或备注", "Write the name alone, no number or remark"),
        )
    return text


def read_id(raw: Raw) -> Any:
    """A checked identity number. A number cell that has lost digits is refused, never rounded back."""
    lost = isinstance(raw, float) and abs(raw) >= 1e15
    text = plain(raw)
    if lost or re.fullmatch(r"\d(\.\d+)?[eE]\+?1[4-7]", text):
        raise BadCell(
            "id_lost_digits",
            sentence(
                "身份证号被存成了数字，末几位已丢失",
                "The ID number was stored as a number and has lost its last digits",
            ),
            sentence(
                "请把该列设为“文本”格式，再重新录入完整号码",
                "Format the column as text and enter the whole number again",
            ),
        )
    try:
        return read_id_number(text)
    except BadIdNumber as bad:
        raise BadCell(
            "bad_id",
            bad.sentence,
            sentence("请对照身份证或户口簿核对", "Check it against the ID card or household book"),
        ) from None


def read_phone(raw: Raw) -> str | None:
    """A telephone number: a mobile number or a fixed line, digits and hyphens only."""
    text = re.sub(r"[\s()]", "", plain(raw)).removeprefix("+86")
    if text.lower() in UNKNOWN or text in NOTHING:
        return None
    if not re.fullmatch(r"1\d{10}|(0\d{2,3}-?)?[2-9]\d{6,7}(-\d{1,6})?", text):
        raise BadCell(
            "bad_phone",
            sentence("联系电话“{t}”不是电话号码", "“{t}” is not a telephone number", t=text[:20]),
            sentence("填写11位手机号，或带区号的固定电话", "Write an 11-digit mobile number or a fixed line"),
        )
    return text


def read_day(raw: Raw) -> date | None:
    """A calendar day: a real date, Excel's count of days, ``20261124``, ``2026-11-24``, with ``/``, ``.`` or ``年月日``."""
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    text = _CLOCK_TIME.sub("", plain(raw))
    if text.lower() in UNKNOWN or text in NOTHING:
        return None
    if text.isascii() and text.isdigit():
        if len(text) == 8:
            return _day(text, int(text[:4]), int(text[4:6]), int(text[6:]))
        if _FIRST_SERIAL <= int(text) <= _LAST_SERIAL and len(text) in (3, 4, 5) and int(text) > 3000:
            return _EXCEL_DAY_ZERO + timedelta(days=int(text))
    found = _YMD.match(text)
    if not found:
        raise _bad_day(text)
    return _day(text, *(int(part) for part in found.groups()))


def _day(text: str, year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise BadCell(
            "no_such_day",
            sentence("日期“{t}”不存在", "The day “{t}” does not exist", t=text),
            sentence("请核对年、月、日", "Check year, month and day"),
        ) from None


def _bad_day(text: str) -> BadCell:
    return BadCell(
        "bad_day",
        sentence("“{t}”看不出是哪一天", "“{t}” does not say which day", t=text[:20]),
        sentence("写明四位年份和月、日，如 2026-11-24", "Write a four-digit year, month and day: 2026-11-24"),
    )


def read_amount(raw: Raw) -> int | None:
    """An amount in yuan as fen. ``无`` is zero; ``不详`` or a dash is unknown."""
    if isinstance(raw, (int, float)) and not isinstance(raw, bool):
        return _hundredfold(float(raw), str(raw), _no_amount)
    text = "".join(plain(raw).split()).lower()
    if text in UNKNOWN:
        return None
    if text in NOTHING:
        return 0
    found = _CURRENCY.match(text)
    body = found.group(2) if found else text
    times = _TENS.get(body[-1:], 1)
    body = body[:-1] if times > 1 else body
    if body[:1] == "(" and body[-1:] == ")":
        body = f"-{body[1:-1]}"
    if not _NUMBER.match(body):
        raise _no_amount(text)
    if times > 1 or len(body.partition(".")[2]) > 2:
        return _hundredfold(float(body.replace(",", "")) * times, text, _no_amount)
    try:
        return fen_from_yuan(body)
    except ValueError:  # thousands grouped wrongly, or beyond the largest amount
        raise _no_amount(text) from None


def _no_amount(text: str) -> BadCell:
    return BadCell(
        "bad_amount",
        sentence("“{t}”不是金额", "“{t}” is not an amount of money", t=text[:20]),
        sentence("只填数字（元），如 1200.50", "Write the number of yuan alone: 1200.50"),
    )


def _hundredfold(value: float, text: str, refusal: Callable[[str], BadCell]) -> int:
    if not math.isfinite(value) or abs(value) > 1e13:
        raise refusal(text)
    whole = round(value * 100)
    # A spreadsheet's 0.1 + 0.2 is 0.30000000000000004; a third of a yuan is not that.
    if abs(value * 100 - whole) > max(1e-4, abs(value) * 1e-13):
        raise BadCell(
            "too_fine",
            sentence("“{t}”的小数多于两位", "“{t}” has more than two decimals", t=text[:20]),
            sentence("请四舍五入到两位小数", "Round it to two decimals"),
        )
    return whole


def read_area(raw: Raw) -> int | None:
    """An area in square metres as square decimetres."""
    if isinstance(raw, (int, float)) and not isinstance(raw, bool):
        return _hundredfold(float(raw), str(raw), _no_area)
    text = "".join(plain(raw).split())
    if text.lower() in UNKNOWN:
        return None
    if text in NOTHING:
        return 0
    body = _SQUARE_METRES.sub("", text)
    if not _NUMBER.match(body):
        raise _no_area(text)
    return _hundredfold(float(body.replace(",", "")), text, _no_area)


def _no_area(text: str) -> BadCell:
    return BadCell(
        "bad_area",
        sentence("“{t}”不是面积", "“{t}” is not an area", t=text[:20]),
        sentence("只填平方米数，如 45.5", "Write the number of square metres alone: 45.5"),
    )


def read_whole(raw: Raw) -> int | None:
    """A whole number, with or without its counting word (``2套``)."""
    text = "".join(plain(raw).split())
    if text.lower() in UNKNOWN:
        return None
    if text in NOTHING:
        return 0
    body = _UNITS.sub("", text)
    if not re.fullmatch(r"-?\d{1,9}", body):
        raise BadCell(
            "bad_whole",
            sentence("“{t}”不是整数", "“{t}” is not a whole number", t=text[:20]),
            sentence("只填整数，如 2", "Write a whole number: 2"),
        )
    return int(body)


_YES = frozenset({"是", "有", "y", "yes", "1", "√", "✓", "✔", "true", "对"})
_NO = frozenset({"否", "无", "没有", "不是", "n", "no", "0", "×", "✗", "x", "false"})


def read_yes_no(raw: Raw) -> bool | None:
    """Yes or no; a dash or ``不详`` is unknown."""
    text = "".join(plain(raw).split()).lower()
    if text in _YES:
        return True
    if text in _NO:
        return False
    if text in UNKNOWN:
        return None
    raise BadCell(
        "bad_yes_no",
        sentence("“{t}”不是“是”或“否”", "“{t}” is neither yes nor no", t=text[:20]),
        sentence("填“是”或“否”", "Write 是 or 否"),
    )


def _choice_of(column: Column) -> Reader:
    words = {"".join(plain(word).split()).lower(): code for word, code in column.words.items()}
    offered = "、".join((column.options or tuple(column.words))[:14])

    def read(raw: Raw) -> str | None:
        text = "".join(plain(raw).split()).lower()
        code = words.get(text)
        if code is None and text.isdigit():
            code = words.get(text.zfill(2))
        if code is not None:
            return code
        if text in UNKNOWN:
            return None
        raise BadCell(
            "not_a_choice",
            sentence("“{t}”不在可选项中", "“{t}” is not one of the choices", t=text[:20]),
            sentence("可填：{o}", "Choose from: {o}", o=offered),
        )

    return read


def _choices_of(column: Column) -> Reader:
    one = _choice_of(column)

    def read(raw: Raw) -> frozenset[str] | None:
        text = plain(raw)
        if text.lower() in UNKNOWN:
            return None
        if text in NOTHING:
            return frozenset()
        return frozenset(code for part in _SEVERAL.split(text) if part and (code := one(part)) is not None)

    return read


def _bounded(column: Column, read: Reader) -> Reader:
    least = column.least if column.least is not None else -math.inf
    most = column.most if column.most is not None else math.inf
    scale = 100 if column.kind in ("amount", "area") else 1
    unit = column.unit or sentence("个", "one")

    def check(raw: Raw) -> Any:
        value = read(raw)
        if value is None or least <= value <= most:
            return value
        if value < least:
            raise BadCell(
                "too_small",
                sentence("不能小于 {n}", "It cannot be less than {n}", n=f"{least / scale:g}"),
                sentence("请核对数字和单位", "Check the number and its unit"),
            )
        raise BadCell(
            "too_large",
            sentence("大得不合常理（超过 {n}）", "Implausibly large (over {n})", n=f"{most / scale:,.0f}"),
            sentence(
                "请核对单位是否为“{u}”，是否多写了零", "Check the unit ({u}) and for a zero too many", u=unit
            ),
        )

    return check


def _not_after(today: date, read: Reader) -> Reader:
    def check(raw: Raw) -> date | None:
        value: date | None = read(raw)
        if value is not None and not date(1900, 1, 1) <= value <= today:
            raise BadCell(
                "day_out_of_range",
                sentence(
                    "日期 {d} 在今天之后或早于1900年", "The day {d} is after today or before 1900", d=value
                ),
                sentence("请核对年份", "Check the year"),
            )
        return value

    return check


_READERS: dict[str, Reader] = {
    "text": read_text,
    "key": read_text,
    "name": read_name,
    "id": read_id,
    "phone": read_phone,
    "day": read_day,
    "amount": read_amount,
    "area": read_area,
    "whole": read_whole,
    "yes_no": read_yes_no,
}


def reader_of(column: Column, today: date) -> Reader:
    """The function that reads this column's cells. Kinds with few distinct values remember what they have read."""
    if column.kind == "choice":
        read = _choice_of(column)
    elif column.kind == "choices":
        read = _choices_of(column)
    else:
        read = _READERS[column.kind]
    if column.kind in ("amount", "area", "whole"):
        read = _bounded(column, read)
    if column.kind == "day":
        read = _not_after(today, read)
    if column.kind in ("name", "id", "key", "text", "phone"):
        return read
    return lru_cache(maxsize=4096, typed=True)(read)
