"""The questions about a household as its pages show them: which wait and for what, what was answered, and by whom."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from jishiyu.doors.desk.tell.forms import AnswerForm
from jishiyu.foundations.money import yuan_text
from jishiyu.foundations.outcomes import Sentence, sentence
from jishiyu.journeys.tell import waiting_questions
from jishiyu.law.rules.expressions import Question
from jishiyu.programmes.queries import questions
from jishiyu.programmes.rules.entitlement import Entitlement
from jishiyu.registry import queries as registry

_YES, _NO = sentence("是", "yes"), sentence("否", "no")
_NOT_KNOWN = sentence("不清楚", "not known")


@dataclass(frozen=True, slots=True)
class AnswerView:
    """An answer that was given: in words, by whom, on what, for which days, and who recorded it."""

    value: Sentence
    said_by: str
    paper: str
    reason: str
    first_day: date
    last_day: date | None
    version: int
    officer: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, the items that wait for it, the answers it had (newest first), and the form to answer it."""

    question: Question
    items: tuple[Sentence, ...]
    answers: tuple[AnswerView, ...]
    form: AnswerForm

    @property
    def newest(self) -> AnswerView | None:
        """The newest answer, if any."""
        return self.answers[0] if self.answers else None


@dataclass(frozen=True, slots=True)
class Questions:
    """What waits to be told, and what was told."""

    waiting: tuple[Asked, ...]
    told: tuple[Asked, ...]
    gone: tuple[tuple[str, AnswerView], ...] = field(default=())

    def __len__(self) -> int:
        return len(self.waiting)


def questions_about(
    household_id: UUID,
    answers: Sequence[Entitlement],
    *,
    today: date,
    sent: AnswerForm | None = None,
    item: str = "",
) -> Questions:
    """The questions of the day's answers; only those of one ``item`` when it is named. ``sent`` is a form to be shown again."""
    waiting = waiting_questions(answers)
    if item:  # another item's questions are not this page's
        names = [one.name for one in answers if one.item == item]
        waiting = {key: pair for key, pair in waiting.items() if any(one.name in names for one in pair[1])}
    given: dict[str, list[AnswerView]] = {}
    known = questions(today)
    for row in registry.answers(household_id):
        given.setdefault(row.key, []).append(_view(row))

    def asked(key: str, question: Question, items: Sequence[Entitlement]) -> Asked:
        own = tuple(given.get(key, ()))
        form = (
            sent
            if sent is not None and sent.asked.key == key
            else AnswerForm(None, asked=question, corrects=bool(own), today=today)
        )
        return Asked(question, tuple(one.name for one in items), own, form)

    return Questions(
        tuple(asked(key, question, items) for key, (question, items) in waiting.items()),
        tuple(asked(key, known[key], ()) for key in given if key in known and key not in waiting),
        tuple((key, view) for key, views in given.items() if key not in known for view in views),
    )


def in_words(told: Iterable[tuple[str, int | bool]], day: date) -> list[tuple[Sentence, Sentence]]:
    """Answers that a result rests on, as question and answer; a question that is asked no more stands by its key."""
    known = questions(day)
    return [
        (known[key].words if key in known else sentence("{k}", "{k}", k=key), _words(value))
        for key, value in told
    ]


def _view(row: Any) -> AnswerView:
    told = row.told
    return AnswerView(
        _words(told["value"]),
        told["said_by"],
        told["paper"],
        told["reason"],
        row.first_day,
        row.last_day,
        row.version,
        row.officer,
        row.recorded_at,
    )


def _words(value: int | bool | None) -> Sentence:
    if value is None:
        return _NOT_KNOWN
    if isinstance(value, bool):
        return _YES if value else _NO
    amount = yuan_text(value)
    return sentence("{a} 元", "{a} yuan", a=amount)
