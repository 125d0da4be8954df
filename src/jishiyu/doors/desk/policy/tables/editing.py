"""A table's rows as a form: from an edition to boxes, from what was typed back to plain data, and the moves of rows."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.http import QueryDict

from jishiyu.doors.threshold.measures import unit_word
from jishiyu.law.rules.decision_tables import Cell, DecisionTable, Edition, Out, TableInput, plain
from jishiyu.law.rules.pack import Pack
from jishiyu.law.rules.table_checks import TableFault
from jishiyu.programmes.rules.tables import VOCABULARIES, vocabulary_of

ELSE = "else"


@dataclass
class Box:
    """One cell of the form. ``low`` and ``high`` are typed; ``chosen`` are words, or yes and no."""

    input: TableInput
    name: str
    chosen: list[str] = field(default_factory=list)
    low: str = ""
    low_kind: str = "from"
    high: str = ""
    high_kind: str = "to"

    @property
    def choices(self) -> list[tuple[str, Any, bool]]:
        """The words of the vocabulary, and whether each is chosen."""
        return [
            (word, said, word in self.chosen) for word, (_, said) in (vocabulary_of(self.input) or {}).items()
        ]

    @property
    def unit(self) -> str:
        """The unit of its numbers."""
        return unit_word(self.input.unit, 2)

    @property
    def offers(self) -> str:
        """The list of parameters that may be a bound."""
        return f"parameters-{self.input.unit}"

    def asked(self) -> Any:
        """As plain data; None for *any*."""
        if self.input.type == "flag":
            return {"yes": True, "no": False}.get(self.chosen[0] if self.chosen else "")
        if self.input.type == "code":
            return self.chosen or None
        if self.low and self.low == self.high and (self.low_kind, self.high_kind) == ("from", "to"):
            value = typed(self.low)
            return {"from": value, "to": value} if isinstance(value, str) else value
        ends = {self.low_kind: typed(self.low), self.high_kind: typed(self.high)}
        return {key: value for key, value in ends.items() if value is not None} or None


@dataclass
class Result:
    """One result of the form: a number or a name, with a share of it."""

    key: str
    label: Any
    name: str
    unit: str
    offers: str
    text: str = ""
    share: str = ""

    def given(self) -> Any:
        """As plain data; None for nothing."""
        value = typed(self.text)
        return {"pay": str(value), "share": self.share} if self.share and value is not None else value


@dataclass
class Line:
    """One row of the form, and what is said of it."""

    boxes: list[Box]
    results: list[Result]
    faults: list[TableFault] = field(default_factory=list)
    said: Any = None


@dataclass
class Draft:
    """An edition being written."""

    lines: list[Line]
    otherwise: list[Result]
    first_day: date | None
    document: str = ""
    reason: str = ""
    faults: list[TableFault] = field(default_factory=list)

    def data(self) -> dict[str, Any]:
        """The edition as plain data."""
        cited = self.document.strip() or "—"
        rows = [
            {
                "when": {box.input.key: asked for box in line.boxes if (asked := box.asked()) is not None},
                "then": {one.key: given for one in line.results if (given := one.given()) is not None},
            }
            for line in self.lines
        ]
        last = {one.key: given for one in self.otherwise if (given := one.given()) is not None}
        whole = {
            "from": self.first_day,
            "to": None,
            "rows": rows,
            "citation": {"zh": cited, "en": cited},
            "confidence": "verified",
        }
        return whole | ({"otherwise": last} if last else {})


def typed(text: str) -> Any:
    """A number as an exact one, anything else as a name; nothing for nothing."""
    text = unicodedata.normalize("NFKC", text).strip().replace(",", "")
    try:
        return plain(Decimal(text)) if text and Decimal(text).is_finite() else text or None
    except InvalidOperation:
        return text


def draft_of(table: DecisionTable, edition: Edition) -> Draft:
    """The boxes of an edition, to begin with."""
    lines = [
        Line(
            [_box(one, f"r{place}", row.when.get(one.key)) for one in table.inputs],
            _results(table, f"r{place}", row.then),
        )
        for place, row in enumerate(edition.rows)
    ]
    return Draft(lines, _results(table, ELSE, edition.otherwise or {}), None)


def read_draft(table: DecisionTable, told: QueryDict) -> Draft:
    """What was typed."""
    count = min(int(told.get("rows", "0") or 0), 200) if (told.get("rows", "0") or "0").isdigit() else 0
    lines = []
    for place in range(count):
        boxes = [_box(one, f"r{place}", None) for one in table.inputs]
        for box in boxes:
            _read_box(box, told)
        results = _results(table, f"r{place}", {})
        _read_results(results, told)
        lines.append(Line(boxes, results))
    last = _results(table, ELSE, {})
    _read_results(last, told)
    try:
        first = date.fromisoformat(told.get("first_day", ""))
    except ValueError:
        first = None
    return Draft(lines, last, first, told.get("document", "")[:200], told.get("reason", "")[:500])


def move(draft: Draft, table: DecisionTable, act: str) -> None:
    """Add, copy, move or delete a row: ``add``, ``up-2``, ``down-2``, ``delete-2``."""
    lines, (verb, _, number) = draft.lines, act.partition("-")
    place = int(number) if number.isdigit() else len(lines)
    if verb == "add":
        lines.append(Line(boxes_of(table), _results(table, "", {})))
    elif verb == "delete" and place < len(lines) and len(lines) > 1:
        del lines[place]
    elif verb in ("up", "down"):
        other = place + (1 if verb == "down" else -1)
        if 0 <= place < len(lines) and 0 <= other < len(lines):
            lines[place], lines[other] = lines[other], lines[place]
    for at, line in enumerate(lines):
        for box in line.boxes:
            box.name = f"r{at}-{box.input.key}"
        for one in line.results:
            one.name = f"r{at}-then-{one.key}"


def offers(pack: Pack, table: DecisionTable) -> dict[str, list[Any]]:
    """The parameters that may be bounds or results, by their unit: what the boxes' lists offer."""
    units = {one.unit for one in table.inputs if one.type == "number"} | {one.unit for one in table.outputs}
    units |= {"ratio"}
    return {
        f"parameters-{unit}": [one for one in pack.parameters if one.unit == unit] for unit in sorted(units)
    }


