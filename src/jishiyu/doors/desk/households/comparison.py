"""Two snapshots of a household side by side, fact by fact, in words: what changed stands out."""

from dataclasses import dataclass, replace
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext

from jishiyu.doors.desk.fields import UNKNOWN, AreaField, WordField, YesNoField, YuanField, say
from jishiyu.doors.desk.households.facts import (
    BELONGINGS,
    HEALTH,
    HOUSING,
    INCOMES,
    LIFE,
    HouseholdFacts,
    MemberFacts,
)
from jishiyu.foundations.money import yuan_text
from jishiyu.registry.rules.situation import HouseholdSituation


@dataclass(frozen=True, slots=True)
class Line:
    """One fact now and then, in words. ``then`` is None when there is nothing to compare with."""

    whose: str
    label: str | Promise
    now: str
    then: str | None
    changed: bool = False


def compared(now: HouseholdSituation, then: HouseholdSituation | None, names: dict[str, str]) -> list[Line]:
    """Every fact of the newer snapshot beside the older one's: the household's first, then each member's."""
    lines = home_lines(now, then)
    before = {member.person_id: member for member in then.members} if then else {}
    for member in now.members:
        whose = names.get(member.person_id, gettext("已不在本户的成员"))
        earlier = before.get(member.person_id)
        lines += [
            _line(whose, name, MemberFacts.base_fields[name], member, earlier) for name in LIFE + INCOMES
        ]
        lines += [
            _masked(_line(whose, name, MemberFacts.base_fields[name], member, earlier)) for name in HEALTH
        ]
    return lines


def home_lines(now: HouseholdSituation, then: HouseholdSituation | None = None) -> list[Line]:
    """The household's own facts, without the members'."""
    home = gettext("家庭")
    return [_line(home, name, HouseholdFacts.base_fields[name], now, then) for name in HOUSING + BELONGINGS]


def in_words(field: Any, value: Any) -> str:
    """A fact in the reader's words; what is not known says so."""
    if value is None:
        return str(UNKNOWN)
    if isinstance(field, YuanField):
        return yuan_text(value)
    if isinstance(field, AreaField):
        return f"{value / 100:g} m²"
    if isinstance(field, WordField):
        return say(field.words[value]) if value in field.words else str(value)
    if isinstance(field, YesNoField):
        return gettext("是") if value else gettext("否")
    return str(value)


def _line(whose: str, name: str, field: Any, now: Any, then: Any) -> Line:
    after = in_words(field, getattr(now, name))
    before = in_words(field, getattr(then, name)) if then is not None else None
    return Line(whose, field.label, after, before, before is not None and before != after)


def _masked(line: Line) -> Line:
    """A line about health: that something is on record and whether it changed, not what."""
    on_record = gettext("已登记（不显示）")
    now, then = (on_record if words not in (None, str(UNKNOWN)) else words for words in (line.now, line.then))
    return replace(line, now=str(now), then=then)
