"""What an officer may write as the test of a condition: a named test, tests joined by all, any and not, or a question.

``aged_from`` · ``{is: aged_from, with: {age: bj.elderly.from_80}}`` · ``{any: [on_dibao, low_income_family]}`` ·
``{not: destitute}`` · ``{days: [01-16, 03-15]}`` (the legal date lies in these days of a year, both included)
``{ask: {key: boards, zh: 是否寄宿, en: whether the pupil boards at school}}``

Nothing is evaluated as code: names are looked up among the rules that exist, and parameters among those of the pack.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import PlainSerializer, PlainValidator

from jishiyu.foundations.outcomes import Sentence
from jishiyu.law.rules.parts import Unreadable

Op = Literal["is", "all", "any", "not", "ask", "days"]


@dataclass(frozen=True, slots=True)
class Question:
    """What the register does not hold and a person has to tell: yes or no, or an amount in yuan."""

    key: str
    zh: str
    en: str
    unit: Literal["flag", "yuan"] = "flag"

    @property
    def words(self) -> Sentence:
        """The question in both languages."""
        return Sentence(self.zh, self.en)


@dataclass(frozen=True, slots=True)
class Expression:
    """A test, or several joined. ``given`` binds a test's arguments to parameters of the pack, by their ids."""

    op: Op
    test: str = ""
    given: tuple[tuple[str, str], ...] = ()
    parts: tuple["Expression", ...] = ()
    question: Question | None = None

    @property
    def key(self) -> str:
        """The same text for the same test, whoever wrote it."""
        if self.question is not None:
            return f"told_{self.question.key}"
        if self.op == "days":
            return f"days({self.test})"
        if self.parts:
            return f"{self.op}({'; '.join(part.key for part in self.parts)})"
        bound = ", ".join(f"{name}={id}" for name, id in self.given)
        return f"{self.test}({bound})" if bound else self.test

    def walk(self) -> Iterator["Expression"]:
        """This expression and all within it."""
        yield self
        for part in self.parts:
            yield from part.walk()

    def as_data(self) -> Any:
        """As it is written in the pack."""
        if self.question is not None:
            asked = {"key": self.question.key, "zh": self.question.zh, "en": self.question.en}
            return {"ask": asked if self.question.unit == "flag" else asked | {"unit": self.question.unit}}
        if self.op == "days":
            return {"days": self.test.split("..")}
        if self.op == "not":
            return {"not": self.parts[0].as_data()}
        if self.parts:
            return {self.op: [part.as_data() for part in self.parts]}
        return {"is": self.test, "with": dict(self.given)} if self.given else self.test


def expression(raw: Any) -> Expression:
    """The expression that was written. Raises :class:`Unreadable` with what is expected instead."""
    if isinstance(raw, Expression):
        return raw
    if isinstance(raw, str) and raw:
        return Expression("is", raw)
    if isinstance(raw, Mapping):
        if set(raw) in ({"is"}, {"is", "with"}):
            return _named(raw)
        if set(raw) == {"ask"}:
            return Expression("ask", question=question(raw["ask"]))
        if set(raw) == {"days"}:
            return Expression("days", _days_of_year(raw["days"]))
        if set(raw) == {"not"}:
            return Expression("not", parts=(expression(raw["not"]),))
        if set(raw) in ({"all"}, {"any"}):
            return _joined(raw)
    raise Unreadable(
        "应为规则名，或 {is: …, with: …}、{all: […]}、{any: […]}、{not: …}、{ask: …}、{days: [月-日, 月-日]}",
        "expected the name of a test, or {is: …, with: …}, {all: […]}, {any: […]}, {not: …}, {ask: …}, {days: [MM-DD, MM-DD]}",
    )


def _days_of_year(raw: Any) -> str:
    try:
        first, last = (str(one) for one in raw)
        for one in (first, last):
            date.fromisoformat(f"2024-{one}")
    except (TypeError, ValueError) as error:
        raise Unreadable("days 应为 [月-日, 月-日]", "days has to be [MM-DD, MM-DD]") from error
    return f"{first}..{last}"


def in_days_of_year(span: str, day: date) -> bool:
    """Whether a day lies in a span of a year, written as ``01-16..03-15``; one that runs over the new year begins with the later."""
    first, last = span.split("..")
    here = f"{day:%m-%d}"
    return first <= here <= last if first <= last else here >= first or here <= last


def _named(raw: Mapping[str, Any]) -> Expression:
    given = raw.get("with", {})
    if not isinstance(given, Mapping) or not all(isinstance(id, str) for id in given.values()):
        raise Unreadable("with 应为“名字: 参数编号”", "with has to be “name: id of a parameter”")
    return Expression("is", str(raw["is"]), tuple(sorted(given.items())))


def _joined(raw: Mapping[str, Any]) -> Expression:
    op: Op = "all" if "all" in raw else "any"
    parts = raw[op]
    if not isinstance(parts, list | tuple) or not parts:
        raise Unreadable("{op}后应为列表", "{op} needs a list", op=op)
    return Expression(op, parts=tuple(expression(part) for part in parts))


def question(raw: Any) -> Question:
    """The question that was written. Raises :class:`Unreadable`."""
    keys = set(raw) if isinstance(raw, Mapping) else set()
    texts = all(isinstance(raw[key], str) and raw[key] for key in keys)
    if not texts or not {"key", "zh", "en"} <= keys <= {"key", "zh", "en", "unit"}:
        raise Unreadable("ask 应为 {key: …, zh: …, en: …}", "ask has to be {key: …, zh: …, en: …}")
    if raw.get("unit", "flag") not in ("flag", "yuan"):
        raise Unreadable("unit 应为 flag 或 yuan", "unit has to be flag or yuan")
    return Question(raw["key"], raw["zh"], raw["en"], raw.get("unit", "flag"))


Written = Annotated[Expression, PlainValidator(expression), PlainSerializer(Expression.as_data)]