def case_of(table: DecisionTable, told: Mapping[str, str]) -> dict[str, int | bool | None]:
    """One example case: yes or no, a code's number, or a number in the input's unit; nothing is *not known*."""
    found: dict[str, int | bool | None] = {}
    for one in table.inputs:
        text = told.get(f"case-{one.key}", "")
        words = VOCABULARIES.get(one.of.key, {})
        if one.type == "flag":
            found[one.key] = {"yes": True, "no": False}.get(text)
        elif one.type == "code":
            found[one.key] = words[text][0] if text in words else None
        else:
            value = typed(text)
            scale = 100 if one.unit in ("yuan", "m2") else 10_000 if one.unit == "ratio" else 1
            found[one.key] = None if value is None or isinstance(value, str) else round(value * scale)
    return found


def boxes_of(table: DecisionTable) -> list[Box]:
    """An empty box for each input."""
    return [_box(one, "", None) for one in table.inputs]


def _box(one: TableInput, row: str, asked: Cell | None) -> Box:
    box = Box(one, f"{row}-{one.key}")
    if asked is None:
        return box
    if one.type == "flag":
        box.chosen = ["yes" if asked.flag else "no"]
    elif one.type == "code":
        box.chosen = list(asked.codes)
    else:
        box.low, box.high = ("" if end is None else str(plain(end)) for end in (asked.low, asked.high))
        box.low_kind, box.high_kind = ("above" if asked.above else "from"), ("below" if asked.below else "to")
    return box


def _read_box(box: Box, told: QueryDict) -> None:
    box.chosen = [one for one in told.getlist(box.name) if one]
    box.low, box.high = told.get(f"{box.name}-low", "").strip(), told.get(f"{box.name}-high", "").strip()
    box.low_kind = "above" if told.get(f"{box.name}-lowkind") == "above" else "from"
    box.high_kind = "below" if told.get(f"{box.name}-highkind") == "below" else "to"


def _results(table: DecisionTable, row: str, given: Mapping[str, Out]) -> list[Result]:
    made = []
    for one in table.outputs:
        result = Result(
            one.key, one.name, f"{row}-then-{one.key}", unit_word(one.unit, 2), f"parameters-{one.unit}"
        )
        told = given.get(one.key)
        if told is not None:
            written = told.as_data()
            result.text, result.share = (
                (written["pay"], written["share"]) if told.share else (str(written), "")
            )
        made.append(result)
    return made


def _read_results(results: list[Result], told: QueryDict) -> None:
    for one in results:
        one.text, one.share = told.get(one.name, "").strip(), told.get(f"{one.name}-share", "").strip()
