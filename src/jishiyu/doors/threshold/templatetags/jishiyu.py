"""Filters that every template may use: sentences in the reader's language, money in yuan, masks."""

import re
from typing import Any

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from jishiyu.foundations import identifiers
from jishiyu.foundations.money import yuan_text
from jishiyu.foundations.outcomes import Sentence

register = template.Library()
_SIGN = r"[\u3000-\u303f\u3400-\u4dbf\u4e00-\u9fff\uff01-\uff5e]"
# From the first Chinese sign of a stretch to its last, with the figures and brackets of it: 京民社救发〔2023〕240号(转载).
_CHINESE = re.compile(rf"{_SIGN}(?:[^A-Za-z<&]*{_SIGN})?\)*")


def _english() -> bool:
    return (get_language() or "").startswith("en")


@register.filter
def say(value: Any) -> str:
    """A Sentence, a stored {"zh", "en"}, or any object with ``name_zh``/``name_en`` or ``title_zh``/``title_en``."""
    language = "en" if _english() else "zh"
    if isinstance(value, Sentence):
        return value.say(language)
    if isinstance(value, dict):
        return str(value.get(language) or value.get("zh") or "")
    for stem in ("name", "title", "label"):
        if hasattr(value, f"{stem}_{language}"):
            return str(getattr(value, f"{stem}_{language}"))
    return "" if value is None else str(value)


@register.filter
def as_written(value: Any) -> SafeString:
    """A name, a document's title or free text as it was written: on an English page what is Chinese is marked as Chinese.

    Not for attributes: there a mark has no place.
    """
    text = conditional_escape("" if value is None else value)
    if not _english():
        return text
    return mark_safe(_CHINESE.sub(r'<span lang="zh-Hans">\g<0></span>', text))  # noqa: S308 - escaped above


@register.filter
def bracketed(value: Any) -> SafeString:
    """In brackets as the reader's language has them, with the blank that English wants before; nothing for nothing."""
    if value in (None, ""):
        return SafeString("")
    return format_html(" ({})" if _english() else "（{}）", value)


@register.filter
def yuan(fen: int | None) -> str:
    """Fen as ``1,200.50``; an unknown amount as a dash, never as zero."""
    return "—" if fen is None else yuan_text(fen)


@register.filter
def yuan_whole(fen: int | None) -> str:
    """Fen as yuan without the decimals when there are none."""
    return "—" if fen is None else yuan_text(fen).removesuffix(".00")


@register.filter
def square_metres(dm2: int | None) -> str:
    """Square decimetres as square metres with one decimal."""
    return "—" if dm2 is None else f"{dm2 / 100:.1f}"


@register.filter
def percent(basis_points: int | None) -> str:
    """Basis points as per cent."""
    return "—" if basis_points is None else f"{basis_points / 100:g}%"


@register.filter
def points(hundredths: int | None) -> str:
    """A score kept in hundredths of a point, with one decimal."""
    return "—" if hundredths is None else f"{hundredths / 100:.1f}"


@register.filter
def masked_id(value: str) -> str:
    """An identity number as a screen shows it without a reason given."""
    return identifiers.masked_id(value or "")


@register.filter
def masked_name(value: str) -> str:
    """A name as the public sees it."""
    return identifiers.masked_name(value or "")


@register.filter
def get(mapping: dict[Any, Any], key: Any) -> Any:
    """``mapping[key]``, or None."""
    return mapping.get(key)
