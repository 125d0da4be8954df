"""Appeals (行政复议、行政诉讼、信访): registered with their clock, answered once; what they did to the case stands with them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from jishiyu.cases import queries
from jishiyu.cases.models import Appeal, Case
from jishiyu.cases.operations.walking import Said, about, fetch, move_to, write_step
from jishiyu.cases.queries import life_after as life
from jishiyu.cases.rules.clocks import due_within
from jishiyu.foundations.clock import day_of
from jishiyu.foundations.outcomes import CannotBecause, sentence
from jishiyu.journal.operations import record
from jishiyu.law.queries import pack
from jishiyu.law.rules.life_after import AppealWay
from jishiyu.offices.rules import Post, require


@dataclass(frozen=True, slots=True)
class NewAppeal:
    """An appeal as it came in. ``body``: the place of the body among those of the way, by the law of the day decided on."""

    kind: str
    against_day: date
    received_on: date
    body: int
    appellant: str
    grounds: str


@dataclass(frozen=True, slots=True)
class Answer:
    """How an appeal came out, by which document."""

    outcome: str
    decided_on: date
    document_no: str
    words: str


def receive_appeal(case_id: UUID, told: NewAppeal, *, actor: Post, moment: datetime) -> Appeal:
    """Register an appeal against what was decided in a case. One that came late is registered all the same, and marked."""
    require(actor, "cases.appeal")
    row = queries.case(case_id, actor)
    if row.state == "open":
        raise CannotBecause(
            "appeals.nothing_decided",
            sentence("本案尚未作出决定，可以撤回或提出异议", "Nothing is decided in this case yet"),
        )
    way = _way(told)
    if len(told.appellant.strip()) < 2 or len(told.grounds.strip()) < 5:
        raise CannotBecause(
            "appeals.said_too_little",
            sentence("请写明申请人和理由（至少5个字）", "Say who appeals and why (at least 5 characters)"),
        )
    if not told.against_day <= told.received_on <= day_of(moment) or not 0 <= told.body < len(way.bodies):
        raise CannotBecause(
            "appeals.days_wrong",
            sentence(
                "收到日期须在决定之后、不晚于今天",
                "It was received after the decision and not later than today",
            ),
        )
    made = Appeal(
        case=row,
        kind=told.kind,
        against_day=told.against_day,
        received_on=told.received_on,
        body=way.bodies[told.body].as_data(),
        in_time=told.received_on <= due_within(way.file_within, told.against_day, pack().calendar)
        if way.file_within
        else None,
        due_on=due_within(way.decide_within, told.received_on, pack().calendar)
        if way.decide_within
        else None,
        confidence=way.decide_within.confidence if way.decide_within else way.confidence,
        appellant=told.appellant.strip()[:60],
        grounds=told.grounds.strip(),
        recorded_at=moment,
        recorded_by=actor.code,
    )
    made.save(force_insert=True)
    record(
        act="cases.appeal",
        detail={"kind": told.kind, "received": str(told.received_on), "in_time": made.in_time},
        **about(row),
    )
    return made


def settle_appeal(appeal_id: UUID, answer: Answer, *, actor: Post, moment: datetime) -> Appeal:
    """Enter how an appeal came out. A refusal that was revoked or changed is reviewed again; an award's change is proposed apart.

    ``effect`` afterwards: ``none``; ``reopened`` (the case is at its review); ``measure`` (to be proposed for the award).
    """
    require(actor, "cases.appeal")
    made = life.appeal(appeal_id, actor)
    if made.outcome:
        raise CannotBecause(
            "appeals.settled_already", sentence("这件救济已有结论", "This appeal was settled already")
        )
    if (
        answer.outcome not in ("upheld", "changed", "revoked", "withdrawn")
        or len(answer.document_no.strip()) < 2
    ):
        raise CannotBecause(
            "appeals.outcome_missing",
            sentence("请选择结论并写明文书编号", "Choose the outcome and enter the number of the document"),
        )
    if not made.received_on <= answer.decided_on <= day_of(moment):
        raise CannotBecause(
            "appeals.days_wrong", sentence("结论日期不对", "The day of the outcome cannot be right")
        )
    row = fetch(made.case_id, actor)
    made.effect = _effect(row, answer)
    made.outcome, made.decided_on = answer.outcome, answer.decided_on
    made.document_no, made.answer = answer.document_no.strip()[:80], answer.words.strip()
    made.settled_at, made.settled_by = moment, actor.code
    made.save(
        update_fields=["effect", "outcome", "decided_on", "document_no", "answer", "settled_at", "settled_by"]
    )
    if made.effect == "reopened":
        _reopen(row, made, actor=actor, moment=moment)
    record(act="cases.settle_appeal", detail={"outcome": made.outcome, "effect": made.effect}, **about(row))
    return made


def _effect(row: Case, answer: Answer) -> str:
    if answer.outcome in ("upheld", "withdrawn"):
        return "none"
    return "reopened" if row.state == "refused" else "measure"


def _reopen(row: Case, made: Any, *, actor: Post, moment: datetime) -> None:
    """A refusal falls: the case stands at its review again, by the procedure of its era."""
    for other in queries.cases_of_household(row.household_id):
        if other.id != row.id and other.item == row.item and other.state == "open":
            raise CannotBecause(
                "appeals.open_already",
                sentence(
                    "该户此项目已有在办案件{n}，请在该案中执行",
                    "Case {n} of this item is under way: carry it out there",
                    n=other.number,
                ),
            )
    words = sentence(
        "{d}：原决定被撤销或变更，重新审核", "{d}: the decision fell, reviewed again", d=made.document_no
    )
    there = {step.key for step in queries.procedure_of(row).steps}
    # Some procedures have no review of their own: the school looks, and its agency decides.
    again = next(key for key in ("review", "check", "visit", "decide") if key in there)
    write_step(
        row,
        outcome="reopened",
        next_step=again,
        said=Said("reopened", (), words.zh),
        actor=actor,
        moment=moment,
    )
    row.state, row.closed_on = "open", None
    move_to(row, again, moment=moment)


def _way(told: NewAppeal) -> AppealWay:
    way = pack().district.life_after.way(told.kind, told.received_on)
    if way is None:
        raise CannotBecause(
            "appeals.no_such_way",
            sentence("政策包没有该日的这种救济途径", "The pack has no such way to appeal on that day"),
        )
    return way
