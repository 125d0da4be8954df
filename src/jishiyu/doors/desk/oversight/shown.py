"""How figures are shown: names for their keys, tables by part, charts, sheets."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from jishiyu.cases.rules.steps import STEP_NAMES
from jishiyu.doors.desk.fields import say
from jishiyu.doors.desk.sheet import Column, Sheet
from jishiyu.foundations.outcomes import Sentence, sentence
from jishiyu.funds.queries import kind_name, sources
from jishiyu.law.queries import pack
from jishiyu.oversight.rules.figures import MEASURES, MONEY, PARTS, Figures, Line, Part

PART_NAMES: dict[Part, Sentence] = {
    "total": sentence("合计", "Total"),
    "programme": sentence("按专项救助", "By programme"),
    "sub_district": sentence("按街道", "By sub-district"),
    "source": sentence("按资金来源", "By source of money"),
    "step": sentence("按办理环节", "By step"),
    "street_unit": sentence("街道办理时效", "Timeliness of the sub-districts"),
    "agency_unit": sentence("单位办理时效", "Timeliness of the agencies"),
    "band": sentence("按困难等级", "By hardship band"),
}
_WORK = ("applications", "granted", "refused", "in_progress", "helped", "payments", "paid")
_TIME = ("steps", "timed", "late", "on_time", "mean_days")
COLUMNS: dict[Part, tuple[str, ...]] = {
    "total": ("households", *_WORK, "notices", "objections", "upheld", *_TIME),
    "programme": (*_WORK, "notices", "objections", "on_time"),
    "sub_district": ("households", *_WORK, "notices", "objections", "on_time"),
    "source": ("received", "paid", "left"),
    "step": _TIME,
    "street_unit": _TIME,
    "agency_unit": _TIME,
    "band": ("households",),
}
_DERIVED = {
    "on_time": sentence("按时办结率", "In time"),
    "mean_days": sentence("平均用时（天）", "Mean days"),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure with the way it is written."""

    heading: Sentence
    value: int | None
    kind: str  # money | share | days | number


@dataclass(frozen=True, slots=True)
class Row:
    """A line with its name and figures."""

    key: str
    name: Sentence
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The lines of one part."""

    part: Part
    name: Sentence
    headings: tuple[Sentence, ...]
    rows: tuple[Row, ...]


def tables(figures: Figures, parts: Sequence[Part] = PARTS) -> list[Table]:
    """The figures as tables, in the order of parts; parts without lines are left out."""
    name = _names()
    return [
        Table(
            part,
            PART_NAMES[part],
            tuple(_heading(measure) for measure in COLUMNS[part]),
            tuple(_row(line, name(part, line.key)) for line in figures.of(part)),
        )
        for part in parts
        if figures.of(part)
    ]


def charts(figures: Figures) -> dict[str, dict[str, Any]]:
    """The charts of the quarter page: money by programme, work by sub-district, money by source, bands."""
    name = _names()
    return {
        "programme": _chart(figures, "programme", ("paid",), name, kind="hbar"),
        "applications": _chart(figures, "programme", ("applications", "granted"), name, kind="hbar"),
        "sub_district": _chart(figures, "sub_district", ("paid",), name, kind="hbar"),
        "source": _chart(figures, "source", ("paid",), name, kind="hbar"),
        "band": _chart(figures, "band", ("households",), name, kind="hbar"),
    }


def timeliness(figures: Figures, part: Part) -> dict[str, Any]:
    """A chart of the share in time of each unit that took steps with a term."""
    name = _names()
    lines = sorted(
        (one for one in figures.of(part) if one.on_time is not None), key=lambda one: one.on_time or 0
    )
    return {
        "title": say(PART_NAMES[part]),
        "kind": "hbar",
        "unit": "%",
        "labels": [say(name(part, one.key)) for one in lines],
        "series": [{"name": say(_DERIVED["on_time"]), "data": [(one.on_time or 0) / 100 for one in lines]}],
    }


def sheets(figures: Figures) -> list[Sheet]:
    """One sheet for each part."""
    found = []
    for table in tables(figures):
        columns = [Column(gettext("项目"), 28)]
        for heading, measure in zip(table.headings, COLUMNS[table.part], strict=True):
            kind = _kind(measure)
            columns.append(Column(say(heading), 14, "number" if kind == "days" else kind))  # type: ignore[arg-type]
        rows = [(say(row.name), *(_plain(cell) for cell in row.cells)) for row in table.rows]
        found.append(Sheet(say(table.name), columns, rows))
    return found


def _plain(cell: Cell) -> Any:
    return cell.value / 100 if cell.kind == "days" and cell.value is not None else cell.value


def _row(line: Line, name: Sentence) -> Row:
    cells = tuple(
        Cell(_heading(measure), _value(line, measure), _kind(measure)) for measure in COLUMNS[line.part]
    )
    return Row(line.key, name, cells)


def _value(line: Line, measure: str) -> int | None:
    if measure == "on_time":
        return line.on_time
    return line.mean_days if measure == "mean_days" else line.value(measure)


def _heading(measure: str) -> Sentence:
    name = _DERIVED.get(measure) or MEASURES[measure]
    return sentence("{n}（元）", "{n} (yuan)", n=name) if measure in MONEY else name


def _kind(measure: str) -> str:
    if measure in MONEY:
        return "money"
    return {"on_time": "share", "mean_days": "days"}.get(measure, "number")


def _chart(
    figures: Figures, part: Part, measures: tuple[str, ...], name: "Naming", *, kind: str
) -> dict[str, Any]:
    lines = figures.of(part)
    money = measures[0] in MONEY
    return {
        "title": say(PART_NAMES[part]) + " · " + gettext("、").join(say(MEASURES[one]) for one in measures),
        "kind": kind,
        "unit": gettext("元") if money else "",
        "labels": [say(name(part, line.key)) for line in lines],
        "series": [
            {
                "name": say(MEASURES[measure]),
                "data": [line.value(measure) / 100 if money else line.value(measure) for line in lines],
            }
            for measure in measures
        ],
    }


Naming = Callable[[Part, str], Sentence]


def _names() -> Naming:
    district, held = pack().district, pack()
    money = {str(row.id): row for row in sources()}
    programmes = {one.code: one.name for one in held.programmes}
    bands = {one.key: one.name for one in held.indicators.bands}

    def name(part: Part, key: str) -> Sentence:
        if part == "total":
            return PART_NAMES["total"]
        if part == "source" and key in money:
            row = money[key]
            return sentence(
                "{k}：{n_zh}", "{k}: {n_en}", k=kind_name(row.kind), n_zh=row.name_zh, n_en=row.name_en
            )
        if part == "band":
            return bands.get(key) or sentence(key, key)  # type: ignore[call-overload]
        known = programmes if part == "programme" else STEP_NAMES if part == "step" else {}
        if key in known:
            return known[key]
        try:
            return district.unit_name(key)
        except KeyError:  # what the pack no longer names keeps its code
            return sentence("{k}", "{k}", k=key)

    return name
