"""Values of standards in words: the number in its unit, and per what."""

from django.utils.translation import gettext, gettext_lazy

from jishiyu.doors.threshold.measures import unit_word
from jishiyu.foundations.money import yuan_text
from jishiyu.law.rules.parameters import Dated

PER = {
    "person-month": gettext_lazy("每人每月"), "person-year": gettext_lazy("每人每年"),
    "household-month": gettext_lazy("每户每月"), "household-year": gettext_lazy("每户每年"),
    "household-season": gettext_lazy("每户每采暖季"), "month": gettext_lazy("每月"), "year": gettext_lazy("每年"),
    "student-month": gettext_lazy("每生每月"), "student-year": gettext_lazy("每生每年"), "person": gettext_lazy("每人"),
    "household": gettext_lazy("每户"), "once": gettext_lazy("一次性"), "death": gettext_lazy("每例身故"),
    "m2-season": gettext_lazy("每平方米每采暖季"),
}  # fmt: skip
FORMS = {
    "cash": gettext_lazy("现金"), "in_kind": gettext_lazy("实物"), "service": gettext_lazy("服务"),
    "waiver": gettext_lazy("减免"), "voucher": gettext_lazy("券"), "status": gettext_lazy("身份认定"),
    "policy": gettext_lazy("政策"), "job": gettext_lazy("岗位"),
}  # fmt: skip


def number(value: int, unit: str) -> str:
    """The integer of rules as people write it: fen as yuan, basis points as per cent, square decimetres as square metres."""
    if unit == "yuan":
        return yuan_text(value).removesuffix(".00")
    if unit in ("ratio", "m2"):
        return f"{value / 100:g}"
    return f"{value:,}"


def written(dated: Dated) -> str:
    """A value with its unit and per what."""
    return amount(dated.value, dated.unit, dated.per)


def amount(value: int, unit: str, per: str | None) -> str:
    """An integer of rules with its unit and per what, in the order of the reader's language."""
    blank = "" if unit == "ratio" else " "
    told = f"{number(value, unit)}{blank}{unit_word(unit, value)}".strip()
    rate = PER.get(per or "")
    return gettext("%(rate)s %(amount)s") % {"rate": rate, "amount": told} if rate else told
