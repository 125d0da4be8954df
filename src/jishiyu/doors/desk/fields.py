"""Form fields that read what officials type: yuan, square metres, dates; empty always means not known, never zero."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext, gettext_lazy, pgettext_lazy

from jishiyu.foundations.money import fen_from_yuan, yuan_text
from jishiyu.foundations.outcomes import Sentence

UNKNOWN = pgettext_lazy("a fact", "未知")


def english() -> bool:
    """Whether the reader chose English."""
    return (get_language() or "").startswith("en")


def say(value: Sentence) -> str:
    """A sentence in the reader's language, for labels and messages made in Python."""
    return value.say("en" if english() else "zh")


_CODE_OF_COMMUNITY = re.compile(r"\d{9}(\d{3})")


def community_name(text: str) -> str:
    """A community as it was registered; where only its statistical code was given, that is said, since no list of names is at hand."""
    code = _CODE_OF_COMMUNITY.fullmatch(text.strip())
    return gettext("社区%(n)s（只有编码）") % {"n": code[1]} if code else text


class YuanField(forms.CharField):
    """An amount typed in yuan (``1,200.50``, ``￥1200``, full width), given back as fen; empty gives None."""

    def __init__(self, *, least: int = 0, **kwargs: Any) -> None:
        self.least = least
        kwargs.setdefault("max_length", 20)
        kwargs.setdefault(
            "widget", forms.TextInput(attrs={"inputmode": "decimal", "placeholder": UNKNOWN, "class": "num"})
        )
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Any:
        """Fen, or None when nothing was typed. Refuses what is no amount, and amounts below the least."""
        text = (
            unicodedata.normalize("NFKC", super().clean(value) or "")
            .strip()
            .lstrip("¥")
            .removesuffix("元")
            .strip()
        )
        if not text:
            return None
        try:
            fen = fen_from_yuan(text)
        except ValueError:
            raise forms.ValidationError(
                gettext("“%(text)s”不是金额，请填元，最多两位小数"), params={"text": text}
            ) from None
        if fen < self.least:
            raise forms.ValidationError(gettext("金额不能是负数"))
        return fen

    def prepare_value(self, value: Any) -> Any:
        """Fen from a record as plain yuan; what the user typed stays as typed."""
        return yuan_text(value, grouped=False).removesuffix(".00") if isinstance(value, int) else value


class AreaField(forms.DecimalField):
    """Square metres with at most two decimals, given back as whole square decimetres."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=0, max_digits=8, decimal_places=2, **kwargs)
        self.widget.attrs.update({"placeholder": UNKNOWN, "step": "0.1"})

    def clean(self, value: Any) -> Any:
        """Square decimetres, or None."""
        metres = super().clean(value)
        return None if metres is None else int(metres * 100)

    def prepare_value(self, value: Any) -> Any:
        """Square decimetres from a record as square metres; typed text stays."""
        return f"{value / 100:g}" if isinstance(value, int) else value


class CountField(forms.IntegerField):
    """A whole number from zero; empty means not known."""

    def __init__(self, *, most: int = 99, **kwargs: Any) -> None:
        super().__init__(min_value=0, max_value=most, **kwargs)
        self.widget.attrs.update({"placeholder": UNKNOWN, "inputmode": "numeric"})


class WordField(forms.TypedChoiceField):
    """One of some coded words, or not known. The words are said in the reader's language when the form is made."""

    def __init__(self, words: Mapping[Any, Sentence], **kwargs: Any) -> None:
        self.words = words
        whole = all(isinstance(code, int) for code in words)
        super().__init__(coerce=int if whole else str, empty_value=None, choices=self._choices, **kwargs)

    def _choices(self) -> Iterable[tuple[str, Any]]:
        return [("", UNKNOWN), *((str(code), say(word)) for code, word in self.words.items())]


class YesNoField(forms.TypedChoiceField):
    """Yes, no, or not known."""

    def __init__(self, **kwargs: Any) -> None:
        choices = [("", UNKNOWN), ("True", gettext_lazy("是")), ("False", gettext_lazy("否"))]
        super().__init__(coerce=lambda text: text == "True", empty_value=None, choices=choices, **kwargs)


class DayField(forms.DateField):
    """A day, by the browser's own calendar."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        super().__init__(**kwargs)
