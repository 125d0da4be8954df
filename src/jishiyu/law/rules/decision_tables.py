"""Decision tables (决策表) as an officer writes them: inputs, rows in order, the first row that fits decides.

A cell asks ``true``/``false`` of a test, one or more words of a vocabulary, a number, or a span of numbers
(``{from: 1, to: 3}``, ``{above: 0}``, ``{below: bj.dibao.urban}``; a bound may be a parameter's id). What is not written
is *any*. A row gives a number, a parameter or value by name, a share of one, or ``person``: a person has to judge.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import Field, PlainSerializer, PlainValidator

from jishiyu.foundations.outcomes import Sentence
from jishiyu.law.rules.expressions import Written
from jishiyu.law.rules.parameters import Unit
from jishiyu.law.rules.parts import Confidence, Number, Part, Span, Unreadable, Words

Bound = Decimal | str
Kind = Literal["flag", "code", "number"]
PERSON = "person"
_ENDS = {"from", "to", "above", "below"}


@dataclass(frozen=True, slots=True)
class Cell:
    """What a row asks of one input. ``words`` of a vocabulary, a ``flag``, or numbers between two bounds."""

    flag: bool | None = None
    words: tuple[str, ...] = ()
    low: Bound | None = None
    high: Bound | None = None
    above: bool = False  # the lower bound itself is left out
    below: bool = False  # the upper bound itself is left out

    @property
    def kind(self) -> Kind:
        """Of what kind of input this can be asked (a single number also of a code)."""
        return "flag" if self.flag is not None else "code" if self.words else "number"

    @property
    def codes(self) -> tuple[str, ...]:
        """The words of the vocabulary that it names; a code that is a number may be written as one."""
        single = isinstance(self.low, Decimal) and self.low == self.high and not (self.above or self.below)
        return (str(self.low),) if single else self.words

    @property
    def parameters(self) -> tuple[str, ...]:
        """The parameters that it is bounded by."""
        return tuple(one for one in (self.low, self.high) if isinstance(one, str))

    def as_data(self) -> Any:
        """As it is written in the pack."""
        if self.flag is not None:
            return self.flag
        if self.words:
            return list(self.words) if len(self.words) > 1 else self.words[0]
        if self.low == self.high and not (self.above or self.below):
            return {"from": self.low, "to": self.high} if isinstance(self.low, str) else plain(self.low)
        ends = {"above" if self.above else "from": self.low, "below" if self.below else "to": self.high}
        return {key: plain(bound) for key, bound in ends.items() if bound is not None}


def plain(bound: Bound | None) -> Any:
    """A bound or value as YAML and JSON can hold it: a whole number, exact text of a fraction's digits, or a name."""
    if not isinstance(bound, Decimal):
        return bound
    return int(bound) if bound == bound.to_integral_value() else float(bound)


def cell(raw: Any) -> Cell:
    """The cell that was written. Raises :class:`Unreadable` with what is expected instead."""
    if isinstance(raw, Cell):
        return raw
    if isinstance(raw, bool):
        return Cell(flag=raw)
    if isinstance(raw, int | float | Decimal):
        return Cell(low=Decimal(str(raw)), high=Decimal(str(raw)))
    if isinstance(raw, str) and raw:
        return Cell(words=(raw,))
    if isinstance(raw, list | tuple) and raw and all(isinstance(one, str | int) for one in raw):
        return Cell(words=tuple(dict.fromkeys(str(one) for one in raw)))
    ends = set(raw) if isinstance(raw, Mapping) else set()
    if not ends or not ends <= _ENDS or {"from", "above"} <= ends or {"to", "below"} <= ends:
        raise Unreadable(
            "单元格应为 true、false、代码、[代码, …]、数字，或 {from: …, to: …}（不含本数用 above、below）",
            "a cell is true, false, a code, [codes], a number, or {from: …, to: …} (above, below leave the bound out)",
        )
    low, high = _bound(raw.get("from", raw.get("above"))), _bound(raw.get("to", raw.get("below")))
    return Cell(low=low, high=high, above="above" in ends, below="below" in ends)


def _bound(raw: Any) -> Bound | None:
    if raw is None or (isinstance(raw, str) and raw):
        return raw
    if isinstance(raw, bool) or not isinstance(raw, int | float | Decimal):
        raise Unreadable("界限应为数字或参数编号", "a bound is a number or the id of a parameter")
    return Decimal(str(raw))


@dataclass(frozen=True, slots=True)
class Out:
    """What a row gives: a number in the output's unit, what is named (``share`` of it), or nothing but *ask a person*."""

    value: Decimal | None = None
    pay: str = ""
    share: str = ""

    @property
    def person(self) -> bool:
        """Whether a person has to judge."""
        return self.value is None and not self.pay

    @property
    def names(self) -> tuple[str, ...]:
        """The parameters or values that it is reckoned from."""
        return tuple(one for one in (self.pay, self.share) if one)

    def as_data(self) -> Any:
        """As it is written in the pack."""
        if self.person:
            return PERSON
        if self.value is not None:
            return plain(self.value)
        return {"pay": self.pay, "share": self.share} if self.share else self.pay


