"""The hardship indicators: points by cut-off, weights, the panel's matrix, bands, overrides, and what is watched for."""

from fractions import Fraction
from typing import Literal

from pydantic import Field

from jishiyu.law.rules.parameters import Unit, whole
from jishiyu.law.rules.parts import Confidence, Number, Part, Words

Compare = Literal["<", "<=", ">", ">=", "=="]


class Dimension(Part):
    """One dimension of hardship; the matrix compares these."""

    key: str = Field(pattern=r"^[a-z_]+$")
    name: Words


class CutOff(Part):
    """First hit wins. Compared with ``value`` (in the indicator's unit), or with a parameter in force (÷ ``divide``).

    ``year_before``: the parameter is the one of the year before, as the law says for yearly statistics.
    """

    when: Compare
    value: Number | None = None
    parameter: str | None = None
    divide: int = Field(default=1, gt=0)
    year_before: bool = False
    points: Number = Field(ge=0, le=1)

    @property
    def basis_points(self) -> int:
        """The points, 0 to 10 000."""
        return int(self.points * 10_000)


class Case(Part):
    """Points for one of the named circumstances of an indicator that is not a number; the first that holds counts."""

    case: str = Field(pattern=r"^[a-z0-9_]+$")
    name: Words
    points: Number = Field(ge=0, le=1)

    @property
    def basis_points(self) -> int:
        """The points, 0 to 10 000."""
        return int(self.points * 10_000)


class Without(Part):
    """Points when the number cannot be formed because what it is divided by is nothing (no worker at all)."""

    points: Number = Field(ge=0, le=1)
    name: Words

    @property
    def basis_points(self) -> int:
        """The points, 0 to 10 000."""
        return int(self.points * 10_000)


class Indicator(Part):
    """One indicator: either ``cut_offs`` of a number, or ``cases``. ``otherwise`` holds when nothing hits.

    ``of``: the number is an amount, and a cut-off ``value`` is so many times this parameter. ``harder``: in which
    direction the number means more hardship (tests rely on it). ``reason`` has places ``{value}`` and ``{cut}``.
    """

    key: str = Field(pattern=r"^[a-z_]+$")
    dim: str
    name: Words
    weight_in_dim: Number = Field(gt=0, le=1)
    unit: Unit | None = None
    of: str | None = None
    harder: Literal["higher", "lower"] | None = None
    reason: Words | None = None
    cut_offs: tuple[CutOff, ...] = ()
    without: Without | None = None
    cases: tuple[Case, ...] = ()
    otherwise: Number = Field(ge=0, le=1)
    beyond: Words | None = None
    data_source: Words
    confidence: Confidence
    note: Words | None = None

    @property
    def weight(self) -> int:
        """Its weight in the dimension, in basis points."""
        return int(self.weight_in_dim * 10_000)

    def cut(self, number: int) -> int | None:
        """The cut-off as the integer that rules compare with; a multiple of ``of`` is basis points; None for a parameter."""
        found = self.cut_offs[number].value
        if found is None or self.unit is None:
            return None
        return whole(found, "ratio" if self.of else self.unit)


class Band(Part):
    """A band of hardship; ``minimum`` is in points of 0 to 100, ``colour`` a token of the screens."""

    key: Literal["red", "orange", "yellow", "blue", "green"]
    name: Words
    min: Number = Field(ge=0, le=100)
    colour: str = Field(pattern=r"^[a-z]+$")

    @property
    def basis_points(self) -> int:
        """The least score, 0 to 10 000."""
        return int(self.min * 100)


class Override(Part):
    """A circumstance that goes before the score."""

    key: str = Field(pattern=r"^[a-z_]+$")
    when: Words
    then: Words
    band: str | None
    scored: bool
    within_hours: int | None
    confidence: Confidence


class Trigger(Part):
    """What the district watches for in the agencies' data (主动发现)."""

    key: str = Field(pattern=r"^[a-z0-9_]+$")
    name: Words
    data_source: Words
    rule: Words
    action: Words
    within_working_days: int | None = None
    confidence: Confidence
    ref: Words | None = None


class Reasons(Part):
    """How a score is explained where the indicator has no sentence of its own; ``{name}``, ``{value}``, ``{case}``."""

    case: Words
    otherwise: Words
    unknown: Words


class Finding(Part):
    """What national or other places' rules say; evidence beside the model, not part of it."""

    place: Words
    metric: Words
    threshold: Words
    confidence: Confidence
    ref: str


class IndicatorSet(Part):
    """``indicators.yaml``."""

    version: str
    status: Literal["illustrative", "draft", "approved"]
    note: Words
    reasons: Reasons
    dims: tuple[Dimension, ...] = Field(min_length=3)
    matrix: tuple[tuple[str, ...], ...]
    consistency_limit: Number
    random_index: tuple[Number, ...]
    bands: tuple[Band, ...] = Field(min_length=2)
    indicators: tuple[Indicator, ...] = Field(min_length=1)
    overrides: tuple[Override, ...]
    triggers: tuple[Trigger, ...]
    evidence: tuple[Finding, ...]

    def judgements(self) -> tuple[tuple[Fraction, ...], ...]:
        """The matrix as exact fractions."""
        return tuple(tuple(Fraction(cell) for cell in row) for row in self.matrix)

    def of_dim(self, key: str) -> tuple[Indicator, ...]:
        """The indicators of one dimension."""
        return tuple(one for one in self.indicators if one.dim == key)

    def indicator(self, key: str) -> Indicator:
        """The indicator of that key. Raises KeyError."""
        for one in self.indicators:
            if one.key == key:
                return one
        raise KeyError(key)
