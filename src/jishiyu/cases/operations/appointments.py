"""Appointments of a delivery: planned, then kept, missed, or moved. Each is marked once."""

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.db.models import Max

from jishiyu.cases import queries as case_queries
from jishiyu.cases.models import Appointment, Delivery
from jishiyu.cases.operations.walking import about
from jishiyu.cases.queries import services as queries
from jishiyu.cases.rules.steps import require_take
from jishiyu.foundations.clock import day_of
from jishiyu.foundations.outcomes import CannotBecause, sentence
from jishiyu.journal.operations import record
from jishiyu.offices.rules import Post, require


@dataclass(frozen=True, slots=True)
class Plan:
    """A day on which somebody comes or is seen, who, and where."""

    planned_on: date
    who_goes: str
    place: str = ""
    at_time: time | None = None


def appoint(delivery_id: UUID, plan: Plan, *, actor: Post) -> Appointment:
    """Plan an appointment, also one of a standing service that goes on. Not before the delivery was arranged."""
    delivery = _own(delivery_id, actor)
    running = delivery.state == "arranged" or (
        delivery.state == "delivered" and delivery.case.state == "granted"
    )
    if not running or plan.planned_on < day_of(delivery.arranged_at) or len(plan.who_goes.strip()) < 2:
        raise CannotBecause(
            "cases.appointment_unsound",
            sentence(
                "约定须写明谁去，日期不早于安排之日，且服务尚在进行",
                "An appointment says who goes, on a day not before the arrangement, while the service runs",
            ),
        )
    row = _write(delivery, plan)
    record(act="cases.appoint", **about(delivery.case))
    return row


def keep_or_miss(
    appointment_id: UUID, *, kept: bool, what_happened: str, minutes: int | None = None, actor: Post, moment: datetime
) -> Appointment:  # fmt: skip
    """Mark an appointment as kept or missed, with what happened. Not before its day."""
    row = _planned(appointment_id, actor)
    if row.planned_on > day_of(moment):
        raise CannotBecause(
            "cases.appointment_to_come",
            sentence(
                "约定日期未到；提前进行的，请先改期", "Its day has not come: move it first if it was earlier"
            ),
        )
    _require_words(what_happened)
    row.minutes = minutes if kept else None
    _mark(row, "kept" if kept else "missed", what_happened, actor, moment)
    record(act="cases.keep_appointment" if kept else "cases.miss_appointment", **about(row.delivery.case))
    return row


def move_appointment(
    appointment_id: UUID, to: date, *, why: str, actor: Post, moment: datetime
) -> Appointment:
    """Move an appointment to another day, not before today; the old one stays in the record as moved."""
    row = _planned(appointment_id, actor)
    _require_words(why)
    if to < day_of(moment) or to == row.planned_on:
        raise CannotBecause(
            "cases.moved_to_no_other_day",
            sentence("请改到今天或以后的另一天", "Move it to another day, today or later"),
        )
    _mark(row, "moved", why, actor, moment)
    moved = _write(row.delivery, Plan(to, row.who_goes, row.place, row.at_time), moved_from=row)
    record(act="cases.move_appointment", **about(row.delivery.case))
    return moved


def _own(delivery_id: UUID, actor: Post) -> Delivery:
    """The delivery, for exactly the post that has to deliver it, also after the step was taken."""
    require(actor, "cases.deliver")
    delivery = queries.delivery(delivery_id, actor)
    row = delivery.case
    step = case_queries.procedure_of(row).step("deliver")
    require_take(step, actor, sub_district=row.sub_district_id, lead_agency=row.lead_agency_id, taken=())
    return delivery


def _planned(appointment_id: UUID, actor: Post) -> Appointment:
    row = queries.appointment(appointment_id, actor)
    _own(row.delivery_id, actor)
    if row.state != "planned":
        raise CannotBecause(
            "cases.appointment_marked",
            sentence("这次约定已登记结果", "What became of this appointment is recorded already"),
        )
    return row


def _require_words(words: str) -> None:
    if len(words.strip()) < 2:
        raise CannotBecause(
            "cases.appointment_words", sentence("请写明情况或原因", "Say what happened, or why")
        )


def _write(delivery: Delivery, plan: Plan, *, moved_from: Appointment | None = None) -> Appointment:
    last = Appointment.objects.filter(delivery=delivery).aggregate(last=Max("position"))["last"]
    return Appointment.objects.create(
        delivery=delivery,
        position=0 if last is None else last + 1,
        planned_on=plan.planned_on,
        at_time=plan.at_time,
        place=plan.place.strip(),
        who_goes=plan.who_goes.strip(),
        moved_from=moved_from,
    )


def _mark(row: Appointment, state: str, words: str, actor: Post, moment: datetime) -> None:
    row.state, row.what_happened = state, words.strip()
    row.marked_at, row.marked_by = moment, actor.code
    row.officer_name = actor.officer_name or actor.title.say("zh")
    row.save()
