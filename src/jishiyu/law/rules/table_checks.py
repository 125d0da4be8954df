"""What is wrong in a decision table: cases that no row covers, rows that are never reached, wrong types and names.

Every fault names the table, the edition, the row, the input and what is written there, and says how to mend it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from math import prod
from typing import Literal

import numpy as np

from jishiyu.foundations.outcomes import CannotBecause, Sentence, sentence
from jishiyu.law.rules.columns import Array
from jishiyu.law.rules.decision_tables import Cell, DecisionTable, Edition, Out, TableInput, Vocabulary
from jishiyu.law.rules.parameters import Dated, Parameter, whole
from jishiyu.law.rules.rulebook import BEGINNING
from jishiyu.law.rules.table_grid import CELLS, Axis, Bounds, Sheet, sheet_of
from jishiyu.law.rules.table_mends import (
    BACKWARDS,
    BACKWARDS_MEND,
    CODES_MEND,
    DATE_MEND,
    FINE_MEND,
    GAP_MEND,
    MANY_MEND,
    MOVE_UP,
    NEVER_KNOWN,
    NO_CODE,
    NO_CODES,
    NO_INPUT,
    NO_OUTPUT,
    NO_PARAMETER,
    NO_RESULT,
    OVERLAP_MEND,
    PARAMETER_MEND,
    REMOVE,
    RESULT_MEND,
    TOO_FINE,
    TOO_MANY,
    TYPE_MEND,
    TYPES,
    UNIT_MEND,
    the_codes_are,
    there_are,
)
from jishiyu.law.rules.table_words import say_cell, say_row, together

_EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class TableFault:
    """One fault. ``row`` counts from 0, None for the whole edition; ``input`` is the key of an input or output."""

    severity: Literal["error", "warning"]
    table: str
    edition: date | None
    row: int | None
    input: str
    value: str
    said: Sentence
    mend: Sentence

    @property
    def sentence(self) -> Sentence:
        """Where it is, what is wrong and how to mend it, in one."""
        where_zh = f"表“{self.table}”{self.edition or ''}版" + (
            f"第{self.row + 1}行" if self.row is not None else ""
        )
        where_en = f"table “{self.table}”, edition {self.edition}" + (
            f", row {self.row + 1}" if self.row is not None else ""
        )
        at = f" {self.input}" if self.input else ""
        value = f"“{self.value}”" if self.value else ""
        return Sentence(
            f"{where_zh}{at}{value}：{self.said.say('zh')}。{self.mend.say('zh')}",
            f"{where_en}{at} {value}: {self.said.say('en')}. {self.mend.say('en')}".replace("  ", " "),
        )


@dataclass(frozen=True)
class Known:
    """What a table may name: parameters with their values by day, values of rules and facts, and vocabularies by input."""

    parameters: Mapping[str, Parameter]
    dated: Callable[[str, date], object]
    values: Callable[[str], bool]
    vocabulary: Callable[[TableInput], Vocabulary | None]

    def number(self, id: str, day: date) -> int | None:
        """A parameter's number on a day, if it is known."""
        try:
            found = self.dated(id, day)
        except CannotBecause:
            return None
        return found.value if isinstance(found, Dated) else None


def faults_in_edition(table: DecisionTable, edition: Edition, known: Known) -> list[TableFault]:
    """All faults of one edition: those of single cells first, and only without any of these gaps and overlaps."""
    check = _Check(table, edition, known)
    found = list(check.cells())
    if any(one.severity == "error" for one in found):
        return found
    return [*found, *check.cases()]


def faults_in_table(table: DecisionTable, known: Known) -> list[TableFault]:
    """All faults of all editions, and of their days."""
    found = [one for edition in table.editions for one in faults_in_edition(table, edition, known)]
    dated = sorted((one.from_, one.to or date.max) for one in table.editions if one.from_)
    for (first, last), (second, _) in pairwise(dated):
        if second <= last:
            found.append(
                TableFault(
                    "error",
                    table.key,
                    second,
                    None,
                    "",
                    f"{first} – {last}",
                    sentence("与前一版的日期重叠", "its days overlap those of the edition before"),
                    sentence("请给前一版填截止日", "Close the edition before"),
                )
            )
    return found


