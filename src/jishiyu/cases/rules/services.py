"""What makes a delivery sound: its questions answered, somebody came, what was done is told and measured, days in order."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from jishiyu.cases.rules.service_kinds import KINDS, Kind, Measure, Question
from jishiyu.foundations.money import yuan_text
from jishiyu.foundations.outcomes import CannotBecause, Sentence, sentence

AppointmentState = Literal["planned", "kept", "missed", "moved"]
APPOINTMENT_STATES: dict[str, Sentence] = {
    "planned": sentence("已约定", "Planned"),
    "kept": sentence("已进行", "Kept"),
    "missed": sentence("未成", "Missed"),
    "moved": sentence("已改期", "Moved"),
}
DELIVERY_STATES: dict[str, Sentence] = {
    "arranged": sentence("落实中", "Under way"),
    "delivered": sentence("已落实", "Delivered"),
    "not_delivered": sentence("未能落实", "Not delivered"),
}
MEASURES: dict[Measure, Sentence] = {
    "minutes": sentence("用时（分钟）", "Minutes"),
    "quantity": sentence("数量", "Quantity"),
    "amount": sentence("价值或减免金额（元）", "Worth or amount waived (yuan)"),
    "document": sentence("文书或凭证号", "Number of the document"),
}
SCORES: dict[int, Sentence] = {
    5: sentence("很满意", "Very satisfied"),
    4: sentence("满意", "Satisfied"),
    3: sentence("一般", "Neither"),
    2: sentence("不满意", "Dissatisfied"),
    1: sentence("很不满意", "Very dissatisfied"),
}


@dataclass(frozen=True, slots=True)
class Finished:
    """What is told when something was delivered. ``amount`` in fen; ``answers`` by the key of the kind's questions."""

    done_on: date
    what_was_done: str
    answers: Mapping[str, Any] = field(default_factory=dict)
    minutes: int | None = None
    quantity: int | None = None
    amount: int | None = None
    document_no: str = ""

    def measured(self, measure: Measure) -> bool:
        """Whether this was told."""
        return {
            "minutes": self.minutes is not None,
            "quantity": self.quantity is not None,
            "amount": self.amount is not None,
            "document": bool(self.document_no.strip()),
        }[measure]


def kind_of(key: str) -> Kind:
    """The kind with this key. Refused when there is none."""
    if key not in KINDS:
        raise CannotBecause(
            "cases.no_such_kind", sentence("没有这种落实方式", "There is no such kind of delivery")
        )
    return KINDS[key]


def require_answers(questions: Iterable[Question], answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers as they are kept (days as ISO texts). Refused with each required question that is not answered."""
    questions = tuple(questions)
    missing = [one for one in questions if one.required and answers.get(one.key) in (None, "")]
    if missing:
        raise CannotBecause(
            "cases.service_answers_missing",
            sentence(
                "请填写：{list_zh}",
                "Please fill in: {list_en}",
                list_zh="、".join(one.words.say("zh") for one in missing),
                list_en=", ".join(one.words.say("en") for one in missing),
            ),
        )
    return {
        one.key: _kept(one, answers[one.key]) for one in questions if answers.get(one.key) not in (None, "")
    }


def _kept(question: Question, answer: Any) -> Any:
    if question.ask == "choice" and answer not in dict(question.choices):
        raise CannotBecause(
            "cases.service_no_such_answer",
            sentence("“{q}”没有这一选项", "“{q}” has no such answer", q=question.words),
        )
    if isinstance(answer, date):
        return answer.isoformat()
    return answer.strip() if isinstance(answer, str) else answer


def require_finished(
    kind: Kind, told: Finished, *, arranged_on: date, today: date, kept: Iterable[date]
) -> None:
    """Refuse what cannot be: nobody came, a day before it was arranged or to come, nothing said, a measure left out."""
    days = tuple(kept)
    for refused, code, why in (
        (
            kind.by_appointment and not days,
            "cases.nobody_came",
            sentence(
                "还没有一次已进行的约定，不能登记为已落实", "No appointment was kept yet: it is not delivered"
            ),
        ),
        (
            not arranged_on <= told.done_on <= today,
            "cases.delivered_when",
            sentence(
                "落实日期须在安排之日（{a}）与今天之间",
                "The day of delivery lies between its arrangement ({a}) and today",
                a=arranged_on.isoformat(),
            ),
        ),
        (
            len(told.what_was_done.strip()) < 2,
            "cases.delivered_what",
            sentence("请写明做了什么", "Say what was done"),
        ),
        *(
            (
                not told.measured(measure),
                "cases.delivered_unmeasured",
                sentence("请填写{m}", "Please fill in: {m}", m=MEASURES[measure]),
            )
            for measure in kind.needs
        ),
    ):
        if refused:
            raise CannotBecause(code, why)


def require_days_in_order(answers: Mapping[str, Any]) -> None:
    """Refuse a span that ends before it begins (减免、有效期)."""
    for first, last in (("from_day", "to_day"), ("valid_from", "valid_to")):
        if first in answers and last in answers and str(answers[last]) < str(answers[first]):
            raise CannotBecause(
                "cases.service_days_order", sentence("止日不能早于起日", "The last day lies before the first")
            )


def _in_words(question: Question, answer: Any) -> Sentence | str:
    if question.ask == "choice":
        return dict(question.choices).get(answer, str(answer))
    if question.ask == "yuan":
        return sentence("{a} 元", "{a} yuan", a=yuan_text(answer))
    return str(answer)


def answers_told(
    questions: Iterable[Question], kept: Mapping[str, Any]
) -> list[tuple[Sentence, Sentence | str]]:
    """Pairs of a question and its answer in words; what was not answered is left out."""
    told: list[tuple[Sentence, Sentence | str]] = []
    for one in questions:
        if one.key in kept:
            told.append((one.words, _in_words(one, kept[one.key])))
    return told
