"""What the interface says and takes: every text in both languages, amounts as whole numbers, no NUL anywhere."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import Field, StringConstraints

from jishiyu.foundations.outcomes import Sentence

# Patterns rather than free text: PostgreSQL refuses a NUL, and nothing here needs one.
ParameterId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]+(\.[a-z0-9_]+)+$", max_length=80)]
ProgrammeCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
ItemId = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}[0-9]{2}$")]
AreaCode = Annotated[str, StringConstraints(pattern=r"^[0-9]{9}$")]
Confidence = Literal["verified", "recalled", "uncertain", "illustrative"]


class Words(Schema):
    """A text in Chinese and English."""

    zh: str
    en: str


class Refusal(Schema):
    """Why something cannot be had: a stable code, and the reason in both languages."""

    code: str
    zh: str
    en: str
    detail: list[dict[str, Any]] = Field(default_factory=list)


class Health(Schema):
    """That the system answers, with which policy."""

    status: Literal["ok"]
    pack: str
    at: datetime


class CitationOut(Schema):
    """What to quote."""

    title: str
    doc_no: str


class Standard(Schema):
    """A standard on a day. ``value``: fen, basis points, square decimetres or plain counts, by ``unit``; null when not known."""

    id: str
    name: Words
    known: bool
    value: int | None
    text: Words | None
    unit: str
    per: str | None
    first: date | None
    last: date | None
    citation: CitationOut | None
    confidence: Confidence | None
    illustrative: bool
    reason: Words | None


class Programme(Schema):
    """A programme with its lead and responsible agencies on a day."""

    code: str
    clause: str
    name: Words
    content: Words
    lead: str
    lead_name: Words
    responsible: list[str]


class Item(Schema):
    """A benefit item."""

    id: str
    programme: str
    name: Words
    forms: list[str]
    frequency: str
    standard: Words
    conditions: list[Words]
    parameters: list[str]
    confidence: Confidence
    illustrative: bool


class Notice(Schema):
    """A public notice that is up today: masked by rule when it was published, nothing added since."""

    id: str
    sub_district: str
    sub_district_name: Words
    published_on: date
    ends_on: date
    content: dict[str, Any]


def words(value: Sentence) -> Words:
    """A sentence in both languages."""
    return Words(zh=value.say("zh"), en=value.say("en"))
