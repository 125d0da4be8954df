"""Delivering what was granted in services, goods, waivers or a status: arranged, appointed, done, or not and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from jishiyu.cases import queries as case_queries
from jishiyu.cases.models import Case, Delivery, Provider, Satisfaction
from jishiyu.cases.operations.walking import Said, about, at_step, fetch, require_turn, walk
from jishiyu.cases.queries import services as queries
from jishiyu.cases.rules import services as rules
from jishiyu.cases.rules.service_kinds import Kind
from jishiyu.cases.rules.services import Finished
from jishiyu.cases.rules.steps import outcome_of
from jishiyu.foundations.clock import day_of
from jishiyu.foundations.outcomes import CannotBecause, sentence
from jishiyu.journal.operations import record
from jishiyu.offices.rules import Post, require


@dataclass(frozen=True, slots=True)
class Arrangement:
    """How it will be delivered: its kind, who provides it (None: the office itself), and the answers of the kind's form."""

    kind: str
    answers: Mapping[str, Any]
    provider_id: UUID | None = None


def arrange(case_id: UUID, arrangement: Arrangement, *, actor: Post, moment: datetime) -> Delivery:
    """Arrange the delivery of a case's award, or arrange it anew while nothing is closed. Only who has to deliver may.

    Refused for a kind that the award's form does not have, without the answers of that kind, or without a provider where it needs one.
    """
    require(actor, "cases.deliver")
    row = fetch(case_id, actor)
    require_turn(row, at_step(row, "deliver"), actor)
    kind = rules.kind_of(arrangement.kind)
    if kind.key not in queries.kinds_of_case(row):
        raise CannotBecause(
            "cases.kind_does_not_fit",
            sentence("此项救助不能以“{k}”落实", "This award is not delivered as “{k}”", k=kind.name),
        )
    answers = rules.require_answers(kind.arrange, arrangement.answers)
    rules.require_days_in_order(answers)
    provider = _provider(kind, arrangement.provider_id, actor)
    told = {"kind": kind.key, "provider": provider, "arranged": answers, **queries.office_of(actor)}
    under_way = queries.delivery_under_way(row.id)
    if under_way is None:
        delivery = Delivery.objects.create(
            case=row,
            award=queries.award_to_deliver(row.id),
            arranged_at=moment,
            arranged_by=actor.code,
            arranged_officer=actor.officer_name or actor.title.say("zh"),
            **told,
        )
    else:
        delivery = under_way
        for name, value in told.items():
            setattr(delivery, name, value)
        delivery.save(update_fields=["kind", "provider", "arranged", *queries.office_of(actor)])
    record(
        act="cases.arrange_service", detail={"kind": kind.key, "anew": under_way is not None}, **about(row)
    )
    return delivery


def deliver(
    case_id: UUID, told: Finished, *, outcome: str = "delivered", papers: Sequence[str] = (), remarks: str = "",
    actor: Post, moment: datetime,
) -> Delivery:  # fmt: skip
    """Record that it was delivered, and take the step. Refused when it was not arranged, when nobody came, or what was done is not told."""
    require(actor, "cases.deliver")
    row, delivery = _under_way(case_id, actor)
    kind = rules.kind_of(delivery.kind)
    _refuse_outcome(row, outcome, with_reasons=False)
    answers = rules.require_answers(kind.finish, told.answers)
    rules.require_finished(
        kind,
        told,
        arranged_on=day_of(delivery.arranged_at),
        today=day_of(moment),
        kept=queries.kept_days(delivery.id),
    )
    walk(case_id, "deliver", Said(outcome, papers, remarks), actor=actor, moment=moment)
    delivery.state, delivery.done = "delivered", answers
    delivery.done_on, delivery.what_was_done = told.done_on, told.what_was_done.strip()
    delivery.minutes, delivery.quantity = told.minutes, told.quantity
    delivery.amount, delivery.document_no = told.amount, told.document_no.strip()
    _close(delivery, actor, moment)
    record(act="cases.deliver_service", detail={"kind": kind.key, "amount": told.amount}, **about(row))
    return delivery


