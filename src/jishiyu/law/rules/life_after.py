"""What the pack says of the life after an award: what each change of circumstances leads to, grace, transfers, appeals."""

from collections.abc import Iterable
from datetime import date
from typing import Literal

from pydantic import Field

from jishiyu.law.rules.parts import Confidence, Part, Span, Words, in_force

MeasureKey = Literal["recheck", "suspend", "resume", "grace", "stop", "none"]
AppealKind = Literal["reconsideration", "lawsuit", "petition"]


class Within(Part):
    """A number of days or months, and how sure we are of it."""

    n: int = Field(gt=0)
    unit: Literal["working", "calendar", "months"]
    confidence: Confidence
    note: Words | None = None


class ChangeRule(Part):
    """One change of circumstances (情况变化): what is proposed for each running award, from the month after its day.

    ``alone``: what is proposed instead where nobody else lives in the household. ``items``: the only items that ``measure`` is
    for; all others are re-checked. ``registry``: the kinds of a change of members that mean this one.
    """

    key: str = Field(pattern=r"^[a-z_]+$")
    name: Words
    measure: MeasureKey
    alone: MeasureKey | None = None
    items: tuple[str, ...] = ()
    registry: tuple[str, ...] = ()
    of_person: bool = True
    citation: str = ""
    confidence: Confidence
    note: Words | None = None

    def measure_for(self, item: str, *, alone: bool) -> MeasureKey:
        """What is proposed for an award of an item."""
        wanted = self.alone if alone and self.alone else self.measure
        return "recheck" if self.items and item not in self.items and wanted == self.measure else wanted


class Grace(Part):
    """The grace period (渐退期): for awards of which items, and the parameter of each month's share."""

    items: tuple[str, ...] = ()
    shares: tuple[str, ...] = ()


class AppealWay(Span):
    """One way to appeal in a span of days: before whom, within what time, and until when it is answered."""

    kind: AppealKind
    name: Words
    bodies: tuple[Words, ...] = Field(min_length=1)
    file_within: Within | None
    decide_within: Within | None
    prolonged_by: Within | None = None
    citation: str
    confidence: Confidence
    note: Words | None = None


class LifeAfter(Part):
    """``life_after`` of ``district.yaml``."""

    changes: tuple[ChangeRule, ...] = ()
    grace: Grace = Grace()
    transfer_recheck: Within | None = None
    change_recheck: Within | None = None
    objection_answer: Within | None = None
    watch_after_end: Within | None = None
    appeals: tuple[AppealWay, ...] = ()

    def change(self, key: str) -> ChangeRule | None:
        """The rule of a change; None for a key that the pack does not have."""
        return next((one for one in self.changes if one.key == key), None)

    def change_of_members(self, kind: str) -> ChangeRule | None:
        """The rule that a change of members of the register means; None where the pack says nothing of it."""
        return next((one for one in self.changes if kind in one.registry), None)

    def ways(self, day: date) -> tuple[AppealWay, ...]:
        """The ways to appeal that are open against a decision of a day, in the pack's order."""
        found = (self.way(kind, day) for kind in _ordered(one.kind for one in self.appeals))
        return tuple(one for one in found if one is not None)

    def way(self, kind: str, day: date) -> AppealWay | None:
        """One way as it is on a day; None where the pack has none."""
        return in_force([one for one in self.appeals if one.kind == kind], day)


def _ordered(kinds: Iterable[AppealKind]) -> list[AppealKind]:
    return list(dict.fromkeys(kinds))
