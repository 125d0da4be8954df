"""How a trial's figures are shown: names for keys, tables, charts, sheets."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.translation import gettext

from jishiyu.doors.desk.fields import say
from jishiyu.doors.desk.sheet import Column, Sheet
from jishiyu.foundations.money import yuan_text
from jishiyu.foundations.outcomes import Sentence, sentence
from jishiyu.law.queries import pack
from jishiyu.oversight.rules.trials import Headline

KIND_NAMES = {
    "elder_alone": sentence("独居老人", "One elder alone"),
    "elders": sentence("纯老年家庭", "Elders only"),
    "lone_parent": sentence("单亲家庭", "One parent with children"),
    "with_children": sentence("有未成年人家庭", "With children"),
    "one_adult": sentence("单人家庭", "One adult alone"),
    "other": sentence("其他家庭", "Other"),
}
Shown = Literal["number", "money"]
_WHO: tuple[tuple[str, Sentence, Shown], ...] = (
    ("households", sentence("户数", "Households"), "number"),
    ("gaining", sentence("增加户", "Gaining"), "number"),
    ("losing", sentence("减少户", "Losing"), "number"),
    ("gain", sentence("全年增加（元）", "Gains a year (yuan)"), "money"),
    ("loss", sentence("全年减少（元）", "Losses a year (yuan)"), "money"),
    ("before", sentence("改动前全年（元）", "Before, a year (yuan)"), "money"),
    ("after", sentence("改动后全年（元）", "After, a year (yuan)"), "money"),
)
_PARTS: tuple[tuple[str, Sentence, tuple[tuple[str, Sentence, Shown], ...]], ...] = (
    ("programmes", sentence("按专项救助", "By programme"), _WHO[1:]),
    ("areas", sentence("按街道", "By sub-district"), _WHO),
    ("bands", sentence("按困难等级（改动前）", "By hardship band (before)"), _WHO),
    ("kinds", sentence("按家庭类型", "By kind of household"), _WHO),
)
_FILTERS = {"areas": "sub_district", "bands": "band", "kinds": "kind"}


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure and the way it is written."""

    value: int | None
    kind: str


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table; ``filter`` narrows the list of households to it (empty: no list)."""

    name: Sentence
    cells: tuple[Cell, ...]
    filter: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One table with its headings."""

    key: str
    name: Sentence
    headings: tuple[Sentence, ...]
    kinds: tuple[Shown, ...]
    rows: tuple[Row, ...]


def naming() -> Callable[[str, str], Sentence]:
    """The name of a key within a part."""
    held = pack()
    known: dict[str, dict[str, Sentence]] = {
        "programmes": {one.code: one.name for one in held.programmes},
        "areas": {one.code: one.name for one in held.sub_districts},
        "bands": {one.key: one.name for one in held.indicators.bands},
        "kinds": KIND_NAMES,
        "items": {one.id: one.name for one in held.items},
    }
    return lambda part, key: known[part].get(key) or sentence("{k}", "{k}", k=key)


def tables(figures: dict[str, Any]) -> list[Table]:
    """Who gains and loses, by programme, sub-district, band, kind of household."""
    name = naming()
    found = []
    for part, title, columns in _PARTS:
        rows = tuple(
            Row(
                name(part, one["key"]),
                tuple(Cell(one[measure], kind) for measure, _, kind in columns),
                f"{_FILTERS[part]}={one['key']}"
                if part in _FILTERS and one["gaining"] + one["losing"]
                else "",
            )
            for one in figures[part]
        )
        found.append(
            Table(
                part,
                title,
                tuple(each for _, each, _ in columns),
                tuple(kind for _, _, kind in columns),
                rows,
            )
        )
    return found


def items_table(figures: dict[str, Any]) -> Table:
    """The items that the change reaches: who gets them, whom it cannot be told for, money."""
    headings: tuple[tuple[Sentence, Shown], ...] = (
        (sentence("符合（前）", "Entitled, before"), "number"),
        (sentence("符合（后）", "Entitled, after"), "number"),
        (sentence("须由人判断（前）", "For a person, before"), "number"),
        (sentence("须由人判断（后）", "For a person, after"), "number"),
        (sentence("全年（前，元）", "A year, before (yuan)"), "money"),
        (sentence("全年（后，元）", "A year, after (yuan)"), "money"),
    )
    name = naming()
    rows = tuple(
        Row(
            name("items", one["key"]),
            tuple(
                Cell(value, kind)
                for value, (_, kind) in zip(
                    (*one["eligible"], *one["unknown"], *one["year"]), headings, strict=True
                )
            ),
        )
        for one in figures["items"]
    )
    title = sentence("受影响的救助项目", "Items that the change reaches")
    return Table("items", title, tuple(one for one, _ in headings), tuple(kind for _, kind in headings), rows)


