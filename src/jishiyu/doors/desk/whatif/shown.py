"""How a trial's figures are shown: names for keys, and tables whose counts lead to their households."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

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
Measure = tuple[str, Sentence, Shown]
_WHO: tuple[Measure, ...] = (
    ("households", sentence("户数", "Households"), "number"),
    ("gaining", sentence("增加户", "Gaining"), "number"),
    ("losing", sentence("减少户", "Losing"), "number"),
    ("gain", sentence("全年增加（元）", "Gains a year (yuan)"), "money"),
    ("loss", sentence("全年减少（元）", "Losses a year (yuan)"), "money"),
    ("before", sentence("改动前全年（元）", "Before, a year (yuan)"), "money"),
    ("after", sentence("改动后全年（元）", "After, a year (yuan)"), "money"),
)
PARTS: tuple[tuple[str, Sentence, tuple[Measure, ...]], ...] = (
    ("programmes", sentence("按专项救助", "By programme"), _WHO[1:]),
    ("areas", sentence("按街道", "By sub-district"), _WHO),
    ("bands", sentence("按困难等级（改动前）", "By hardship band (before)"), _WHO),
    ("kinds", sentence("按家庭类型", "By kind of household"), _WHO),
)
_FILTERS = {"areas": "sub_district", "bands": "band", "kinds": "kind"}
_ITEMS: tuple[tuple[str, int | None, Sentence, Shown], ...] = (
    ("eligible", 0, sentence("符合（前）", "Entitled, before"), "number"),
    ("eligible", 1, sentence("符合（后）", "Entitled, after"), "number"),
    ("newly", None, sentence("新符合", "Newly entitled"), "number"),
    ("no_longer", None, sentence("不再符合", "No longer entitled"), "number"),
    ("gaining", None, sentence("增加户", "Gaining"), "number"),
    ("losing", None, sentence("减少户", "Losing"), "number"),
    ("unknown", 0, sentence("须由人判断（前）", "For a person, before"), "number"),
    ("unknown", 1, sentence("须由人判断（后）", "For a person, after"), "number"),
    ("year", 0, sentence("全年（前，元）", "A year, before (yuan)"), "money"),
    ("year", 1, sentence("全年（后，元）", "A year, after (yuan)"), "money"),
)


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure and the way it is written; None is not told. ``filter`` is the way to its households (empty: none)."""

    value: int | None
    kind: str
    filter: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table."""

    name: Sentence
    cells: tuple[Cell, ...]


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
    for part, title, columns in PARTS:
        rows = tuple(
            Row(
                name(part, one["key"]),
                tuple(
                    Cell(one[measure], kind, _way(part, one, measure)) for measure, _, kind in columns
                ),
            )
            for one in figures[part]
        )  # fmt: skip
        headings = tuple(each for _, each, _ in columns)
        found.append(Table(part, title, headings, tuple(kind for _, _, kind in columns), rows))
    return found


def _way(part: str, line: dict[str, Any], measure: str) -> str:
    if measure not in ("gaining", "losing") or not line[measure]:
        return ""
    if part == "programmes":
        return f"figure=programme.{line['key']}.{measure}"
    return f"side={measure}&{_FILTERS[part]}={line['key']}"


def items_table(figures: dict[str, Any]) -> Table:
    """The items that the change reaches: who gets them, for whom that changes, whom it cannot be told for, money."""
    name = naming()
    rows = tuple(
        Row(
            name("items", one["key"]),
            tuple(
                Cell(_value(one, key, side), kind, _item_way(one, key, side)) for key, side, _, kind in _ITEMS
            ),
        )
        for one in figures["items"]
    )
    title = sentence("受影响的救助项目", "Items that the change reaches")
    return Table("items", title, tuple(one[2] for one in _ITEMS), tuple(one[3] for one in _ITEMS), rows)


def _value(line: dict[str, Any], key: str, side: int | None) -> int | None:
    found = line.get(key)
    if side is None or found is None:
        return found
    return int(found[side])


def _item_way(line: dict[str, Any], key: str, side: int | None) -> str:
    if side is None:
        return f"figure=item.{line['key']}.{key}" if line.get(key) else ""
    listed = key == "eligible" and line.get("listed") and line[key] and line[key][side]
    return f"figure=item.{line['key']}.{('before', 'after')[side]}" if listed else ""


def band_moves(figures: dict[str, Any]) -> list[tuple[Sentence, Sentence, int | None]]:
    """Households that go from one band to another."""
    name = naming()
    return [
        (name("bands", one["from"]), name("bands", one["to"]), one["households"])
        for one in figures["band_moves"]
        if one["from"] != one["to"]
    ]


def moved(figures: dict[str, Any]) -> int:
    """How many households change their band."""
    return sum(one["households"] for one in figures["band_moves"] if one["from"] != one["to"])


def cliff_items(figures: dict[str, Any], side: str) -> list[tuple[Sentence, int]]:
    """Which items fall away at a cliff, most often first."""
    name = naming()
    return [(name("items", key), count) for key, count in figures["cliffs"][side]["items"]]


def reach_lines(figures: dict[str, Any]) -> list[tuple[Sentence, str, list[tuple[int, str]]]]:
    """Coverage and leakage: name, what it means in numbers or money, and both sides with the way to their households."""
    found = figures.get("targeting")
    if not found:
        return []
    poor, sides = found["poor"], ("before", "after")

    def ways(name: str, values: Sequence[int]) -> list[tuple[int, str]]:
        return [
            (value, f"figure={name}.{side}" if value else "")
            for value, side in zip(values, sides, strict=True)
        ]

    lines: list[tuple[Sentence, str, list[tuple[int, str]]]] = [
        (sentence("线下家庭中得到的", "Below the line and helped"), "number", ways("covered", found["covered"])),
        (
            sentence("线下家庭中没有得到的", "Below the line and not helped"), "number",
            ways("left_out", [poor - one for one in found["covered"]]),
        ),
        (
            sentence("覆盖率", "Coverage"), "share",
            [(one * 1_000_000 // poor if poor else 0, "") for one in found["covered"]],
        ),
        (sentence("给这些项目的钱（元/年）", "Money of these items (yuan a year)"), "money", [(one, "") for one in found["money"]]),
        (sentence("其中给线上家庭（元/年）", "Of it above the line (yuan a year)"), "money", [(one, "") for one in found["leaking"]]),
        (
            sentence("漏出率", "Leakage"), "share",
            [(leak * 1_000_000 // all_ if all_ else 0, "") for leak, all_ in zip(found["leaking"], found["money"], strict=True)],
        ),
    ]  # fmt: skip
    if "others" in found:
        lines.insert(
            5,
            (
                sentence("线上得到的家庭", "Above the line and helped"),
                "number",
                ways("leaking", found["others"]),
            ),
        )
    return lines


def lines(headlines: Sequence[Headline]) -> list[tuple[Sentence, list[str]]]:
    """Headlines with their values written out, one a trial."""
    return [(one.name, [written(value, one.kind) for value in one.values]) for one in headlines]


def written(value: int | None, kind: str) -> str:
    """A figure as it is read."""
    if value is None:
        return "—"
    if kind == "money":
        return yuan_text(value)
    if kind == "percent":
        return f"{value / 10_000:.1f}%"
    return f"{value / 1_000_000:.4f}" if kind == "share" else f"{value:,}"
