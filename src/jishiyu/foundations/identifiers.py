"""Citizen identity numbers (公民身份号码, GB 11643-1999): checks, upgrade from 15 digits, and masks for every screen."""

import unicodedata
from dataclasses import dataclass
from datetime import date

from stdnum.cn import ric  # type: ignore[import-untyped,unused-ignore]

from jishiyu.foundations.outcomes import Sentence, sentence

# No county has this code in GB/T 2260; numbers that begin with it are invented and are marked 测试 wherever shown.
SYNTHETIC_PREFIX = "119900"

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"


class BadIdNumber(ValueError):
    """The text is no identity number; ``sentence`` says why in both languages."""

    def __init__(self, why: Sentence) -> None:
        super().__init__(why.say("en"))
        self.sentence = why


@dataclass(frozen=True, slots=True)
class IdNumber:
    """A checked 18-character number with what it says about its holder."""

    text: str
    born: date
    sex: int  # 1 male, 2 female (GB/T 2261.1)
    synthetic: bool

    @property
    def last_four(self) -> str:
        """The last four characters, used to find a person."""
        return self.text[-4:]


def check_character(first_seventeen: str) -> str:
    """The check character of GB 11643-1999 (ISO 7064 MOD 11-2)."""
    total = sum(int(digit) * weight for digit, weight in zip(first_seventeen, _WEIGHTS, strict=True))
    return _CHECKS[total % 11]


def read_id_number(raw: str) -> IdNumber:
    """Read a number as people write it: full-width, spaced, lower-case x, or the old 15 digits.

    Raises :class:`BadIdNumber` with the reason.
    """
    text = "".join(unicodedata.normalize("NFKC", raw).split()).upper()
    if len(text) == 15 and text.isascii() and text.isdigit():
        # The 15-digit form was issued to people born in 1900 to 1999 only.
        longer = text[:6] + "19" + text[6:]
        text = longer + check_character(longer)
    if len(text) != 18:
        raise BadIdNumber(
            sentence(
                "身份证号应为18位（或旧15位），现为{n}位",
                "An ID number has 18 (or formerly 15) characters, not {n}",
                n=len(text),
            )
        )
    if not (text[:17].isascii() and text[:17].isdigit() and text[17] in "0123456789X"):
        raise BadIdNumber(
            sentence("身份证号只能是数字，末位可为X", "An ID number is digits, the last may be X")
        )
    try:
        born = date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
    except ValueError:
        raise BadIdNumber(
            sentence(
                "身份证号中的出生日期“{d}”不存在",
                "The birth date “{d}” in the ID number does not exist",
                d=text[6:14],
            )
        ) from None
    if text[17] != check_character(text[:17]):
        raise BadIdNumber(
            sentence(
                "身份证号校验位不符：末位应为{c}",
                "The ID number's check character is wrong: it should end in {c}",
                c=check_character(text[:17]),
            )
        )
    synthetic = text.startswith(SYNTHETIC_PREFIX)
    if not synthetic and not _known_place(text):
        raise BadIdNumber(
            sentence(
                "身份证号前六位“{p}”不是行政区划代码",
                "The first six digits “{p}” are no administrative division",
                p=text[:6],
            )
        )
    return IdNumber(text, born, 1 if int(text[16]) % 2 else 2, synthetic)


def _known_place(text: str) -> bool:
    try:
        return bool(ric.get_birth_place(text))
    except Exception:  # the library raises its own ValidationError family for unknown places
        return False


def masked_id(text: str) -> str:
    """``110102********1234``: as much as a screen shows without a reason given."""
    return text[:6] + "*" * max(len(text) - 10, 0) + text[-4:] if len(text) >= 10 else "*" * len(text)


def masked_name(name: str) -> str:
    """The name as published: the first character and one star for each other one (``王*``, ``欧**``)."""
    return name[:1] + "*" * max(len(name) - 1, 1)


def masked_phone(phone: str) -> str:
    """``138****5678``."""
    return phone[:3] + "****" + phone[-4:] if len(phone) >= 8 else "*" * len(phone)
