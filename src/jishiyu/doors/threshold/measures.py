"""Words for the units in which standards are measured, in the reader's language."""

from django.utils.translation import gettext, npgettext


def unit_word(unit: str, n: int) -> str:
    """The word behind a number of ``unit`` (of the pack): ``1 month``, ``3 months``; empty for bare counts and texts."""
    words = {
        "yuan": gettext("元"),
        "m2": gettext("平方米"),
        "months": npgettext("unit", "个月", "个月", n),
        "days": npgettext("unit", "天", "天", n),
        "hours": npgettext("unit", "小时", "小时", n),
        "years": npgettext("unit", "年", "年", n),
        "persons": npgettext("unit", "人", "人", n),
        "households": npgettext("unit", "户", "户", n),
        "ratio": "%",
    }
    return words.get(unit, "")
