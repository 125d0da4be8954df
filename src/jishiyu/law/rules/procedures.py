"""Procedures as tables, by era of law: who does what, on what papers, within how many days, and what comes next."""

from collections.abc import Sequence
from datetime import date
from typing import Literal

from pydantic import Field

from jishiyu.foundations.outcomes import Sentence, sentence
from jishiyu.law.rules.parts import Confidence, Number, Part, Role, Span, Words

StepKey = Literal[
    "apply", "accept", "advance", "check", "visit", "appraisal", "review", "notice", "decide", "announce",
    "pay", "deliver", "recheck", "end",
]  # fmt: skip
EraKey = Literal["E1", "E2", "E3", "E4"]
Days = Literal["working", "calendar"]


class Era(Span):
    """A span of days under one procedural law. E4 has no first day: the law was not known to be passed."""

    key: EraKey
    name: Words
    instruments: tuple[str, ...]
    note: Words
    confidence: Confidence


_UNITS: dict[str, Sentence] = {
    "working": sentence("个工作日", "working days"),
    "calendar": sentence("日（自然日）", "calendar days"),
    "hours": sentence("小时", "hours"),
    "months": sentence("个月", "months"),
}


class Limit(Part):
    """How long a step may take: ``n`` days, counted from the day after the step began.

    ``hours`` for emergencies, ``months`` for the cycle of re-checks.
    """

    n: int = Field(gt=0)
    unit: Literal["working", "calendar", "hours", "months"]
    confidence: Confidence
    note: Words | None = None

    @property
    def words(self) -> Sentence:
        """``10个工作日``."""
        unit = _UNITS[self.unit]
        one = sentence(unit.zh, unit.en.removesuffix("s")) if self.n == 1 else unit
        return sentence("{n}{u}", "{n} {u}", n=self.n, u=one)


class StepPaper(Part):
    """A paper without which the step cannot be left (``required``), or that is asked for where it exists."""

    key: str = Field(pattern=r"^[a-z0-9_]+$")
    name: Words
    required: bool


class Outcome(Part):
    """One way out of a step. ``reasons``: the post has to say why.

    ``after``: steps that have to be taken first, since the case was last at ``since`` (the review, if not written).
    """

    key: str = Field(pattern=r"^[a-z_]+$")
    name: Words
    next: StepKey
    reasons: bool = False
    after: tuple[StepKey, ...] = ()
    since: StepKey = "review"

    def lacks(self, taken: Sequence[str]) -> tuple[str, ...]:
        """The steps of ``after`` that were not taken since the last ``since``; ``taken`` are step keys, the earliest first."""
        last = max((place for place, key in enumerate(taken) if key == self.since), default=-1)
        return tuple(key for key in self.after if key not in taken[last + 1 :])


class Step(Part):
    """One step. ``not_by``: steps whose officer may not do this one (the second pair of eyes)."""

    key: StepKey
    name: Words
    role: Role
    office: Literal["sub_district", "lead_agency", "finance", "district_check"]
    limit: Limit | None
    papers: tuple[StepPaper, ...] = ()
    not_by: tuple[StepKey, ...] = ()
    people: int = Field(default=1, ge=1, le=3)
    outcomes: tuple[Outcome, ...]
    confidence: Confidence
    note: Words | None = None


class Publicity(Part):
    """Whether the case is published before the decision, for how many days, and what may be shown."""

    published: bool
    days: int | None
    unit: Days | None
    second_days: int | None = None
    roll_over: bool = False
    shown: tuple[Words, ...] = ()
    confidence: Confidence
    note: Words | None = None


class SpotCheck(Part):
    """The share of cases that the level above visits again; near relatives of staff are always visited."""

    share: Number = Field(ge=0, le=1)
    near_relatives_always: bool
    confidence: Confidence

    @property
    def basis_points(self) -> int:
        """The share in basis points."""
        return int(self.share * 10_000)


class Recheck(Part):
    """How often an award of one class is looked at again."""

    key: str = Field(pattern=r"^[a-z_]+$")
    name: Words
    months: int = Field(gt=0)
    confidence: Confidence


class Anytime(Part):
    """A way out that every step before the decision has."""

    key: str = Field(pattern=r"^[a-z_]+$")
    name: Words
    by: Literal["applicant", "office"]


class ClockStops(Part):
    """How sure it is that time in these steps is not counted into the limit of the whole, and who sets it."""

    confidence: Confidence
    note: Words | None = None


class Procedure(Part):
    """How cases of an item run in one era. ``outline``: only what is known is written down, no case can run on it.

    ``like``: the template that it was built from. ``from`` and ``to``: it is for cases accepted on these days of the era only.
    ``total_from``: whether the limit of the whole counts from the application or from its acceptance.
    """

    items: tuple[str, ...] = Field(min_length=1)
    era: EraKey
    status: Literal["full", "outline"] = "full"
    like: str = ""
    from_: date | None = Field(default=None, alias="from")
    to: date | None = None
    name: Words
    instruments: tuple[str, ...]
    total: Limit | None = None
    total_longest: Limit | None = None
    total_from: Literal["applied", "accepted"] = "accepted"
    clock_stops: tuple[StepKey, ...] = ()
    clock_stops_how: ClockStops | None = None
    steps: tuple[Step, ...] = ()
    publicity: Publicity | None = None
    spot_check: SpotCheck | None = None
    rechecks: tuple[Recheck, ...] = ()
    anytime: tuple[Anytime, ...] = ()
    known: tuple[Words, ...] = ()
    confidence: Confidence
    note: Words | None = None

    def holds(self, day: date) -> bool:
        """Whether it is for cases accepted that day, as far as its own days say."""
        return (self.from_ is None or self.from_ <= day) and (self.to is None or day <= self.to)

    def limit_of(self, key: str, group: str = "") -> Limit | None:
        """The limit of a step. A re-check has the cycle of the household's ``group``; of the shortest where none is told."""
        step = self.step(key)
        if key != "recheck" or step.limit is not None or not self.rechecks:
            return step.limit
        named = [one for one in self.rechecks if one.key == group]
        cycle = min(named or self.rechecks, key=lambda one: one.months)
        return Limit(n=cycle.months, unit="months", confidence=cycle.confidence, note=cycle.name)

    @property
    def first(self) -> Step:
        """The step that a case begins with."""
        return self.steps[0]

    def step(self, key: str) -> Step:
        """The step of that key. Raises KeyError."""
        for step in self.steps:
            if step.key == key:
                return step
        raise KeyError(key)


class EraPage(Part):
    """``procedures.yaml``: the eras, and what is common to all procedures of an era."""

    eras: tuple[Era, ...] = Field(min_length=1)
