"""The figures of a quarter: one line for each programme, sub-district, source, step, band; computed from events, never typed in.

Amounts are fen, shares basis points, times days.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from jishiyu.foundations.outcomes import Sentence, sentence
from jishiyu.foundations.secrets import sm3

Part = Literal["total", "programme", "sub_district", "source", "step", "street_unit", "agency_unit", "band"]
PARTS: tuple[Part, ...] = (
    "total", "programme", "sub_district", "source", "step", "street_unit", "agency_unit", "band",
)  # fmt: skip

MEASURES: dict[str, Sentence] = {
    "households": sentence("在册困难家庭", "Known households"),
    "applications": sentence("受理申请", "Applications"),
    "granted": sentence("批准", "Granted"),
    "refused": sentence("不予批准", "Refused"),
    "withdrawn": sentence("撤回", "Withdrawn"),
    "in_progress": sentence("期末在办", "In progress at the end"),
    "helped": sentence("受助家庭", "Households paid"),
    "payments": sentence("发放笔数", "Payments"),
    "paid": sentence("发放金额", "Amount paid"),
    "notices": sentence("公示", "Public notices"),
    "objections": sentence("异议", "Objections"),
    "upheld": sentence("异议成立", "Objections upheld"),
    "steps": sentence("办结环节", "Steps taken"),
    "timed": sentence("有时限的环节", "Steps with a term"),
    "late": sentence("超期环节", "Steps late"),
    "days": sentence("累计用时", "Days altogether"),
    "received": sentence("到账", "Received"),
    "left": sentence("期末结余", "Left at the end"),
}
MONEY = frozenset({"paid", "received", "left"})

Values = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Line:
    """The figures of one thing: ``key`` is a code (programme, sub-district, agency), a source's id, a step, or a band."""

    part: Part
    key: str
    values: Values

    def value(self, measure: str) -> int:
        """A figure; what was not counted for this line is zero."""
        return self.values.get(measure, 0)

    @property
    def on_time(self) -> int | None:
        """The share of steps taken within their term, in basis points; None when no step with a term was taken."""
        return on_time(self.value("timed"), self.value("late"))

    @property
    def mean_days(self) -> int | None:
        """Mean days of a step in hundredths of a day; None without steps."""
        steps = self.value("steps")
        return self.value("days") * 100 // steps if steps else None


@dataclass(frozen=True, slots=True)
class Figures:
    """All lines of a quarter, in the order of parts and, within a part, of the policy pack."""

    year: int
    quarter: int
    lines: tuple[Line, ...]

    def of(self, part: Part) -> tuple[Line, ...]:
        """The lines of one part."""
        return tuple(line for line in self.lines if line.part == part)

    def line(self, part: Part, key: str = "") -> Line:
        """One line; an empty one when nothing was counted under the key."""
        return next((one for one in self.lines if (one.part, one.key) == (part, key)), Line(part, key, {}))

    @property
    def total(self) -> Line:
        """The line of the whole reach."""
        return self.line("total")


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure that is no longer what was stored."""

    part: Part
    key: str
    measure: str
    stored: int
    now: int


def on_time(timed: int, late: int) -> int | None:
    """The share of steps with a term that were taken within it, in basis points (half up)."""
    return ((timed - late) * 20_000 + timed) // (2 * timed) if timed else None


def differences(stored: Figures, now: Figures) -> list[Difference]:
    """Every figure in which the two differ."""
    keys = dict.fromkeys([(line.part, line.key) for line in (*stored.lines, *now.lines)])
    found = []
    for part, key in keys:
        one, other = stored.line(part, key), now.line(part, key)
        for measure in dict.fromkeys([*one.values, *other.values]):
            if one.value(measure) != other.value(measure):
                found.append(Difference(part, key, measure, one.value(measure), other.value(measure)))
    return found


def seal(figures: Figures, pack_version: str) -> str:
    """The SM3 digest of the figures and of the policy they rest on, in hexadecimal. Zero figures do not count."""
    words = json.dumps(
        [figures.year, figures.quarter, pack_version, _plain(figures.lines)],
        separators=(",", ":"),
        sort_keys=True,
    )
    return sm3(words.encode()).hex()


def _plain(lines: Iterable[Line]) -> list[tuple[str, str, dict[str, int]]]:
    counted = [(line.part, line.key, {m: v for m, v in line.values.items() if v}) for line in lines]
    return sorted((one for one in counted if one[2]), key=lambda one: one[:2])
