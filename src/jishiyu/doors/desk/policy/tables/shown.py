"""Tables and their editions in words, ready for the page."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from jishiyu.foundations.outcomes import Sentence, sentence
from jishiyu.law.rules.decision_tables import Cell, DecisionTable, Edition, Out, TableInput
from jishiyu.law.rules.pack import Pack
from jishiyu.law.rules.parameters import Unit
from jishiyu.law.rules.table_checks import Known
from jishiyu.law.rules.table_words import say_asked, say_out, say_row
from jishiyu.programmes.rules.table_faults import known_to
from jishiyu.programmes.rules.tables import vocabulary_of

ANY = sentence("不限", "any")
_NO_CASE = sentence("（不适用：各种情况都有对应的行）", "(none: every case has a row)")


@dataclass(frozen=True, slots=True)
class CellShown:
    """A cell in words, with the parameters that it names."""

    words: Sentence
    any: bool
    parameters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RowShown:
    """A row in words."""

    number: int
    cells: tuple[CellShown, ...]
    results: tuple[CellShown, ...]


@dataclass(frozen=True, slots=True)
class EditionShown:
    """An edition in words, with the values of a day."""

    edition: Edition
    rows: tuple[RowShown, ...]
    otherwise: tuple[CellShown, ...]
    in_force: bool


def edition_shown(table: DecisionTable, edition: Edition, known: Known, day: date) -> EditionShown:
    """An edition in words. Values are those of the day, or of the edition's first day when that is still to come."""
    when = (
        max(day, edition.from_ or day)
        if edition.to is None
        else min(max(day, edition.from_ or day), edition.to)
    )
    rows = tuple(
        RowShown(
            place + 1,
            tuple(_cell(one, row.when.get(one.key), known, when) for one in table.inputs),
            tuple(
                _result(table, one.key, row.then.get(one.key, Out()), known, when) for one in table.outputs
            ),
        )
        for place, row in enumerate(edition.rows)
    )
    last = edition.otherwise
    otherwise = (
        tuple(_result(table, one.key, last.get(one.key, Out()), known, when) for one in table.outputs)
        if last is not None
        else tuple(CellShown(_NO_CASE, True, ()) for _ in table.outputs)
    )
    return EditionShown(edition, rows, otherwise, edition.holds(day))


def editions_shown(pack: Pack, table: DecisionTable, day: date) -> list[EditionShown]:
    """All editions, the newest first."""
    known = known_to(pack, day)
    return [edition_shown(table, one, known, day) for one in reversed(table.editions)]


def row_said(table: DecisionTable, edition: Edition, row: int, known: Known, day: date) -> Sentence:
    """A row in one sentence."""
    asks = [edition.rows[row].when.get(one.key) for one in table.inputs]
    bounds = {id: known.number(id, day) for asked in asks if asked for id in asked.parameters}
    asked = say_row(table.inputs, asks, bounds, [vocabulary_of(one) or {} for one in table.inputs])
    given = [_result(table, key, one, known, day).words for key, one in edition.rows[row].then.items()]
    return sentence("{a} → {g}", "{a} → {g}", a=asked, g=given[0] if given else "")


def items_of(pack: Pack, table: DecisionTable) -> list[Any]:
    """The benefit items whose amount names the table."""
    names = {table.rule_name(one.key) for one in table.outputs}
    found = []
    for item in pack.items:
        rows = item.amount.rows if item.amount else ()
        if names & {name for row in rows for name in (row.pay.test, row.share)}:
            found.append(item)
    return found


def _cell(one: TableInput, asked: Cell | None, known: Known, day: date) -> CellShown:
    if asked is None:
        return CellShown(ANY, True, ())
    bounds = {id: known.number(id, day) for id in asked.parameters}
    return CellShown(say_asked(one, asked, bounds, vocabulary_of(one) or {}), False, asked.parameters)


def _result(table: DecisionTable, key: str, one: Out, known: Known, day: date) -> CellShown:
    unit: Unit = next((each.unit for each in table.outputs if each.key == key), "count")
    numbers = {name: known.number(name, day) if name in known.parameters else None for name in one.names}
    names = tuple(name for name in one.names if name in known.parameters)
    return CellShown(say_out(one, unit, numbers), False, names)
