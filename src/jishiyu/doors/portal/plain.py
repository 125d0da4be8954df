"""Standards in plain words for the public: how much, from when, on what ground, and how sure we are."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language, gettext

from jishiyu.doors.threshold.measures import unit_word
from jishiyu.foundations.money import yuan_text
from jishiyu.foundations.outcomes import CannotBecause, Sentence
from jishiyu.law.queries import pack
from jishiyu.law.rules.parameters import Dated, DatedText


@dataclass(frozen=True, slots=True)
class Standard:
    """One standard on one day. ``text`` is empty when it is not known; then nothing stands in its place."""

    id: str
    name: Sentence
    text: str
    first: date | None
    citation: str
    confidence: str
    note: Sentence | None


def standard(id: str, day: date) -> Standard:
    """The standard in words. One that the pack does not know for that day says so."""
    name = next((one.name for one in pack().parameters if one.id == id), Sentence(id, id))
    try:
        found = pack().dated(id, day)
    except CannotBecause:
        return Standard(id, name, "", None, "", "", None)
    return Standard(id, name, words(found), found.first, str(found.citation), found.confidence, found.note)


def words(found: Dated | DatedText) -> str:
    """A value with its unit and for whom and how long it counts."""
    if isinstance(found, DatedText):
        return found.text.say("en" if (get_language() or "").startswith("en") else "zh")
    amount = _amount(found)
    per = _per().get(found.per or "")
    return gettext("%(amount)s／%(per)s") % {"amount": amount, "per": per} if per else amount


def _amount(found: Dated) -> str:
    if found.unit == "yuan":
        return gettext("%(yuan)s 元") % {"yuan": yuan_text(found.value).removesuffix(".00")}
    if found.unit == "ratio":
        return f"{found.value / 100:g}%"
    if found.unit == "m2":
        return gettext("%(n)s 平方米") % {"n": f"{found.value / 100:g}"}
    return f"{found.value} {unit_word(found.unit, found.value)}".strip()


def _per() -> dict[str, str]:
    return {
        "person-month": gettext("每人每月"),
        "person-year": gettext("每人每年"),
        "household-month": gettext("每户每月"),
        "household-year": gettext("每户每年"),
        "household-season": gettext("每户每采暖季"),
        "month": gettext("每月"),
        "year": gettext("每年"),
        "student-month": gettext("每生每月"),
        "student-year": gettext("每生每年"),
        "person": gettext("每人"),
        "household": gettext("每户"),
        "once": gettext("一次性"),
        "death": gettext("每例"),
        "m2-season": gettext("每平方米每采暖季"),
    }
