"""How facts are said on paper, in the reader's language: days, amounts, what is not known."""

from datetime import date
from typing import Any

from django.utils import formats
from django.utils.translation import gettext

from jishiyu.doors.threshold.papers.words import foot, language
from jishiyu.doors.threshold.templatetags.jishiyu import say
from jishiyu.foundations.money import yuan_text

__all__ = ["amount", "bracketed", "day", "foot", "language", "say", "with_colon"]


def day(value: date | None) -> str:
    """A day as official papers write it: 2024年6月20日. Empty for none."""
    return str(formats.date_format(value, gettext("Y年n月j日"))) if value else ""


def amount(fen: int | None) -> str:
    """An amount in yuan; one that is not known says so."""
    return gettext("不清楚") if fen is None else gettext("%(amount)s 元") % {"amount": yuan_text(fen)}


def with_colon(words: Any) -> str:
    """Words with the colon of their language."""
    return f"{say(words)}{'：' if language() == 'zh' else ': '}"


def bracketed(words: str) -> str:
    """In the brackets of the language; nothing for nothing."""
    return "" if not words else f"（{words}）" if language() == "zh" else f" ({words})"
