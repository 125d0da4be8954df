"""The furniture of every page of a pack: strict models, words in two languages, exact numbers, dated spans."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal, Protocol, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, PlainValidator

from jishiyu.foundations.outcomes import Sentence, sentence

Confidence = Literal["verified", "recalled", "uncertain", "illustrative"]
Role = Literal[
    "caseworker", "reviewer", "sub_district_head", "agency_officer", "decider", "agency_head",
    "finance", "office", "expert", "auditor", "admin",
]  # fmt: skip

CONFIDENCE_NAMES: dict[Confidence, Sentence] = {
    "verified": sentence("已见原文", "seen in a source"),
    "recalled": sentence("凭记忆，未见原文", "recalled, no source seen"),
    "uncertain": sentence("不确定", "uncertain"),
    "illustrative": sentence("示例，非真实口径", "made up to show the form"),
}


class Unreadable(ValueError):
    """A value in the wrong form; ``sentence`` says what is expected there, in both languages."""

    def __init__(self, zh: str, en: str, **values: Any) -> None:
        self.sentence = sentence(zh, en, **values)
        super().__init__(self.sentence.say("en"))


class Part(BaseModel):
    """A piece of the pack: nothing missing, nothing extra, nothing converted on the quiet, never changed after."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, populate_by_name=True)


def _words(raw: Any) -> Sentence:
    if isinstance(raw, Sentence):
        return raw
    if not isinstance(raw, dict) or set(raw) != {"zh", "en"}:
        raise Unreadable("应为 {zh: …, en: …} 两种文字", "expected {zh: …, en: …}, both languages")
    for language, text in raw.items():
        if not isinstance(text, str) or not text.strip():
            raise Unreadable("{l}应为非空文字", "{l} has to be text and not empty", l=language)
    return Sentence(raw["zh"], raw["en"])


def _number(raw: Any) -> Any:
    if isinstance(raw, bool) or not isinstance(raw, int | Decimal):
        raise Unreadable("应为数字（不加引号）", "expected a number, without quotes")
    return Decimal(raw)


Words = Annotated[Sentence, PlainValidator(_words), PlainSerializer(Sentence.as_data)]
Number = Annotated[Decimal, BeforeValidator(_number)]


class Span(Part):
    """A dated piece: ``from`` and ``to`` are both in force; ``from`` null is *day unknown*, ``to`` null is open."""

    from_: date | None = Field(alias="from")
    to: date | None

    def holds(self, day: date) -> bool:
        """Whether the piece is in force that day. A piece whose first day is not known never is."""
        return self.from_ is not None and self.from_ <= day and (self.to is None or day <= self.to)


class _Dated(Protocol):
    @property
    def from_(self) -> date | None: ...
    def holds(self, day: date) -> bool: ...


S = TypeVar("S", bound=_Dated)


def in_force(pieces: Iterable[S], day: date) -> S | None:
    """The piece in force that day: of several, the one that began last; None in a gap."""
    found = [piece for piece in pieces if piece.holds(day)]
    return max(found, key=lambda piece: piece.from_ or date.min) if found else None