class _Check:
    def __init__(self, table: DecisionTable, edition: Edition, known: Known) -> None:
        self.table, self.edition, self.known = table, edition, known
        self.words = [known.vocabulary(one) or {} for one in table.inputs]
        self.lacking: set[str] = set()

    def fault(
        self, severity: Literal["error", "warning"], row: int | None, at: str, value: object, said: Sentence, mend: Sentence
    ) -> TableFault:  # fmt: skip
        """A fault of this edition."""
        shown = str(value) if value != "" else ""
        return TableFault(severity, self.table.key, self.edition.from_, row, at, shown, said, mend)

    def cells(self) -> Iterator[TableFault]:
        """Faults of single cells and results."""
        inputs = {one.key: one for one in self.table.inputs}
        outputs = {one.key for one in self.table.outputs}
        for one, words in zip(self.table.inputs, self.words, strict=True):
            if one.type == "code" and not words:
                yield self.fault("error", None, one.key, one.of.key, NO_CODES, CODES_MEND)
        for place, row in enumerate(self.edition.rows):
            for key, asked in row.when.items():
                if key not in inputs:
                    yield self.fault("error", place, key, "", NO_INPUT, there_are(list(inputs)))
                else:
                    yield from self._cell(place, inputs[key], asked)
            yield from self._results(place, row.then, outputs)
        if self.edition.otherwise is not None:
            yield from self._results(None, self.edition.otherwise, outputs)

    def _cell(self, row: int, one: TableInput, asked: Cell) -> Iterator[TableFault]:
        shown = asked.as_data()
        if asked.kind != one.type and not (one.type == "code" and asked.codes):
            yield self.fault("error", row, one.key, shown, TYPES[one.type], TYPE_MEND)
            return
        words = dict(zip((each.key for each in self.table.inputs), self.words, strict=True))[one.key]
        unknown = [word for word in asked.codes if word not in words] if one.type == "code" else []
        if unknown:
            yield self.fault("error", row, one.key, ", ".join(unknown), NO_CODE, the_codes_are(list(words)))
        if one.type == "number":
            for id in asked.parameters:
                yield from self._parameter(row, one.key, id, one.unit)
            try:
                ends = [
                    whole(end, one.unit)
                    for end in (asked.low, asked.high)
                    if end is not None and not isinstance(end, str)
                ]
            except ValueError:
                yield self.fault("error", row, one.key, shown, TOO_FINE, FINE_MEND)
                return
            if len(ends) == 2 and (
                ends[0] > ends[1] or (ends[0] == ends[1] and (asked.above or asked.below))
            ):
                yield self.fault("error", row, one.key, shown, BACKWARDS, BACKWARDS_MEND)

    def _results(
        self, row: int | None, results: Mapping[str, Out], outputs: set[str]
    ) -> Iterator[TableFault]:
        units = {one.key: one.unit for one in self.table.outputs}
        for key in sorted(outputs - set(results)):
            yield self.fault("error", row, key, "", NO_RESULT, RESULT_MEND)
        for key, one in results.items():
            if key not in outputs:
                yield self.fault("error", row, key, "", NO_OUTPUT, there_are(sorted(outputs)))
            elif one.value is not None:
                try:
                    whole(one.value, units[key])
                except ValueError:
                    yield self.fault("error", row, key, one.value, TOO_FINE, FINE_MEND)
            elif one.pay:
                yield from self._named(row, key, one.pay, units[key])
                if one.share:
                    yield from self._named(row, key, one.share, "ratio")

    def _named(self, row: int | None, key: str, name: str, unit: str) -> Iterator[TableFault]:
        if name in self.known.parameters or not self.known.values(name):
            yield from self._parameter(row, key, name, unit)

    def _parameter(self, row: int | None, at: str, id: str, unit: str) -> Iterator[TableFault]:
        parameter = self.known.parameters.get(id)
        if parameter is None:
            yield self.fault("error", row, at, id, NO_PARAMETER, PARAMETER_MEND)
        elif parameter.unit != unit:
            said = sentence(
                "参数的单位是{a}，此处应为{b}",
                "the parameter is in {a}, expected {b}",
                a=parameter.unit,
                b=unit,
            )
            yield self.fault("error", row, at, id, said, UNIT_MEND)
        else:
            days = self._days([id])
            lacking = [day for day in days if self.known.number(id, day) is None]
            untold = any(value.from_ is None or value.value is None for value in parameter.values)
            if len(lacking) == len(days) and not untold:
                yield self.fault("error", row, at, id, NEVER_KNOWN, DATE_MEND)
            elif lacking and id not in self.lacking:
                self.lacking.add(id)
                said = sentence("参数在{d}等日没有值", "the parameter has no value on {d}", d=lacking[0])
                yield self.fault("warning", row, at, id, said, DATE_MEND)

    def _days(self, ids: Sequence[str]) -> list[date]:
        """The edition's first day and all days in its span on which one of the parameters changes."""
        first = self.edition.from_ or BEGINNING
        found = {first}
        for value in (
            value for id in ids if id in self.known.parameters for value in self.known.parameters[id].values
        ):
            found |= {value.from_} if value.from_ else set()
            found |= {value.to + timedelta(days=1)} if value.to else set()
        return sorted(
            day for day in found if first <= day and (self.edition.to is None or day <= self.edition.to)
        )

    def cases(self) -> Iterator[TableFault]:
        """Gaps and overlaps, on every day on which the bounds are others."""
        one = self.table.outputs[0]
        sheet = sheet_of(self.table.inputs, one.key, one.unit, self.edition, self.words)
        ids = list(
            dict.fromkeys(id for row in sheet.asks for asked in row if asked for id in asked.parameters)
        )
        seen: set[tuple[int | None, ...]] = set()
        told: set[tuple[int | None, str]] = set()
        for day in self._days(ids):
            bounds = {id: self.known.number(id, day) for id in ids}
            if tuple(bounds.values()) in seen or None in bounds.values():
                continue
            seen.add(tuple(bounds.values()))
            for fault in self._cases(sheet, bounds):
                if (fault.row, fault.said.say("en")) not in told:
                    told.add((fault.row, fault.said.say("en")))
                    yield fault

    def _cases(self, sheet: Sheet, bounds: Bounds) -> Iterator[TableFault]:
        axes = sheet.axes(bounds)
        cells = prod(axis.size + 1 for axis in axes)
        if cells > CELLS:
            yield self.fault("error", None, "", cells, TOO_MANY, MANY_MEND)
            return
        for one, axis in zip(self.table.inputs, axes, strict=True):
            if not any(axis.real):
                yield self.fault("error", None, one.key, "", BACKWARDS, BACKWARDS_MEND)
                return
        hits = geometry(sheet, axes, bounds)
        if self.edition.otherwise is None:
            for case in examples(hits.real & ~np.logical_or.reduce(hits.fits), sheet, axes, bounds):
                said = sentence("没有一行覆盖这种情况：{c}", "no row covers this case: {c}", c=case)
                yield self.fault("error", None, "", "", said, GAP_MEND)
        yield from self._overlaps(sheet, hits, bounds)

    def _overlaps(self, sheet: Sheet, hits: "Geometry", bounds: Bounds) -> Iterator[TableFault]:
        for row, own in enumerate(hits.fits):
            before = [place for place in range(row) if (hits.fits[place] & own).any()]
            asked = say_row(sheet.inputs, sheet.asks[row], bounds, sheet.words)
            if not own.any():
                said = sentence("这一行的条件不可能同时成立：{a}", "this row can never fit: {a}", a=asked)
                yield self.fault("error", row, "", "", said, REMOVE)
            elif not hits.first[row].any():
                listed = ", ".join(str(place + 1) for place in before)
                said = sentence(
                    "永远到不了这一行（{a}）：第{n}行已全部覆盖",
                    "this row ({a}) is never reached: rows {n} cover it",
                    a=asked,
                    n=listed,
                )
                yield self.fault("error", row, "", "", said, MOVE_UP)
            else:
                yield from self._partly(row, before, sheet, hits, bounds)

    def _partly(
        self, row: int, before: Sequence[int], sheet: Sheet, hits: "Geometry", bounds: Bounds
    ) -> Iterator[TableFault]:
        """A row that neither holds nor lies within an earlier one with another result, and shares cases with it."""
        rows, own = self.edition.rows, hits.fits[row]
        partly = [
            place
            for place in before
            if (own & ~hits.fits[place]).any()
            and (hits.fits[place] & ~own).any()
            and rows[place].then != rows[row].then
        ]
        if partly:
            case = next(examples(hits.fits[partly[0]] & own, sheet, sheet.axes(bounds), bounds))
            said = sentence(
                "与第{n}行部分重叠而结果不同（如：{c}），先到的行算数",
                "partly overlaps rows {n} with another result (such as: {c}); the row that comes first counts",
                n=", ".join(str(place + 1) for place in partly),
                c=case,
            )
            yield self.fault("warning", row, "", "", said, OVERLAP_MEND)