def out(raw: Any) -> Out:
    """The output that was written. Raises :class:`Unreadable`."""
    if isinstance(raw, Out):
        return raw
    if isinstance(raw, str) and raw:
        return Out() if raw == PERSON else Out(pay=raw)
    if isinstance(raw, int | float | Decimal) and not isinstance(raw, bool):
        return Out(value=Decimal(str(raw)))
    if isinstance(raw, Mapping) and set(raw) == {"pay", "share"}:
        return Out(pay=str(raw["pay"]), share=str(raw["share"]))
    raise Unreadable(
        "结果应为数字、参数编号、{pay: …, share: …} 或 person（转由人判断）",
        "a result is a number, a parameter's id, {pay: …, share: …}, or person (for a person to judge)",
    )


Asked = Annotated[Cell, PlainValidator(cell), PlainSerializer(Cell.as_data)]
Given_ = Annotated[Out, PlainValidator(out), PlainSerializer(Out.as_data)]


class TableInput(Part):
    """One input. ``of`` is the test or value that it is; ``least`` and ``most`` bound what a number can be at all."""

    key: str = Field(pattern=r"^[a-z0-9_]+$")
    name: Words
    of: Written
    type: Kind
    unit: Unit = "count"
    least: Number | None = None
    most: Number | None = None


class TableOutput(Part):
    """One output, with the unit of its numbers."""

    key: str = Field(pattern=r"^[a-z0-9_]+$")
    name: Words
    unit: Unit


class TableRow(Part):
    """A row: what it asks (inputs that are not named may be anything), and what it gives."""

    when: dict[str, Asked] = Field(default_factory=dict)
    then: dict[str, Given_]
    citation: Words | None = None


class Edition(Span):
    """The rows of a table in a span of days. ``otherwise`` is given where no row fits; without it every case has a row."""

    rows: tuple[TableRow, ...] = Field(min_length=1)
    otherwise: dict[str, Given_] | None = None
    citation: Words
    document: str | None = None
    confidence: Confidence
    note: Words | None = None

    def as_data(self) -> dict[str, Any]:
        """As it is written in the pack: plain values that YAML and JSON can hold."""
        told = _told(self.model_dump(by_alias=True))
        return {"from": self.from_, "to": self.to} | {
            key: one for key, one in told.items() if key not in ("from", "to")
        }


def _told(data: Any) -> Any:
    """What is written, without what is empty; lists for tuples, since YAML's safe form has none."""
    if isinstance(data, dict):
        return {key: _told(one) for key, one in data.items() if one is not None and one != {}}
    return [_told(one) for one in data] if isinstance(data, list | tuple) else data


class DecisionTable(Part):
    """A table and its editions through time. ``each`` member: one answer for each member, else one for the household."""

    key: str = Field(pattern=r"^[a-z][a-z0-9_]+$")
    name: Words
    each: Literal["member", "household"] = "household"
    inputs: tuple[TableInput, ...] = Field(min_length=1, max_length=8)
    outputs: tuple[TableOutput, ...] = Field(min_length=1)
    editions: tuple[Edition, ...] = Field(min_length=1)
    note: Words | None = None

    def edition_on(self, day: date) -> Edition | None:
        """The edition in force that day: none where no edition holds."""
        return next((one for one in self.editions if one.holds(day)), None)

    def rule_name(self, output: str) -> str:
        """What the value is called: the table's key, and with several outputs the output's as well."""
        return self.key if len(self.outputs) == 1 else f"{self.key}.{output}"

    @property
    def given(self) -> tuple[Out, ...]:
        """All that its editions give."""
        rows = [row.then for one in self.editions for row in one.rows]
        lasts = [one.otherwise for one in self.editions if one.otherwise is not None]
        return tuple(out for then in (*rows, *lasts) for out in then.values())

    @property
    def bounds(self) -> tuple[str, ...]:
        """The parameters that bound its cells."""
        cells = (asked for one in self.editions for row in one.rows for asked in row.when.values())
        return tuple(dict.fromkeys(id for asked in cells for id in asked.parameters))

    def revised(self, edition: Edition) -> "DecisionTable":
        """The table with one more edition, before which the one in force ends. Raises :class:`Unreadable`."""
        first = edition.from_
        latest = max((one.from_ for one in self.editions if one.from_), default=None)
        if first is None or edition.to is not None or (latest is not None and first <= latest):
            raise Unreadable(
                "新版本应自{d}之后的某日起、无截止日",
                "a new edition begins after {d} and is open",
                d=latest or "?",
            )
        ends = first - timedelta(days=1)
        kept = tuple(
            one.model_copy(update={"to": ends}) if one.to is None or one.to > ends else one
            for one in self.editions
        )
        return self.model_copy(update={"editions": (*kept, edition)})


class TablePage(Part):
    """One file of ``tables/``."""

    topic: Words
    tables: tuple[DecisionTable, ...] = Field(min_length=1)


class RevisionPage(Part):
    """One file of ``tables/revisions/``: a further edition of a table, as the desk exports it."""

    table: str
    edition: Edition


Vocabulary = Mapping[str, tuple[int, Sentence]]