def not_deliver(
    case_id: UUID, *, reasons: Sequence[str], outcome: str = "not_delivered", actor: Post, moment: datetime
) -> Case:
    """Record that it could not be delivered, with the reasons, and take the step's other way out."""
    require(actor, "cases.deliver")
    row = fetch(case_id, actor)
    require_turn(row, at_step(row, "deliver"), actor)
    _refuse_outcome(row, outcome, with_reasons=True)
    row = walk(case_id, "deliver", Said(outcome, (), "", reasons), actor=actor, moment=moment)
    delivery = queries.delivery_under_way(row.id)
    if delivery is not None:
        delivery.state = "not_delivered"
        delivery.why_not = "；".join(one.strip() for one in reasons if one.strip())
        _close(delivery, actor, moment)
    record(act="cases.not_delivered", **about(row))
    return row


def tell_satisfaction(
    delivery_id: UUID, *, score: int, words: str, told_by: str, actor: Post, moment: datetime
) -> Satisfaction:
    """Write down what the household says of a delivery, once. A low score needs its words."""
    require(actor, "cases.deliver")
    delivery = queries.delivery(delivery_id, actor)
    if delivery.state != "delivered" or queries.satisfaction_of(delivery.id) is not None:
        raise CannotBecause(
            "cases.not_to_be_asked",
            sentence(
                "未落实或已回访过，不能再登记满意度", "It was not delivered, or was asked about already"
            ),
        )
    if score not in rules.SCORES or not told_by.strip() or (score <= 2 and len(words.strip()) < 2):
        raise CannotBecause(
            "cases.satisfaction_incomplete",
            sentence(
                "请填写评分（1至5）和由谁评价；不满意的，写明意见",
                "Enter the score (1 to 5) and who gave it; when dissatisfied, also why",
            ),
        )
    row = Satisfaction.objects.create(
        delivery=delivery,
        score=score,
        words=words.strip(),
        told_by=told_by.strip(),
        asked_at=moment,
        asked_by=actor.code,
        officer_name=actor.officer_name or actor.title.say("zh"),
    )
    record(act="cases.tell_satisfaction", detail={"score": score}, **about(delivery.case))
    return row


def _under_way(case_id: UUID, actor: Post) -> tuple[Case, Delivery]:
    row = fetch(case_id, actor)
    require_turn(row, at_step(row, "deliver"), actor)
    delivery = queries.delivery_under_way(row.id)
    if delivery is None:
        raise CannotBecause(
            "cases.not_arranged",
            sentence("尚未安排落实", "Its delivery was not arranged yet"),
            sentence("请先登记由谁、怎样落实", "First enter who delivers it, and how"),
        )
    return row, delivery


def _refuse_outcome(row: Case, outcome: str, *, with_reasons: bool) -> None:
    chosen = outcome_of(case_queries.procedure_of(row).step("deliver"), outcome)
    if chosen.reasons != with_reasons:
        raise CannotBecause(
            "cases.other_way_out",
            sentence("“{o}”请从另一表格登记", "“{o}” is recorded by the other form", o=chosen.name),
        )


def _provider(kind: Kind, provider_id: UUID | None, actor: Post) -> Provider | None:
    if provider_id is None and not kind.provider:
        return None
    found = next((one for one in queries.providers_for(actor, kind.key) if one.id == provider_id), None)
    if found is None:
        raise CannotBecause(
            "cases.no_such_provider",
            sentence(
                "请从本单位登记的服务方中选择能提供“{k}”的一个",
                "Choose one of your own providers that offers “{k}”",
                k=kind.name,
            ),
            sentence("没有合适的，请先登记服务方", "If there is none, enter it first"),
        )
    return found


def _close(delivery: Delivery, actor: Post, moment: datetime) -> None:
    delivery.closed_at, delivery.closed_by = moment, actor.code
    delivery.save()
