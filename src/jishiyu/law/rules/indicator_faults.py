"""Checks of the hardship indicators: weights that add up, a reciprocal matrix, cut-offs in order, bands down to zero."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from jishiyu.foundations.outcomes import Sentence, sentence
from jishiyu.law.rules.indicators import Indicator, IndicatorSet
from jishiyu.law.rules.parameters import whole
from jishiyu.law.rules.yaml_lines import Path_

Place = tuple[Path_, Sentence]


def faults_in_indicators(chosen: IndicatorSet, parameters: set[str]) -> Iterator[Place]:
    """Everything wrong in the set beyond the form of its values."""
    yield from _matrix(chosen)
    keys = [dim.key for dim in chosen.dims]
    for number, indicator in enumerate(chosen.indicators):
        path: Path_ = ("indicators", number)
        if indicator.dim not in keys:
            yield (*path, "dim"), sentence("没有维度“{d}”", "there is no dimension “{d}”", d=indicator.dim)
        yield from _in_indicator(path, indicator, parameters)
    for number, key in enumerate(keys):
        total = sum((one.weight_in_dim for one in chosen.of_dim(key)), Decimal(0))
        if total != 1:
            yield (
                ("dims", number),
                sentence(
                    "该维度各指标权重之和应为1，现为{t}",
                    "the weights of its indicators have to add up to 1, not {t}",
                    t=total,
                ),
            )
    mins = [band.min for band in chosen.bands]
    if mins != sorted(mins, reverse=True) or mins[-1] != 0:
        yield (
            ("bands",),
            sentence("等级应从高到低，最后一级从0起", "bands go from high to low, the last one begins at 0"),
        )
    for number, override in enumerate(chosen.overrides):
        if override.band is not None and override.band not in {band.key for band in chosen.bands}:
            yield (
                ("overrides", number, "band"),
                sentence("没有等级“{b}”", "there is no band “{b}”", b=override.band),
            )


def _matrix(chosen: IndicatorSet) -> Iterator[Place]:
    size = len(chosen.dims)
    if len(chosen.matrix) != size or any(len(row) != size for row in chosen.matrix):
        yield ("matrix",), sentence("矩阵应为{n}×{n}", "the matrix has to be {n} by {n}", n=size)
        return
    try:
        cells = chosen.judgements()
    except (ValueError, ZeroDivisionError):
        yield (
            ("matrix",),
            sentence("应为“3”或“1/3”这样的判断", "each cell is a judgement such as “3” or “1/3”"),
        )
        return
    for row in range(size):
        for column in range(row + 1):
            if cells[row][column] * cells[column][row] != Fraction(1):
                yield (
                    ("matrix", row, column),
                    sentence(
                        "应与第{r}行第{c}列互为倒数",
                        "has to be the reciprocal of row {r}, column {c}",
                        r=column + 1,
                        c=row + 1,
                    ),
                )


def _in_indicator(path: Path_, indicator: Indicator, parameters: set[str]) -> Iterator[Place]:
    if bool(indicator.cut_offs) == bool(indicator.cases):
        yield path, sentence("cut_offs 与 cases 应且只应有一个", "give either cut_offs or cases")
    if indicator.cut_offs and (
        indicator.unit is None or indicator.harder is None or indicator.reason is None
    ):
        yield (
            path,
            sentence("有 cut_offs 时须写 unit、harder 和 reason", "cut_offs need unit, harder and reason"),
        )
        return
    if indicator.of is not None and indicator.of not in parameters:
        yield (*path, "of"), sentence("没有参数“{p}”", "there is no parameter “{p}”", p=indicator.of)
    for number, cut in enumerate(indicator.cut_offs):
        inner = (*path, "cut_offs", number)
        if (cut.value is None) == (cut.parameter is None):
            yield inner, sentence("value 与 parameter 应且只应有一个", "give either value or parameter")
        if cut.parameter is not None and cut.parameter not in parameters:
            yield (
                (*inner, "parameter"),
                sentence("没有参数“{p}”", "there is no parameter “{p}”", p=cut.parameter),
            )
        if cut.value is not None and indicator.unit is not None and not _exact(cut.value, indicator):
            yield (*inner, "value"), sentence("精度过细", "finer than the unit can hold")
    points = [cut.points for cut in indicator.cut_offs] + (
        [indicator.otherwise] if indicator.cut_offs else []
    )
    if points != sorted(points, reverse=True):
        yield (*path, "cut_offs"), sentence("分值应从高到低", "points go from high to low")


def _exact(value: Decimal, indicator: Indicator) -> bool:
    try:
        whole(value, "ratio" if indicator.of else indicator.unit or "count")
    except ValueError:
        return False
    return True
