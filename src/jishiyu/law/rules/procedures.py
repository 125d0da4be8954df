"""Procedures as tables, by era of law: who does what, on what papers, within how many days, and what comes next."""

from collections.abc import Sequence
from typing import Literal

from pydantic import Field

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


class Limit(Part):
    """How long a step may take: ``n`` days, counted from the day after the step began. ``hours`` for emergencies."""

    n: int = Field(gt=0)
    unit: Literal["working", "calendar", "hours"]
    confidence: Confidence
    note: Words | None = None


class StepPaper(Part):
    """A paper without which the step cannot be left (``required``), or that is asked for where it exists."""

    key: str = Field(pattern=r"^[a-z0-9_]+$")
    name: Words
    required: bool


class Outcome(Part):
    """One way out of a step. ``reasons``: the post has to say why. ``after``: steps to be taken since the last review first."""

    key: str = Field(pattern=r"^[a-z_]+$")
    name: Words
    next: StepKey
    reasons: bool = False
    after: tuple[StepKey, ...] = ()

    def lacks(self, taken: Sequence[str]) -> tuple[str, ...]:
        """The steps of ``after`` that were not taken since the last review; ``taken`` are step keys, the earliest first."""
        last_review = max((place for place, key in enumerate(taken) if key == "review"), default=-1)
        return tuple(key for key in self.after if key not in taken[last_review + 1 :])


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


class Procedure(Part):
    """How cases of some items run in one era. ``outline``: only what is known is written down, no case can run on it."""

    items: tuple[str, ...] = Field(min_length=1)
    era: EraKey
    status: Literal["full", "outline"]
    name: Words
    instruments: tuple[str, ...]
    total: Limit | None = None
    total_longest: Limit | None = None
    clock_stops: tuple[StepKey, ...] = ()
    steps: tuple[Step, ...] = ()
    publicity: Publicity | None = None
    spot_check: SpotCheck | None = None
    rechecks: tuple[Recheck, ...] = ()
    anytime: tuple[Anytime, ...] = ()
    known: tuple[Words, ...] = ()
    confidence: Confidence
    note: Words | None = None

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


class ProcedurePage(Part):
    """One file of ``procedures/``."""

    procedures: tuple[Procedure, ...] = Field(min_length=1)
