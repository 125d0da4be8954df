"""Dated standards: a value, the days it holds, where it was read, and how sure we are. No day is filled from another."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import Field

from jishiyu.foundations.outcomes import Sentence, sentence
from jishiyu.law.rules.faults import UnknownValue
from jishiyu.law.rules.parts import Confidence, Number, Part, Span, Words, in_force

# What one whole number of the unit is worth as the integer that rules use.
_SCALE: dict[str, int] = {
    "yuan": 100,  # fen
    "ratio": 10_000,  # basis points
    "m2": 100,  # square decimetres
    "months": 1, "days": 1, "hours": 1, "years": 1,
    "persons": 1, "households": 1, "count": 1,
}  # fmt: skip
Unit = Literal[
    "yuan", "ratio", "m2", "months", "days", "hours", "years", "persons", "households", "count", "text"
]
Per = Literal[
    "person-month", "person-year", "household-month", "household-year", "household-season", "month", "year",
    "student-month", "student-year", "person", "household", "once", "death", "m2-season",
]  # fmt: skip


class Value(Span):
    """One value of a standard. ``value`` null means: known to have changed, new value not known."""

    value: Number | None = None
    text: Words | None = None
    src: tuple[str, ...] = ()
    instrument: str | None = None
    ref: str | None = None
    confidence: Confidence
    note: Words | None = None
    derived: bool = False
    doubted_from: date | None = None


class Parameter(Part):
    """A standard and its values through time. ``of`` names the parameter that a ratio is taken of."""

    id: str = Field(pattern=r"^[a-z0-9_]+(\.[a-z0-9_]+)+$")
    name: Words
    unit: Unit
    per: Per | None = None
    of: str | None = None
    values: tuple[Value, ...] = Field(min_length=1)
    note: Words | None = None


class ParameterPage(Part):
    """One file of ``parameters/``."""

    topic: Words
    parameters: tuple[Parameter, ...] = Field(min_length=1)


class Source(Part):
    """Where a value was read. Grade A: law or government site; B: press or official reprint; C: second hand."""

    id: str
    title: str
    url: str | None = None
    date: str | None = None
    grade: Literal["A", "B", "C"]
    note: str | None = None


class SourcePage(Part):
    """``sources.yaml``."""

    sources: tuple[Source, ...]


class Instrument(Part):
    """A law, regulation or notice. Dates are text where the day itself is not known (``2024-10``)."""

    id: str
    name: str
    name_en: str
    doc_no: str | None
    issuer: str
    issued: date | str | None
    effective_from: date | None
    effective_to: date | None
    status: Literal["in_force", "superseded", "check", "draft_check"]
    confidence: Confidence
    src: str | None
    note: Words | None = None


class InstrumentPage(Part):
    """``instruments.yaml``."""

    instruments: tuple[Instrument, ...]


@dataclass(frozen=True, slots=True)
class Citation:
    """What to quote beside a value: the document number if there is one, and the title of what was read."""

    doc_no: str
    title: str
    sources: tuple[str, ...] = ()

    def __str__(self) -> str:
        return " ".join(part for part in (self.title and f"《{self.title}》", self.doc_no) if part)

    @property
    def seen(self) -> bool:
        """Whether anything was seen at all."""
        return bool(self.doc_no or self.title)


@dataclass(frozen=True, slots=True)
class Dated:
    """A value in force on a day. ``value`` is fen, basis points (1/10 000), square decimetres, or plain counts by ``unit``."""

    id: str
    name: Sentence
    value: int
    unit: Unit
    per: Per | None
    of: str | None
    first: date
    last: date | None
    citation: Citation
    confidence: Confidence
    note: Sentence | None = None

    @property
    def illustrative(self) -> bool:
        """Made up to show the form: every screen has to say so."""
        return self.confidence == "illustrative"

    @property
    def real(self) -> bool:
        """Read in a source. Anything else has to be marked wherever it is shown."""
        return self.confidence == "verified"

    @property
    def certain(self) -> bool:
        """May be computed with. An uncertain value may be shown, but no entitlement rests on it."""
        return self.confidence != "uncertain"

    def insist(self) -> int:
        """The value, for computing an entitlement. Raises :class:`UnknownValue` when it is only uncertain."""
        if not self.certain:
            why = sentence("该值不确定，未经核实", "the value is uncertain and was not confirmed")
            raise UnknownValue(self.id, self.first, why, str(self.citation))
        return self.value


@dataclass(frozen=True, slots=True)
class DatedText:
    """A standard that is words (a rule left to the district, a property test), in force on a day."""

    id: str
    name: Sentence
    text: Sentence
    first: date
    last: date | None
    citation: Citation
    confidence: Confidence
    note: Sentence | None = None

    @property
    def illustrative(self) -> bool:
        """Made up to show the form."""
        return self.confidence == "illustrative"

    @property
    def real(self) -> bool:
        """Read in a source."""
        return self.confidence == "verified"


def whole(value: Decimal, unit: Unit) -> int:
    """The exact integer of a value in its natural unit. Raises ValueError when it is finer than the integer can hold."""
    scaled = value * _SCALE[unit]
    if scaled != scaled.to_integral_value() or abs(scaled) > 2**62:
        raise ValueError(f"{value} {unit} is no whole number of {'1/' + str(_SCALE[unit])}")
    return int(scaled)


def value_on(parameter: Parameter, day: date, cite: "Citer") -> Dated | DatedText:
    """The value in force that day. Raises :class:`UnknownValue` for null and for days that no value covers."""
    found = in_force(parameter.values, day)
    if found is None:
        raise UnknownValue(parameter.id, day, _why_nothing(parameter, day))
    citation = cite(found)
    if found.value is None and found.text is None:
        raise UnknownValue(
            parameter.id,
            day,
            sentence("该时段的值未查到", "no value was found for these days"),
            str(citation),
        )
    doubted = found.doubted_from is not None and day >= found.doubted_from
    confidence: Confidence = "uncertain" if doubted else found.confidence
    first = found.from_ or day
    if found.text is not None:
        return DatedText(
            parameter.id, parameter.name, found.text, first, found.to, citation, confidence, found.note
        )
    return Dated(
        parameter.id, parameter.name, whole(found.value or Decimal(0), parameter.unit), parameter.unit, parameter.per,
        parameter.of, first, found.to, citation, confidence, found.note,
    )  # fmt: skip


def _why_nothing(parameter: Parameter, day: date) -> Sentence:
    undated = [v for v in parameter.values if v.from_ is None and (v.to is None or day <= v.to)]
    if undated:
        return sentence(
            "有{n}个值但起始日未见，须确认后才能启用",
            "{n} values are recorded but their first day is not known; they need confirming first",
            n=len(undated),
        )
    first = min((v.from_ for v in parameter.values if v.from_), default=None)
    if first and day < first:
        return sentence("最早的值始于{d}", "the earliest value begins on {d}", d=first)
    return sentence("该日在两个值之间的空档", "the day lies in a gap that no value covers")


class Citer:
    """Turns the ids beside a value into something to quote."""

    def __init__(self, sources: dict[str, Source], instruments: dict[str, Instrument]) -> None:
        self._sources = sources
        self._instruments = instruments

    def __call__(self, value: Value) -> Citation:
        """The citation of one value; empty when no source was seen."""
        instrument = self._instruments.get(value.instrument or "")
        source = self._sources.get(value.src[0]) if value.src else None
        title = instrument.name if instrument else source.title if source else ""
        doc_no = value.ref or (instrument.doc_no if instrument else None) or ""
        return Citation("" if doc_no == title else doc_no, title, value.src)
