"""How the measures of multidimensional poverty are shown: rounded for reading, small counts hidden, charts, sheets."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext

from jishiyu.assessment.rules.alkire_foster import CurvePoint, Errors, Poverty
from jishiyu.assessment.rules.district_poverty import Found, Question
from jishiyu.assessment.rules.small_cells import LEAST, hidden
from jishiyu.doors.desk.fields import say
from jishiyu.doors.desk.sheet import Column, Sheet
from jishiyu.foundations.outcomes import Sentence, sentence
from jishiyu.law.queries import pack

_Z = 1.96  # two sides of the normal distribution at 95 of 100


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """One measure: its letter, its name, its value as a share, its standard error and its interval as text."""

    letter: str
    name: Sentence
    value: str
    error: str
    interval: str


@dataclass(frozen=True, slots=True)
class AreaLine:
    """One sub-district; the figures are empty where so few are poor that they are not shown."""

    name: Sentence
    share: str
    headcount: str
    intensity: str
    adjusted: str
    contribution: str
    shown: bool


@dataclass(frozen=True, slots=True)
class IndicatorLine:
    """One indicator: its weight, who is deprived, who is deprived and poor, its part of M0."""

    dimension: Sentence
    name: Sentence
    weight: str
    raw: str
    censored: str
    contribution: str
    shown: bool


def percent(value: Fraction | float | None, places: int = 2) -> str:
    """A share in per cent."""
    return "" if value is None else f"{float(value) * 100:.{places}f}%"


def page(found: Found, asked: Question) -> dict[str, Any]:
    """Everything that the page shows of an answer."""
    if 0 < found.poor_households < LEAST:  # every figure would be about those few
        return {"found": found, "asked": asked, "small": True, "measures": []}
    return {
        "found": found,
        "asked": asked,
        "small": False,
        "measures": measure_lines(found.whole),
        "highest": percent(found.highest.adjusted),
        "highest_headcount": percent(found.highest.headcount),
        "areas": area_lines(found),
        "indicators": indicator_lines(found),
        "dimension_chart": _dimension_chart(found),
        "area_chart": _area_chart(found),
        "curve_chart": _curve_chart(found),
    }


def measure_lines(one: Poverty) -> list[MeasureLine]:
    """The five measures with what chance alone may do to each."""
    errors = one.errors or Errors(0.0, None, 0.0)
    told: Sequence[tuple[str, Sentence, Fraction | None, float | None]] = (
        ("H", sentence("贫困发生率", "Headcount ratio"), one.headcount, errors.headcount),
        ("A", sentence("贫困强度", "Intensity"), one.intensity, errors.intensity),
        (
            "M0",
            sentence("调整后贫困发生率（H×A）", "Adjusted headcount ratio (H × A)"),
            one.adjusted,
            errors.adjusted,
        ),
        ("M1", sentence("调整后贫困缺口", "Adjusted poverty gap"), one.gap, errors.gap),
        ("M2", sentence("调整后缺口平方", "Adjusted squared gap"), one.severity, errors.severity),
    )
    return [
        MeasureLine(letter, name, percent(value), percent(error, 3), _interval(value, error))
        for letter, name, value, error in told
        if value is not None
    ]


def _interval(value: Fraction, error: float | None) -> str:
    if error is None:
        return ""
    low, high = float(value) - _Z * error, float(value) + _Z * error
    return f"{max(low, 0) * 100:.2f}–{min(high, 1) * 100:.2f}%"


def area_lines(found: Found) -> list[AreaLine]:
    """The sub-districts, the largest part of M0 first; those with too few poor households hide their figures."""
    away = hidden(found.poor_by_area)
    names = {one.code: one.name for one in pack().sub_districts}
    codes = found.area_codes
    return [
        AreaLine(
            names.get(codes[one.group], sentence("{c}", "{c}", c=codes[one.group])),
            percent(one.share),
            *(
                ("", "", "", "", False)
                if one.group in away
                else (
                    percent(one.poverty.headcount),
                    percent(one.poverty.intensity),
                    percent(one.poverty.adjusted),
                    percent(one.contribution),
                    True,
                )
            ),
        )
        for one in sorted(found.areas, key=lambda one: (one.group in away, -one.contribution))
    ]


def indicator_lines(found: Found) -> list[IndicatorLine]:
    """The indicators by dimension; the share of the deprived and poor is hidden where they are too few households.

    One alone in its dimension, whose sum is shown, takes the next smallest with it.
    """
    content = pack().indicators
    dims = {dim.key: dim.name for dim in content.dims}
    away = _hidden_indicators(found)
    rows = zip(
        content.indicators,
        found.weights,
        found.whole.raw,
        found.whole.censored,
        found.whole.contributions,
        strict=True,
    )
    return [
        IndicatorLine(
            dims[one.dim],
            one.name,
            percent(weight),
            percent(raw),
            "" if at in away else percent(censored),
            "" if at in away else percent(part),
            at not in away,
        )
        for at, (one, weight, raw, censored, part) in enumerate(rows)
    ]


def _hidden_indicators(found: Found) -> set[int]:
    content, away = pack().indicators, set[int]()
    for dim in content.dims:
        places = [at for at, one in enumerate(content.indicators) if one.dim == dim.key]
        away |= {places[at] for at in hidden([found.poor_by_indicator[place] for place in places])}
    return away


def _points(value: Fraction) -> float:
    return round(float(value) * 100, 2)


def _dimension_chart(found: Found) -> dict[str, Any]:
    content, away = pack().indicators, _hidden_indicators(found)
    names = {dim.key: dim.name for dim in content.dims}
    # A dimension of which no indicator is shown is not shown either.
    told = {one.dim for at, one in enumerate(content.indicators) if at not in away}
    parts = [_points(part) if key in told else None for key, part, _ in found.dimensions]
    return {
        "title": gettext("各维度对 M0 的贡献与权重"),
        "kind": "hbar",
        "labels": [say(names[key]) for key, _, _ in found.dimensions],
        "series": [
            {"name": gettext("贡献"), "data": parts},
            {"name": gettext("权重"), "data": [_points(weight) for _, _, weight in found.dimensions]},
        ],
        "unit": "%",
    }


def _area_chart(found: Found) -> dict[str, Any]:
    lines = [one for one in area_lines(found) if one.shown]
    return {
        "title": gettext("各街道对 M0 的贡献与人口（户）份额"),
        "kind": "hbar",
        "labels": [say(one.name) for one in lines],
        "series": [
            {"name": gettext("贡献"), "data": [float(one.contribution[:-1]) for one in lines]},
            {"name": gettext("人口（户）份额"), "data": [float(one.share[:-1]) for one in lines]},
        ],
        "unit": "%",
    }


def _curve_chart(found: Found) -> dict[str, Any]:
    points = [
        (None, None) if few else (_points(one.headcount), _points(one.adjusted)) for one, few in _curve(found)
    ]
    return {
        "title": gettext("k 取不同值时的 H 与 M0"),
        "kind": "line",
        "labels": [f"{float(one.k):.2f}" for one in found.curve],
        "series": [
            {"name": "H", "data": [headcount for headcount, _ in points]},
            {"name": "M0", "data": [adjusted for _, adjusted in points]},
        ],
        "unit": "%",
    }


def _curve(found: Found) -> list[tuple[CurvePoint, bool]]:
    """Each point, and whether so few are poor there that it is not shown."""
    return [(one, 0 < n < LEAST) for one, n in zip(found.curve, found.poor_over_k, strict=True)]


def sheets(found: Found, shown: dict[str, Any]) -> list[Sheet]:
    """The figures to take away, as they are shown."""
    measures = [
        [f"{one.letter} {say(one.name)}", one.value, one.error, one.interval] for one in shown["measures"]
    ]
    areas = [
        [say(one.name), one.share, one.headcount, one.intensity, one.adjusted, one.contribution]
        for one in shown["areas"]
    ]
    indicators = [
        [say(one.dimension), say(one.name), one.weight, one.raw, one.censored, one.contribution]
        for one in shown["indicators"]
    ]
    over_k = [
        [
            str(one.k),
            *(
                ["", "", ""]
                if few
                else [percent(one.headcount), percent(one.intensity), percent(one.adjusted)]
            ),
        ]
        for one, few in _curve(found)
    ]
    contribution = gettext("贡献")
    return [
        Sheet(
            gettext("总体"),
            _columns(34, gettext("项目"), gettext("值"), gettext("标准误"), gettext("95%区间")),
            measures,
        ),
        Sheet(
            gettext("按街道"),
            _columns(20, gettext("街道"), gettext("份额"), "H", "A", "M0", contribution),
            areas,
        ),
        Sheet(
            gettext("按指标"),
            _columns(
                30,
                gettext("维度"),
                gettext("指标"),
                gettext("权重"),
                gettext("剥夺率"),
                gettext("贫困且被剥夺"),
                contribution,
            ),
            indicators,
        ),
        Sheet(gettext("不同k值"), _columns(12, "k", "H", "A", "M0"), over_k),
    ]


def _columns(width: int, first: str, *others: str) -> list[Column]:
    return [Column(first, width), *(Column(one, 16) for one in others)]
