"""A person tells what the register does not hold: the answer is kept, and everything that asked for it is computed again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from jishiyu.foundations.clock import day_of
from jishiyu.foundations.outcomes import CannotBecause, Sentence, sentence
from jishiyu.journeys.aid_had import aid_had_by
from jishiyu.law.rules.expressions import Question
from jishiyu.offices.rules import Post, refusal
from jishiyu.programmes.operations import compute_entitlements
from jishiyu.programmes.queries import entitlements_now, question, questions_of
from jishiyu.programmes.rules.entitlement import Entitlement
from jishiyu.registry import operations as registry
from jishiyu.registry.queries import latest_snapshot
from jishiyu.registry.rules.answers import NewAnswer, Value

_MOST_FEN = 10**13


@dataclass(frozen=True, slots=True)
class Turned:
    """An item whose answer became another one."""

    before: Entitlement
    after: Entitlement


def tell(household_id: UUID, answer: NewAnswer, *, actor: Post, moment: datetime) -> tuple[Turned, ...]:
    """Keep the answer, compute anew, and say which items came to something else.

    Refused for a question that the pack does not ask on the day, for an answer of another kind than is asked, and as
    :func:`jishiyu.registry.operations.record_answer` has it.
    """
    day = day_of(moment)
    require_kind(question(answer.key, day), answer.value)
    had = aid_had_by(household_id, day)
    before = entitlements_now(household_id, day, used=had)
    registry.record_answer(household_id, answer, actor=actor, moment=moment)
    snapshot = latest_snapshot(household_id)
    if snapshot is None:
        return ()
    if refusal(actor, "programmes.compute") is None:
        after = compute_entitlements(snapshot.id, actor=actor, moment=moment, day=day, used=had)
    else:
        after = entitlements_now(household_id, day, used=had)
    return turned(before, after)


def turned(before: Sequence[Entitlement], after: Sequence[Entitlement]) -> tuple[Turned, ...]:
    """The items whose outcome or amount differs, in the order of the later answers."""
    earlier = {one.item: one for one in before}
    return tuple(
        Turned(earlier[one.item], one)
        for one in after
        if one.item in earlier and _result(earlier[one.item]) != _result(one)
    )


def waiting_questions(answers: Sequence[Entitlement]) -> dict[str, tuple[Question, tuple[Entitlement, ...]]]:
    """The questions that items wait for, by key, with those items; the ones that most items wait for first."""
    found: dict[str, tuple[Question, list[Entitlement]]] = {}
    for one in answers:
        for asked in questions_of(one):
            found.setdefault(asked.key, (asked, []))[1].append(one)
    ordered = sorted(found.items(), key=lambda pair: (-len(pair[1][1]), pair[0]))
    return {key: (asked, tuple(items)) for key, (asked, items) in ordered}


def require_kind(asked: Question, value: Value | None) -> None:
    """Refuse an answer of another kind than is asked for."""
    if value is None:
        return
    fits = isinstance(value, bool) if asked.unit == "flag" else _is_amount(value)
    if not fits:
        raise CannotBecause("tell.other_kind", _EXPECTED[asked.unit])


_EXPECTED: dict[str, Sentence] = {
    "flag": sentence("这个问题要回答是或否", "This question is answered by yes or no"),
    "yuan": sentence(
        "这个问题要回答金额，不能是负数", "This question is answered by an amount, never negative"
    ),
}


def _is_amount(value: Value) -> bool:
    return not isinstance(value, bool) and 0 <= value <= _MOST_FEN


def _result(one: Entitlement) -> tuple[object, ...]:
    return one.outcome, one.amount, one.at_least, one.yields_to