def charts(figures: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Money by programme, gains by sub-district and kind, regular cost by month, fifths of income."""
    name = naming()
    before, after = gettext("改动前"), gettext("改动后")

    def pair(part: str) -> dict[str, Any]:
        lines = figures[part]
        labels = [say(name(part, one["key"])) for one in lines]
        series = [
            {"name": before, "data": [one["before"] / 100 for one in lines]},
            {"name": after, "data": [one["after"] / 100 for one in lines]},
        ]
        return {"kind": "hbar", "unit": gettext("元"), "labels": labels, "series": series}

    def who(part: str) -> dict[str, Any]:
        lines = [one for one in figures[part] if one["gaining"] or one["losing"]]
        labels = [say(name(part, one["key"])) for one in lines]
        series = [
            {"name": gettext("增加户"), "data": [one["gaining"] for one in lines]},
            {"name": gettext("减少户"), "data": [one["losing"] for one in lines]},
        ]
        return {"kind": "hbar", "unit": gettext("户"), "labels": labels, "series": series}

    months = figures["months"]
    return {
        "programmes": {"title": gettext("各专项救助全年支出"), **pair("programmes")},
        "areas": {"title": gettext("各街道受影响家庭"), **who("areas")},
        "bands": {"title": gettext("各困难等级受影响家庭"), **who("bands")},
        "kinds": {"title": gettext("各类家庭受影响情况"), **who("kinds")},
        "months": {
            "title": gettext("按月发放项目每月支出"), "kind": "line", "unit": gettext("元"),
            "labels": [one["month"] for one in months],
            "series": [
                {"name": before, "data": [one["before"] / 100 for one in months]},
                {"name": after, "data": [one["after"] / 100 for one in months]},
            ],
        },
        "fifths": _fifths(figures, before, after),
    }  # fmt: skip


def _fifths(figures: dict[str, Any], before: str, after: str) -> dict[str, Any]:
    sides = ((gettext("救助前"), "without"), (before, "before"), (after, "after"))
    known = [(said, figures["inequality"][key]["fifths"]) for said, key in sides]
    labels = [
        gettext("最低五分之一"),
        gettext("第二"),
        gettext("第三"),
        gettext("第四"),
        gettext("最高五分之一"),
    ]
    series = [
        {"name": said, "data": [round(one / 10_000, 2) for one in fifths]} for said, fifths in known if fifths
    ]
    return {
        "title": gettext("人均收入五等份份额"),
        "kind": "bar",
        "unit": "%",
        "labels": labels if series else [],
        "series": series,
    }


def band_moves(figures: dict[str, Any]) -> list[tuple[Sentence, Sentence, int]]:
    """Households that go from one band to another."""
    name = naming()
    return [
        (name("bands", one["from"]), name("bands", one["to"]), one["households"])
        for one in figures["band_moves"]
        if one["from"] != one["to"]
    ]


def cliff_items(figures: dict[str, Any], side: str) -> list[tuple[Sentence, int]]:
    """Which items fall away at a cliff, most often first."""
    name = naming()
    return [(name("items", key), count) for key, count in figures["cliffs"][side]["items"]]


def sheets(row: Any, headlines: Sequence[Headline]) -> list[Sheet]:
    """A trial as a workbook: headlines, tables, years."""
    figures = row.figures
    said = [(gettext("改动"), say(sentence(one["zh"], one["en"]))) for one in row.said]
    facts = [
        (gettext("名称"), row.name), (gettext("生效日"), row.day.isoformat()), *said,
        (gettext("政策包版本"), row.pack_version), (gettext("封存码"), row.seal),
    ]  # fmt: skip
    first = [*facts, *((say(name), values[0]) for name, values in lines(headlines))]
    found = [Sheet(gettext("概要"), [Column(gettext("项目"), 34), Column(gettext("数值"), 40)], first)]
    for table in (*tables(figures), items_table(figures)):
        columns = [Column(gettext("项目"), 28)]
        columns += [
            Column(say(title), 16, kind) for title, kind in zip(table.headings, table.kinds, strict=True)
        ]
        rows = [(say(one.name), *(cell.value for cell in one.cells)) for one in table.rows]
        found.append(Sheet(say(table.name), columns, rows))
    money = [
        Column(gettext("时间"), 12),
        Column(gettext("改动前"), 18, "money"),
        Column(gettext("改动后"), 18, "money"),
    ]
    found.append(
        Sheet(
            gettext("按年"),
            money,
            [(str(one["year"]), one["before"], one["after"]) for one in figures["years"]],
        )
    )
    found.append(
        Sheet(
            gettext("按月"), money, [(one["month"], one["before"], one["after"]) for one in figures["months"]]
        )
    )
    return found


def lines(headlines: Sequence[Headline]) -> list[tuple[Sentence, list[str]]]:
    """Headlines with their values written out, one a trial."""
    return [(one.name, [_written(value, one.kind) for value in one.values]) for one in headlines]


def _written(value: int | None, kind: str) -> str:
    if value is None:
        return "—"
    if kind == "money":
        return yuan_text(value)
    return f"{value / 1_000_000:.4f}" if kind == "share" else f"{value:,}"