@dataclass(frozen=True)
class Geometry:
    """For all combinations of classes: which can be at all, which each row fits, and which it is the first to fit."""

    real: Array
    fits: list[Array]
    first: list[Array]


def geometry(sheet: Sheet, axes: Sequence[Axis], bounds: Bounds) -> Geometry:
    """Where each row lies."""
    real = np.ones((), bool)
    for axis in axes:
        real = np.logical_and.outer(real, np.array(axis.real))
    fits = [sheet.where(row, axes, bounds)[0] & real for row in range(len(sheet.asks))]
    taken, first = np.zeros_like(real), []
    for own in fits:
        first.append(own & ~taken)
        taken = taken | own
    return Geometry(real, fits, first)


def examples(cases: Array, sheet: Sheet, axes: Sequence[Axis], bounds: Bounds) -> Iterator[Sentence]:
    """Up to three cases in words, each as wide as it can be said."""
    left = cases.copy()
    for _ in range(_EXAMPLES):
        if not left.any():
            return
        corner = np.argwhere(left)[0]
        box = [np.arange(axis.size) == at for axis, at in zip(axes, corner, strict=True)]
        for place, axis in enumerate(axes):
            wider = [one.copy() for one in box]
            wider[place] = np.array(axis.real)
            if cases[np.ix_(*wider)].all():
                box = wider
                continue
            for step in range(int(corner[place]) + 1, axis.size):
                wider[place] = box[place] | (np.arange(axis.size) == step)
                if axis.kind != "number" or not cases[np.ix_(*wider)].all():
                    break
                box[place] = wider[place].copy()
        left[np.ix_(*box)] = False
        yield _in_words(box, sheet, axes, bounds)


def _in_words(box: Sequence[Array], sheet: Sheet, axes: Sequence[Axis], bounds: Bounds) -> Sentence:
    said = []
    for place, (one, axis) in enumerate(zip(sheet.inputs, axes, strict=True)):
        if not (np.array(axis.real) & ~box[place]).any():
            continue
        at = np.flatnonzero(box[place])
        if axis.kind == "flag":
            said.append(say_cell(one, Cell(flag=bool(at[0])), bounds, {}))
        elif axis.kind == "code":
            names = [
                word for word, (code, _) in sheet.words[place].items() if code in {axis.codes[i] for i in at}
            ]
            said.append(say_cell(one, Cell(words=tuple(names)), bounds, sheet.words[place]))
        else:
            low = "low" if at[0] > 0 and axis.real[at[0] - 1] else None
            high = "high" if at[-1] < len(axis.breaks) else None
            ends = {
                "low": axis.breaks[at[0] - 1] if low else None,
                "high": axis.breaks[at[-1]] - 1 if high else None,
            }
            single = low and high and ends["low"] == ends["high"]
            asked = Cell(low=low, high=low if single else high)
            said.append(say_cell(one, asked, ends, {}))
    return together(said, "，", ", ") if said else sentence("任何情况", "any case")
