"""One item of a household's package: on both days, with its awards, its payments, and a case under way."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from jishiyu.cases.rules.steps import STEP_NAMES, days_left
from jishiyu.doors.desk.marks import OUTCOMES
from jishiyu.doors.desk.navigation import address
from jishiyu.foundations.outcomes import Sentence, sentence
from jishiyu.foundations.periods import month_start
from jishiyu.funds.queries import PaidLine
from jishiyu.law.rules.items import BenefitItem
from jishiyu.notices.rules.masking import FREQUENCY_NAMES
from jishiyu.programmes.rules.entitlement import ConditionOutcome, Entitlement

# How an item stands on the later day, in the order in which a page shows them.
STATES = {
    "gets": (sentence("正在享受", "Received now"), "ok"),
    "pending": (sentence("正在办理", "Under way"), "note"),
    "possible": (sentence("可以申请", "Could be had"), "ok"),
    "asks": (sentence("由人核实", "For a person to verify"), "warn"),
    "had": (sentence("曾经享受", "Received before"), ""),
    "no": (sentence("条件不符", "Conditions not met"), ""),
}
_OF_OUTCOME = {"eligible": "possible", "cannot_compute": "asks", "not_eligible": "no"}


@dataclass(frozen=True, slots=True)
class Side:
    """An item on one day: the answer, with its outcome in words and the tone of its mark."""

    answer: Entitlement
    outcome: Sentence
    tone: str

    @property
    def amount(self) -> int | None:
        """What it gives, or at least gives, in fen."""
        return self.answer.amount if self.answer.amount is not None else self.answer.at_least

    @property
    def failed(self) -> tuple[ConditionOutcome, ...]:
        """The conditions that are not met."""
        return tuple(one for one in self.answer.conditions if one.outcome == "not_met")

    @property
    def unsure(self) -> tuple[ConditionOutcome, ...]:
        """The conditions of which nobody knows."""
        return tuple(one for one in self.answer.conditions if one.outcome == "unknown")


@dataclass(frozen=True, slots=True)
class Held:
    """An award, and whether it pays on the later day, has ended before, or begins after."""

    award: Any
    when: str
    words: Sentence
    tone: str
    url: str


@dataclass(frozen=True, slots=True)
class Pending:
    """A case under way for an item."""

    number: str
    step: Sentence
    days_left: int | None
    due_on: date | None
    url: str


@dataclass(frozen=True, slots=True)
class Line:
    """One item: both days, what was awarded, what was paid; ``change`` says what differs between the days."""

    item: BenefitItem
    before: Side
    after: Side
    awards: tuple[Held, ...]
    paid: tuple[PaidLine, ...]
    pending: Pending | None
    change: Sentence | None
    apply_url: str

    @property
    def name(self) -> Sentence:
        """The item's name."""
        return self.item.name

    @property
    def period(self) -> Sentence | None:
        """How often it comes."""
        return FREQUENCY_NAMES.get(self.after.answer.period)

    @property
    def paid_sum(self) -> int:
        """All that was paid, in fen; what came back is taken off."""
        return sum(one.amount for one in self.paid)

    @property
    def state(self) -> str:
        """How it stands on the later day: a key of ``STATES``."""
        if any(one.when == "now" for one in self.awards):
            return "gets"
        if self.pending is not None:
            return "pending"
        state = _OF_OUTCOME[self.after.answer.outcome]
        return "had" if state == "no" and (self.awards or self.paid) else state

    @property
    def state_words(self) -> Sentence:
        """How it stands, in words."""
        return STATES[self.state][0]

    @property
    def state_tone(self) -> str:
        """The tone of its mark."""
        return STATES[self.state][1]


def side(one: Entitlement) -> Side:
    """An answer with its words."""
    words, tone = OUTCOMES[one.outcome]
    return Side(one, words, tone)


def pays_on(award: Any, day: date) -> str:
    """``now`` when the award pays in the month of the day, else ``past`` or ``ahead``."""
    month = month_start(day)
    if month < award.first_month:
        return "ahead"
    return "now" if award.last_month is None or month <= award.last_month else "past"


_WHEN = {
    "now": (sentence("在享", "paid now"), "ok"),
    "past": (sentence("已结束", "ended"), ""),
    "ahead": (sentence("尚未开始", "not begun"), "note"),
}


def held(awards: Sequence[Any], item: str, day: date) -> tuple[Held, ...]:
    """The awards of an item as they stand on a day, those that pay first."""
    found = []
    for one in awards:
        if one.item == item:
            when = pays_on(one, day)
            words, tone = _WHEN[when]
            found.append(Held(one, when, words, tone, address("desk:cases_page", case_id=one.case_id)))
    return tuple(sorted(found, key=lambda one: one.when != "now"))


def pending(cases: Sequence[Any], item: str, today: date) -> Pending | None:
    """The open case of an item, if any."""
    row = next((one for one in cases if one.item == item and one.state == "open"), None)
    if row is None:
        return None
    step = STEP_NAMES.get(row.step, sentence(row.step, row.step))
    url = address("desk:cases_page", case_id=row.id)
    return Pending(row.number, step, days_left(row.due_on, today), row.due_on, url)


def change(before: Entitlement, after: Entitlement) -> Sentence | None:
    """What differs between the two days, if anything."""
    if before.outcome != after.outcome:
        return sentence(
            "由“{b}”变为“{a}”",
            "from “{b}” to “{a}”",
            b=OUTCOMES[before.outcome][0],
            a=OUTCOMES[after.outcome][0],
        )
    if (before.amount, before.at_least) != (after.amount, after.at_least):
        return sentence("金额有变化", "another amount")
    return None
