"""Services and goods under way: of a case, and what a post has to deliver, by day."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Protocol
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from jishiyu.cases.models import Appointment, Award, Case, Delivery, Provider, Satisfaction
from jishiyu.cases.queries.files import basis_of, cases, procedure_of
from jishiyu.cases.rules.service_kinds import form_delivered, kinds_for
from jishiyu.cases.rules.steps import refusal_to_take
from jishiyu.foundations.outcomes import CannotBecause, NotFound, Sentence, sentence
from jishiyu.law.queries import pack
from jishiyu.offices.queries import within_reach
from jishiyu.offices.rules import Post, refusal

_AHEAD = timedelta(days=14)
_LATELY = timedelta(days=60)


def office_of(post: Post) -> dict[str, Any]:
    """The office that a post delivers for, as the columns of a delivery or provider name it."""
    if post.scope == "agency":
        return {"agency_id": post.agency, "sub_district_id": None}
    return {"agency_id": None, "sub_district_id": post.area or None}


def deliveries(post: Post) -> QuerySet[Delivery]:
    """The deliveries that a post reaches, through their cases; with appointments in order."""
    rows = within_reach(
        Delivery.objects.all(), post, area="case__sub_district_id", opened="case__lead_agency_id"
    )
    return rows.select_related("case", "case__applicant", "case__sub_district", "provider").order_by(
        "arranged_at"
    )


def delivery(delivery_id: UUID, post: Post) -> Delivery:
    """One delivery within reach. Raises NotFound, which never tells whether it exists elsewhere."""
    row = deliveries(post).filter(pk=delivery_id).first()
    if row is None:
        raise NotFound(
            "no_such_delivery",
            sentence("在您的权限范围内没有此项服务", "There is no such delivery within your reach"),
        )
    return row


def appointment(appointment_id: UUID, post: Post) -> Appointment:
    """One appointment within reach, locked. Raises NotFound."""
    row = (
        Appointment.objects.select_for_update()
        .filter(pk=appointment_id, delivery__in=deliveries(post).values("pk"))
        .first()
    )
    if row is None:
        raise NotFound(
            "no_such_appointment",
            sentence("在您的权限范围内没有此约定", "There is no such appointment within your reach"),
        )
    return row


def deliveries_of_case(case_id: UUID) -> list[Delivery]:
    """A case's deliveries, the newest first, with appointments."""
    rows = Delivery.objects.filter(case_id=case_id).select_related("provider", "agency", "sub_district")
    order = Appointment.objects.order_by("planned_on", "position")
    return list(rows.prefetch_related(Prefetch("appointments", order)).order_by("-arranged_at"))


def delivery_under_way(case_id: UUID) -> Delivery | None:
    """The delivery of a case that is arranged and not closed."""
    return Delivery.objects.select_for_update().filter(case_id=case_id, state="arranged").first()


def award_to_deliver(case_id: UUID) -> Award | None:
    """The newest award of a case: what is delivered. None where the procedure delivers without a decision."""
    return Award.objects.filter(case_id=case_id).order_by("-decided_on", "-first_month").first()


def kinds_of_case(row: Case) -> tuple[str, ...]:
    """The kinds that a case's award may be delivered as, the likeliest first."""
    award, item = award_to_deliver(row.id), pack().item(row.item)
    form = award.form if award else basis_of(row).form
    if form == "cash":
        form = form_delivered(item.forms)
    return kinds_for(row.programme, form, item.frequency)


def kept_days(delivery_id: UUID) -> list[date]:
    """The days on which somebody came or was seen."""
    return list(
        Appointment.objects.filter(delivery_id=delivery_id, state="kept").values_list("planned_on", flat=True)
    )


def satisfaction_of(delivery_id: UUID) -> Satisfaction | None:
    """What the household said of a delivery; None until it was asked."""
    return Satisfaction.objects.filter(delivery_id=delivery_id).first()


def providers(post: Post, *, ended: bool = False) -> list[Provider]:
    """The providers of a post's own office, by name; those that ended only when asked for."""
    rows = Provider.objects.filter(**office_of(post))
    return list(rows if ended else rows.filter(ended_on=None))


def providers_for(post: Post, kind: str) -> list[Provider]:
    """Those of the post's own office that offer a kind of service now."""
    return [one for one in providers(post) if kind in one.services]


class ProviderRow(Protocol):
    """A provider, as forms read it."""

    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class Agenda:
    """What a post has to deliver: cases that wait for an arrangement, appointments past their day, today's and the coming ones by
    day, what is under way without an appointment to come, and what was delivered lately and not asked about."""

    to_arrange: list[Case]
    overdue: list[Appointment]
    days: list[tuple[date, list[Appointment]]]
    without_day: list[Delivery]
    to_ask: list[Delivery]

    @property
    def empty(self) -> bool:
        """Whether nothing waits."""
        return not (self.to_arrange or self.overdue or self.days or self.without_day or self.to_ask)


def agenda(post: Post, today: date) -> Agenda:
    """What waits to be delivered within a post's reach."""
    waiting = list(
        cases(post).filter(step="deliver", state__in=["open", "granted"]).order_by("due_on", "number")
    )
    if post.scope not in ("district", "audit", "system"):
        waiting = [row for row in waiting if row.turn == post.role]
    arranged = {row.case_id: row for row in deliveries(post).filter(case__in=waiting, state="arranged")}
    planned = planned_until(post, today + _AHEAD)
    coming: dict[date, list[Appointment]] = {}
    for one in planned:
        if one.planned_on >= today:
            coming.setdefault(one.planned_on, []).append(one)
    with_day = {one.delivery_id for one in planned}
    done = _of_office(post).filter(state="delivered", satisfaction=None, done_on__gte=today - _LATELY)
    return Agenda(
        to_arrange=[row for row in waiting if row.id not in arranged],
        overdue=[one for one in planned if one.planned_on < today],
        days=sorted(coming.items()),
        without_day=[row for row in arranged.values() if row.id not in with_day],
        to_ask=list(done),
    )


def planned_until(post: Post, last: date) -> list[Appointment]:
    """The appointments of the post's own office up to a day of which nothing is recorded yet, the earliest first."""
    rows = Appointment.objects.filter(state="planned", delivery__in=_of_office(post), planned_on__lte=last)
    rows = rows.filter(delivery__case__state__in=["open", "granted"])
    case = "delivery__case"
    return list(
        rows.select_related("delivery", case, f"{case}__applicant", f"{case}__sub_district").order_by(
            "planned_on", "at_time", "position"
        )
    )


def _of_office(post: Post) -> QuerySet[Delivery]:
    """The deliveries of the post's own office; whoever sees the district sees all."""
    rows = deliveries(post)
    return rows if post.scope in ("district", "audit", "system") else rows.filter(**office_of(post))


def refusal_to_deliver(row: Case, post: Post) -> Sentence | None:
    """None for the post that has to deliver a case, also after the step was taken; else why not. Refused where nothing is."""
    try:
        step = procedure_of(row).step("deliver")
    except KeyError:
        raise CannotBecause(
            "cases.nothing_to_deliver",
            sentence("本案没有落实环节", "Nothing of this case is to be delivered"),
        ) from None
    return refusal(post, "cases.deliver") or refusal_to_take(
        step, post, sub_district=row.sub_district_id, lead_agency=row.lead_agency_id, taken=()
    )


def delivers(row: Case) -> bool:
    """Whether the case's procedure has a step of delivery."""
    return any(step.key == "deliver" for step in procedure_of(row).steps)
